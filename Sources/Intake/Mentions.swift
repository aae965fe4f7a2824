import Attribution
import Connections
import JSON

extension MentionSource.Kind {
    /// The names of the parts in a profile.
    var keys: [String] {
        switch self {
        case .reference: ["scheme", "id", "mechanism"]
        case .named: ["name", "country", "mechanism"]
        }
    }

    /// What messages call the parts.
    func title(_ part: Int) -> StaticString {
        switch (self, part) {
        case (.reference, 0): "the scheme"
        case (.reference, 1): "the identifier"
        case (.named, 0): "the name"
        case (.named, 1): "the country"
        default: "the mechanism"
        }
    }

    /// The part that every mention has, and whose paths decide on the elements: the identifier, or the name.
    var leadingPart: Int { self == .reference ? 1 : 0 }

    /// What messages call that part.
    var leadingName: String { self == .reference ? "identifier" : "name" }

    /// The part that must stand beside it: the scheme of an identifier.
    var neededPart: Int? { self == .reference ? 0 : nil }

    /// The mechanism.
    static let mechanismPart = 2
}

extension MentionSource {
    /// What evidence names: the element where scheme and identifier stand in it side by side, else the leading part.
    var evidence: JSONPath {
        let leading = parts[kind.leadingPart]?.paths.first ?? JSONPath(SimplePath())
        guard let needed = kind.neededPart, let elements = leading.elements,
            parts[needed]?.paths.first?.elements == elements
        else { return leading }
        return elements
    }
}

/// A mention source as reading looks at it: what its parts have is known without touching them.
struct MentionPlan: BitwiseCopyable {
    let kind: MentionSource.Kind
    /// True where the event and not the profile says the scheme: then an identifier has to stand beside it.
    let neededHasPaths: Bool
    private(set) var hasConstant = InlineArray<3, Bool>(repeating: false)
    private(set) var isPrepared = InlineArray<3, Bool>(repeating: false)

    init(_ source: MentionSource) {
        kind = source.kind
        neededHasPaths = source.kind.neededPart.map { source.parts[$0]?.paths.isEmpty == false } ?? false
        for (part, field) in source.parts.enumerated() {
            hasConstant[part] = field?.constant != nil
            isPrepared[part] = field.map { !$0.isPlain } ?? false
        }
    }
}

/// A mention of which the values come one by one.
struct PendingMention: BitwiseCopyable {
    let source: UInt32
    let element: UInt32
    var parts = InlineArray<3, Ranked>(repeating: Ranked())

    init(source: UInt32, element: UInt32) {
        self.source = source
        self.element = element
    }
}

/// Of the values at several paths, the one whose path comes first in the profile, in whatever order they stand.
struct Ranked: BitwiseCopyable {
    private var start: UnsafeRawPointer?
    private var length: UInt32 = 0
    private var rank = UInt16.max
    /// False where the value is there and has no text.
    private(set) var isText = false

    var isGiven: Bool { rank != UInt16.max }
    var text: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: Int(length)) }

    mutating func offer(_ text: UnsafeRawBufferPointer?, _ rank: UInt16) {
        guard rank < self.rank else { return }
        self.rank = rank
        isText = text != nil
        start = text?.baseAddress
        // Longer than a document cannot be, and those end at 1 GiB.
        length = UInt32(truncatingIfNeeded: text?.count ?? 0)
    }
}

/// The names of the mechanisms, for messages and the profile's check.
enum Mechanisms {
    static let names = Mechanism.allCases.map { "\($0.name)" }
    static let list = names.joined(separator: ", ")
}
