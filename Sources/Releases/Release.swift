public import Indicators
public import Primitives

/// A closed period as it was published: never edited, and superseded by another release only.
public struct Release: Sendable, Hashable {
    /// Its name and which release of its period it is: `2026-Q1.1`; for provisional figures `2026-Q1.provisional`.
    public var id: String { isProvisional ? Release.provisionalID(of: period) : "\(period).\(number)" }
    /// Whether these are the figures of a period that is not closed: no release, and never kept or published.
    public var isProvisional: Bool { number == 0 }
    /// The name of the period.
    public var period: String
    /// The first day of the period.
    public var firstDay: CivilDate
    /// The last day of the period.
    public var lastDay: CivilDate
    /// Which release of the period it is, from 1; 0 for provisional figures.
    public var number: Int
    /// The release of the same period that it takes the place of.
    public var restates: String?
    /// The city.
    public var city: String
    /// When it was made: the period closed, or provisional figures computed.
    public var closedAt: Timestamp
    /// Up to how many people nothing is shown.
    public var threshold: Int
    /// The digest of the registry that costs, needs and connections were read from.
    public var registry: String
    /// What decided the outcomes of the period, with how many of them.
    public var versions: [DecidingVersions]
    /// What became of all records that had been read.
    public var records: RecordCounts
    /// The figures, by indicator and slice.
    public var figures: [ReleasedFigure]
    /// The connections, as the registry had them.
    public var connections: [ReleasedConnection]
    /// What is different from the release that it restates.
    public var changes: [FigureChange]
    /// How much is withheld.
    public var suppression: SuppressionCounts
}

extension Release {
    private static let provisionalSuffix = ".provisional"

    /// The id of the provisional figures of a period.
    public static func provisionalID(of period: String) -> String { period + provisionalSuffix }

    /// The period of which an id names the provisional figures; nil for the id of a release.
    public static func provisionalPeriod(_ id: String) -> String? {
        id.hasSuffix(provisionalSuffix) ? String(id.dropLast(provisionalSuffix.count)) : nil
    }
}

/// The digests of what decided some outcomes, and how many those were.
public struct DecidingVersions: Sendable, Hashable {
    /// The rule set.
    public var rules: String
    /// The registry.
    public var registry: String
    /// The profile.
    public var profile: String
    /// The version of the program.
    public var engine: String
    /// The outcomes.
    public var outcomes: Int64
}

/// How many records a release goes back to.
public struct RecordCounts: Sendable, Hashable {
    /// All that had been read from the topic.
    public var received: Int64 = 0
    /// Those that are none.
    public var refused: Int64 = 0
    /// Outcomes of the period, whoever they benefit.
    public var outcomes: Int64 = 0

    /// Makes counts.
    public init(received: Int64, refused: Int64, outcomes: Int64) {
        (self.received, self.refused, self.outcomes) = (received, refused, outcomes)
    }
}

/// How much of a release is withheld, in populations: the sets of people that its figures are about.
public struct SuppressionCounts: Sendable, Hashable {
    /// All populations.
    public var populations = 0
    /// Those withheld because they are small.
    public var primary = 0
    /// Those withheld because a small one would follow from them.
    public var complementary = 0

    /// Makes counts of nothing.
    public init() {}
}

/// One figure of a release: what may be shown of it.
public struct ReleasedFigure: Sendable, Hashable {
    /// What it says.
    public enum Value: Sendable, Hashable {
        /// An amount, as a decimal number.
        case stated(String)
        /// Nothing, since an input is missing; the word for it.
        case notStated(String)
        /// Nothing, so that nobody can be recognised.
        case withheld
    }

    /// The indicator, such as `K01`.
    public var indicator: Indicator
    /// What it is about.
    public var slice: Slice
    /// What it says.
    public var value: Value
    /// Above the line, as a decimal number; nil where it is not a ratio or has no value.
    public var numerator: String?
    /// Below the line, likewise.
    public var denominator: String?
    /// The ends of its 95 % interval, where it was estimated from a sample.
    public var lower: String?
    /// The other end.
    public var upper: String?
    /// What it rests on; nil where it is withheld.
    public var n: Int64?
    /// The outcomes that were abstained from; nil where that does not apply or is withheld.
    public var abstained: Int64?
    /// What is listed by name.
    public var listed: [String] = []

    /// What its value is an amount of.
    public var unit: IndicatorUnit { .of(indicator, slice) }
}

/// A figure that two releases of one period state differently.
public struct FigureChange: Sendable, Hashable {
    /// The indicator.
    public var indicator: Indicator
    /// What the figure is about.
    public var slice: Slice
    /// What the earlier release says; nil where it has no such figure.
    public var before: ReleasedFigure.Value?
    /// What this one says; nil where it has none.
    public var after: ReleasedFigure.Value?
}

extension FigureChange {
    /// What is different between two releases, by indicator and slice.
    static func all(from before: [ReleasedFigure], to after: [ReleasedFigure]) -> [FigureChange] {
        struct Key: Hashable {
            let indicator: Indicator
            let slice: Slice
        }
        var values: [Key: (before: ReleasedFigure.Value?, after: ReleasedFigure.Value?)] = [:]
        for figure in before { values[Key(indicator: figure.indicator, slice: figure.slice)] = (figure.value, nil) }
        for figure in after {
            let key = Key(indicator: figure.indicator, slice: figure.slice)
            values[key] = (values[key]?.before, figure.value)
        }
        return values.filter { $0.value.before != $0.value.after }.map { key, pair in
            FigureChange(indicator: key.indicator, slice: key.slice, before: pair.before, after: pair.after)
        }.sorted { left, right in
            left.indicator != right.indicator
                ? left.indicator.rawValue < right.indicator.rawValue : left.slice < right.slice
        }
    }
}
