import Attribution
import Connections
import Intake
import JSON
import Testing
import YAML

@testable import Commands

/// What `profile new` proposes for a sample.
struct Proposed {
    let text: String
    let errors: String
    let profile: Profile

    /// - Parameter path: the file of the sample.
    init(_ path: String, _ options: [String] = []) throws {
        let ran = run(["profile", "new", "--from", path] + options)
        (text, errors) = (ran.output, ran.errors)
        try #require(ran.code == 0, "\(ran.errors)")
        let reading = ProfileFile.read(Array(ran.output.utf8), file: "skeleton.yaml")
        #expect(reading.findings.isEmpty, "\(reading.findings)")
        profile = try #require(reading.profile)
    }

    /// - Parameter sample: the content of the file.
    init(sample: String, _ options: [String] = []) throws {
        let folder = try Folder()
        try self.init(folder.write("sample.ndjson", sample), options)
    }

    /// The paths of a field of the outcome.
    func paths(_ field: OutcomeField) -> [String]? { profile.fields[field]?.paths.map(\.description) }

    /// Scheme and id of each reference.
    var references: [String] {
        profile.references.map { reference in
            let parts = reference.parts.prefix(2).map { part in
                part?.constant.map { String(decoding: $0, as: UTF8.self) } ?? part?.paths.first?.description ?? "-"
            }
            return parts.joined(separator: " ")
        }
    }

    /// The lines of the table of paths that no profile may read.
    var denied: Substring { text.split(separator: "# Never to be mapped").dropFirst().first ?? "" }
}

@Suite struct ProfileNewTests {
    @Test func proposesForRowsOfTexts() throws {
        let proposed = try Proposed(
            sample: """
                {"Visit ID":"V-1","Kind":"clinic","Status":"held","First day":"3/14/2026","Attendance":"1,240",\
                "Cost":"$12,500.00","Ward":"D7","Grant no.":"G-1","Notes":"met Ana Gomez","Last update":"x"}
                {"Visit ID":"V-2","Kind":"class","Status":"cancelled","First day":"3/15/2026","Attendance":"-1",\
                "Cost":"n/a","Ward":"D2","Grant no.":"","Notes":"","Last update":"y"}
                """)
        #expect(proposed.profile.envelope == .none && proposed.errors.isEmpty)
        #expect(proposed.paths(.key) == ["$['Visit ID']"] && proposed.paths(.type) == ["$.Kind"])
        #expect(proposed.paths(.occurredOn) == ["$['First day']"] && proposed.text.contains("    as: us\n"))
        #expect(proposed.paths(.people) == ["$.Attendance"] && proposed.text.contains("    as: thousands\n"))
        #expect(proposed.profile.fields[.people]?.absent.map { String(decoding: $0, as: UTF8.self) } == ["-1"])
        #expect(proposed.paths(.usd) == ["$.Cost"] && proposed.text.contains(#"absent: ["n/a"]"#))
        #expect(proposed.paths(.district) == ["$.Ward"] && proposed.paths(.retracted) == ["$.Status"])
        #expect(proposed.references == ["grant $['Grant no.']"])
        #expect(proposed.text.contains("# State what the connection did, or leave it out:\n    # mechanism: funded-by"))
        #expect(proposed.text.contains("#   - path: $.Status\n#     in: [cancelled, held]\n"))
        #expect(proposed.denied.contains("$.Notes  free-text; in all 2 events; text; some empty"))
        for word in ["Gomez", "V-1", "1,240", "12,500", "G-1", "3/14"] { #expect(!proposed.text.contains(word)) }
    }

    @Test func proposesForEncounters() throws {
        let events = (0..<30).map { number in
            """
            {"resourceType":"Encounter","id":"e-\(number)","status":"\(number == 0 ? "entered-in-error" : "finished")",
            "class":{"code":"\(number % 3 == 0 ? "EMER" : "AMB")"},
            "subject":{"reference":"Patient/ana","display":"Ana"},
            "participant":[{"individual":{"reference":"Practitioner/bo","display":"Bo"}}],
            "period":{"start":"2026-03-04T09:00:00-06:00","end":"2026-03-04T09:30:00-06:00"},
            "location":[{"location":{"reference":"Location/window"}}],
            "serviceProvider":{"reference":"Organization/o-1"},
            "meta":{"lastUpdated":"2026-03-05T08:00:00Z"}}
            """
        }
        let proposed = try Proposed(sample: "[\(events.joined(separator: ","))]", ["--name", "ehr"])
        #expect(proposed.profile.name == "ehr")
        #expect(proposed.paths(.key) == ["$.id"] && proposed.paths(.type) == ["$.class.code"])
        #expect(proposed.text.contains("      AMB: AMB  # 20 times\n      EMER: EMER  # 10 times\n"))
        #expect(proposed.paths(.occurredOn) == ["$.period.end"] && proposed.paths(.time) == ["$.meta.lastUpdated"])
        #expect(proposed.text.contains(#"map: { "entered-in-error": "true" }"#))
        #expect(
            proposed.references == ["venue $.location[*].location.reference", "partner $.serviceProvider.reference"])
        #expect(proposed.denied.contains("$.subject.display") && proposed.denied.contains("$.participant[*]"))
        for word in ["Ana", "ana", "Bo\"", "/bo", "e-1", "window", "o-1"] { #expect(!proposed.text.contains(word)) }
    }

    @Test func proposesForServiceRequests() throws {
        let proposed = try Proposed(
            sample: """
                {"service_request_id":"14-1","status":"closed","service_code":"PH","description":"call Ana",
                "requested_datetime":"2014-05-09T19:02:21-05:00","updated_datetime":"2015-10-10T10:15:40-05:00",
                "address":"1 Elm St","lat":41.7,"attributes":{"ward":"21"}}
                """)
        #expect(proposed.paths(.key) == ["$.service_request_id"] && proposed.paths(.type) == ["$.service_code"])
        #expect(proposed.paths(.occurredOn) == ["$.requested_datetime"])
        #expect(proposed.paths(.time) == ["$.updated_datetime"] && proposed.paths(.district) == ["$.attributes.ward"])
        #expect(proposed.denied.contains("$.address      address;") && proposed.denied.contains("$.lat "))
        for word in ["Ana", "Elm", "41.7", "14-1"] { #expect(!proposed.text.contains(word)) }
    }

    @Test(arguments: [false, true]) func readsRowsOfChangeEvents(_ isWrapped: Bool) throws {
        let changes = [
            #"{"op":"c","before":null,"after":{"case_id":7,"email":"ana@example.org","closed_on":20516,"size":3}}"#,
            #"{"op":"d","before":{"case_id":7,"email":"ana@example.org","closed_on":20516,"size":3},"after":null}"#,
            #"{"op":"t","source":{"query":"DELETE ana"}}"#,
        ]
        let events = isWrapped ? changes.map { #"{"schema":{"type":"struct"},"payload":\#($0)}"# } : changes
        let proposed = try Proposed(sample: events.joined(separator: "\n"))
        #expect(proposed.profile.envelope == .debezium)
        #expect(proposed.paths(.key) == ["$.case_id"] && proposed.paths(.occurredOn) == ["$.closed_on"])
        #expect(proposed.text.contains("as: epoch-days") && proposed.denied.contains("$.email  contact"))
        #expect(!proposed.text.contains("ana") && !proposed.text.contains("query"))
    }

    @Test func readsDataOfCloudEvents() throws {
        let event = """
            {"specversion":"1.0","id":"e-1","source":"/s","type":"t","subject":"case-17","data":{"outcome":
            {"type":"shelter-placement","occurredOn":"2026-03-04","people":4},"district":"D7","groups":
            {"youth":2,"a":1},
            "references":[{"scheme":"grant","id":"P-1","mechanism":"funded-by"}],"revision":3,"retracted":false,
            "updatedAt":"2026-03-04 10:00:00"}}
            """.replacing("\n", with: "")
        let proposed = try Proposed(sample: event)
        #expect(proposed.profile.envelope == .cloudevents && proposed.paths(.key) == nil)
        #expect(proposed.paths(.type) == ["$.outcome.type"] && proposed.paths(.occurredOn) == ["$.outcome.occurredOn"])
        #expect(proposed.paths(.people) == ["$.outcome.people"] && proposed.paths(.groups) == ["$.groups.*"])
        #expect(proposed.paths(.revision) == ["$.revision"] && proposed.paths(.retracted) == ["$.retracted"])
        #expect(proposed.paths(.time) == nil && proposed.text.contains("#   path: $.updatedAt"))
        #expect(proposed.references == ["$.references[*].scheme $.references[*].id"])
        let mixed = try Proposed(sample: event + "\n" + #"{"outcome":{"type":"visit"}}"#)
        #expect(mixed.profile.envelope == .auto)
        let bare = try Proposed(sample: event, ["--envelope", "none"])
        #expect(bare.profile.envelope == .none && bare.paths(.type) == ["$.data.outcome.type"])
    }

    @Test func standsForWhatItDoesNotFind() throws {
        let proposed = try Proposed(sample: #"{"a":1.5,"list":[{"x":1},{"x":2}]}"#)
        #expect(proposed.paths(.key) == ["$.id"] && proposed.paths(.type) == [])
        #expect(proposed.text.count(of: "CHANGE THIS") == 5)
        #expect(proposed.text.contains("# The document holds a list, $.list[*]."))
        #expect(try Proposed(sample: "{}").profile.references.isEmpty)
    }

    @Test func asksWhichOfDayAndMonthIsFirst() throws {
        let both = try Proposed(sample: #"{"id":"a","day":"3/4/2026"}"#)
        #expect(both.text.contains("CHANGE THIS where the day comes before the month"))
        #expect(try Proposed(sample: #"{"id":"a","day":"13/4/2026"}"#).text.contains("as: european\n"))
    }

    @Test func readsOneDocumentOverLinesAsOne() throws {
        let line = try Proposed(sample: #"[{"id":"a"},{"id":"b"}]"#)
        let lines = try Proposed(sample: "[\n  {\"id\":\"a\"},\n  {\"id\":\"b\"}\n]\n")
        let each = try Proposed(sample: "{\"id\":\"a\"}\n\n{\"id\":\"b\"}")
        #expect(line.text == lines.text && line.text == each.text)
    }
}

/// docs/profiles.md says what the code does.
@Suite struct ProfileNewPageTests {
    /// What stands between the first line that is this text, behind a heading, and the end of its block.
    private func block(_ opening: String, in page: Substring) throws -> String {
        let behind = try #require(page.split(separator: "\n```\(opening)\n", maxSplits: 1).dropFirst().first)
        return try #require(behind.split(separator: "\n```\n", maxSplits: 1).first) + "\n"
    }

    @Test func theExampleIsWhatItSays() throws {
        let page = try text(of: path("docs/profiles.md"))
        let section = try #require(page.split(separator: "\n## A first draft\n").dropFirst().first)
        let proposed = try Proposed(sample: try block("json", in: section), ["--name", "shelter-moves"])
        #expect(proposed.text == (try block("yaml", in: section)))
        for option in try #require(CommandTable.named("profile")).options {
            #expect(section.contains("--\(option.name)"), "\(option.name)")
        }
        #expect(section.contains("first 10,000 of them") && ProfileSample.eventsMax == 10_000)
        #expect(section.contains("no more than 12\n") && ValueFacts.codesMax == 12)
    }
}

extension String {
    /// How often a text stands in this one.
    fileprivate func count(of text: String) -> Int {
        split(separator: text, omittingEmptySubsequences: false).count - 1
    }
}
