import Glibc

/// A value that one thread at a time reads or changes, and whose changes others can wait for.
///
/// Behind it is a POSIX mutex: a race detector follows that one into its waits, which it cannot with `Mutex` of Swift's
/// own library. Not for every message of a hot path.
public final class Locked<Value: Sendable>: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var value: Value

    /// Takes the first value.
    public init(_ value: Value) {
        self.value = value
        // With no attributes they fail for want of memory only, which Linux does not refuse here.
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    /// Hands the value to `body`, while no other thread has it. `body` must not lock the same value again.
    public func withLock<Result>(_ body: (inout Value) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(&value)
    }

    /// Hands the value to `body` likewise, and again after every `wakeAll` for as long as it answers nil.
    public func wait<Result>(until body: (inout Value) -> Result?) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = body(&value) { return result }
            pthread_cond_wait(changed, mutex)
        }
    }

    /// Has every thread that waits look at the value again. Call it after a change that one may wait for.
    public func wakeAll() {
        pthread_cond_broadcast(changed)
    }
}
