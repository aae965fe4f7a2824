import Operations
import Primitives
import Synchronization

/// Carries the wish to stop from a signal or another thread to a worker.
public final class StopToken: Sendable {
    private let requests = Atomic<Int>(0)

    /// Makes a token that asks for nothing.
    public init() {}

    /// Asks to stop; a second time: at once.
    public func request() { requests.add(1, ordering: .sequentiallyConsistent) }

    /// How often somebody asked.
    public var count: Int { requests.load(ordering: .sequentiallyConsistent) }

    /// Waits, but no longer than until somebody asks again.
    /// - Parameter seen: how often the caller knows that somebody asked.
    public func wait(milliseconds: Int, seen: Int) {
        let end = SystemClock.monotonicMilliseconds() + Int64(milliseconds)
        while count == seen {
            let left = Int(end - SystemClock.monotonicMilliseconds())
            if left <= 0 { return }
            Pause.milliseconds(min(50, left))
        }
    }
}

/// How far a worker is, for other threads to look at.
public final class WorkerProgress: Sendable {
    private let counters = Locked(Counters())
    private let ready = Atomic<Bool>(false)

    /// Makes the progress of a worker that has not begun.
    public init() {}

    /// What was done with the events that are committed.
    public var committed: Counters { counters.withLock { $0 } }

    /// Events that are taken in and committed.
    public var committedEvents: Int { counters.withLock { $0.received } }

    /// True while the worker is a member of its group and its last commit succeeded.
    public var isReady: Bool { ready.load(ordering: .relaxed) }

    func set(committed: Counters) { counters.withLock { $0 = committed } }
    func set(ready isReady: Bool) { ready.store(isReady, ordering: .relaxed) }
}
