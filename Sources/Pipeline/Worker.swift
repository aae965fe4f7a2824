import Connections
import Intake
import Kafka
public import Operations
import Primitives

/// Reads a department's events and publishes attribution records, dead letters and offsets together.
///
/// It belongs to the thread that runs it: poll, rebalance, publishing, commit and close happen there, one after
/// another; a crew of threads decides about a batch. What happens when is up to `WorkerLifecycle`; this class does it.
public final class Worker {
    private(set) var engine: Engine
    let settings: WorkerSettings
    let log: Log
    var consumer: Consumer
    var producer: Producer
    /// Those that are to take the place of the clients in use, whose credentials have changed.
    var newClients: WorkerClients?
    /// The properties whose files have changed for them.
    var changed: [String] = []
    var renewal: CredentialRenewal
    private(set) var crew: DecisionCrew<BatchMessages>
    var lifecycle: WorkerLifecycle
    var offsets: OffsetTracker
    /// What was counted up to the last commit; an abort goes back to it.
    var committedCounters = Counters()
    var offsetsAreSent = false
    var transactionIsOpen = false
    /// Set where a commit timed out: nothing may be added, and only the same call may follow.
    var commitIsInDoubt = false
    /// Set where the open transaction was given up and could not be aborted yet: nothing may be added or committed.
    var mustAbort = false
    /// Where partitions have to be read again from, since what was fetched from there on was given up.
    var pendingRewind: [Int32: Int64] = [:]
    /// Payloads above it are not sent: the broker has refused such a size.
    var payloadBytesMax = Int.max
    var partitionsToCheck: [TopicPartition] = []
    /// What has been taken in and not committed, for the metrics: when each event came to its topic, and the first of
    /// them to this worker.
    var openTimes: [Int64] = []
    var openedAt: Int64 = 0
    var lagWatch = LagWatch()
    private let stop: StopToken
    let progress: WorkerProgress
    private let supply: RegistrySupply
    private var seenStops = 0
    /// The newest failure of a Kafka operation, for whoever asks why nothing goes on.
    private var lastFailure: String?
    var records: ProducerTopic
    var deadLetters: ProducerTopic
    let transactionalID: String
    let recordHeaders: HeaderList
    let deadLetterHeaders: DeadLetterHeaders

    /// Makes a worker; nothing is asked of a broker before `run`.
    ///
    /// - Parameter supply: where engines with another registry are laid ready for it.
    /// - Throws: what librdkafka refuses about its properties.
    public init(
        engine: Engine, settings: WorkerSettings, log: Log, stop: StopToken,
        progress: WorkerProgress = WorkerProgress(), supply: RegistrySupply = RegistrySupply()
    ) throws(WorkerError) {
        transactionalID = Worker.transactionalID(department: engine.department)
        renewal = CredentialRenewal(
            settings.credentials, settings.kafka, intervalMilliseconds: settings.credentialMilliseconds, log: log)
        do throws(KafkaError) {
            let clients = try WorkerClients(settings, engine.department, transactionalID, log)
            consumer = clients.consumer
            producer = clients.producer
            records = clients.records
            deadLetters = clients.deadLetters
        } catch {
            throw WorkerError("\(error)")
        }
        recordHeaders = RecordHeader.list()
        self.engine = engine
        self.settings = settings
        self.log = log
        self.stop = stop
        self.progress = progress
        self.supply = supply
        supply.use(engine)
        crew = Worker.crew(engine, settings)
        lifecycle = WorkerLifecycle(limits: settings.limits)
        offsets = OffsetTracker(topic: settings.events)
        deadLetterHeaders = DeadLetterHeaders(topic: settings.events, profile: engine.profile.name)
    }

    /// What has been done and committed since the start.
    public var counters: Counters { committedCounters }

    /// Works until it is asked to stop or a client is dead.
    public func run() -> WorkerLifecycle.Ending {
        log.write(
            .workerStarted,
            [
                .department: .text(engine.department), .topic: .text(settings.events),
                .brokers: .text(settings.brokers), .delivery: .text(settings.delivery.rawValue),
                .profile: .text(engine.profile.name), .registry: .text(engine.registry.digest),
            ])
        var batch = MessageBatch(capacity: settings.batchMessages)
        var action = lifecycle.start()
        while true {
            noticeStops()
            log.flush()
            if case .exit(let ending) = action {
                progress.update { $0.obstacle = "stopped" }
                finish(ending)
                return ending
            }
            action = perform(action, &batch)
        }
    }

    private func perform(_ action: WorkerLifecycle.Action, _ batch: inout MessageBatch) -> WorkerLifecycle.Action {
        switch action {
        case .initialise: return initialise()
        case .poll(let milliseconds): return poll(&batch, milliseconds)
        case .process(let opening): return process(&batch, opening: opening)
        case .commit: return commit()
        case .abort: return abort()
        case .exchange: return exchange()
        case .wait(let milliseconds):
            let reason = lastFailure ?? "a failure"
            progress.update { $0.obstacle = "waiting after \(reason)" }
            stop.wait(milliseconds: milliseconds, seen: seenStops)
            lookAtCredentials()
            return lifecycle.waited(now: now)
        case .leave: return leave()
        case .exit: return action
        }
    }

    var now: Int64 { SystemClock.monotonicMilliseconds() }

    private func noticeStops() {
        let requested = stop.count
        while seenStops < requested {
            seenStops += 1
            lifecycle.stopRequested(now: now)
            log.write(seenStops == 1 ? .workerStopping : .workerStoppingAtOnce)
        }
    }

    private func initialise() -> WorkerLifecycle.Action {
        do throws(KafkaError) {
            if settings.delivery == .exactlyOnce { try producer.initTransactions(timeoutMilliseconds: 2000) }
            try consumer.subscribe([settings.events], listener: self)
        } catch {
            if !error.isFatal {
                log.write(
                    .brokerUnreachable, code: error.code.name,
                    [.brokers: .text(settings.brokers), .error: .text(error.description)])
                lastFailure = error.description
            } else {
                report(error)
            }
            return lifecycle.initialisationFailed(error.failure, now: now)
        }
        progress.update { $0.obstacle = "joining the group" }
        return lifecycle.initialised(now: now)
    }

    private static func crew(_ engine: Engine, _ settings: WorkerSettings) -> DecisionCrew<BatchMessages> {
        DecisionCrew(
            engine: engine, topic: settings.events, threads: settings.threads, batchMessages: settings.batchMessages)
    }

    /// Between two batches: so that each is decided by one registry, which its records name.
    private func useNewerRegistry() {
        guard let newer = supply.take() else { return }
        let counters = crew.counters
        crew = Worker.crew(newer, settings)
        crew.restore(counters)
        engine = newer
        supply.use(newer)
        log.write(
            .registryTaken,
            [.registry: .text(newer.registry.digest), .connections: .number(newer.registry.connections.count)])
    }

    private func poll(_ batch: inout MessageBatch, _ milliseconds: Int) -> WorkerLifecycle.Action {
        useNewerRegistry()
        do throws(KafkaError) {
            try consumer.poll(into: &batch, timeoutMilliseconds: Int32(milliseconds))
            if let fatal = producer.causeOfDeath() { throw fatal }
        } catch {
            report(error)
            return lifecycle.died()
        }
        if !pendingRewind.isEmpty || commitIsInDoubt {
            // What was fetched lies behind what has to be read again.
            putBack(&batch)
            rewind()
        }
        if !partitionsToCheck.isEmpty { checkRetention() }
        if batch.isEmpty { lagWatch.note(ends: consumer.takePartitionEnds()) }
        progress.update { _ in }
        lookAtLag()
        lookAtCredentials()
        return lifecycle.polled(messages: batch.count, now: now)
    }

    private func process(_ batch: inout MessageBatch, opening: Bool) -> WorkerLifecycle.Action {
        var published = 0
        if mustAbort {
            putBack(&batch)
            return lifecycle.processingFailed(.abortable, now: now)
        }
        do throws(KafkaError) {
            if opening { try begin() }
            // What is taken in here and then fails is put back, and read again behind an abort.
            batch.removeAll { !offsets.take($0.partition, $0.offset) }
            let messages = batch.messages
            try crew.decide(messages) { (index, what) throws(KafkaError) in
                try publish(what, of: messages[index])
                published += 1
            }
            producer.poll()
            for index in 0..<batch.count {
                if let time = batch[index].timestampMilliseconds { openTimes.append(time) }
            }
        } catch {
            putBack(&batch)
            report(error)
            return lifecycle.processingFailed(error.failure, now: now)
        }
        batch.clear()
        lagWatch.note(ends: consumer.takePartitionEnds())
        return lifecycle.processed(records: published, now: now)
    }

    /// Drops a batch, or what is left of it: its partitions are read again from its first messages.
    private func putBack(_ batch: inout MessageBatch) {
        for index in 0..<batch.count {
            let message = batch[index]
            pendingRewind[message.partition] = min(pendingRewind[message.partition] ?? .max, message.offset)
        }
        batch.clear()
        // They lie behind what is read again.
        _ = consumer.takePartitionEnds()
    }

    private func begin() throws(KafkaError) {
        offsetsAreSent = false
        openedAt = now
        guard settings.delivery == .exactlyOnce else { return }
        try producer.beginTransaction()
        transactionIsOpen = true
    }

    private func leave() -> WorkerLifecycle.Action {
        var isClean = true
        do throws(KafkaError) {
            try consumer.close()
        } catch {
            isClean = false
            report(error)
        }
        return lifecycle.left(clean: isClean)
    }

    private func finish(_ ending: WorkerLifecycle.Ending) {
        log.flush(all: true)
        let event: LogEvent =
            switch ending {
            case .stopped: .workerStopped
            case .aborted: .workerAborted
            case .failed: .workerFailed
            }
        log.write(
            event,
            [
                .received: .number(counters.received), .outcomes: .number(counters.outcomes),
                .deadLetters: .number(counters.deadLetters.values.reduce(0, +)),
            ])
    }

    func report(_ error: KafkaError) {
        lastFailure = error.description
        log.report(error)
    }

    func noteCommit() {
        offsets.committed()
        committedCounters = crew.counters
        let (counters, opened) = (committedCounters, now - openedAt)
        let time = SystemClock.now().microseconds / 1000
        progress.update { state in
            state.committed = counters
            state.obstacle = nil
            if !openTimes.isEmpty { state.transactionSeconds.note(Double(opened) / 1000) }
            for came in openTimes { state.eventSeconds.note(Double(max(0, time - came)) / 1000) }
        }
        openTimes.removeAll(keepingCapacity: true)
    }

    /// Unique for each live process. Where the platform gives stable names, set `kafka.transactional.id` to one.
    private static func transactionalID(department: String) -> String {
        "city-attribution.\(department).\(String(UInt64.random(in: 0...UInt64.max), radix: 36))"
    }
}

/// Why a worker could not be made.
public struct WorkerError: Error, Sendable, CustomStringConvertible {
    /// What is wrong and what to do.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}

extension KafkaError {
    /// How the lifecycle has to deal with it.
    var failure: WorkerLifecycle.Failure {
        if isFatal { return .fatal }
        return isRetriable ? .retriable : .abortable
    }
}
