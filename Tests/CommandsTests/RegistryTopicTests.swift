import Operations
import Pipeline
import Primitives
import Testing
import YAML

@testable import Commands

#if canImport(Glibc)
    import Glibc
#endif

extension ClusterTests {
    /// The registry and the office's log from topics.
    @Suite struct RegistryTopicTests {
        private let connection = """
            {"id": "pm:consulate:aurelia", "type": "consulate", "partner": "Consulate of Aurelia", "status": "active",
             "country": "MX", "since": "1995", "verified": true, "source": "s"}
            """
        private let activity = """
            {"id": "log-1", "connection": "pm:consulate:aurelia", "kind": "convening", "on": "2026-02-10",
             "department": "health"}
            """
        /// A partner that is named, without a word on what it did.
        private let event = """
            {"specversion":"1.0","id":"e-1","source":"/clinics","subject":"c-1",\
            "type":"org.city.health.vaccination-clinic.held","data":{"outcome":{"type":"vaccination-clinic",\
            "occurredOn":"2026-03-04"},"named":[{"name":"Consulate of Aurelia","country":"MX"}]}}
            """

        private struct Registry {
            let city: City
            let connections = City.unique("connections")
            let activities = City.unique("activities")

            init(_ servers: String?) throws {
                city = try City(servers)
                for topic in [connections, activities] { try city.create(topic) }
            }

            var options: [String] {
                city.options + [
                    "--registry", "topic:\(connections)", "--activities", "topic:\(activities)", "--outcome.key",
                    String(repeating: "k", count: 32),
                ]
            }
        }

        @Test(arguments: targets)
        func anActivityOfATopicIsASecondSource(_ servers: String?) throws {
            let registry = try Registry(servers)
            let city = registry.city
            try city.send([City.Sent(key: "c-1", payload: event)])
            try city.send([City.Sent(key: "pm:consulate:aurelia", payload: connection)], to: registry.connections)
            try city.work(events: 1, registry.options)
            try city.send([City.Sent(key: "log-1", payload: activity)], to: registry.activities)
            let folder = try Folder()
            let file = folder.write("event.ndjson", event + "\n")
            let ran = run(["run", file] + registry.options)
            #expect(ran.code == 0, "\(ran.errors)")
            #expect(ran.output.contains(#""decision":"contributed","tier":"T2""#), "\(ran.output)")
            let before = try city.read(city.attributions).compactMap(\.payload)
            #expect(before.count == 1 && before[0].contains(#""decision":"abstained""#), "\(before)")
            // Taken back, it is none.
            try city.send([City.Sent(key: "log-1", payload: nil)], to: registry.activities)
            #expect(run(["run", file] + registry.options).output.contains(#""decision":"abstained""#))
        }

        @Test func aFileAndATopicGoTogether() throws {
            let registry = try Registry(nil)
            try registry.city.send([City.Sent(key: "log-1", payload: activity)], to: registry.activities)
            let folder = try Folder()
            let list = folder.write("registry.yaml", "connections:\n- \(connection)")
            let file = folder.write("event.ndjson", event + "\n")
            let ran = run(["run", file] + registry.options + ["--registry", list])
            #expect(ran.code == 0 && ran.output.contains(#""decision":"contributed","tier":"T2""#), "\(ran.errors)")
            let log = folder.write("log.yaml", "activities:\n- \(activity)")
            let none = run(["run", file] + registry.options + ["--registry", list, "--activities", "/none"])
            #expect(none.errors == "/none:1: there is no such file or folder; set activities to where it is\n")
            let both = run(["run", file] + registry.options + ["--registry", list, "--activities", log])
            #expect(both.code == 0 && both.output.contains(#""decision":"contributed","tier":"T2""#), "\(both.errors)")
        }

        @Test func saysWhereARowIsWrong() throws {
            let registry = try Registry(nil)
            try registry.city.send(
                [City.Sent(key: "pm:consulate:aurelia", payload: connection)], to: registry.connections, partition: 2)
            try registry.city.send(
                [
                    City.Sent(key: "log-1", payload: activity.replacing("convening", with: "convenning")),
                    City.Sent(key: "log-2", payload: activity),
                ], to: registry.activities, partition: 1)
            let ran = run(["run", "/dev/null"] + registry.options)
            let lines = ran.errors.replacing(registry.activities, with: "LOG").split(separator: "\n")
            #expect(ran.code == 78)
            #expect(lines.count == 2 && lines[0].hasPrefix("LOG:1:0:1: kind: expected one of "), "\(lines)")
            #expect(
                lines.last
                    == "LOG:1:1:1: id: expected the message's key, which is another id: the topic is compacted by it")
        }

        @Test func withoutARegistryNothingIsDecided() throws {
            let registry = try Registry(nil)
            let empty = run(["run", "/dev/null"] + registry.options)
            #expect(
                empty.code == 78
                    && empty.errors.hasSuffix(
                        "the topic \(registry.connections) holds no connection; publish the registry there first\n"),
                "\(empty.errors)")
            let none = run(["run", "/dev/null"] + registry.options + ["--registry", "topic:none"])
            #expect(none.code == 69 && none.errors.contains("there is no such topic"), "\(none.errors)")
            let offline = run(["check"] + registry.options)
            #expect(offline.code == 0, "\(offline.output)")
            #expect(
                offline.output.contains("registry: warning: the topic was not looked at, since that takes a network"))
        }

        @Test(arguments: ["registry", "activities"], ["topic:", "topic:a b", "topic:a:0:1"])
        func aNameThatNoTopicCanHaveIsRefusedAtOnce(_ key: String, _ value: String) {
            let ran = run(["check", "--department", "health", "--\(key)", value])
            #expect(ran.code == 78)
            #expect(
                ran.output.contains("command line: \(key): expected a file, a folder, or a topic as topic:NAME\n"),
                "\(ran.output)")
        }

        @Test func aWorkerWaitsForItsRegistry() throws {
            let registry = try Registry(nil)
            let late = City.unique("late")
            let start = try Start(registry.options + ["--registry", "topic:\(late)"])
            start.waits(for: "there is no such topic")
            try registry.city.create(late)
            start.waits(for: "the topic of connections is empty")
            try registry.city.send([City.Sent(key: "pm:consulate:aurelia", payload: connection)], to: late)
            #expect(start.end()?.engine != nil)
        }

        @Test func aRowWithAnErrorIsWaitedForAndAFileWithOneIsNot() throws {
            let registry = try Registry(nil)
            let bad = connection.replacing("consulate\", \"partner", with: "consulat\", \"partner")
            try registry.city.send([City.Sent(key: "pm:consulate:aurelia", payload: bad)], to: registry.connections)
            let start = try Start(registry.options)
            start.waits(for: "type: expected one of sister_city")
            try registry.city.send(
                [City.Sent(key: "pm:consulate:aurelia", payload: connection)], to: registry.connections)
            #expect(start.end()?.engine != nil)
            let folder = try Folder()
            let list = folder.write("registry.yaml", "connections:\n- \(bad)")
            let told = try Start(registry.options + ["--registry", list]).end()
            #expect(told?.engine == nil)
            #expect(told?.findings.contains { $0.file == list && $0.line == 2 } == true, "\(String(describing: told))")
        }

        @Test func whoIsAskedToStopDoesNotWait() throws {
            let registry = try Registry(nil)
            let start = try Start(registry.options + ["--registry", "topic:never"])
            start.stop.request()
            #expect(start.end() == nil)
        }
    }
}

/// A worker's start on a thread of its own.
private final class Start: @unchecked Sendable {
    let stop = StopToken()
    private let progress = WorkerProgress()
    private var loaded: RegistryWatch.Loaded?
    private var thread = pthread_t()

    init(_ options: [String]) throws {
        let configuration = ProcessConfiguration(arguments: try Arguments(options), environment: [:]).configuration
        let watch = try RegistryWatch(configuration, log: Log(format: .json, sink: { _ in }), stop: stop)
        let handover = Handover(watch: watch)
        thread = Threads.start { [self] in loaded = try? handover.watch.start(progress.wait) }
    }

    private struct Handover: @unchecked Sendable { let watch: RegistryWatch }

    func waits(for reason: String) {
        for _ in 0..<600 where !isWaiting(for: reason) { usleep(50_000) }
        #expect(isWaiting(for: reason), "\(progress.obstacles)")
        #expect(progress.stalls.isEmpty)
    }

    private func isWaiting(for reason: String) -> Bool {
        progress.obstacles.first.map { $0.hasPrefix("waiting for the registry: ") && $0.contains(reason) } ?? false
    }

    func end() -> RegistryWatch.Loaded? {
        Threads.join(thread)
        return loaded
    }
}
