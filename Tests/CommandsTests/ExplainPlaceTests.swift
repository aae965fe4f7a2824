import Kafka
import Pipeline
import Testing

@testable import Commands

extension ClusterTests {
    @Suite struct ExplainPlaceTests {
        private func options(_ city: City) -> [String] {
            city.options + [
                "--registry", fixture("registry.yaml"), "--outcome.key", String(repeating: "k", count: 32),
            ]
        }

        private func explain(_ city: City, _ words: String...) -> Ran { run(["explain"] + options(city) + words) }

        /// Events as text, and one of each kind that needs headers or a key.
        private func everyKind() throws -> [City.Sent] {
            let lines = try text(of: fixture("events.ndjson")).split(separator: "\n").map(String.init)
            var messages = lines.filter { $0.contains("{") }.enumerated().map {
                City.Sent(key: "client-4711-\($0.offset)", payload: $0.element)
            }
            let data = #"{"outcome":{"type":"vaccination-clinic","occurredOn":"2026-03-04"}}"#
            let binary = [
                ("ce_specversion", "1.0"), ("ce_id", "b-1"), ("ce_source", "/clinics"), ("ce_subject", "client-4711-b"),
                ("ce_type", "org.city.health.vaccination-clinic.held"), ("content-type", "application/json"),
            ]
            let trace = ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
            messages.append(City.Sent(key: "client-4711-b", payload: data, headers: binary + [trace]))
            messages.append(City.Sent(key: "client-4711-t", payload: nil))
            messages.append(City.Sent(key: nil, payload: nil))
            messages.append(
                City.Sent(
                    key: "client-4711-p", payload: #"{"name":"Ana Sample"}"#,
                    headers: binary + [("ce_dataclassification", "very-secret")]))
            return messages
        }

        @Test(arguments: targets)
        func showsTheRecordThatTheWorkerPublishes(_ servers: String?) throws {
            let city = try City(servers)
            let messages = try everyKind()
            try city.send(messages)
            try city.work(events: messages.count, options(city))
            let records = try city.read(city.attributions).compactMap(\.payload)
            let letters = try city.read(city.deadLetters)
            #expect(records.count == 9 && letters.count == 3)
            for record in records {
                let place = try #require(origin(of: record))
                let shown = explain(city, "--json", "\(city.events):\(place)")
                #expect(shown.code == 0 && shown.output == record + "\n" && shown.errors.isEmpty, "\(shown.errors)")
                let told = explain(city, "\(city.events):\(place)")
                #expect(told.code == 0 && !told.output.contains("client-4711") && !told.output.contains("Ana"))
            }
            #expect(records.contains { $0.contains("\"traceparent\":\"00-4bf92f35") })
            for letter in letters {
                let place = "\(city.deadLetters):\(letter.partition):\(letter.offset)"
                let shown = explain(city, place)
                let mark = "is a dead letter; its event was at "
                let line = try #require(shown.errors.split(separator: "\n").first { $0.contains(mark) })
                let start = try #require(line.firstRange(of: mark)).upperBound
                let origin = explain(city, String(line[start...]))
                #expect(shown.code == 1 && origin.code == 1 && origin.output.contains("\nRefused   "))
                #expect(shown.output.isEmpty == (letter.payload == nil))
                #expect(letter.payload != nil || shown.errors.hasSuffix("explain the event where it was\n"))
                for ran in [shown, origin] {
                    #expect(!(ran.output + ran.errors).contains("client-4711") && !ran.output.contains("Ana"))
                }
            }
        }

        /// `partition:offset` of a record.
        private func origin(of record: String) -> String? {
            guard let start = record.firstRange(of: ",\"partition\":")?.upperBound,
                let middle = record[start...].firstRange(of: ",\"offset\":")
            else { return nil }
            return record[start..<middle.lowerBound] + ":" + record[middle.upperBound...].prefix { $0.isNumber }
        }

        @Test(arguments: targets)
        func saysWhatIsNotThere(_ servers: String?) throws {
            let city = try City(servers)
            try city.send([City.Sent(key: "k", payload: "{}"), City.Sent(key: "k", payload: "{}")], partition: 2)
            func failure(_ place: String) -> String {
                let ran = explain(city, place)
                #expect(ran.code == 1 && ran.output.isEmpty)
                return ran.errors.replacing(city.events, with: "EVENTS")
            }
            let near = String(city.events.dropLast()) + "x"
            #expect(
                failure("\(near):0:0").hasSuffix(
                    "\(near): there is no such topic, or no right to see it; did you mean "
                        + "EVENTS?\n"))
            #expect(failure("\(city.events):4:0").hasSuffix("no partition 4; the topic's partitions are 0 to 3\n"))
            #expect(
                failure("\(city.events):2:2").hasSuffix(
                    "EVENTS, partition 2, offset 2: there is no such message yet; the newest offset is 1, transactions "
                        + "that are still open left out\n"))
            #expect(failure("\(city.events):1:0").contains("yet; the partition is empty, and goes on at 0, trans"))
            #expect(explain(city, "\(city.events):2:1").output.contains("partition 2, offset 1, read by profile"))
            #expect(explain(city, "\(city.events):2:x").errors.hasSuffix("is TOPIC:PARTITION:OFFSET\n"))
        }

        @Test func saysWhatRetentionHasRemoved() throws {
            // The embedded cluster keeps about 5 MB.
            let city = try City()
            let payload = "{\"x\":\"" + String(repeating: "x", count: 900_000) + "\"}"
            for number in 0..<8 { try city.send([City.Sent(key: "\(number)", payload: payload)], partition: 1) }
            let gone = explain(city, "\(city.events):1:0")
            #expect(gone.code == 1 && gone.output.isEmpty)
            let words = "offset 0: the message is gone, retention has removed it; the oldest offset is "
            let start = try #require(gone.errors.firstRange(of: words), "\(gone.errors)").upperBound
            let oldest = try #require(Int(gone.errors[start...].prefix { $0.isNumber }))
            #expect((1..<8).contains(oldest))
            #expect(explain(city, "\(city.events):1:\(oldest)").output.contains("offset \(oldest), read by"))
        }

        /// The embedded cluster writes no ends of transactions.
        @Test(.enabled(if: external != nil, "TEST_KAFKA_BOOTSTRAP_SERVERS is not set"))
        func saysWhereThereIsNoMessage() throws {
            let city = try City(external)
            let transaction = ["transactional.id": City.unique("transaction")]
            try city.send([City.Sent(key: "k", payload: "{}")], partition: 0, transaction)
            let last = explain(city, "\(city.events):0:1")
            #expect(last.code == 1 && last.errors.hasSuffix("; there is none behind it either\n"), "\(last.errors)")
            try city.send([City.Sent(key: "k", payload: "{}")], partition: 0, transaction)
            let first = explain(city, "\(city.events):0:1")
            #expect(first.code == 1 && first.errors.hasSuffix("; the next message is at offset 2\n"), "\(first.errors)")
        }

        @Test func warnsOfATopicOfOthers() throws {
            let city = try City()
            let event = String(try text(of: fixture("events.ndjson")).split(separator: "\n")[1])
            try city.send([City.Sent(key: "k", payload: event)], partition: 0)
            let ran = run(["explain"] + options(city) + ["--topics.events=other", "\(city.events):0:0"])
            #expect(ran.code == 0 && ran.output.hasPrefix("Event     \(city.events), partition 0, offset 0, read by"))
            #expect(ran.errors == "\(city.events) is not the topic that health reads, other\n")
        }

        @Test func saysThatNoBrokerAnswers() throws {
            let configuration = ProcessConfiguration(
                arguments: try Arguments(["--kafka.bootstrap.servers", "127.0.0.1:1"]), environment: [:]
            ).configuration
            let lookup = MessageLookup(
                try #require(PartitionOffset("a:0:0")), WorkerSettings(configuration, department: "health"),
                department: "health", timeoutMilliseconds: 1000)
            let failure = #expect(throws: CommandFailure.self) { try lookup.withMessage { _ in } }
            #expect(failure?.code == ExitCode.unavailable)
            #expect(failure?.message.hasPrefix("no broker answered within 1 s: ") == true)
            #expect(failure?.message.hasSuffix("; tried 127.0.0.1:1") == true)
        }
    }
}

@Suite struct PlaceTests {
    @Test(arguments: ["city.housing.events:2:1042", "A-b_c.9:0:0", "a:2147483647:9223372036854775807"])
    func readsPlaces(_ word: String) {
        #expect(PartitionOffset(word)?.description == word)
    }

    @Test(arguments: [
        "-", "a", "a:1", "a:1:", "a::1", ":1:1", "a:1:2:3", "a:-1:1", "a:+1:1", "a:1:-1", "a:1:x", "./a:1:2", "a b:1:2",
        "ä:1:2", "a:2147483648:1", "a:1:9223372036854775808", "A@:1:1", "[:1:1", "`:1:1",
    ])
    func leavesFilesAlone(_ word: String) {
        #expect(PartitionOffset(word) == nil)
    }

    @Test func saysWhyThereIsNoMessage() throws {
        let configuration = ProcessConfiguration(arguments: try Arguments([]), environment: [:]).configuration
        let lookup = MessageLookup(
            try #require(PartitionOffset("a:1:5")), WorkerSettings(configuration, department: "health"),
            department: "health")
        #expect(lookup.outside(low: 5, high: 6) == nil && lookup.outside(low: 0, high: 6) == nil)
        #expect(
            lookup.outside(low: 6, high: 9)?.message
                == "a, partition 1, offset 5: the message is gone, retention has removed it; the oldest offset is 6")
        #expect(
            lookup.outside(low: 9, high: 9)?.message.hasSuffix("; the partition is empty, and goes on at 9") == true)
        #expect(lookup.outside(low: 2, high: 5)?.message.contains("yet; the newest offset is 4, ") == true)
        #expect(lookup.missing(next: 7).message.hasSuffix("; the next message is at offset 7"))
        #expect(lookup.missing(next: nil).message.hasSuffix("; there is none behind it either"))
    }
}
