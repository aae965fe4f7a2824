import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Runs each test on a thread of its own: these tests wait for brokers most of the time, and would hold up the few
/// threads that Swift shares out.
struct OwnThreadTrait: SuiteTrait, TestTrait, TestScoping {
    let isRecursive = true

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        try await withTaskExecutorPreference(ThreadExecutor()) { try await function() }
    }
}

extension Trait where Self == OwnThreadTrait {
    static var ownThread: Self { OwnThreadTrait() }
}

/// Gives each job a thread.
final class ThreadExecutor: TaskExecutor {
    private final class Job {
        let run: () -> Void
        init(_ run: @escaping () -> Void) { self.run = run }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        let start = Unmanaged.passRetained(Job { job.runSynchronously(on: executor) })
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { argument in
                if let argument {
                    Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().run()
                }
                return nil
            }, start.toOpaque())
        pthread_detach(thread)
    }
}
