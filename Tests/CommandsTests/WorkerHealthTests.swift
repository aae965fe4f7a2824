import HTTP
import Operations
import Primitives
import Testing

@testable import Commands

@Suite struct WorkerHealthTests {
    private final class Lines: Sendable {
        let all = Locked<[String]>([])
        var log: Log {
            let all = all
            return Log(format: .json) { line in
                all.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
            }
        }
    }

    @Test func workersOfOneMachineListenOneBesideAnother() throws {
        let lines = Lines()
        let workers = try (0..<3).map { _ in try WorkerHealth(nil, log: lines.log) }
        let said = lines.all.withLock { $0 }
        #expect(said.count == 3 && Set(said.map { $0.split(separator: "address").last }).count == 3)
        #expect(said.allSatisfy { $0.contains("\"event\":\"http_listening\"") && $0.contains("http://127.0.0.1:") })
        for worker in workers { worker.stop() }
    }

    @Test func aPlaceThatIsTakenIsToldWhereItWasAskedFor() throws {
        let lines = Lines()
        let first = try WorkerHealth(ListenAddress(host: "127.0.0.1", port: 0), log: lines.log)
        let taken = try #require(first.address)
        let error = #expect(throws: HTTPServerError.self) { try WorkerHealth(taken, log: lines.log) }
        #expect(error?.description.contains("cannot listen on \(taken)") == true)
        first.stop()
        let second = try WorkerHealth(taken, log: lines.log)
        second.stop()
    }
}
