import Glibc
import Intake
import Primitives

/// Messages that lie ready and may be read by several threads.
protocol MessageSource: Sendable {
    /// How many they are.
    var count: Int { get }
    /// The message at a place in their order; its memory holds as long as the source does.
    func message(at index: Int) -> SourceMessage
}

/// Decides about the messages of a batch on several threads, and publishes on the caller's in their order.
///
/// What is decided about a message depends on no other message, so that the threads share nothing but the engine, and
/// the result is the same whatever their number.
final class DecisionCrew<Source: MessageSource> {
    /// Messages that a thread takes at a time: some tenths of a millisecond of work.
    static var shareMessages: Int { 64 }

    private let board: Board
    private var helpers: [pthread_t] = []

    /// Makes a crew.
    /// - Parameters:
    ///   - threads: how many decide, the caller's among them; at least 1.
    ///   - batchMessages: the most messages of a batch.
    init(engine: Engine, topic: String, threads: Int, batchMessages: Int) {
        let shares = (batchMessages + Self.shareMessages - 1) / Self.shareMessages
        board = Board(
            processors: (0..<max(1, threads)).map { _ in EventProcessor(engine: engine, topic: topic) },
            shares: (0..<max(1, shares)).map { _ in DecidedShare() })
        for number in 1..<max(1, threads) {
            helpers.append(Threads.start { [board] in board.help(number) })
        }
    }

    deinit {
        board.close()
        for helper in helpers { Threads.join(helper) }
    }

    /// What has been done since the start. Not while `decide` runs.
    var counters: Counters {
        var sum = Counters()
        for processor in board.processors { sum.add(processor.counters) }
        return sum
    }

    /// Counts a record that was refused as the dead letter that it has become. From within `publish`, or not while
    /// `decide` runs.
    func recount(_ record: DecidedRecord, as code: FaultCode) {
        board.processors[0].recount(record.verdict, record.tier, as: code)
    }

    /// Goes back to what was counted before, where the events since will come again.
    func restore(_ earlier: Counters) {
        for processor in board.processors { processor.restore(Counters()) }
        board.processors[0].restore(earlier)
    }

    /// Decides about all messages and calls `publish` for each that has something to publish, in their order.
    ///
    /// When it returns or throws, no thread looks at the messages any more.
    /// - Throws: what `publish` throws; the messages behind are not published.
    func decide<Failure: Error>(
        _ messages: Source, publish: (_ message: Int, _ what: Publication) throws(Failure) -> Void
    ) throws(Failure) {
        board.open(messages)
        do throws(Failure) {
            var published = 0
            while let step = board.nextStep(published) {
                switch step {
                case .decide(let share): board.decide(share, of: messages, as: 0)
                case .publish:
                    try board.shares[published].publish(publish)
                    published += 1
                }
            }
        } catch {
            board.settle()
            throw error
        }
        board.settle()
    }
}

extension DecisionCrew {
    fileprivate enum Step {
        case decide(Int)
        case publish
    }

    /// What the threads share: each decides with a processor of its own, and what lies in a share belongs to whoever
    /// took it until it is done.
    fileprivate final class Board: @unchecked Sendable {
        private struct State {
            var messages: Source?
            var shareCount = 0
            var next = 0
            var inHand = 0
            var isDone: [Bool]
            var isClosing = false

            mutating func take() -> Int? {
                guard next < shareCount else { return nil }
                next += 1
                inHand += 1
                return next - 1
            }

            /// What a helper does next; nil within where it has to leave, nil where there is nothing yet.
            mutating func task() -> (share: Int, messages: Source)?? {
                if isClosing { return .some(nil) }
                guard let messages, let share = take() else { return nil }
                return (share, messages)
            }
        }

        let processors: [EventProcessor]
        let shares: [DecidedShare]
        private let state: Locked<State>

        init(processors: [EventProcessor], shares: [DecidedShare]) {
            self.processors = processors
            self.shares = shares
            state = Locked(State(isDone: Array(repeating: false, count: shares.count)))
        }

        func open(_ messages: Source) {
            let shareCount = (messages.count + shareMessages - 1) / shareMessages
            state.withLock { state in
                state.messages = messages
                state.shareCount = min(shareCount, shares.count)
                state.next = 0
                for share in 0..<state.shareCount { state.isDone[share] = false }
            }
            if shareCount > 1, processors.count > 1 { state.wakeAll() }
        }

        /// What the publishing thread does next: publish the first share that is not, or decide one meanwhile.
        func nextStep(_ published: Int) -> Step? {
            state.wait { state -> Step?? in
                if published == state.shareCount { return .some(nil) }
                if state.isDone[published] { return .publish }
                return state.take().map { .decide($0) }
            }
        }

        func decide(_ share: Int, of messages: Source, as number: Int) {
            let start = share * shareMessages
            shares[share].decide(
                start..<min(start + shareMessages, messages.count), of: messages, with: processors[number])
            state.withLock { state in
                state.isDone[share] = true
                state.inHand -= 1
            }
        }

        /// No share is taken any more, and none is in hand.
        func settle() {
            state.wait { state -> Void? in
                state.next = state.shareCount
                guard state.inHand == 0 else { return nil }
                state.messages = nil
                return ()
            }
        }

        func help(_ number: Int) {
            while let (share, messages) = state.wait(until: { state in state.task() }) {
                decide(share, of: messages, as: number)
                state.wakeAll()
            }
        }

        func close() {
            state.withLock { $0.isClosing = true }
            state.wakeAll()
        }
    }
}
