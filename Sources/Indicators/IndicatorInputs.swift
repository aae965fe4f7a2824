public import Connections
public import Evaluation
public import Primitives

/// What the indicators of a period are made of.
public struct IndicatorInputs: Sendable {
    /// The period.
    public var period: ReportingPeriod
    /// With the cells of the period and of the 24 months that end with it, and the days of all time up to its end.
    public var aggregates: Aggregates
    /// The texts of the numbers.
    public var names: ByteInterner
    /// The registry, as known on the as-of date.
    public var registry: Registry
    /// The first day of any outcome that was received; nil where there is none.
    public var observedFrom: CivilDate?
    /// What an hour of the city's staff costs, in US cents; nil where it is not configured.
    public var staffCentsPerHour: Int64?
    /// The claims that people have reviewed; nil where there is no review.
    public var reviewed: Proportion?

    /// Makes inputs of which the rest is not known.
    public init(
        period: ReportingPeriod, aggregates: Aggregates, names: ByteInterner, registry: Registry,
        observedFrom: CivilDate? = nil
    ) {
        (self.period, self.aggregates, self.names) = (period, aggregates, names)
        (self.registry, self.observedFrom) = (registry, observedFrom)
    }
}

/// Makes all figures of a period (docs/indicators.md says how each is defined).
public struct IndicatorTable: Sendable {
    /// The figures by indicator and slice.
    public let figures: [Figure]
    /// The sums behind them.
    public let totals: PopulationTotals
    /// What the registry says of connections on the last day of the period.
    public let ties: Ties

    /// Computes.
    public init(_ inputs: IndicatorInputs) {
        ties = Ties(inputs.registry, on: inputs.period.lastDay)
        totals = PopulationTotals(inputs.aggregates, inputs.names, ties, inputs.period)
        let days = OutcomeDays(inputs.aggregates.days, inputs.names, until: inputs.period.lastDay)
        var figures = OutcomeIndicators(totals, inputs.names).figures
        figures += MoneyIndicators(totals, inputs, ties).figures
        figures += TimingIndicators(inputs, ties, days).figures
        figures += PortfolioIndicators(inputs, ties, days, totals).figures
        figures += EquityIndicator(totals, inputs.names).figures
        figures += QualityIndicator(totals, inputs.reviewed).figures
        self.figures = figures.sorted { left, right in
            left.indicator != right.indicator
                ? left.indicator.rawValue < right.indicator.rawValue : left.slice < right.slice
        }
    }
}
