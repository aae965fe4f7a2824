import Kafka
import Operations
import Primitives
import Testing

@testable import Pipeline

#if canImport(Glibc)
    import Glibc
#endif

/// A registry that changes while a worker works.
@Suite struct RegistryReloadTests {
    private static func row(_ grant: String, id: String = "t:consulate:a") -> String {
        #"{"id":"\#(id)","type":"consulate","partner":"A","country":"MX","since":"1900","status":"active","#
            + #""verified":true,"source":"test","identifiers":[{"scheme":"grant","id":"\#(grant)"}]}"#
    }

    /// A watch with its worker; both end with it.
    private final class Watched: @unchecked Sendable {
        let harness: Harness
        let run: Harness.Run
        let asks = StopToken()
        private let watch: RegistryWatch
        private var thread = pthread_t()
        private let lines = Locked<[String]>([])

        init(_ harness: Harness, registry: String) throws {
            self.harness = harness
            let configuration = Configuration(
                flags: [
                    ("kafka.bootstrap.servers", harness.servers), ("registry", registry),
                    ("registry.reload.interval", "100ms"), ("outcome.key", String(repeating: "k", count: 32)),
                ], environment: [:], configurationFile: nil, overrides: ["department": "housing"],
                kafkaNames: ClientConfiguration.propertyNames, readFile: { _ in nil })
            let lines = lines
            let log = Log(
                format: .json, sink: { line in lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) } })
            let stop = StopToken()
            watch = try RegistryWatch(configuration, log: log, stop: stop, asks: asks)
            let engine = try #require(try watch.start { _ in }?.engine)
            run = try harness.startWorker(["delivery": "at-least-once"], engine: engine)
            ending = stop
            thread = Threads.start { [self] in watch.run(engine, offeringTo: run.supply) }
        }

        private let ending: StopToken

        func become(_ what: String, _ isSo: (RegistrySupply.State) -> Bool) {
            for _ in 0..<600 {
                if isSo(run.supply.now) { return }
                Pause.milliseconds(50)
            }
            Issue.record("it did not come to this in 30 s: \(what): \(run.supply.now), \(lines.withLock { $0 })")
        }

        func said(_ event: String) -> [String] {
            lines.withLock { $0.filter { $0.contains("\"event\":\"\(event)\"") } }
        }

        /// The registries that records of the topic name, in their order, and what they decided.
        func end() throws -> [(registry: String, decision: String)] {
            ending.request()
            Threads.join(thread)
            run.stop.request()
            #expect(run.join() == .stopped)
            return try harness.read(harness.attributions).map { stored in
                let text = String(decoding: stored.payload ?? [], as: UTF8.self)
                func after(_ mark: String) -> String {
                    text.firstRange(of: mark).map { String(text[$0.upperBound...].prefix { $0 != "\"" }) } ?? ""
                }
                return (after(#""registry":"sha256:"#), after(#""decision":""#))
            }
        }
    }

    private final class File {
        let path: String
        init(_ text: String) throws {
            var template = Array("/tmp/registry-reload-XXXXXX".utf8CString)
            let descriptor = mkstemp(&template)
            try #require(descriptor >= 0)
            close(descriptor)
            path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
            write(text)
        }
        func write(_ text: String) { #expect(Files.write(Array(text.utf8), to: path)) }
        deinit { unlink(path) }
    }

    @Test func aFileThatChangesIsTakenBetweenTwoBatchesAndEachRecordNamesItsOwn() throws {
        let file = try File("connections:\n- \(Self.row("G-0"))")
        let watched = try Watched(try Harness(nil), registry: file.path)
        let first = watched.run.supply.now
        try watched.harness.produce([("case-1", Harness.event("case-1", grant: true))])
        try watched.harness.wait(watched.run, forEvents: 1)
        file.write("connections:\n- \(Self.row("G-1"))")
        watched.become("taken") { $0.taken == 1 }
        let second = watched.run.supply.now
        try watched.harness.produce([("case-2", Harness.event("case-2", grant: true))])
        try watched.harness.wait(watched.run, forEvents: 2)
        // What was counted before goes on.
        #expect(watched.run.progress.committed.outcomes == 2)
        let records = try watched.end()
        #expect(first.digest != second.digest && second.isCurrent)
        #expect(records.contains { $0 == (first.digest, "domestic") })
        #expect(records.contains { $0 == (second.digest, "enabled") })
        #expect(records.count == 2 && watched.harness.logged("registry_taken") == 1)
    }

    @Test func oneWithAnErrorIsRefusedAndTheOldOneDecidesOn() throws {
        let file = try File("connections:\n- \(Self.row("G-1"))")
        let watched = try Watched(try Harness(nil), registry: file.path)
        file.write("connections:\n- \(Self.row("G-1"))\n- \(Self.row("G-1", id: "t:consulate:b"))")
        watched.become("refused") { $0.refused == 1 && !$0.isCurrent }
        let refusal = try #require(watched.said("registry_refused").first)
        #expect(refusal.contains(#"grant G-1 stands for t:consulate:a already"#), "\(refusal)")
        #expect(watched.run.progress.isReady || watched.run.progress.now.obstacle == "joining the group")
        try watched.harness.produce([("case-1", Harness.event("case-1", grant: true))])
        try watched.harness.wait(watched.run, forEvents: 1)
        // Asked, it looks again, and says so again.
        watched.asks.request()
        watched.become("refused again") { $0.refused == 2 }
        unlink(file.path)
        watched.become("not there") { $0.unavailable > 0 && !$0.isCurrent }
        file.write("connections:\n- \(Self.row("G-1"))")
        watched.become("mended") { $0.isCurrent }
        let records = try watched.end()
        #expect(records.map(\.decision) == ["enabled"] && watched.run.supply.now.taken == 0)
    }

    @Test(arguments: Harness.targets)
    func aTopicIsReadToItsEndAndThenFollowed(_ servers: String?) throws {
        let harness = try Harness(servers)
        let topic = try harness.newTopic("connections")
        try harness.produce([("t:consulate:a", Self.row("G-0"))], to: topic)
        let watched = try Watched(harness, registry: "topic:\(topic)")
        #expect(watched.run.supply.now.connections == 1)
        try harness.produce([("t:consulate:b", Self.row("G-1", id: "t:consulate:b"))], to: topic)
        watched.become("two connections") { $0.connections == 2 }
        try harness.produce([("case-1", Harness.event("case-1", grant: true))])
        try harness.wait(watched.run, forEvents: 1)
        try harness.produce([("t:consulate:b", nil)], to: topic)
        watched.become("one again") { $0.connections == 1 }
        // A topic that holds none any more is no registry.
        try harness.produce([("t:consulate:a", nil)], to: topic)
        watched.become("empty, and refused") { $0.refused == 1 && $0.connections == 1 }
        let records = try watched.end()
        #expect(records.map(\.decision) == ["enabled"])
    }

    @Test func aClusterThatDoesNotAnswerLeavesTheRegistryAsItIs() throws {
        let harness = try Harness(nil)
        let topic = try harness.newTopic("connections")
        try harness.produce([("t:consulate:a", Self.row("G-1"))], to: topic)
        let watched = try Watched(harness, registry: "topic:\(topic)")
        try #require(harness.embedded).setBroker(up: false)
        watched.become("not to be read") { $0.unavailable > 0 && !$0.isCurrent && $0.connections == 1 }
        try #require(harness.embedded).setBroker(up: true)
        watched.become("current again") { $0.isCurrent && $0.taken == 0 }
        _ = try watched.end()
    }
}
