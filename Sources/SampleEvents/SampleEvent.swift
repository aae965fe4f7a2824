/// A message as a department's system would send it; everything in it is made up.
public struct SampleEvent: Sendable {
    /// The Kafka key: the source record id.
    public let key: [UInt8]?
    /// The payload; nil for a tombstone.
    public let payload: [UInt8]?
    /// The headers, in the order in which they are sent.
    public let headers: [(name: String, value: [UInt8])]
    /// The time of the message in milliseconds since 1970-01-01T00:00:00Z.
    public let timestampMilliseconds: Int64
    /// What the event shows, such as "an ended connection".
    public let note: StaticString
    /// What the pipeline makes of it by the canonical profile, the built-in rules and the sample registry.
    public let expectation: SampleExpectation
}

/// What the pipeline makes of a sample event.
public enum SampleExpectation: Sendable, Hashable {
    /// An outcome, with its decision; nil where several references decide together, after a correction, and where the
    /// office may yet open the connection to the department.
    case outcome(SampleVerdict?)
    /// An event that withdraws an outcome.
    case retraction
    /// A null payload with a key, which withdraws an outcome.
    case tombstone
    /// An event that is no outcome, and no fault either; with the reason as the metrics name it.
    case skipped(reason: String)
    /// A dead letter, with the code of its fault (docs/dead-letters.md).
    case malformed(code: String)
}

/// The decision on an outcome (docs/method.md, section 3, step 9).
public enum SampleVerdict: String, Sendable, CaseIterable {
    case enabled, contributed, abstained, domestic
}

/// How many sample events there are of each sort.
public struct SampleCounts: Sendable, Hashable {
    /// Outcomes, corrections included.
    public var outcomes = 0
    /// Events that withdraw an outcome.
    public var retracted = 0
    /// Null payloads with a key.
    public var tombstones = 0
    /// Events that are no outcome.
    public var skipped = 0
    /// Events that become dead letters.
    public var malformed = 0

    /// Makes counts of nothing.
    public init() {}

    /// All events.
    public var total: Int { outcomes + retracted + tombstones + skipped + malformed }
}

/// Made-up events of the departments of Port Meridian (compose/registry/port-meridian.yaml), for demonstrations and
/// tests. The same department, count and seed give the same bytes.
public enum SampleEvents {
    /// The departments that have sample events.
    public static let departments = ["immigration", "housing", "health", "transport"]

    /// The events of a department.
    ///
    /// The scripted cases come among the first ones, with random events between and behind them; a longer list begins
    /// with the shorter one of the same seed.
    /// - Parameters:
    ///   - department: one of `departments`; any other has no events.
    ///   - count: how many events; 100 hold all scripted cases of a department.
    ///   - seed: the seed of what is random.
    public static func events(department: String, count: Int, seed: UInt64) -> [SampleEvent] {
        guard count > 0, let place = departments.firstIndex(of: department) else { return [] }
        var maker = EventMaker(Catalogue.all[place], seed: seed)
        return Self.events(from: &maker, count, place: place)
    }

    private static func events(from maker: inout EventMaker, _ count: Int, place: Int) -> [SampleEvent] {
        let steps = Catalogue.all[place].steps(place: place, of: departments.count)
        var events: [SampleEvent] = []
        events.reserveCapacity(count)
        for index in 0..<count {
            let (step, position) = index.quotientAndRemainder(dividingBy: randomBetweenSteps + 1)
            if position == 0, step < steps.count {
                events.append(maker.make(steps[step]))
            } else {
                events.append(maker.fill())
            }
        }
        return events
    }

    /// Events without an end, as if a list of `events` went on, of outcomes in the last quarter that the sample has,
    /// July to September 2026.
    public struct Stream {
        private var maker: EventMaker

        /// Makes a stream; nil where the department has no events.
        /// - Parameters:
        ///   - department: one of `departments`.
        ///   - count: how many events of the department and seed there were before.
        ///   - seed: the seed of what is random.
        public init?(department: String, after count: Int, seed: UInt64) {
            guard let place = departments.firstIndex(of: department) else { return nil }
            maker = EventMaker(Catalogue.all[place], seed: seed)
            _ = SampleEvents.events(from: &maker, count, place: place)
            maker.days = Calendar.lastQuarter
        }

        /// The next event.
        public mutating func next() -> SampleEvent { maker.fill() }
    }

    /// How many events of a list are outcomes, withdrawals, and so on.
    public static func expected(of events: [SampleEvent]) -> SampleCounts {
        var counts = SampleCounts()
        for event in events {
            switch event.expectation {
            case .outcome: counts.outcomes += 1
            case .retraction: counts.retracted += 1
            case .tombstone: counts.tombstones += 1
            case .skipped: counts.skipped += 1
            case .malformed: counts.malformed += 1
            }
        }
        return counts
    }

    /// Few enough that a short demonstration shows every case, enough that the majority is domestic from the start.
    private static let randomBetweenSteps = 2
}
