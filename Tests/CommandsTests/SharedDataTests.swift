import Testing

@testable import Commands

#if canImport(Glibc)
    import Glibc
#endif

/// Real samples of departments' formats, each event accounted for. They are not part of this repository, and skipped
/// where they are missing.
@Suite struct SharedDataTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        let file: String
        let profile: String
        let counts: [String]
        let words: [String]

        var testDescription: String { file }
        var place: String { path("../shared/data/\(file)") }
    }

    static let samples = [
        Sample(
            file: "open311/requests-real.json", profile: "open311-request",
            counts: ["received 2", "outcomes 2", "dead letters 0"],
            words: ["81ST", "CHICAGO", "Lautatarhankatu", "Kiitos", "41.74", "60.18"]),
        Sample(
            file: "mds/report-2019-09.csv", profile: "mds-report",
            counts: ["received 12", "outcomes 6", "not-an-outcome 6", "dead letters 0"], words: []),
        Sample(
            file: "debezium/mysql-update-envelope.json", profile: "debezium-case-outcomes",
            counts: ["received 1", "not-an-outcome 1", "dead letters 0"],
            words: ["Kretchmar", "annek@", "INSERT INTO", "Anne"]),
        Sample(
            file: "gtfs-rt/alerts.json", profile: "gtfs-realtime-alert",
            counts: ["received 1", "not-an-outcome 1", "dead letters 0"], words: ["Elm", "Oak"]),
        Sample(
            file: "fhir/Encounter.ndjson", profile: "fhir-r4-encounter",
            counts: ["received 1215", "outcomes 1215", "dead letters 0"],
            words: ["Upton904", "Marine542", "Mrs.", "Dr."]),
    ]

    @Test(arguments: samples.filter { access($0.place, F_OK) == 0 }) func isAccountedFor(_ sample: Sample) throws {
        let ran = run([
            "run", "--department", "health", "--registry", fixture("registry.yaml"), "--profile", sample.profile,
            sample.place,
        ])
        let lines = ran.errors.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        for count in sample.counts { #expect(lines.contains(count), "\(count): \(ran.errors)") }
        for word in sample.words { #expect(!(ran.output + ran.errors).contains(word)) }
        #expect(ran.code == 0)
    }

    /// The agency's alert as one of added service, with its period and without, in both ways of writing names.
    @Test(arguments: [false, true]) func alertsWithoutAPeriodAreSkipped(_ snakeCase: Bool) throws {
        let place = path("../shared/data/gtfs-rt/alerts.json")
        guard access(place, F_OK) == 0 else { return print("skipped: \(place) is not there") }
        let folder = try Folder()
        var feed = try text(of: place).replacing("\"DETOUR\"", with: "\"ADDITIONAL_SERVICE\"") as String
        for name in ["activePeriod", "informedEntity", "routeId", "stopId", "headerText"] where snakeCase {
            let snake = name.flatMap { $0.isUppercase ? "_\($0.lowercased())" : "\($0)" }
            feed = feed.replacing("\"\(name)\"", with: "\"\(String(snake))\"")
        }
        func ran(_ feed: String) -> Ran {
            run([
                "run", "--department", "transport", "--registry", fixture("registry.yaml"), "--profile",
                "gtfs-realtime-alert", folder.write("feed.json", feed),
            ])
        }
        let dated = ran(feed)
        #expect(dated.code == 0 && dated.output.contains("\"occurredOn\":\"2010-09-14\""), "\(dated)")
        let key = snakeCase ? "active_period" : "activePeriod"
        let undated = ran(feed.replacing("\"\(key)\"", with: "\"other_period\""))
        #expect(undated.code == 0 && undated.output.isEmpty)
        let counts = undated.errors.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        #expect(counts.contains("without-day 1") && counts.contains("dead letters 0"), "\(undated.errors)")
    }

    /// The specification's own example is not JSON: it has a number with zeros before it.
    @Test func theInvalidExampleIsADeadLetter() throws {
        let place = path("../shared/data/open311/spec-example-INVALID.json.txt")
        guard access(place, F_OK) == 0 else { return }
        let ran = run([
            "run", "--department", "health", "--registry", fixture("registry.yaml"), "--profile", "open311-request",
            "--format", "json", place,
        ])
        #expect(ran.code == 1 && ran.output.isEmpty)
        #expect(ran.errors.split(separator: " ").joined(separator: " ").contains("json.malformed 1"))
    }
}
