import Indicators
import Primitives
import Releases

/// A release with its figures at hand, and the releases of earlier periods of the same length.
struct ReleaseIndex: Sendable {
    /// How many earlier periods are shown.
    static let historyMax = 11

    /// The release.
    let release: Release
    /// The digest of the release, for whoever checks it.
    let digest: String
    /// Those before it, oldest first.
    let history: [ReleaseTable]
    /// The newest release of the same period, where that is another one.
    let successor: String?
    /// The figures of this one.
    let table: ReleaseTable
    /// The connections by id.
    let connections: [String: ReleasedConnection]

    init(_ release: Release, history: some Sequence<Release>, successor: String?) {
        self.release = release
        digest = release.digest
        table = ReleaseTable(release)
        self.history = history.map(ReleaseTable.init)
        self.successor = successor == release.id ? nil : successor
        connections = Dictionary(release.connections.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    }

    /// The period just before, where it was released.
    var previous: ReleaseTable? {
        history.last.flatMap { $0.release.lastDay.adding(days: 1) == release.firstDay ? $0 : nil }
    }

    /// The earlier periods and this one, oldest first, of which none is left out between two.
    var timeline: [ReleaseTable] { history + [table] }
}

/// The figures of a release by indicator and slice.
struct ReleaseTable: Sendable {
    private struct Key: Hashable {
        let indicator: Indicator
        let slice: Slice
    }

    private struct Group: Hashable {
        let indicator: Indicator
        let dimensions: [Dimension]
    }

    /// The release.
    let release: Release
    private let figures: [Key: ReleasedFigure]
    private let byIndicator: [Indicator: [ReleasedFigure]]
    private let byDimensions: [Group: [ReleasedFigure]]
    /// The departments that it has outcomes of.
    let departments: [String]

    init(_ release: Release) {
        self.release = release
        let shown = release.figures.map(\.withoutWhatIsWithheld)
        figures = Dictionary(
            shown.map { (Key(indicator: $0.indicator, slice: $0.slice), $0) }, uniquingKeysWith: { $1 })
        byIndicator = Dictionary(grouping: shown, by: \.indicator)
        byDimensions = Dictionary(grouping: shown) {
            Group(indicator: $0.indicator, dimensions: $0.slice.parts.map(\.dimension))
        }
        let group = Group(indicator: .attributedOutcomes, dimensions: [.department])
        departments = (byDimensions[group] ?? []).compactMap { $0.slice[.department] }
    }

    /// A figure.
    subscript(indicator: Indicator, slice: Slice) -> ReleasedFigure? {
        figures[Key(indicator: indicator, slice: slice)]
    }

    /// A figure.
    subscript(indicator: Indicator, values: KeyValuePairs<Dimension, String>) -> ReleasedFigure? {
        self[indicator, Slice(values)]
    }

    /// All figures of an indicator.
    func all(_ indicator: Indicator) -> [ReleasedFigure] { byIndicator[indicator] ?? [] }

    /// The figures of an indicator that are broken down by just these dimensions, in the order of `Dimension`, and have
    /// these values.
    func all(_ indicator: Indicator, by dimensions: [Dimension], where fixed: Slice = Slice()) -> [ReleasedFigure] {
        let figures = byDimensions[Group(indicator: indicator, dimensions: dimensions)] ?? []
        guard !fixed.parts.isEmpty else { return figures }
        return figures.filter { figure in fixed.parts.allSatisfy { figure.slice[$0.dimension] == $0.value } }
    }
}

extension ReleasedFigure {
    /// The figure without any of its parts where it is withheld, whatever the release has of them.
    fileprivate var withoutWhatIsWithheld: ReleasedFigure {
        guard value == .withheld else { return self }
        var figure = self
        (figure.numerator, figure.denominator, figure.lower, figure.upper) = (nil, nil, nil, nil)
        (figure.n, figure.abstained, figure.listed) = (nil, nil, [])
        return figure
    }

    /// The amount as a number, for plots and for an order; nil where there is none.
    var amount: Double? {
        guard case .stated(let text) = value else { return nil }
        return Double(text)
    }
}
