import Synchronization

@testable import SQLDatabase

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Runs a closure on a thread of its own.
final class OwnThread<Output: Sendable>: Sendable {
    private let body: @Sendable () throws(SQLError) -> Output
    private let outcome = Mutex<Result<Output, SQLError>?>(nil)
    private let thread = Mutex<pthread_t?>(nil)

    init(_ body: @escaping @Sendable () throws(SQLError) -> Output) {
        self.body = body
        var made = pthread_t()
        let context = Unmanaged.passRetained(Work { self.run() })
        pthread_create(
            &made, nil,
            { argument in
                if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, context.toOpaque())
        let handle = made
        thread.withLock { $0 = handle }
    }

    private func run() {
        let result: Result<Output, SQLError>
        do throws(SQLError) {
            result = .success(try body())
        } catch {
            result = .failure(error)
        }
        outcome.withLock { $0 = result }
    }

    /// Waits for the end of the thread.
    func result() -> Result<Output, SQLError> {
        if let thread = thread.withLock({ $0.take() }) { pthread_join(thread, nil) }
        return outcome.withLock { $0 } ?? .failure(SQLError(.statement, statement: "thread", reason: "no result"))
    }
}

private final class Work {
    let run: () -> Void

    init(_ run: @escaping () -> Void) {
        self.run = run
    }
}
