import Operations
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

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

/// Sleeping.
enum Pause {
    static func milliseconds(_ count: Int) {
        usleep(UInt32(clamping: count * 1000))
    }
}
