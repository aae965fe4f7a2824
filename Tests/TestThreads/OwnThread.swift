public import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Runs each test on a thread of its own: these tests wait for brokers most of the time, and would hold up the few
/// threads that Swift shares out.
public struct OwnThreadTrait: SuiteTrait, TestTrait, TestScoping {
    /// True, since a suite has it for its tests.
    public let isRecursive = true
    private let places: Places?

    init(_ places: Places?) { self.places = places }

    /// Runs a test on its thread, once there is a place for it.
    public func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        await places?.take()
        do {
            try await withTaskExecutorPreference(ThreadExecutor()) { try await function() }
        } catch {
            await places?.giveBack()
            throw error
        }
        await places?.giveBack()
    }
}

extension Trait where Self == OwnThreadTrait {
    /// A thread for each test.
    public static var ownThread: Self { OwnThreadTrait(nil) }

    /// Likewise, but for so many tests of the suite at a time.
    public static func ownThread(atMost count: Int) -> Self { OwnThreadTrait(Places(count)) }
}

/// How many may be at it at a time.
actor Places {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) { free = count }

    func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func giveBack() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}

/// Gives each job a thread.
public final class ThreadExecutor: TaskExecutor {
    /// Makes one.
    public init() {}

    private final class Job {
        let run: () -> Void
        init(_ run: @escaping () -> Void) { self.run = run }
    }

    /// Starts the thread of a job.
    public func enqueue(_ job: consuming ExecutorJob) {
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
