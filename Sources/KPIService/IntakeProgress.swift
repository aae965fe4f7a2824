import Operations
import Primitives
public import Store
import Synchronization

/// How far the service is, for other threads to look at.
public final class IntakeProgress: Sendable {
    /// What there is to see.
    public struct State: Sendable {
        /// Whether records are being read and stored.
        public var isReady = false
        /// Why not, where it is not.
        public var reason = "starting"
        /// Whether every partition was read to its end since the start.
        public var hasCaughtUp = false
        /// What became of records since the start of the process.
        public var counts = TakenCounts()
        /// Transactions since the start of the process.
        public var transactions: Int64 = 0
        /// Records that are not read yet, by partition; never negative.
        public var lag: [Int32: Int64] = [:]
        /// When the loop that reads came round last, in milliseconds of `SystemClock.monotonicMilliseconds`.
        var roundedAt = SystemClock.monotonicMilliseconds()
        /// How long ago that was, in milliseconds.
        public var age: Int64 { SystemClock.monotonicMilliseconds() - roundedAt }
    }

    private let state = Locked(State())
    private let change = Atomic<Int>(0)

    /// Makes the progress of a service that has not begun.
    public init() {}

    /// What there is to see now.
    public var now: State { state.withLock { $0 } }

    /// A number that grows with every transaction.
    public var version: Int { change.load(ordering: .acquiring) }

    func update(_ body: (inout State) -> Void) {
        state.withLock {
            body(&$0)
            $0.roundedAt = SystemClock.monotonicMilliseconds()
        }
    }

    func took(_ counts: TakenCounts) {
        state.withLock {
            $0.counts.add(counts)
            $0.transactions += 1
        }
        change.add(1, ordering: .releasing)
    }
}
