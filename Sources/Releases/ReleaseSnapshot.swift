public import Indicators

/// The people behind a release, kept beside it and never published: later releases must not give away what this one
/// withheld, nor what has changed since.
public struct ReleaseSnapshot: Sendable, Hashable {
    /// The people of one cell.
    public struct Cell: Sendable, Hashable {
        /// The cell.
        public var key: CellKey
        /// What small cells are told by (`CellSums.exposed`).
        public var exposed: Int64
        /// The people that its outcomes state.
        public var people: Int64
        /// Those of the outcomes that state groups.
        public var grouped: Int64
    }

    /// The people of one group in a part.
    public struct Group: Sendable, Hashable {
        /// Month, department and standing.
        public var part: PartKey
        /// The group.
        public var group: Int32
        /// How many.
        public var people: Int64
    }

    /// The period.
    public var period: ReportingPeriod
    /// The cells that its figures count, those of earlier months included where a figure looks back.
    public var cells: [Cell]
    /// The groups of its cells.
    public var groups: [Group]
    /// The connections of its cells, and what the registry said of them, by the number of the list.
    public var lists: [Int32: TieList]
    /// The populations that it published.
    public var published: [Population]
    /// Those that it withheld.
    public var withheld: [Population]
}
