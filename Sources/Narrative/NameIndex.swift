public import Connections
import Primitives
import Text

/// All names by which texts can speak of the connections of a registry, in one automaton: built once for a version of
/// the registry, then only read, by any number of threads.
public final class NameIndex: Sendable {
    /// How much a name says by itself.
    enum Certainty: UInt8, BitwiseCopyable, Sendable {
        /// It can only mean the partner.
        case alone
        /// It is that of a place: it needs its tie, its organisation or its country beside it.
        case withContext
        /// It is that of the state that a consulate stands for: it means the partner only as a giver of money or goods.
        case asGiver
        /// It is the adjective of that state: it means the partner only beside the word for the consulate.
        case withConsulate
        /// It is that of a country: it never means the partner.
        case never
    }

    /// A connection that a name may mean.
    struct Use: BitwiseCopyable, Sendable {
        let connection: Int32
        let certainty: Certainty
        /// The place of the country in `countries`; -1 for none.
        let country: Int32
        /// The place in `contexts` of words that have to be there, or must not; -1 for none.
        let context: Int32

        /// True where the name is that of the state for which the connection stands.
        var isOfState: Bool { certainty == .asGiver || certainty == .withConsulate }
    }

    /// Words around a name, in folded form.
    struct Context: Sendable {
        /// Words of which one has to stand in the sentence.
        let near: [[UInt8]]
        /// Words that must not stand beside the name.
        let notNear: [[UInt8]]
    }

    /// What a name means.
    struct Meaning: BitwiseCopyable, Sendable {
        /// Where its uses begin in `uses`, and where they end.
        let first: Int32
        let end: Int32
        /// True where it is the name of the home city too.
        let isHome: Bool
        /// The country that it names, or whose people; -1 for none.
        let country: Int32
        /// The types of connections for which it stands where one is named elsewhere.
        let anaphorOf: TypeSet

        /// True where it may mean a connection.
        var hasUses: Bool { end > first }
    }

    /// The types of the connections, by their place in the registry index.
    let types: [TypeSet]
    /// The place of the first meaning that words for a connection named elsewhere are taken for.
    private let referents: Int

    /// The most uses of one name; of more, the rest is left out.
    static let usesMax = 64

    let language: Language
    /// Nil where the names are too many to be searched at once: more than 2 GiB of them.
    private let automaton: PhraseAutomaton?
    /// The countries of the connections, as two-letter codes.
    let countries: [[UInt8]]
    let contexts: [Context]
    /// True where one of the names is that of the home city.
    let knowsHome: Bool
    // Written by `init`, freed by `deinit` and only read between, so that threads may share it.
    private nonisolated(unsafe) let meanings: UnsafeMutableBufferPointer<Meaning>
    private nonisolated(unsafe) let uses: UnsafeMutableBufferPointer<Use>

    /// Makes the index of a registry.
    ///
    /// - Parameters:
    ///   - registry: the connections, as known on the as-of day.
    ///   - language: what the rules say of names.
    ///   - home: the name of the home city; that of the registry where it is nil.
    public init(_ registry: RegistryIndex, language: Language, home: String?) {
        var builder = NameBuilder(language)
        for (index, facts) in registry.connections.enumerated() { builder.add(facts, index) }
        if let home = home ?? registry.city?.name { builder.addHome(home) }
        builder.addCountries()
        builder.addAnaphora()
        let phrases = builder.phrases
        referents = builder.addReferents(registry.connections)
        types = registry.connections.map { TypeSet($0.type) }
        self.language = language
        automaton = Self.automaton(phrases)
        countries = builder.countries.map { Array($0.utf8) }
        contexts = builder.contexts
        knowsHome = builder.meanings.contains { $0.isHome }
        var meanings: [Meaning] = []
        var uses: [Use] = []
        for meaning in builder.meanings {
            let first = Int32(uses.count)
            uses += meaning.uses.prefix(Self.usesMax)
            meanings.append(
                Meaning(
                    first: first, end: Int32(uses.count), isHome: meaning.isHome, country: meaning.country,
                    anaphorOf: meaning.anaphorOf))
        }
        self.meanings = .allocate(capacity: max(meanings.count, 1))
        _ = self.meanings.initialize(from: meanings)
        self.uses = .allocate(capacity: max(uses.count, 1))
        _ = self.uses.initialize(from: uses)
    }

    /// The automaton of names; one that is no word, such as `-`, is left out.
    private static func automaton(_ phrases: [(phrase: [UInt8], value: Int32)]) -> PhraseAutomaton? {
        var phrases = phrases
        while true {
            do throws(PhraseFault) {
                return try PhraseAutomaton(phrases)
            } catch {
                switch error {
                case .notFolded(let place), .notWords(let place): phrases.remove(at: place)
                case .tooLarge: return nil
                }
            }
        }
    }

    deinit {
        meanings.deallocate()
        uses.deallocate()
    }

    /// Puts the names of a text into a list, as the automaton finds them.
    func find(in folded: UnsafeRawBufferPointer, _ matches: inout WorkingList<PhraseMatch>) {
        matches.clear()
        automaton?.find(in: folded, &matches)
    }

    /// The value of a name that was found.
    func value(of match: PhraseMatch) -> Int32? { automaton?.values(of: match.phrase).first }

    /// The value that stands for a connection wherever it is named.
    func referent(_ connection: Int32) -> Int32 { Int32(truncatingIfNeeded: referents) + connection }

    /// What a name means, by the value that the automaton gives.
    @inline(__always)
    func meaning(_ value: Int32) -> Meaning { meanings[Int(value)] }

    /// The connections that a name may mean; valid as long as the index.
    @inline(__always)
    func uses(of meaning: Meaning) -> UnsafeBufferPointer<Use> {
        UnsafeBufferPointer(rebasing: uses[Int(meaning.first)..<Int(meaning.end)])
    }
}
