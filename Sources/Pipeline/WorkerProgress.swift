public import Operations
import Primitives

/// How far a worker is, for other threads to look at.
public final class WorkerProgress: Sendable {
    /// What there is to see.
    public struct State: Sendable {
        /// Why no events are taken in now; nil while they are.
        public var obstacle: String? = "starting: no broker has answered yet"
        /// What was done with the events that are committed.
        public var committed = Counters()
        /// Events of the owned partitions that are not taken in yet, never negative; of those whose end is known.
        public var lag: [Int32: Int64] = [:]
        /// How often partitions came or went.
        public var rebalances = 0
        /// Transactions that were given up.
        public var aborted = 0
        /// How often renewed credentials were taken into use.
        public var credentialsRenewed = 0
        /// How often they could not be.
        public var credentialsRefused = 0
        /// How long transactions were open, in seconds; those that were committed.
        public var transactionSeconds = Histogram([0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10])
        /// From the time that an event bears in its topic to the commit of what came of it, in seconds.
        public var eventSeconds = Histogram([0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600, 86_400])
        /// When the worker's loop came round last.
        var roundedAt = SystemClock.monotonicMilliseconds()
        /// Why events that are there cannot be read; nil where they can.
        public var refusal: String?
        /// When a broker answered last; nil before the first time.
        var answeredAt: Int64?
    }

    /// How long the loop may take for a round, in milliseconds.
    private static let roundMilliseconds: Int64 = 30_000
    /// For how long no broker needs to answer, in milliseconds.
    private static let silenceMilliseconds: Int64 = 15_000

    private let state = Locked(State())

    /// Makes the progress of a worker that has not begun.
    public init() {}

    /// What there is to see now.
    public var now: State { state.withLock { $0 } }

    /// What was done with the events that are committed.
    public var committed: Counters { state.withLock { $0.committed } }

    /// Events that are taken in and committed.
    public var committedEvents: Int { state.withLock { $0.committed.received } }

    /// Why the worker cannot do its work now; nothing while it can.
    public var obstacles: [String] { obstacles(at: SystemClock.monotonicMilliseconds()) }

    func obstacles(at now: Int64) -> [String] {
        let state = self.now
        var obstacles = stalls(at: now)
        if let obstacle = state.obstacle { obstacles.append(obstacle) }
        if let refusal = state.refusal { obstacles.append(refusal) }
        if let answeredAt = state.answeredAt, now - answeredAt > WorkerProgress.silenceMilliseconds {
            obstacles.append("no broker has answered for \((now - answeredAt) / 1000) s")
        }
        return obstacles
    }

    /// Why the worker should be started again; nothing while its loop comes round, be it only to wait for a broker.
    public var stalls: [String] { stalls(at: SystemClock.monotonicMilliseconds()) }

    func stalls(at now: Int64) -> [String] {
        let age = now - self.now.roundedAt
        return age > WorkerProgress.roundMilliseconds
            ? ["the worker's loop has not come round for \(age / 1000) s"] : []
    }

    /// True while the worker can do its work.
    public var isReady: Bool { obstacles.isEmpty }

    /// Says what the worker waits for before it can begin.
    public func wait(_ reason: String) { update { $0.obstacle = "waiting for the registry: \(reason)" } }

    /// Changes what there is to see, which is a sign of life, too.
    func update(_ body: (inout State) -> Void) {
        let now = SystemClock.monotonicMilliseconds()
        state.withLock {
            body(&$0)
            $0.roundedAt = now
        }
    }
}
