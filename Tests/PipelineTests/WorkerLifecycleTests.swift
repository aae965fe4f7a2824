import Testing

@testable import Pipeline

@Suite struct WorkerLifecycleTests {
    private func running() -> WorkerLifecycle {
        var machine = WorkerLifecycle()
        #expect(machine.start() == .initialise)
        #expect(machine.initialised(now: 0) == .poll(milliseconds: 100))
        return machine
    }

    @Test func nothingIsOpenedWithoutMessages() {
        var machine = running()
        #expect(machine.polled(messages: 0, now: 100) == .poll(milliseconds: 100))
        #expect(!machine.isOpen)
    }

    @Test func aTransactionIsOpenForTheIntervalAtMost() {
        var machine = running()
        #expect(machine.polled(messages: 5, now: 10) == .process(opening: true))
        #expect(machine.processed(records: 5, now: 20) == .poll(milliseconds: 100))
        #expect(machine.polled(messages: 1, now: 150) == .process(opening: false))
        #expect(machine.processed(records: 1, now: 160) == .poll(milliseconds: 50))
        #expect(machine.polled(messages: 0, now: 210) == .commit)
        #expect(machine.committed(now: 220) == .poll(milliseconds: 100))
        #expect(machine.polled(messages: 1, now: 230) == .process(opening: true))
    }

    @Test func aTransactionIsClosedWhenItIsFull() {
        var machine = running()
        #expect(machine.polled(messages: 2000, now: 0) == .process(opening: true))
        #expect(machine.processed(records: 10_000, now: 1) == .commit)
    }

    @Test func noBrokerMeansTryingAgainMoreAndMoreSlowly() {
        var machine = WorkerLifecycle()
        var waits: [Int] = []
        for _ in 0..<8 {
            if case .wait(let milliseconds) = machine.initialisationFailed(.retriable, now: 0) {
                waits.append(milliseconds)
            }
            #expect(machine.waited(now: 0) == .initialise)
        }
        #expect(waits == [100, 200, 400, 800, 1600, 3200, 5000, 5000])
    }

    @Test func aCommitThatMayHaveSucceededIsOnlyEverRepeated() {
        var machine = running()
        _ = machine.polled(messages: 1, now: 0)
        #expect(machine.processed(records: 10_000, now: 1) == .commit)
        #expect(machine.commitFailed(.retriable, now: 2) == .wait(milliseconds: 100))
        #expect(machine.waited(now: 102) == .commit)
        #expect(machine.committed(now: 103) == .poll(milliseconds: 100))
    }

    @Test func anAbortableErrorLeadsToAbortAndBackToWork() {
        var machine = running()
        _ = machine.polled(messages: 1, now: 0)
        #expect(machine.processed(records: 10_000, now: 1) == .commit)
        #expect(machine.commitFailed(.abortable, now: 2) == .abort)
        #expect(machine.aborted(now: 3) == .wait(milliseconds: 100))
        #expect(!machine.isOpen)
        #expect(machine.waited(now: 103) == .poll(milliseconds: 100))
    }

    @Test func aFatalErrorEndsTheProcessWhereverItOccurs() {
        var starting = WorkerLifecycle()
        #expect(starting.initialisationFailed(.fatal, now: 0) == .exit(.failed))
        var processing = running()
        _ = processing.polled(messages: 1, now: 0)
        #expect(processing.processingFailed(.fatal, now: 1) == .exit(.failed))
        var committing = running()
        #expect(committing.commitFailed(.fatal, now: 1) == .exit(.failed))
        var aborting = running()
        #expect(aborting.abortFailed(.fatal, now: 1) == .exit(.failed))
        var polling = running()
        #expect(polling.died() == .exit(.failed))
    }

    @Test func aStopCommitsWhatIsInHandAndLeaves() {
        var machine = running()
        _ = machine.polled(messages: 1, now: 0)
        machine.stopRequested(now: 1)
        #expect(machine.processed(records: 1, now: 2) == .commit)
        #expect(machine.committed(now: 3) == .leave)
        #expect(machine.left(clean: true) == .exit(.stopped))
    }

    @Test func aStopWithNothingInHandLeavesAtOnce() {
        var machine = running()
        machine.stopRequested(now: 1)
        #expect(machine.polled(messages: 0, now: 2) == .leave)
    }

    @Test func aStopBeforeTheClusterAnsweredEndsAtOnce() {
        var machine = WorkerLifecycle()
        machine.stopRequested(now: 0)
        #expect(machine.initialisationFailed(.retriable, now: 1) == .exit(.stopped))
    }

    @Test func aSecondStopAborts() {
        var machine = running()
        _ = machine.polled(messages: 1, now: 0)
        _ = machine.processed(records: 1, now: 1)
        machine.stopRequested(now: 2)
        machine.stopRequested(now: 3)
        #expect(machine.polled(messages: 1, now: 4) == .abort)
        #expect(machine.aborted(now: 5) == .leave)
    }

    @Test func theGraceEndsARepeatedCommit() {
        var machine = running()
        _ = machine.polled(messages: 1, now: 0)
        machine.stopRequested(now: 0)
        #expect(machine.processed(records: 1, now: 1) == .commit)
        #expect(machine.commitFailed(.retriable, now: 2) == .wait(milliseconds: 100))
        #expect(machine.waited(now: 20_001) == .abort)
        #expect(machine.abortFailed(.retriable, now: 20_002) == .exit(.aborted))
    }

    @Test func aRevokeCommitsOnlyWhatIsOpen() {
        var machine = running()
        #expect(!machine.mustCommitBeforeRevoke())
        _ = machine.polled(messages: 1, now: 0)
        _ = machine.processed(records: 1, now: 1)
        #expect(machine.mustCommitBeforeRevoke())
        machine.settledInRebalance()
        #expect(!machine.isOpen)
        #expect(machine.polled(messages: 0, now: 300) == .poll(milliseconds: 100))
    }

    @Test func newClientsAreTakenBetweenTwoTransactions() {
        var machine = running()
        _ = machine.polled(messages: 1, now: 0)
        machine.exchangeRequested()
        #expect(machine.processed(records: 1, now: 1) == .commit)
        #expect(machine.committed(now: 2) == .exchange)
        #expect(!machine.mustCommitBeforeRevoke())
        #expect(machine.exchanged(now: 3) == .initialise)
        #expect(machine.initialised(now: 4) == .poll(milliseconds: 100))
    }

    @Test func newClientsTakeOverWhatTheOldOnesCannotDo() {
        var machine = running()
        _ = machine.polled(messages: 1, now: 0)
        #expect(machine.processed(records: 10_000, now: 1) == .commit)
        #expect(machine.commitFailed(.retriable, now: 2) == .wait(milliseconds: 100))
        machine.exchangeRequested()
        #expect(machine.waited(now: 102) == .exchange)
        #expect(machine.isOpen)
        #expect(machine.exchanged(now: 103) == .initialise)
        #expect(!machine.isOpen)
        var starting = WorkerLifecycle()
        _ = starting.initialisationFailed(.retriable, now: 0)
        starting.exchangeRequested()
        #expect(starting.waited(now: 100) == .exchange)
    }

    @Test func aStopGoesBeforeNewClients() {
        var machine = running()
        machine.exchangeRequested()
        machine.stopRequested(now: 1)
        #expect(machine.polled(messages: 0, now: 2) == .leave)
        var leaving = running()
        leaving.exchangeRequested()
        #expect(leaving.polled(messages: 0, now: 1) == .exchange)
        leaving.stopRequested(now: 2)
        #expect(leaving.exchanged(now: 3) == .exit(.stopped))
    }

    /// Whatever happens, in whatever order: no action but exit follows exit, nothing is committed that is not open, and
    /// a stop ends the machine within a bounded number of steps.
    @Test(arguments: 0..<200)
    func randomWalksKeepTheRules(_ seed: Int) {
        var random = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 | 1
        func roll(_ bound: UInt64) -> UInt64 {
            random ^= random << 13
            random ^= random >> 7
            random ^= random << 17
            return random % bound
        }
        let failures: [WorkerLifecycle.Failure] = [.retriable, .abortable]
        var machine = WorkerLifecycle()
        var action = machine.start()
        var now: Int64 = 0
        for step in 0..<400 {
            now += Int64(roll(50))
            if roll(20) == 0 { machine.exchangeRequested() }
            if step == 300 { machine.stopRequested(now: now) }
            if step == 360 { machine.stopRequested(now: now) }
            let failure = failures[Int(roll(2))]
            let fails = roll(5) == 0
            switch action {
            case .initialise:
                action = fails ? machine.initialisationFailed(.retriable, now: now) : machine.initialised(now: now)
            case .poll: action = machine.polled(messages: Int(roll(3)), now: now)
            case .process(let opening):
                #expect(machine.isOpen)
                _ = opening
                action =
                    fails
                    ? machine.processingFailed(failure, now: now)
                    : machine.processed(records: Int(roll(9000)), now: now)
            case .commit:
                #expect(machine.isOpen, "seed \(seed)")
                action = fails ? machine.commitFailed(failure, now: now) : machine.committed(now: now)
            case .abort: action = fails ? machine.abortFailed(.retriable, now: now) : machine.aborted(now: now)
            case .wait(let milliseconds):
                #expect(milliseconds <= 5000)
                now += Int64(milliseconds)
                action = machine.waited(now: now)
            case .exchange: action = machine.exchanged(now: now)
            case .leave:
                #expect(!machine.isOpen)
                action = machine.left(clean: !fails)
            case .exit: return
            }
        }
        Issue.record("seed \(seed): the machine did not end")
    }
}
