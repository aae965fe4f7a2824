/// Outcomes that a figure counts, and with them the people behind it: what small cells are looked for in.
///
/// Numbers are those of the names of the aggregates; -1 takes all.
public struct Population: Hashable, Sendable {
    /// Which outcomes of the slice.
    public enum Part: UInt8, Sendable, CaseIterable {
        /// Those of K01.
        case attributed
        /// Those for people of this city that were abstained from.
        case abstained
        /// All that were received for people of this city.
        case received
        /// Those for people abroad.
        case outbound
    }

    /// Which connections have a part in them.
    public enum Tie: Hashable, Sendable {
        /// Any or none.
        case any
        /// This connection.
        case connection(Int32)
        /// A connection of this type, by the name of the type.
        case type(String)
        /// A connection with a partner in this country.
        case country(String)
    }

    /// Which of their people.
    public enum People: Hashable, Sendable {
        /// All; where an outcome does not state people, what it counts stands for them.
        case all
        /// Those of the outcomes that state people.
        case counted
        /// Those of the outcomes that state groups.
        case grouped
        /// Those of one group.
        case group(Int32)
    }

    /// Whether the months are those of the period, or the 24 months that end with it.
    public enum Window: UInt8, Sendable {
        case period
        case twoYears
    }

    /// The outcomes.
    public var part: Part
    /// The department.
    public var department: Int32 = -1
    /// The kind of outcome.
    public var type: Int32 = -1
    /// The district.
    public var district: Int32 = -1
    /// The connections.
    public var tie = Tie.any
    /// The people.
    public var people = People.all
    /// The months.
    public var window = Window.period

    /// Makes a population.
    public init(
        _ part: Part, department: Int32 = -1, type: Int32 = -1, district: Int32 = -1, tie: Tie = .any,
        people: People = .all, window: Window = .period
    ) {
        (self.part, self.department, self.type) = (part, department, type)
        (self.district, self.tie, self.people, self.window) = (district, tie, people, window)
    }
}

/// Sums over a population.
public struct PopulationSums: Sendable, Hashable {
    /// Over its outcomes; of a population of some people, `exposed` and `people` are theirs.
    public var cells = CellSums()
    /// Over the shares of the connections in question.
    public var credit = CreditSums()
    /// Money from providers abroad, in US cents, given as money.
    public var grantCentsAbroad: Int64 = 0
    /// Money's worth from providers abroad, in US cents, given in kind.
    public var inKindCentsAbroad: Int64 = 0
    /// Money of givers of which nobody knows the country, in US cents.
    public var grantCentsOfUnknownOrigin: Int64 = 0
    /// Money's worth in kind of such givers, in US cents.
    public var inKindCentsOfUnknownOrigin: Int64 = 0

    /// Makes sums over nothing.
    public init() {}
}
