import Kafka
import Operations
import Testing

@testable import Pipeline

/// What a worker says of itself, in its good and its bad times.
@Suite struct WorkerProgressTests {
    /// Waits until something is so, for at most half a minute.
    private func becomes(_ what: String, _ isSo: () -> Bool) {
        for _ in 0..<600 {
            if isSo() { return }
            Pause.milliseconds(50)
        }
        Issue.record("it did not come to this in 30 s: \(what)")
    }

    private func metrics(_ run: Harness.Run, _ harness: Harness) -> String {
        var text = MetricsText()
        WorkerMetrics(department: "housing", topic: harness.events).write(
            run.progress.now, run.supply.now, isReady: run.progress.isReady, to: &text)
        return text.text
    }

    @Test func aWorkerIsReadyOnceItHasJoinedItsGroup() throws {
        #expect(WorkerProgress().obstacles == ["starting: no broker has answered yet"])
        let harness = try Harness(nil)
        let run = try harness.startWorker()
        becomes("ready") { run.progress.isReady }
        run.stop.request()
        #expect(run.join() == .stopped)
        #expect(run.progress.obstacles == ["stopped"])
    }

    @Test func withoutABrokerItIsNotReadyAndAfterwardsItIs() throws {
        let harness = try Harness(nil)
        let cluster = try #require(harness.embedded)
        let run = try harness.startWorker()
        becomes("ready") { run.progress.isReady }
        try cluster.setBroker(up: false)
        // Nothing is to be done, and so nothing fails but the look at the end of the topic.
        becomes("not ready") { run.progress.obstacles.contains { $0.hasPrefix("no broker has answered for") } }
        #expect(run.progress.stalls.isEmpty)
        try cluster.setBroker(up: true)
        becomes("ready again") { run.progress.isReady }
        run.stop.request()
        #expect(run.join() == .stopped)
    }

    @Test func aClusterThatIsNotThereIsWhatItWaitsFor() throws {
        let harness = try Harness(nil)
        try #require(harness.embedded).setBroker(up: false)
        let run = try harness.startWorker()
        becomes("waiting") { run.progress.obstacles.first?.hasPrefix("waiting after could not") ?? false }
        run.stop.request()
        #expect(run.join() == .stopped)
    }

    @Test func theLagIsThatOfItsOwnPartitionsFromTheFirstMomentOn() throws {
        let harness = try Harness(nil)
        try harness.produce((0..<200).map { ("case-\($0)", Harness.event("case-\($0)")) })
        // The embedded cluster keeps no offsets that come with transactions.
        let flags = ["delivery": "at-least-once"]
        let first = try harness.startWorker(flags)
        try harness.wait(first, forEvents: 200)
        becomes("no lag in four partitions") { first.progress.now.lag == [0: 0, 1: 0, 2: 0, 3: 0] }
        let second = try harness.startWorker(flags)
        becomes("partitions shared") { first.progress.now.lag.count == 2 && second.progress.now.lag.count == 2 }
        let both = [first, second].map(\.progress.now)
        #expect(Set(both[0].lag.keys).isDisjoint(with: both[1].lag.keys))
        // The second has read nothing of what it got, and all of it was read before.
        #expect(both.map { $0.lag.values.reduce(0, +) } == [0, 0] && both.allSatisfy { $0.rebalances > 0 })
        first.stop.request()
        #expect(first.join() == .stopped)
        #expect(first.progress.now.lag.isEmpty)
        becomes("all partitions at the other") { second.progress.now.lag == [0: 0, 1: 0, 2: 0, 3: 0] }
        #expect(second.progress.isReady)
        second.stop.request()
        #expect(second.join() == .stopped)
    }

    @Test func aBacklogIsCountedOnceWhoeverHasThePartitions() throws {
        let harness = try Harness(nil)
        try harness.produce((0..<200).map { ("case-\($0)", Harness.event("case-\($0)")) })
        // Nothing can be read, and the brokers say all the same how far the partitions reach.
        let cluster = try #require(harness.embedded)
        cluster.failNext(.fetch, with: Array(repeating: .requestTimedOut, count: 100_000))
        func backlogs(_ runs: [Harness.Run]) -> [[Int32: Int64]] { runs.map(\.progress.now.lag) }
        func isWhole(_ lags: [[Int32: Int64]]) -> Bool {
            lags.flatMap(\.keys).sorted() == [0, 1, 2, 3] && lags.flatMap(\.values).reduce(0, +) == 200
        }
        let first = try harness.startWorker()
        becomes("all of it at one") { isWhole(backlogs([first])) }
        let second = try harness.startWorker()
        becomes("all of it at two") {
            let lags = backlogs([first, second])
            return isWhole(lags) && lags.allSatisfy { $0.count == 2 }
        }
        first.stop.request()
        #expect(first.join() == .stopped)
        becomes("all of it at the other") { isWhole(backlogs([second])) }
        cluster.clearFailures(.fetch)
        becomes("nothing left") { second.progress.now.lag == [0: 0, 1: 0, 2: 0, 3: 0] }
        second.stop.request()
        #expect(second.join() == .stopped)
        #expect(second.progress.committedEvents == 200)
    }

    @Test(arguments: Harness.targets) func marksOfTransactionsAreNotWaitedFor(_ servers: String?) throws {
        let harness = try Harness(servers)
        try harness.produce((0..<40).map { ("case-\($0)", Harness.event("case-\($0)")) }, transaction: .committed)
        // The embedded cluster does not hide what was given up.
        if servers != nil { try harness.produce((0..<40).map { ("lost-\($0)", "{}") }, transaction: .aborted) }
        let run = try harness.startWorker()
        try harness.wait(run, forEvents: 40)
        becomes("no lag") { run.progress.now.lag == [0: 0, 1: 0, 2: 0, 3: 0] }
        run.stop.request()
        #expect(run.join() == .stopped)
        #expect(run.progress.committedEvents == 40)
    }

    @Test func aWorkerWithoutPartitionsIsReadyToTakeOver() throws {
        let harness = try Harness(nil)
        let runs = try (0..<5).map { _ in try harness.startWorker(["delivery": "at-least-once"]) }
        // Four partitions: one of the five has none.
        becomes("four at work") { runs.count { $0.progress.now.lag.count == 1 } == 4 }
        becomes("all of them ready") { runs.allSatisfy(\.progress.isReady) }
        let standby = try #require(runs.first { $0.progress.now.lag.isEmpty })
        let others = runs.filter { $0 !== standby }
        others[0].stop.request()
        #expect(others[0].join() == .stopped)
        becomes("a partition for who had none") { standby.progress.now.lag.count == 1 && standby.progress.isReady }
        for run in runs where run !== others[0] { run.stop.request() }
        for run in runs where run !== others[0] { #expect(run.join() == .stopped) }
    }

    @Test(arguments: [false, true]) func aWorkerThatLosesAllItHasIsReadyAgainOnceTheGroupHasAnswered(
        isLost: Bool
    ) throws {
        let harness = try Harness(nil)
        let progress = WorkerProgress()
        let configuration = Configuration(
            flags: [("kafka.bootstrap.servers", harness.servers)], environment: [:], configurationFile: nil,
            overrides: [:], kafkaNames: ClientConfiguration.propertyNames, readFile: { _ in nil })
        let worker = try Worker(
            engine: Harness.engine(), settings: WorkerSettings(configuration, department: "housing"),
            log: Log(format: .json, sink: { _ in }), stop: StopToken(), progress: progress)
        let partitions = (0..<2).map { TopicPartition(topic: harness.events, partition: $0) }
        worker.partitionsAssigned(partitions)
        #expect(progress.isReady)
        if isLost { worker.partitionsLost(partitions) } else { worker.partitionsRevoked(partitions) }
        #expect(progress.obstacles == ["joining the group"])
        // The group's answer: all of them are somebody else's.
        worker.partitionsAssigned([])
        #expect(progress.isReady && progress.now.lag.isEmpty && progress.now.rebalances == 3)
    }

    @Test func theMetricsCountWhatIsCommittedUnderLastingNames() throws {
        let harness = try Harness(nil)
        let events = (0..<20).map {
            (key: Optional("case-\($0)"), payload: Optional(Harness.event("case-\($0)", grant: $0 < 5)))
        }
        try harness.produce(events + [("bad", "{")])
        let run = try harness.startWorker()
        try harness.wait(run, forEvents: 21)
        becomes("no lag") { run.progress.now.lag == [0: 0, 1: 0, 2: 0, 3: 0] }
        let text = metrics(run, harness)
        run.stop.request()
        #expect(run.join() == .stopped)
        for line in [
            "city_events_total{department=\"housing\",result=\"outcome\"} 20",
            "city_events_total{department=\"housing\",result=\"dead-letter\"} 1",
            "city_records_total{decision=\"enabled\",tier=\"T1\"} 5",
            "city_records_total{decision=\"domestic\",tier=\"none\"} 15",
            "city_event_seconds_count 21", "city_transactions_total{result=\"aborted\"} 0", "city_ready 1",
            "city_registry_connections 1", "city_registry_current 1",
            "city_lag_records{topic=\"\(harness.events)\",partition=\"3\"} 0",
        ] {
            #expect(text.contains("\n\(line)\n"), "\(line) in \(text)")
        }
        #expect(text.contains("\ncity_dead_letters_total{code=\"json.malformed\"} 1\n"))
        // A code that never came stands at zero.
        #expect(text.contains("\ncity_dead_letters_total{code=\"privacy.denied-field\"} 0\n"))
        let names = text.split(separator: "\n").filter { $0.hasPrefix("# TYPE ") }.map { $0.dropFirst(7) }
        #expect(names == WorkerMetrics.families.map { "\($0.name) \($0.kind.rawValue)" })
        #expect(
            names == [
                "city_events_total counter", "city_records_total counter", "city_dead_letters_total counter",
                "city_skipped_total counter", "city_lag_records gauge", "city_event_seconds histogram",
                "city_transaction_seconds histogram", "city_transactions_total counter",
                "city_rebalances_total counter", "city_credential_changes_total counter", "city_ready gauge",
                "city_registry_info gauge",
                "city_registry_connections gauge", "city_registry_current gauge",
                "city_registry_reloads_total counter", "city_build_info gauge",
            ])
    }

    @Test func aLoopThatDoesNotComeRoundIsToBeStartedAgain() {
        let progress = WorkerProgress()
        progress.update { $0.obstacle = nil }
        let now = SystemClock.monotonicMilliseconds()
        #expect(progress.stalls(at: now).isEmpty && progress.obstacles(at: now).isEmpty)
        #expect(progress.stalls(at: now + 31_000) == ["the worker's loop has not come round for 31 s"])
        #expect(progress.obstacles(at: now + 31_000).count == 1)
    }
}

@Suite struct LagWatchTests {
    @Test func theLagIsNeverNegativeWhateverTheBrokerSays() {
        var watch = LagWatch()
        let partition = PartitionOffset(topic: "t", partition: 0, offset: 90)
        #expect(watch.lag(0, next: nil, (low: 0, high: 100)) == 100)
        watch.note([partition])
        #expect(watch.lag(0, next: nil, (low: 0, high: 100)) == 10)
        // Read further than an end that is old; and what retention took is nobody's to read.
        #expect(watch.lag(0, next: 120, (low: 0, high: 100)) == 0)
        #expect(watch.lag(0, next: nil, (low: 95, high: 100)) == 5)
        watch.forget([0])
        #expect(watch.lag(0, next: nil, (low: 95, high: 100)) == 5)
        watch.note([PartitionOffset(topic: "t", partition: 0, offset: PartitionOffset.unset)])
        #expect(watch.lag(0, next: nil, (low: 20, high: 100)) == 80)
    }

    @Test func whatStandsBeforeAnEndThatWasReachedIsNoEvent() {
        var watch = LagWatch()
        watch.note(ends: [PartitionOffset(topic: "t", partition: 0, offset: 101)])
        #expect(watch.lag(0, next: 100, (low: 0, high: 101)) == 0)
        #expect(watch.lag(0, next: 100, (low: 0, high: 105)) == 4)
        watch.forget([0])
        #expect(watch.lag(0, next: 100, (low: 0, high: 101)) == 1)
    }

    @Test func whatWasGivenUpIsToBeReadAgainAndNoMore() {
        var watch = LagWatch()
        watch.note([PartitionOffset(topic: "t", partition: 0, offset: 10)])
        watch.note(ends: [PartitionOffset(topic: "t", partition: 0, offset: 100)])
        // Read to 90 and committed; what came after it was given up.
        watch.wentBack(to: [PartitionOffset(topic: "t", partition: 0, offset: 90)])
        #expect(watch.lag(0, next: nil, (low: 0, high: 100)) == 10)
    }

    @Test func looksAtOnceAfterARebalanceAndThenNowAndThen() {
        var watch = LagWatch()
        let looks = [0, 4999, 5000].map { watch.begins(now: $0) }
        #expect(looks == [true, false, true])
        watch.isDue = true
        let looksAgain = watch.begins(now: 5001)
        #expect(looksAgain)
    }
}
