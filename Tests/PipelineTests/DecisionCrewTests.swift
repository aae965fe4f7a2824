import Connections
import Intake
import Primitives
import Testing

@testable import Pipeline

/// A batch decided by several threads. No Kafka, so that the race detector can watch.
@Suite struct DecisionCrewTests {
    /// Lines of JSON that lie in memory for as long as anybody looks at them.
    final class Lines: MessageSource, @unchecked Sendable {
        private let memory: UnsafeMutableRawBufferPointer
        private let ranges: [Range<Int>]

        init(_ lines: [String]) {
            let bytes = Array(lines.joined().utf8)
            memory = .allocate(byteCount: bytes.count, alignment: 1)
            memory.copyBytes(from: bytes)
            var start = 0
            ranges = lines.map { line in
                defer { start += line.utf8.count }
                return start..<start + line.utf8.count
            }
        }

        deinit { memory.deallocate() }

        var count: Int { ranges.count }

        func message(at index: Int) -> SourceMessage {
            let payload = UnsafeRawBufferPointer(rebasing: memory[ranges[index]])
            return SourceMessage(payload: payload, partition: 1, offset: Int64(index))
        }
    }

    struct Interruption: Error, Equatable {
        let message: Int
    }

    private let engine: Engine

    init() throws {
        engine = try Harness.engine()
    }

    /// Outcomes, and among them events that are no JSON, lack a field, or are of another department.
    private func lines(_ count: Int) -> Lines {
        Lines(
            (0..<count).map { number in
                switch number % 11 {
                case 3: #"{"id":"\#(number)""#
                case 7: Harness.event("r\(number)").replacing("2026-03-04", with: "no day")
                default: Harness.event("r\(number % 40)", grant: number % 3 == 0, revision: number)
                }
            })
    }

    /// What a crew publishes, as lines to compare.
    private func decide(
        _ crew: DecisionCrew<Lines>, _ lines: Lines, failingAt failure: Int = .max
    ) throws(Interruption) -> [String] {
        var published: [String] = []
        try crew.decide(lines) { (message, what) throws(Interruption) in
            if message >= failure { throw Interruption(message: message) }
            switch what {
            case .deadLetter(let fault): published.append("\(message) \(fault)")
            case .record(let key, let payload, _):
                published.append(
                    "\(message) \(String(decoding: key, as: UTF8.self)) \(String(decoding: payload, as: UTF8.self))")
            }
        }
        return published
    }

    private func crew(threads: Int) -> DecisionCrew<Lines> {
        DecisionCrew(engine: engine, topic: "t", threads: threads, batchMessages: 2000)
    }

    @Test(arguments: [0, 1, 63, 64, 65, 129, 2000])
    func publishesTheSameWhateverTheNumberOfThreads(_ count: Int) throws {
        let lines = lines(count)
        let alone = crew(threads: 1)
        let expected = try decide(alone, lines)
        #expect(expected.count == count)
        for threads in 2...4 {
            let crew = crew(threads: threads)
            for _ in 0..<3 { #expect(try decide(crew, lines) == expected) }
            #expect(crew.counters.received == 3 * count)
            #expect(crew.counters.outcomes == 3 * alone.counters.outcomes)
            #expect(crew.counters.deadLetters == alone.counters.deadLetters.mapValues { 3 * $0 })
        }
    }

    @Test func stopsBeforeItThrows() throws {
        let crew = crew(threads: 3)
        let whole = try decide(crew, lines(500))
        for failure in [0, 1, 64, 100, 499] {
            // The lines are freed at once: a thread that still looked at them would be seen by a sanitizer.
            #expect(throws: Interruption(message: failure)) { try decide(crew, lines(500), failingAt: failure) }
        }
        #expect(try decide(crew, lines(500)) == whole)
    }

    @Test func countsAgainFromWhereItWas() throws {
        let crew = crew(threads: 3)
        _ = try decide(crew, lines(300))
        let earlier = crew.counters
        _ = try decide(crew, lines(700))
        crew.restore(earlier)
        #expect(crew.counters.received == 300)
        _ = try decide(crew, lines(10))
        #expect(crew.counters.received == 310)
        #expect(crew.counters.outcomes > earlier.outcomes)
    }

    @Test func oneShareOfGiantsIsNotKept() throws {
        let crew = DecisionCrew<Lines>(
            engine: try Harness.engine(connections: 200), topic: "t", threads: 2, batchMessages: 2000)
        let references = (1...200).map { #"{"scheme":"grant","id":"G-\#($0)","mechanism":"funded-by"}"# }
        let giant = Harness.event("giant", grant: true)
            .replacing(references[0], with: references.joined(separator: ","))
        let giants = Lines(Array(repeating: giant, count: 130))
        let expected = try decide(crew, giants)
        #expect(expected.count == 130)
        #expect(expected.allSatisfy { $0.utf8.count > 20_000 })
        #expect(try decide(crew, lines(130)).count == 130)
        #expect(try decide(crew, giants) == expected)
    }
}
