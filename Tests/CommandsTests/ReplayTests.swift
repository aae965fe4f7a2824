import Kafka
import Pipeline
import Primitives
import Testing

@testable import Commands

extension ClusterTests {
    /// Dead letters that are sent again.
    @Suite struct ReplayTests {
        /// Clinics of which one kind is refused, with what came before and after in all orders.
        private let events = [
            City.clinic("c-a", "mobile", people: 10, grant: "HAEWON-GIFT-2025"),
            City.clinic("c-b", "mobile", people: 20), City.clinic("c-b", "fixed", people: 5),
            City.clinic("c-c", "mobile", people: 40), City.Sent(key: "c-c", payload: nil),
            City.clinic("c-d", "fixed", people: 1), City.clinic("c-d", "mobile", people: 30),
            City.clinic("c-e", "fixed", people: 7, grant: "HAEWON-GIFT-2025"),
        ]

        private func replay(_ city: City, _ words: String...) -> Ran { run(["replay"] + city.options + words) }

        @Test(arguments: targets)
        func aMendedProfileAndAReplayLeaveNoTrace(_ servers: String?) throws {
            let folder = try Folder()
            let broken = folder.write("broken.yaml", City.profile(kinds: ["fixed"]))
            let mended = folder.write("mended.yaml", City.profile(kinds: ["fixed", "mobile"]))
            let (city, sound) = (try City(servers), try City(servers))
            for city in [city, sound] { try city.send(events) }
            try sound.work(events: events.count, sound.working(profile: mended))
            try city.work(events: events.count, city.working(profile: broken))
            #expect(try city.figures() != sound.figures())
            let dry = replay(city, "--dry-run")
            #expect(dry.code == 0 && dry.output.contains("4 dead letters would be sent to \(city.events)"), "\(dry)")
            #expect(try city.read(city.events).count == events.count)
            let ran = replay(city)
            #expect(ran.code == 0 && ran.errors.isEmpty, "\(ran.errors)")
            #expect(
                ran.output == """
                    \(city.deadLetters): 4 dead letters sent to \(city.events)
                             4  field.code

                    """)
            try city.work(events: 4, city.working(profile: mended))
            #expect(try city.figures() == sound.figures())
            // The records are those that there would have been.
            let expected = Set(try sound.read(sound.attributions).compactMap(\.payload))
            let again = try city.read(city.attributions).filter { $0.headers["city.read-again"] == "replay" }
            #expect(again.count == 4)
            for record in again {
                #expect(expected.contains(try #require(record.payload).replacing(city.events, with: sound.events)))
            }
            #expect(try city.read(city.deadLetters).count == 4)
            // Two of them were corrected or withdrawn since, and their records stand behind those that count.
            let report = run(["reprocess", "--from", "beginning"] + city.working(profile: mended))
            #expect(report.output.contains("           2  decided as before, with an older record"), "\(report)")
            #expect(report.output.contains("           2  dead letters that were sent again"), "\(report)")
        }

        @Test(arguments: targets)
        func whatIsSentIsWhatWasReceived(_ servers: String?) throws {
            let city = try City(servers)
            let folder = try Folder()
            let broken = city.working(profile: folder.write("broken.yaml", City.profile(kinds: ["fixed"])))
            var event = City.clinic("c-a", "mobile", people: 10)
            event.headers = [("own", "kept"), ("city.error.note", "own too"), ("own", "twice")]
            event.timestamp = 1_772_636_645_123
            try city.send([event, City.Sent(key: nil, payload: "{")])
            try city.work(events: 2, broken)
            for attempts in 2...3 {
                #expect(replay(city).code == 0)
                let sent = try #require(try city.read(city.events).last { $0.key == "c-a" })
                let first = try #require(try city.read(city.events).first { $0.key == "c-a" })
                #expect(sent.payload == event.payload && sent.timestamp == event.timestamp)
                #expect(sent.partition == first.partition && sent.offset > first.offset)
                var headers = sent.headers
                #expect(
                    headers.removeValue(forKey: "city.replay.origin")
                        == "\(city.events):\(first.partition):\(first.offset)")
                #expect(headers.removeValue(forKey: "city.error.attempts") == "\(attempts - 1)")
                #expect(headers == ["own": "twice", "city.error.note": "own too"])
                let letters = try city.read(city.deadLetters).count
                try city.work(events: try city.read(city.events).count - letters, broken)
                let letter = try #require(try city.read(city.deadLetters).last { $0.key == "c-a" })
                #expect(letter.headers["city.error.attempts"] == "\(attempts)")
                #expect(letter.headers["city.error.offset"] == "\(sent.offset)")
                // The embedded cluster does not keep what was sent: the second time would send the first letters too.
                if servers == nil { break }
            }
        }

        @Test func aFirstPlaceThatCannotBeIsPassedOver() throws {
            let city = try City()
            let folder = try Folder()
            let profile = folder.write("p.yaml", City.profile(kinds: ["fixed"]))
            let origins = [
                "", "x", "\(city.events):1", "\(city.events):0:0", "\(city.attributions):1:0", "\(city.events):1:5",
                "\(city.events):1:99",
            ]
            let forged = origins.enumerated().map { number, origin in
                var event = City.clinic("c-\(number)", "fixed", people: 1)
                event.headers = [("city.replay.origin", origin)]
                return event
            }
            var sound = City.clinic("c-sound", "fixed", people: 1)
            sound.headers = [("city.replay.origin", "\(city.events):1:3")]
            // The one with the place 1:5 stands there itself.
            try city.send(forged + [sound], partition: 1)
            try city.work(events: origins.count + 1, city.working(profile: profile))
            let records = try city.read(city.attributions)
            #expect(records.count == origins.count + 1)
            for number in origins.indices {
                let found = records.filter { $0.payload?.contains("\"partition\":1,\"offset\":\(number),") == true }
                #expect(found.count { $0.headers["city.read-again"] == nil } == 1, "\(origins[number])")
            }
            let again = try #require(records.first { $0.headers["city.read-again"] == "replay" })
            #expect(again.payload?.contains("\"partition\":1,\"offset\":3,") == true)
            #expect(again.payload?.contains("\"revision\":\"00000000000000000003\"") == true)
        }

        @Test func whatHasNoPayloadStays() throws {
            let city = try City()
            let secret = City.Sent(
                key: "client-4711", payload: #"{"name":"Ana"}"#, headers: [("ce_dataclassification", "very-secret")])
            try city.send([secret])
            let folder = try Folder()
            try city.work(
                events: 1, city.working(profile: folder.write("p.yaml", City.profile(kinds: ["fixed"]))))
            let ran = replay(city)
            #expect(ran.code == 1)
            #expect(
                ran.output == """
                    \(city.deadLetters): no dead letter sent to \(city.events)
                    These stay where they are:
                             1  withheld for privacy, without a payload that could be sent; have the department's \
                    system send it anew

                    """)
            #expect(try city.read(city.events).count == 1)
        }

        @Test func whatWasRefusedTooOftenStays() throws {
            let city = try City()
            try city.send(
                (1...6).map { City.letter("k\($0)", attempts: $0, of: city) }, to: city.deadLetters, partition: 2)
            let ran = replay(city, "--attempts-max", "4")
            #expect(ran.code == 1)
            #expect(ran.output.contains("3 dead letters sent"), "\(ran.output)")
            #expect(
                ran.output.contains(
                    "         3  in quarantine, refused 4 times or more; mend the cause, then name it: --from 2:3 "
                        + "--to 2:3 --attempts-max 5\n"), "\(ran.output)")
            let named = replay(city, "--from", "2:3", "--to", "2:3", "--attempts-max", "5")
            #expect(named.code == 0 && named.output.contains("1 dead letter sent"), "\(named)")
            #expect(try city.read(city.events).map(\.key) == ["k1", "k2", "k3", "k4"])
        }

        @Test func selectsByCodeAndOffset() throws {
            let city = try City()
            let codes = ["field.code", "field.date", "json.malformed", "field.code"]
            for (number, code) in codes.enumerated() {
                try city.send(
                    [City.letter("k\(number)", code: code, of: city)], to: city.deadLetters,
                    partition: number < 3 ? 1 : 3)
            }
            func dry(_ words: String...) -> String { run(["replay", "--dry-run"] + city.options + words).output }
            #expect(dry("--code", "field.code").contains(": 2 dead letters would be sent"))
            #expect(dry("--code=field.date,json.malformed").contains(": 2 dead letters would be sent"))
            #expect(dry("--from", "1:1").contains(": 2 dead letters would be sent"))
            #expect(dry("--to", "1:1").contains(": 2 dead letters would be sent"))
            #expect(dry("--from", "1:1,3:0", "--to", "1:1").contains(": 2 dead letters would be sent"))
            #expect(dry("--from", "0:0").contains(": no dead letter would be sent"))
            #expect(try city.read(city.events).isEmpty)
        }

        @Test(arguments: [
            (
                ["--code", "field.cod"],
                "--code: expected codes such as field.code, with commas between; one is not known; "
                    + "did you mean field.code?"
            ),
            (["--from", "1"], "--from: expected PARTITION:OFFSET, such as 2:1042, each partition once, with commas"),
            (
                ["--from", "1:2,1:3"],
                "--from: expected PARTITION:OFFSET, such as 2:1042, each partition once, with commas"
            ),
            (["--from", "1:5", "--to", "1:4"], "--to: expected an offset from 5 on in partition 1, as --from says"),
            (["--attempts-max", "0"], "--attempts-max: expected a whole number from 1 to 1000000"),
            (["a"], "expected options only"),
        ])
        func saysWhatIsWrongWithACommandLine(_ words: [String], _ message: String) {
            let ran = run(["replay", "--department", "health"] + words)
            #expect(ran.code == 2 && ran.errors.contains(message), "\(ran.errors)")
        }

        @Test func saysWhichTopicOrPartitionIsNotThere() throws {
            let city = try City()
            let partition = replay(city, "--from", "4:0")
            #expect(
                partition.code == 1 && partition.errors.hasSuffix("no partition 4; the topic's partitions are 0 to 3\n")
            )
            let topic = replay(city, "--topics.deadletters", "none")
            #expect(
                topic.code == 1 && topic.errors.hasSuffix(": none: there is no such topic, or no right to see it\n"))
        }
    }
}

extension City {
    /// A dead letter as a worker writes it.
    static func letter(_ key: String, code: String = "field.code", attempts: Int = 1, of city: City) -> Sent {
        Sent(
            key: key, payload: "{}",
            headers: [
                ("own", "1"), ("city.error.code", code), ("city.error.stage", "map"),
                ("city.error.message", "$.kind: expected a code of the list"), ("city.error.topic", city.events),
                ("city.error.partition", "3"), ("city.error.offset", "17"), ("city.error.profile", "clinics"),
                ("city.error.attempts", "\(attempts)"), ("city.error.time", "2026-03-04T15:04:0\(attempts % 10)Z"),
            ])
    }
}
