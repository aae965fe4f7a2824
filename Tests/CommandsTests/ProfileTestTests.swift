import Connections
import Testing

@testable import Commands

/// `test`: what it says of profiles and of their tests.
@Suite struct ProfileTestTests {
    private let folder: Folder

    init() throws {
        folder = try Folder()
    }

    private static let profile = """
        {profile: p, version: 1, system: s, envelope: none, when: [{path: $.kind, equals: visit}],
         outcome: {key: $.id, type: visit, occurredOn: $.day, people: $.people, groups: $.groups.*},
         references: [{scheme: grant, id: "$.grants[*]", mechanism: funded-by}]}
        """
    private static let connections = """
        registry:
          connections:
            - {id: "t:c", type: consulate, partner: C, country: MX, since: "1990", status: active, verified: true,
               source: made up, identifiers: [{scheme: grant, id: G-1}]}
        """

    private func ran(_ tests: String, _ flags: [String] = []) -> Ran {
        _ = folder.write("p.yaml", Self.profile)
        let file = folder.write("p_test.yaml", "department: health\n\(Self.connections)\ntests:\n\(tests)")
        let ran = run(["test", file] + flags)
        return Ran(code: ran.code, output: ran.output.replacing("\(folder.path)/", with: ""), errors: ran.errors)
    }

    /// The lines about one event and what is expected of it.
    private func differences(_ event: String, _ expected: String) -> [String] {
        let ran = ran("  - {name: n, \(event), expect: {\(expected)}}")
        let lines = ran.output.split(separator: "\n").map { $0.drop { $0 == " " } }
        #expect(ran.code == (lines.count == 1 ? 0 : 1))
        return lines.dropFirst().dropLast().map(String.init)
    }

    private static let visit = #"event: {kind: visit, id: 7, day: 2026-03-04, people: 2, grants: [G-0, G-1]}"#

    @Test func whatIsAsExpectedIsCounted() {
        let expected = """
            outcome: {key: 7, type: visit, occurredOn: 2026-03-04, count: 1, people: 2, usd: ~, groups: {}}, \
            references: [{id: G-0}, {id: G-1, at: "$.grants[1]"}], decision: enabled, credit: {"t:c": 7105}
            """
        #expect(differences(Self.visit, expected) == [])
        let verbose = ran("  - {name: n, \(Self.visit), expect: {decision: enabled}}", ["--verbose"])
        #expect(verbose.output == "passed  p_test.yaml:7: n\n1 tests in 1 files: 1 passed, 0 failed\n")
    }

    @Test func differencesAreTold() {
        #expect(differences(Self.visit, "decision: domestic") == ["decision: expected domestic, found enabled"])
        #expect(
            differences(Self.visit, "outcome: {people: 3, type: ~, district: D1}") == [
                "outcome.district: expected D1, found nothing", "outcome.people: expected 3, found 2",
                "outcome.type: expected nothing, found visit",
            ])
        #expect(differences(Self.visit, "skipped: snapshot") == ["skipped: expected snapshot, found nothing"])
    }

    @Test func listsAndTablesAreWhole() {
        let found = differences(Self.visit, "references: [{id: G-0}], credit: {}")
        #expect(found.first == "credit.t:c: expected nothing, found 7105")
        #expect(found.contains("references[1].id: expected nothing, found G-1"))
        #expect(!found.contains { $0.hasPrefix("references[0]") })
        let groups = "event: {kind: visit, id: 7, day: 2026-03-04, groups: {a: 1, b: 2}}"
        #expect(differences(groups, "outcome: {groups: {a: 1}}") == ["outcome.groups.b: expected nothing, found 2"])
        #expect(differences(groups, "outcome: {groups: {a: 1, b: 2}}") == [])
    }

    @Test func nullIsNoneOfAListOrATable() {
        let groups = "event: {kind: visit, id: 7, day: 2026-03-04, groups: {a: 1}, grants: [G-1]}"
        #expect(differences(groups, "outcome: {groups: ~}") == ["outcome.groups.a: expected nothing, found 1"])
        #expect(differences(groups, "credit: ~") == ["credit.t:c: expected nothing, found 7105"])
        #expect(differences(groups, "references: ~").first == "references[0].at: expected nothing, found $.grants[0]")
        let bare = "event: {kind: visit, id: 7, day: 2026-03-04}"
        #expect(differences(bare, "outcome: {groups: ~, people: ~}, references: ~, credit: ~, nearMisses: ~") == [])
    }

    @Test func whatIsRefusedSaysWhy() {
        let found = differences("event: {kind: visit, id: 7, day: never}", "decision: enabled")
        let day = "$.day: expected a day such as 2026-03-04"
        #expect(found == ["decision: expected enabled, found nothing", day])
        #expect(differences("event: {kind: visit, id: 7, day: never}", "deadLetter: field.date") == [])
        #expect(differences("payload: '{'", "deadLetter: json.malformed") == [])
        #expect(differences("tombstone: true, key: k", "decision: retracted, outcome: {key: k}") == [])
    }

    @Test func aFileIsCounted() {
        _ = folder.write(
            "e.ndjson", #"{"kind":"call"}"# + "\n" + #"{"kind":"visit","id":1,"day":"2026-03-04"}"# + "\n{")
        let counts = "received: 3, outcomes: 1, decisions: {domestic: 1}, skipped: {not-an-outcome: 1}"
        #expect(differences("file: e.ndjson", "\(counts), deadLetters: {json.malformed: 1}") == [])
        #expect(
            differences("file: e.ndjson", "\(counts), deadLetters: {}") == [
                "deadLetters.json.malformed: expected nothing, found 1"
            ])
        #expect(differences("file: none", "received: 1").first?.contains("cannot be opened") == true)
    }

    @Test(arguments: [
        ("{name: n, expect: {}}", "tests[0]: expected one of event, payload, tombstone, file"),
        ("{name: n, event: {}, payload: x, expect: {}}", "tests[0]: expected one of event, payload, tombstone, file"),
        ("{event: {}, expect: {}}", "tests[0].name: the key is missing"),
        ("{name: n, event: {}}", "tests[0].expect: the key is missing"),
        (
            "{name: n, event: {}, expect: {outcome: {persons: 1}}}",
            "tests[0].expect.outcome.persons: the key is not known"
        ),
        ("{name: n, event: {}, expect: {decision: enable}}", "tests[0].expect.decision: expected one of"),
        ("{name: n, event: {}, expect: {}}", "tests[0].expect: expected something that comes of it"),
        ("{name: n, event: {}, expect: {received: 1}}", "tests[0].expect.received: the key is not known"),
        ("{name: n, file: f, expect: {decision: enabled}}", "tests[0].expect.decision: the key is not known; did you"),
        ("{name: n, file: f, key: k, expect: {received: 1}}", "tests[0]: expected no key and no headers beside file"),
        ("{name: n, tombstone: false, expect: {decision: retracted}}", "tests[0].tombstone: expected one of true"),
    ]) func aWrongTestIsTold(_ test: String, _ message: String) {
        let ran = ran("  - \(test)")
        #expect(ran.code == 1)
        #expect(ran.output.hasPrefix("p_test.yaml:7: \(message)"), "\(ran.output)")
        #expect(ran.output.hasSuffix("0 tests in 0 files: 0 passed, 0 failed; 1 file is wrong\n"))
    }

    @Test func aWrongProfileIsTold() {
        let file = folder.write("q_test.yaml", "department: d\ntests: []\n")
        #expect(run(["test", file]).output.contains("q.yaml cannot be read; expected the profile of these tests"))
        _ = folder.write("q.yaml", "profile: q\nversion: 1\nsystem: s\nenvelope: none\noutcome: {type: t}\n")
        #expect(run(["test", file]).output.contains("q.yaml:5: outcome.occurredOn: the key is missing"))
        #expect(run(["test", "\(folder.path)/q.yaml"]).output.contains("q.yaml:5"))
    }

    @Test func whereThereIsNoTestItFails() {
        let ran = run(["test", folder.path])
        #expect(ran.code == 1)
        #expect(ran.errors.contains("expected *_test.yaml, or a folder with one"))
    }

    /// The profiles that are shipped, by the tests that stand beside them.
    @Test func theShippedOnesPass() {
        let ran = run(["test", path("schemas/profiles")])
        #expect(ran.code == 0, "\(ran.output)")
    }
}
