/// What a figure is broken down by.
public enum Dimension: String, Sendable, CaseIterable, Comparable {
    case department
    case type
    case district
    case group
    case connection
    case connectionType
    case country
    /// Whether money came as money or in kind (K06).
    case form
    /// Who holds a connection (K12).
    case holder
    /// The second of two departments (K13).
    case otherDepartment
    /// Which of several figures that one indicator has (K15, K18).
    case measure

    /// In the order of their declaration.
    public static func < (left: Dimension, right: Dimension) -> Bool {
        let all = Dimension.allCases
        return (all.firstIndex(of: left) ?? 0) < (all.firstIndex(of: right) ?? 0)
    }
}

/// The part of the city's outcomes or connections that a figure is about; all of them where it is empty.
public struct Slice: Hashable, Sendable, Comparable {
    /// One dimension and its value.
    public struct Part: Hashable, Sendable {
        /// The dimension.
        public let dimension: Dimension
        /// Its value.
        public let value: String
    }

    /// The parts, in the order of dimensions.
    public let parts: [Part]

    /// Makes a slice.
    public init(_ values: KeyValuePairs<Dimension, String> = [:]) {
        parts = values.map { Part(dimension: $0.key, value: $0.value) }.sorted { $0.dimension < $1.dimension }
    }

    /// Makes a slice.
    public init(_ values: [(Dimension, String)]) {
        self.init(values.map { Part(dimension: $0.0, value: $0.1) })
    }

    /// Makes a slice of its parts.
    init(_ parts: [Part]) {
        self.parts = parts.sorted { $0.dimension < $1.dimension }
    }

    /// The value of a dimension; nil where the slice takes all of them.
    public subscript(dimension: Dimension) -> String? { parts.first { $0.dimension == dimension }?.value }

    /// `department=housing,type=placement`; empty for all.
    public var text: String { parts.map { "\($0.dimension.rawValue)=\($0.value)" }.joined(separator: ",") }

    /// By the dimensions, fewer first, and then by values.
    public static func < (left: Slice, right: Slice) -> Bool {
        let (leftDimensions, rightDimensions) = (left.parts.map(\.dimension), right.parts.map(\.dimension))
        if leftDimensions != rightDimensions {
            return leftDimensions.count != rightDimensions.count
                ? leftDimensions.count < rightDimensions.count
                : leftDimensions.lexicographicallyPrecedes(rightDimensions)
        }
        for (left, right) in zip(left.parts, right.parts) where left.value != right.value {
            return left.value.utf8.lexicographicallyPrecedes(right.value.utf8)
        }
        return false
    }
}

/// Why a figure has no value: something that it is made of was not told. It is never shown as 0.
public enum MissingInput: String, Sendable, CaseIterable {
    /// The department publishes attributed outcomes only, so that there is no count of all.
    case allOutcomes = "all outcomes"
    /// No outcome states people.
    case people
    /// No outcome states money, or nobody knows from which country it came.
    case money
    /// No outcome states groups.
    case groups
    /// No cost and no hours are logged for the period.
    case cost
    /// Hours are logged, and what an hour costs is not configured.
    case staffRate = "staff rate"
    /// No need is logged that could have been answered, or more than half of them are open.
    case needs
    /// Fewer than three connections began since outcomes are received, or more than half have had none.
    case starts
    /// There is nothing that it could be a share of.
    case denominator
    /// No claim was reviewed.
    case reviews
    /// The fee of a membership is not stated.
    case fees
    /// No contact is logged in the months in question, or of none is noted whether both sides acted.
    case log
    /// No outcome for people abroad is reported.
    case outbound = "outbound outcomes"
}

/// One value of an indicator.
public struct Figure: Sendable, Hashable {
    /// What it says.
    public enum Value: Sendable, Hashable {
        /// An amount.
        case stated(Quantity)
        /// Nothing, since an input is missing.
        case notStated(MissingInput)
        /// Nothing, so that nobody can be recognised (docs/suppression.md).
        case withheld
    }

    /// The indicator.
    public let indicator: Indicator
    /// What it is about.
    public let slice: Slice
    /// What it says.
    public var value: Value
    /// What it is made of, above the line; nil where it is not a ratio, not stated or withheld.
    public var numerator: Quantity?
    /// What it is made of, below the line; likewise.
    public var denominator: Quantity?
    /// The outcomes, claims, needs or connections that it rests on; nil where withheld.
    public var n: Int64?
    /// The outcomes of the slice that were abstained from; nil where that does not apply or is withheld.
    public var abstained: Int64?
    /// The 95 % interval of a share that was estimated from a sample; nil for every other figure.
    public var interval: (lower: Quantity, upper: Quantity)? { bounds.map { ($0.lower, $0.upper) } }
    var bounds: Bounds?
    /// What the indicator lists by name: dormant connections.
    public var listed: [String] = []
    /// The populations whose size decides whether it may be shown.
    public let populations: [Population]
    /// The population that `abstained` counts.
    public let abstention: Population?

    struct Bounds: Sendable, Hashable {
        let lower: Quantity
        let upper: Quantity
    }

    /// Makes a figure.
    public init(
        _ indicator: Indicator, _ slice: Slice, _ value: Value, numerator: Quantity? = nil,
        denominator: Quantity? = nil, n: Int64?, abstained: Int64? = nil, listed: [String] = [],
        populations: [Population] = [], abstention: Population? = nil
    ) {
        (self.indicator, self.slice, self.value) = (indicator, slice, value)
        (self.numerator, self.denominator, self.n) = (numerator, denominator, n)
        (self.abstained, self.listed) = (abstained, listed)
        (self.populations, self.abstention) = (populations, abstention)
    }

    /// A ratio of two amounts; not stated where there is nothing below the line.
    static func ratio(
        _ indicator: Indicator, _ slice: Slice, _ numerator: Int64, over denominator: Int64, n: Int64? = nil,
        missing: MissingInput = .denominator, abstained: Int64? = nil, listed: [String] = [],
        populations: [Population] = [], abstention: Population? = nil
    ) -> Figure {
        let value = Quantity(numerator, over: denominator)
        return Figure(
            indicator, slice, value.map { .stated($0) } ?? .notStated(missing),
            numerator: value.map { _ in Quantity(numerator) }, denominator: value.map { _ in Quantity(denominator) },
            n: n ?? denominator, abstained: abstained, listed: listed, populations: populations,
            abstention: abstention)
    }

    /// What its value is an amount of: the indicator's unit, but for a fee per outcome.
    public var unit: IndicatorUnit { .of(indicator, slice) }

    /// The amount; nil where there is none.
    public var quantity: Quantity? {
        guard case .stated(let quantity) = value else { return nil }
        return quantity
    }
}
