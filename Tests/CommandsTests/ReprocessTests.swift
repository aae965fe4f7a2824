import Kafka
import Pipeline
import Primitives
import Testing

@testable import Commands

extension ClusterTests {
    /// Old events that are decided anew.
    @Suite struct ReprocessTests {
        private let folder: Folder
        private let profile: String
        /// The registry of the fixtures, with another grant.
        private let otherRegistry: String

        init() throws {
            folder = try Folder()
            profile = folder.write("profile.yaml", City.profile(kinds: ["fixed", "mobile"]))
            otherRegistry = folder.write(
                "registry.yaml",
                try text(of: fixture("registry.yaml")).replacing("HAEWON-GIFT-2025", with: "OTHER-GIFT"))
        }

        private let events = [
            City.clinic("c-1", "fixed", people: 10, grant: "HAEWON-GIFT-2025"),
            City.clinic("c-2", "fixed", people: 20, grant: "OTHER-GIFT"),
            City.clinic("c-3", "mobile", people: 30),
            City.clinic("c-4", "fixed", people: 40, grant: "HAEWON-GIFT-2025"),
            City.clinic("c-5", "fixed", people: 50, grant: "HAEWON-GIFT-2025"), City.Sent(key: "c-5", payload: nil),
            City.clinic("c-6", "fixed", people: 60), City.clinic("c-6", "fixed", people: 61, grant: "OTHER-GIFT"),
        ]

        /// A city whose worker has decided the events.
        private func city(_ servers: String?, registry: String? = nil) throws -> City {
            let city = try City(servers)
            try city.send(events)
            try city.work(
                events: events.count, city.working(profile: profile, registry.map { ["--registry", $0] } ?? []))
            return city
        }

        private func reprocess(_ city: City, _ words: String..., from: String = "beginning", profile: String? = nil)
            -> Ran
        {
            run(["reprocess", "--from", from] + city.working(profile: profile ?? self.profile, words))
        }

        @Test(arguments: targets)
        func anotherRegistryGivesTheFiguresThatItWouldHaveGiven(_ servers: String?) throws {
            let (city, expected) = (try city(servers), try city(servers, registry: otherRegistry))
            let before = try city.read(city.attributions).count
            let same = reprocess(city)
            #expect(same.code == 0 && same.errors.isEmpty, "\(same.errors)")
            #expect(
                same.output == """
                    \(city.events): 8 events decided anew
                               6  decided as their records say
                               2  superseded by a later event of their source record

                    connection              outcomes        now         credit            now
                    px:sister-city:haewon          2          2         1.4210         1.4210

                    0 records would be published to \(city.attributions)

                    """)
            let report = reprocess(city, "--registry", otherRegistry)
            #expect(report.code == 0)
            #expect(
                report.output == """
                    \(city.events): 8 events decided anew
                               2  decided as their records say
                               4  decided otherwise than their records say
                               2  superseded by a later event of their source record

                    decision before -> now
                               2  domestic -> enabled
                               2  enabled -> domestic

                    connection              outcomes        now         credit            now
                    px:sister-city:haewon          2          2         1.4210         1.4210

                    4 records would be published to \(city.attributions); --publish does it

                    """)
            #expect(try city.read(city.attributions).count == before)
            let group = City.unique("again")
            let done = reprocess(city, "--registry", otherRegistry, "--publish", "--group", group)
            #expect(done.code == 0 && done.output.hasSuffix("\n4 records published to \(city.attributions)\n"))
            #expect(try city.figures() == expected.figures())
            let again = try city.read(city.attributions).filter { $0.headers["city.read-again"] == "reprocess" }
            let wanted = Set(try expected.read(expected.attributions).compactMap(\.payload))
            #expect(again.count == 4)
            for record in again {
                #expect(wanted.contains(try #require(record.payload).replacing(city.events, with: expected.events)))
                #expect(record.headers["content-type"] == "application/cloudevents+json; charset=UTF-8")
            }
            // There is nothing left; the embedded cluster does not keep how far it came.
            let rest = reprocess(city, "--registry", otherRegistry, "--publish", "--group", group)
            #expect(rest.output.hasPrefix("\(city.events): \(servers == nil ? 8 : 0) events decided anew\n"))
            #expect(rest.output.hasSuffix("\n0 records published to \(city.attributions)\n"))
            // A worker's later event supersedes what was published.
            for city in [city, expected] {
                try city.send([City.clinic("c-2", "fixed", people: 21)])
                try city.work(events: 1, city.working(profile: profile, ["--registry", otherRegistry]))
            }
            #expect(try city.figures() == expected.figures())
        }

        @Test(arguments: targets)
        func whatWasRefusedIsTakenInAndWhatIsRefusedNowIsToldOf(_ servers: String?) throws {
            let city = try city(servers)
            let narrow = folder.write("narrow.yaml", City.profile(kinds: ["fixed"]))
            let refused = reprocess(city, profile: narrow)
            #expect(refused.code == 1)
            #expect(refused.output.contains("           1  refused\n"), "\(refused.output)")
            #expect(refused.output.contains("make none any more:\n           1  refused, field.code\n"))
            let other = try City(servers)
            try other.send(events)
            try other.work(events: events.count, other.working(profile: narrow))
            let found = reprocess(other, "--publish", "--group", City.unique("again"), "--json")
            #expect(found.code == 0)
            #expect(
                found.output.contains(
                    #""published":true,"events":8,"unchanged":5,"changed":0,"missing":1,"overtaken":0,"repeated":0,"#
                        + #""superseded":2,"unpublished":0,"records":1,"#
                        + #""decisions":[{"now":"domestic","count":1}]"#), "\(found.output)")
            #expect(try other.figures() == city.figures())
        }

        /// What out of order came last would be all that compaction leaves.
        @Test func theRecordThatCountsIsPutBehindAnOlderOne() throws {
            let city = try city(nil)
            let records = try city.read(city.attributions).filter { $0.payload?.contains("\"people\":6") == true }
            #expect(records.count == 2)
            let older = try #require(records.first { $0.payload?.contains("\"people\":60") == true })
            try city.send(
                [
                    City.Sent(
                        key: older.key, payload: older.payload, headers: [("city.read-again", "replay")])
                ], to: city.attributions, partition: older.partition)
            let figures = try city.figures()
            let done = reprocess(city, "--publish", "--group", "again")
            #expect(
                done.output.contains(
                    "           1  decided as before, with an older record behind theirs in the topic\n"))
            #expect(try city.figures() == figures)
            let last = try #require(try city.read(city.attributions).last { $0.key == older.key })
            #expect(last.payload?.contains("\"people\":61") == true)
        }

        /// The embedded cluster does not look for times.
        @Test(.enabled(if: external != nil, "TEST_KAFKA_BOOTSTRAP_SERVERS is not set"))
        func readsFromATimeOn() throws {
            let city = try City(external)
            var (old, new) = (City.clinic("c-1", "fixed", people: 1), City.clinic("c-1", "fixed", people: 2))
            old.timestamp = 1_772_636_645_000  // 2026-03-04T15:04:05Z
            new.timestamp = 1_772_636_646_000
            try city.send([old, new])
            for (from, count) in [
                ("2026-03-04", 2), ("2026-03-04T15:04:05Z", 2), ("2026-03-04T15:04:05.001Z", 1),
                ("2026-03-04T15:04:07Z", 0),
            ] {
                #expect(reprocess(city, from: from).output.hasPrefix("\(city.events): \(count) events decided anew\n"))
            }
        }

        @Test func readsFromOffsetsOn() throws {
            let city = try City()
            try city.send((1...5).map { City.clinic("c-\($0)", "fixed", people: $0) }, partition: 1)
            try city.send((1...5).map { City.clinic("d-\($0)", "fixed", people: $0) }, partition: 2)
            #expect(reprocess(city, from: "1:3").output.hasPrefix("\(city.events): 2 events decided anew\n"))
            #expect(reprocess(city, from: "1:3,2:0").output.hasPrefix("\(city.events): 7 events decided anew\n"))
            let none = reprocess(city, from: "7:0")
            #expect(none.code == 1 && none.errors.hasSuffix("no partition 7; the topic's partitions are 0 to 3\n"))
        }

        @Test func saysWhatIsWrongWithACommandLine() throws {
            let city = try City()
            for (words, message) in [
                (["--from", "yesterday"], "--from: expected beginning, a time such as"),
                ([], "--from: expected beginning, a time such as"),
                (["--from", "beginning", "--publish"], "--publish: expected --group NAME"),
                (
                    ["--from", "beginning", "--publish", "--group", "workers-\(city.events)"],
                    "--group: expected another name than that of the workers' group"
                ),
            ] {
                let ran = run(["reprocess"] + city.working(profile: profile, words))
                #expect(ran.code == 2 && ran.errors.contains(message), "\(ran.errors)")
            }
            let keyless = run(["reprocess", "--from", "beginning"] + city.options + ["--registry", otherRegistry])
            #expect(keyless.code == 78 && keyless.errors.contains("outcome.key"))
        }
    }
}
