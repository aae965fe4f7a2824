public import Indicators
public import Operations

/// What indicators and releases need to know beside records and registry.
public struct IndicatorSettings: Sendable {
    /// How the city counts its fiscal years.
    public var calendar: FiscalCalendar
    /// Up to how many people nothing is shown.
    public var threshold: Int
    /// What an hour of the city's staff costs, in US cents; nil where that is not configured.
    public var staffCentsPerHour: Int64?
    /// The file of reviewed claims; nil where there is none.
    public var reviews: String?
    /// The city's name; nil for that of the registry.
    public var city: String?

    /// Reads the settings.
    public init(_ configuration: Configuration) {
        calendar = FiscalCalendar(firstMonth: configuration.integer("fiscal.year.start")) ?? .calendarYears
        threshold = configuration.integer("suppression.threshold")
        staffCentsPerHour = configuration.text("staff.cents.per.hour").flatMap { Int64($0) }
        reviews = configuration.text("reviews")
        city = configuration.text("city")
    }
}
