import Connections

/// Why a text that names a partner and something it did gives no evidence of it.
public enum Obstacle: UInt8, CaseIterable, Sendable {
    /// The text says that it did not happen.
    case negated
    /// It is planned, proposed, promised or hoped for.
    case planned
    /// The city helped the partner, and not the other way round.
    case outbound
    /// A visit, a meeting, a signature: something was done, and nothing came of it by this text.
    case activity
    /// It is a total over years or places, and no outcome of the department.
    case aggregate
    /// Somebody else than a department of this city received it.
    case otherReceiver
    /// Money or help is told of, and nothing that was achieved with it.
    case noResult
    /// The words around it have too few points.
    case weak

    /// The name in rules files.
    public var name: String {
        switch self {
        case .negated: "negated"
        case .planned: "planned"
        case .outbound: "outbound"
        case .activity: "activity"
        case .aggregate: "aggregate"
        case .otherReceiver: "other-receiver"
        case .noResult: "no-result"
        case .weak: "weak"
        }
    }

    /// The obstacle of a name.
    init?(name: String) {
        guard let found = Obstacle.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }
}

/// What a rules file says of language: words, phrases that state what a partner did, and what takes that back.
///
/// Immutable, and shared by all threads.
public final class Language: Sendable {
    /// Whose phrase it is.
    enum Owner: Sendable, Equatable {
        /// What only looks like a name.
        case notName
        /// What puts it beyond doubt which partner is meant.
        case certain
        /// Words that belong to a name and say nothing of who is meant.
        case belonging
        /// What makes the adjective of a country that of its consulate.
        case representation
        /// What makes of a country the place where something is, and no giver.
        case location
        /// A word for the tie itself, such as `sister city`.
        case tie
        /// Something that was achieved.
        case result
        /// What a partner did.
        case statement(Mechanism, needsResult: Bool)
        /// What takes a statement back.
        case veto(Obstacle)
        /// What has points, by its place in `Weighing.points`.
        case sign(UInt8)
    }

    let vocabulary: Vocabulary
    let book: PhraseBook
    /// The points that a statement needs; nil where none are counted.
    let weighing: Weighing?
    /// Templates of names for connections of a type, with `{country}` and `{people}`.
    let derivedNames: [ConnectionType: [String]]
    /// Words that stand for a connection of a type that is named elsewhere in the text.
    let anaphora: [ConnectionType: [String]]
    /// Longer texts that hold such words and do not stand for it.
    let notAnaphora: [String]
    /// States and provinces by the two-letter code of their country, which stand for it beside a name.
    let regions: [String: [String]]
    /// What the program itself asks of each word, by its number.
    private let uses: [WordUse]

    /// What the program itself asks of a word, by the list that holds it.
    struct WordUse: OptionSet, BitwiseCopyable {
        let rawValue: UInt8

        /// It ends no sentence though a full stop follows.
        static let abbreviations = WordUse(rawValue: 1)
        /// It is a number.
        static let numbers = WordUse(rawValue: 2)
        /// It may stand before a name and belongs to it.
        static let determiners = WordUse(rawValue: 4)
        /// It joins names that are listed.
        static let conjunctions = WordUse(rawValue: 8)
        /// No gap goes across it.
        static let barriers = WordUse(rawValue: 16)
        /// It makes money of a number before it.
        static let currencies = WordUse(rawValue: 32)
        /// An amount behind it is what something is worth, and no money that was given.
        static let values = WordUse(rawValue: 64)

        /// The lists by their names in a rules file.
        static let lists: [(name: String, use: WordUse)] = [
            ("abbreviations", .abbreviations), ("numbers", .numbers), ("determiners", .determiners),
            ("conjunctions", .conjunctions), ("barriers", .barriers), ("currencies", .currencies), ("values", .values),
        ]
    }

    /// Makes a language.
    /// - Parameter uses: what the program asks of words, by their numbers; of others it asks nothing.
    init(
        _ builder: VocabularyBuilder, _ phrases: [(phrase: Phrase, owner: Owner)],
        derivedNames: [ConnectionType: [String]], anaphora: [ConnectionType: [String]], notAnaphora: [String],
        regions: [String: [String]], weighing: Weighing?, uses: [UInt16: WordUse]
    ) {
        vocabulary = Vocabulary(builder)
        self.derivedNames = derivedNames
        self.anaphora = anaphora
        self.notAnaphora = notAnaphora
        self.regions = regions
        self.weighing = weighing
        book = PhraseBook(phrases, vocabulary)
        // Word 0 is none, and nothing is asked of it.
        self.uses = (0..<vocabulary.count).map { uses[UInt16($0)] ?? [] }
    }

    /// The number of phrases, alternatives written out.
    public var phraseCount: Int { book.count }

    func isAbbreviation(_ word: UInt16) -> Bool { uses[Int(word)].contains(.abbreviations) }
    func isNumber(_ word: UInt16) -> Bool { uses[Int(word)].contains(.numbers) }
    func isDeterminer(_ word: UInt16) -> Bool { uses[Int(word)].contains(.determiners) }
    func isConjunction(_ word: UInt16) -> Bool { uses[Int(word)].contains(.conjunctions) }
    func isBarrier(_ word: UInt16) -> Bool { uses[Int(word)].contains(.barriers) }
    func isCurrency(_ word: UInt16) -> Bool { uses[Int(word)].contains(.currencies) }
    func isValue(_ word: UInt16) -> Bool { uses[Int(word)].contains(.values) }
}
