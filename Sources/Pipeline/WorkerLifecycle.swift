/// What a worker does next, as a pure state machine: events in, actions out, no clock and no Kafka.
///
/// The driver (`Worker`) performs an action and reports what came of it; the answer is the next action. Times are
/// milliseconds of a clock that only goes forward.
public struct WorkerLifecycle: Sendable, Equatable {
    /// How a failed operation can be dealt with.
    public enum Failure: Sendable, Equatable {
        /// The same call may succeed.
        case retriable
        /// The transaction must be aborted.
        case abortable
        /// The client is dead.
        case fatal
    }

    /// What the driver has to do.
    public enum Action: Sendable, Equatable {
        /// Make the producer known to the cluster and join the group; then `initialised` or `initialisationFailed`.
        case initialise
        /// Ask for messages for at most so long; then `polled`.
        case poll(milliseconds: Int)
        /// Take the batch through the pipeline, in a transaction that is opened first where `opening` says so; then
        /// `processed` or `processingFailed`.
        case process(opening: Bool)
        /// Commit records, dead letters and offsets together; then `committed` or `commitFailed`.
        case commit
        /// Give up what is open and go back to where it began; then `aborted` or `abortFailed`.
        case abort
        /// Wait, then `waited`.
        case wait(milliseconds: Int)
        /// Leave the group with the clients in use, and put the new ones in their place; then `exchanged`.
        case exchange
        /// Leave the group; then `left`.
        case leave
        /// End the process.
        case exit(Ending)
    }

    /// How a worker ends.
    public enum Ending: Sendable, Equatable {
        /// As asked, with everything committed.
        case stopped
        /// As asked a second time or after the grace: the open transaction was given up.
        case aborted
        /// By a fatal error of a client.
        case failed
    }

    /// Bounds.
    public struct Limits: Sendable, Equatable {
        /// The longest time that a transaction is open.
        public var commitIntervalMilliseconds = 200
        /// The most records of one transaction; a batch may exceed it by its own size.
        public var commitRecords = 10_000
        /// The longest wait for messages, and so the longest time in which a stop is not seen.
        public var pollMilliseconds = 100
        /// The first wait after a failure; it doubles up to `backoffMillisecondsMax`.
        public var backoffMilliseconds = 100
        /// The longest wait after a failure.
        public var backoffMillisecondsMax = 5000
        /// The time that a stop may take.
        public var graceMilliseconds = 20_000

        /// The defaults.
        public init() {}
    }

    private enum Phase: Sendable, Equatable {
        case starting, polling, processing, committing, aborting, exchanging, leaving, ended
    }

    private enum AfterWait: Sendable, Equatable { case initialise, poll, commit, abort }

    private let limits: Limits
    private var phase = Phase.starting
    private var afterWait = AfterWait.poll
    private var failures = 0
    private var openedAt: Int64?
    private var records = 0
    private var stopRequestedAt: Int64?
    private var stopsRequested = 0
    private var exchangeIsDue = false

    /// Makes the machine of a worker that has not begun.
    public init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// True while something is taken in that is not committed.
    public var isOpen: Bool { openedAt != nil }

    /// True after `initialised`, until the end.
    public var isRunning: Bool { phase != .starting && phase != .ended }

    /// Begins.
    public func start() -> Action { .initialise }

    /// The cluster knows the producer, and the group will be joined.
    public mutating func initialised(now: Int64) -> Action {
        failures = 0
        return next(now)
    }

    /// The cluster did not answer, or refused.
    public mutating func initialisationFailed(_ failure: Failure, now: Int64) -> Action {
        if failure == .fatal { return end(.failed) }
        if stopsRequested > 0 { return end(.stopped) }
        return backOff(then: .initialise)
    }

    /// The wait is over.
    public mutating func waited(now: Int64) -> Action {
        // What failed may have failed for the sake of the old clients.
        if exchangeIsDue, stopsRequested == 0 { return exchange() }
        switch afterWait {
        case .initialise: return stopsRequested > 0 ? end(.stopped) : .initialise
        case .poll: return next(now)
        case .commit: return graceIsOver(now) ? abort() : .commit
        case .abort: return graceIsOver(now) ? end(.aborted) : .abort
        }
    }

    /// Messages came, or none.
    public mutating func polled(messages: Int, now: Int64) -> Action {
        if stopsRequested > 1 || graceIsOver(now) { return isOpen ? abort() : leave() }
        guard messages > 0 else { return next(now) }
        phase = .processing
        let opening = !isOpen
        if opening {
            openedAt = now
            records = 0
        }
        return .process(opening: opening)
    }

    /// The batch is through, and so many records and dead letters are on their way.
    public mutating func processed(records count: Int, now: Int64) -> Action {
        records += count
        return next(now)
    }

    /// A message could not be handed to the producer.
    public mutating func processingFailed(_ failure: Failure, now: Int64) -> Action {
        failure == .fatal ? end(.failed) : abort()
    }

    /// Records, dead letters and offsets are committed.
    public mutating func committed(now: Int64) -> Action {
        openedAt = nil
        records = 0
        failures = 0
        return next(now)
    }

    /// They are not, or it is not known whether they are.
    public mutating func commitFailed(_ failure: Failure, now: Int64) -> Action {
        switch failure {
        case .fatal: return end(.failed)
        case .abortable: return abort()
        case .retriable: return backOff(then: .commit)
        }
    }

    /// What was open is given up, and the consumer stands where it began.
    public mutating func aborted(now: Int64) -> Action {
        openedAt = nil
        records = 0
        if stopsRequested > 0 { return leave() }
        return backOff(then: .poll)
    }

    /// It is not.
    public mutating func abortFailed(_ failure: Failure, now: Int64) -> Action {
        if failure == .fatal { return end(.failed) }
        if graceIsOver(now) { return end(.aborted) }
        return backOff(then: .abort)
    }

    /// New clients are ready; they are taken when nothing is open, or something has failed. What follows is seen at the
    /// next report.
    public mutating func exchangeRequested() { exchangeIsDue = true }

    /// The new clients are in place. What was open with the old ones is given up.
    public mutating func exchanged(now: Int64) -> Action {
        openedAt = nil
        records = 0
        failures = 0
        phase = .starting
        return stopsRequested > 0 ? end(.stopped) : .initialise
    }

    /// The group is left.
    public mutating func left(clean: Bool) -> Action {
        end(stopsRequested > 1 && !clean ? .aborted : .stopped)
    }

    /// Somebody asked the worker to stop; a second time means at once. What follows is seen at the next report.
    public mutating func stopRequested(now: Int64) {
        stopsRequested += 1
        if stopRequestedAt == nil { stopRequestedAt = now }
    }

    /// A client is dead, whatever was going on.
    public mutating func died() -> Action { end(.failed) }

    /// Partitions are about to go: true where what is open has to be committed before they do.
    public func mustCommitBeforeRevoke() -> Bool { isOpen && phase == .polling || isOpen && phase == .leaving }

    /// What was open is settled inside a rebalance, committed or given up.
    public mutating func settledInRebalance() {
        openedAt = nil
        records = 0
    }

    private mutating func next(_ now: Int64) -> Action {
        if let openedAt {
            let due = openedAt + Int64(limits.commitIntervalMilliseconds) - now
            if stopsRequested > 0 || exchangeIsDue || due <= 0 || records >= limits.commitRecords {
                phase = .committing
                return .commit
            }
            phase = .polling
            return .poll(milliseconds: min(limits.pollMilliseconds, Int(due)))
        }
        if stopsRequested > 0 { return leave() }
        if exchangeIsDue { return exchange() }
        phase = .polling
        return .poll(milliseconds: limits.pollMilliseconds)
    }

    private mutating func exchange() -> Action {
        exchangeIsDue = false
        phase = .exchanging
        return .exchange
    }

    private mutating func abort() -> Action {
        phase = .aborting
        return .abort
    }

    private mutating func leave() -> Action {
        phase = .leaving
        return .leave
    }

    private mutating func end(_ ending: Ending) -> Action {
        phase = .ended
        return .exit(ending)
    }

    private func graceIsOver(_ now: Int64) -> Bool {
        guard let stopRequestedAt else { return false }
        return stopsRequested > 1 || now - stopRequestedAt >= Int64(limits.graceMilliseconds)
    }

    private mutating func backOff(then: AfterWait) -> Action {
        afterWait = then
        let shift = min(failures, 16)
        failures += 1
        return .wait(milliseconds: min(limits.backoffMillisecondsMax, limits.backoffMilliseconds << shift))
    }
}
