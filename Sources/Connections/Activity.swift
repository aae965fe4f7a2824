public import Primitives

/// What an entry of the office's log is about.
public enum ActivityKind: String, Sendable, CaseIterable {
    /// A visit, of theirs or of ours.
    case delegation
    /// People or practice exchanged.
    case exchange
    /// Staff trained by the partner or with it.
    case training
    /// A department and a partner introduced to each other.
    case introduction
    /// A meeting that the connection brought together.
    case convening
    /// Money or goods given.
    case funding
    /// An agreement signed.
    case agreementSigned = "agreement_signed"
    /// A department's need for a partner; the only kind that may stand without a connection.
    case need
}

/// An entry of the office's log: something done with a connection on a day.
public struct Activity: Hashable, Sendable {
    /// The id of the entry.
    public var id: String
    /// The id of the connection; nil only for a need that no connection answers yet.
    public var connection: String?
    /// What was done.
    public var kind: ActivityKind
    /// The day it was done.
    public var on: CivilDate
    /// The department it was done with or for.
    public var department: String?
    /// The field of work it was about.
    public var fieldOfWork: String?
    /// True where both sides acted; nil where that was not noted.
    public var isTwoWay: Bool?
    /// Hours of the city's staff.
    public var staffHours: Double?
    /// Cash spent by the city, in US dollars.
    public var costUSD: Double?
    /// What the entry goes back to; entries of one origin count once. `activity:id` where the entry states none.
    public var origin: String
    /// The day on which it was logged; the day it was done where that is not known.
    public var recordedOn: CivilDate
    /// A remark.
    public var note: String?

    /// Makes an entry.
    public init(id: String, connection: String?, kind: ActivityKind, on: CivilDate) {
        self.id = id
        self.connection = connection
        self.kind = kind
        self.on = on
        origin = "activity:\(id)"
        recordedOn = on
    }
}
