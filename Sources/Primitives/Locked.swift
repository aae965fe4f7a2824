import Glibc

/// A value that one thread at a time reads or changes.
///
/// Behind it is a POSIX mutex: a race detector follows that one into its waits, which it cannot with `Mutex` of Swift's
/// own library. Not for hot paths.
public final class Locked<Value: Sendable>: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private var value: Value

    /// Takes the first value.
    public init(_ value: Value) {
        self.value = value
        // With no attributes it fails for want of memory only, which Linux does not refuse here.
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Hands the value to `body`, while no other thread has it. `body` must not lock the same value again.
    public func withLock<Result>(_ body: (inout Value) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(&value)
    }
}
