public import Primitives

/// How an outcome stands in the indicators.
public enum OutcomeStanding: UInt8, Sendable, CaseIterable {
    /// Decided `enabled`, for people of this city.
    case enabled
    /// Decided `contributed`, for people of this city.
    case contributed
    /// Only circumstantial evidence, or a name that fits two connections: counted apart, and never added.
    case abstained
    /// No evidence of a connection.
    case domestic
    /// For people abroad, whatever was decided: indicator K17 and no other.
    case outbound

    /// Whether it counts as an attributed outcome (K01).
    public var isAttributed: Bool { self == .enabled || self == .contributed }
}

/// The pseudonym of an outcome: 128 bits, in records as 32 hexadecimal digits (docs/events.md).
public struct OutcomeID: Hashable, Comparable, Sendable {
    /// The first eight bytes, the first one on top.
    public let high: UInt64
    /// The last eight bytes.
    public let low: UInt64

    /// Makes it of its halves.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads 32 lower-case hexadecimal digits, and nothing else.
    public init?(_ digits: UnsafeRawBufferPointer) {
        guard digits.count == 32, let high = OutcomeID.value(digits, 0), let low = OutcomeID.value(digits, 16) else {
            return nil
        }
        self.init(high: high, low: low)
    }

    private static func value(_ digits: UnsafeRawBufferPointer, _ start: Int) -> UInt64? {
        var value: UInt64 = 0
        for index in start..<start + 16 {
            let digit: UInt8
            switch digits[index] {
            case 0x30...0x39: digit = digits[index] - 0x30
            case 0x61...0x66: digit = digits[index] - 0x57
            default: return nil
            }
            value = value << 4 | UInt64(digit)
        }
        return value
    }

    /// Ordered as their digits are.
    public static func < (left: OutcomeID, right: OutcomeID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

/// One connection's part in an outcome.
public struct ConnectionShare: Hashable, Sendable {
    /// The connection, by its number.
    public var connection: Int32
    /// Its credit, in basis points (1/10,000 of the outcome).
    public var basisPoints: Int64
    /// Whether a reason says that it gave money (`funded-by`).
    public var hasFunded = false
    /// Whether a reason says that it gave goods (`donated-by`).
    public var hasDonated = false
    /// The distinct origins of its reasons that count (T1 and T2).
    public var origins = 0

    /// Makes a share.
    public init(connection: Int32, basisPoints: Int64) {
        self.connection = connection
        self.basisPoints = basisPoints
    }
}

/// What an attribution record says of an outcome, as far as indicators need it. Texts are numbers of a `ByteInterner`.
public struct OutcomeFact: Sendable {
    /// Whose record it is.
    public var id: OutcomeID
    /// The revision of the source; nil where the record states none, as that of a tombstone.
    public var revision: UInt64?
    /// What the indicators hold of it; nil where it was withdrawn.
    public var content: Content?

    /// What an outcome that was not withdrawn adds to the indicators.
    public struct Content: Sendable {
        /// The department.
        public var department: Int32 = 0
        /// The kind of outcome.
        public var type: Int32 = 0
        /// The district; that of the empty text where the record states none.
        public var district: Int32 = 0
        /// The day.
        public var day = CivilDate(daysSinceEpoch: 0)
        /// How it stands.
        public var standing = OutcomeStanding.domestic
        /// How many of its kind it stands for, at least 0.
        public var count: Int64 = 1
        /// People reached; nil where the record does not say.
        public var people: Int64?
        /// Money in US cents; nil where the record does not say.
        public var usdCents: Int64?
        /// People by group.
        public var groups: [(group: Int32, people: Int64)] = []
        /// The connections with credit or, where it was abstained from, with circumstantial evidence; by connection id.
        public var shares: [ConnectionShare] = []
        /// The number of the text that lists those connections, one a line.
        public var connections: Int32 = 0
        /// The credit that no connection has, in basis points.
        public var domesticBasisPoints: Int64 = 10_000
        /// Kinds of evidence, each connection with each tier and mechanism once.
        public var evidence: [(connection: Int32, kind: Int32)] = []
        /// The number of the text that lists the versions that decided it: see `RecordReader`.
        public var versions: Int32 = 0

        /// Makes an outcome of which nothing is known.
        public init() {}
    }
}
