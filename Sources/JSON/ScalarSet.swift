/// A set of Unicode scalars: what one character of an I-Regexp matches.
struct ScalarSet: Sendable {
    private var ranges: [ClosedRange<UInt32>] = []
    /// One bit for each general category, as `GeneralCategories` numbers them.
    private var categories: UInt32 = 0
    private var isNegated = false
    /// The answers for ASCII, once the set is complete.
    private var ascii: (UInt64, UInt64) = (0, 0)

    init(_ scalar: Unicode.Scalar) {
        insert(scalar.value...scalar.value)
        complete()
    }

    init(categories: UInt32) {
        self.categories = categories
        complete()
    }

    /// An empty set, to be filled and completed.
    init() {}

    /// What `.` matches: everything but the two ends of a line.
    static var dot: ScalarSet {
        var set = ScalarSet()
        set.insert(0x0a...0x0a)
        set.insert(0x0d...0x0d)
        set.complete(isNegated: true)
        return set
    }

    mutating func insert(_ range: ClosedRange<UInt32>) { ranges.append(range) }

    mutating func insert(categories: UInt32) { self.categories |= categories }

    /// Says that nothing is inserted any more.
    mutating func complete(isNegated: Bool = false) {
        self.isNegated = isNegated
        for value in UInt32(0)..<64 {
            if holds(value) { ascii.0 |= 1 << UInt64(value) }
            if holds(value + 64) { ascii.1 |= 1 << UInt64(value) }
        }
    }

    func contains(_ scalar: UInt32) -> Bool {
        if scalar < 64 { return ascii.0 >> UInt64(scalar) & 1 != 0 }
        if scalar < 128 { return ascii.1 >> UInt64(scalar - 64) & 1 != 0 }
        return holds(scalar)
    }

    private func holds(_ value: UInt32) -> Bool {
        var holds = ranges.contains { $0.contains(value) }
        if !holds, categories != 0, let scalar = Unicode.Scalar(value) {
            holds = categories & GeneralCategories.bit(scalar.properties.generalCategory) != 0
        }
        return holds != isNegated
    }
}

/// The general categories of Unicode (UAX #44, table 12), one bit each.
enum GeneralCategories {
    /// The names, in the order of their bits.
    private static let names = [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
        "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Co", "Cn", "Cs",
    ]

    static let all: UInt32 = (1 << UInt32(names.count)) - 1

    /// The category of a name of RFC 9485, or all those of a letter; nil for any other name. (There is no `Cs`: no text
    /// holds a surrogate.)
    static func named(_ name: String) -> UInt32? {
        guard name != "Cs", name.count <= 2 else { return nil }
        var bits: UInt32 = 0
        for (number, known) in names.enumerated() where known.hasPrefix(name) { bits |= 1 << UInt32(number) }
        return name.isEmpty || bits == 0 ? nil : bits
    }

    static func bit(_ category: Unicode.GeneralCategory) -> UInt32 { 1 << number(category) }

    private static func number(_ category: Unicode.GeneralCategory) -> UInt32 {
        switch category {
        case .uppercaseLetter: 0
        case .lowercaseLetter: 1
        case .titlecaseLetter: 2
        case .modifierLetter: 3
        case .otherLetter: 4
        case .nonspacingMark: 5
        case .spacingMark: 6
        case .enclosingMark: 7
        case .decimalNumber: 8
        case .letterNumber: 9
        case .otherNumber: 10
        case .connectorPunctuation: 11
        case .dashPunctuation: 12
        case .openPunctuation: 13
        case .closePunctuation: 14
        case .initialPunctuation: 15
        case .finalPunctuation: 16
        case .otherPunctuation: 17
        case .mathSymbol: 18
        case .currencySymbol: 19
        case .modifierSymbol: 20
        case .otherSymbol: 21
        case .spaceSeparator: 22
        case .lineSeparator: 23
        case .paragraphSeparator: 24
        case .control: 25
        case .format: 26
        case .privateUse: 27
        case .unassigned: 28
        case .surrogate: 29
        @unknown default: 28
        }
    }
}
