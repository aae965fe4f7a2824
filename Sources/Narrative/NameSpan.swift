import Connections

/// A name in a sentence, with the words that belong to it.
struct NameSpan: BitwiseCopyable {
    let meaning: NameIndex.Meaning
    /// The name alone.
    let name: WordRange
    /// The name with the words that belong to it.
    var words: WordRange
    /// The names that are listed beside it, itself among them.
    var list: WordRange
    /// One bit for each use that the words around do not rule out.
    var possible: UInt64
    /// True where its tie, its organisation or its country stands with it.
    var isCertain = false
    /// True where the word for the consulate stands with it.
    var isRepresented = false
    /// True where it is that of a country that only says where something is: `Kobe, Japan`.
    var isLocation = false
    /// The country that stands with it; -1 for none.
    var country: Int32 = -1

    init(_ place: Int, _ meaning: NameIndex.Meaning) {
        self.meaning = meaning
        name = WordRange(start: place, end: place + 1)
        words = name
        list = name
        possible = .max
    }

    /// Where phrases may hang on it, by number: with its words, alone, with the names beside it; nil where that is no
    /// other place than one before.
    func anchor(_ number: Int) -> WordRange? {
        switch number {
        case 0: words
        case 1: name == words ? nil : name
        default: list == words ? nil : list
        }
    }

    /// How many numbers of anchors there are.
    static let anchors = 3
    /// Those at which vetoes are tried: not the bare name, where its own words stand in between.
    static let vetoAnchors = [0, 2]

    /// Whether a use is still possible.
    func allows(_ use: Int) -> Bool { possible & (1 << UInt64(use)) != 0 }

    /// Whether a use is meant, where the partner did something by the text: a state is meant only where it gave.
    func means(_ use: NameIndex.Use, _ mechanism: Mechanism?) -> Bool {
        switch use.certainty {
        case .asGiver: isRepresented || !isLocation && (mechanism == .donatedBy || mechanism == .fundedBy)
        case .withConsulate: isRepresented
        case .alone, .withContext, .never: true
        }
    }

    /// How sure it is that a use is meant, where it is the only one.
    func certainty(of use: NameIndex.Use) -> TextStatement.Certainty {
        switch use.certainty {
        case .alone, .asGiver, .withConsulate: .beyondDoubt
        case .withContext: isCertain ? .beyondDoubt : .nameAlone
        case .never: .nameAlone
        }
    }
}
