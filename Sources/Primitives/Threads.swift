public import Glibc

/// Threads of their own, for what blocks and for what is to run side by side.
public enum Threads {
    private final class Work {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Runs a function on a new thread; it ends with the process where nobody waits for it.
    /// - Returns: the thread, to be joined or not.
    @discardableResult
    public static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t {
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
                return nil
            }, Unmanaged.passRetained(Work(body)).toOpaque())
        return thread
    }

    /// Waits until a thread has ended.
    public static func join(_ thread: pthread_t) {
        pthread_join(thread, nil)
    }
}
