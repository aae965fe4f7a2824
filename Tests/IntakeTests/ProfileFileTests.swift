import Connections
import FoundationEssentials
import JSON
import Primitives
import Testing
import YAML

@testable import Intake

/// Profiles: what is read, and what each kind of mistake is told.
@Suite struct ProfileFileTests {
    private static let right = """
        profile: clinic
        version: 1
        description: A profile for tests.
        system: ehr
        envelope: none
        when:
          - path: $.kind
            equals: visit
          - path: $.state
            in: [done, closed]
          - path: $.place
            exists: true
        outcome:
          key: $.id
          type: {path: $.code, map: {A: first, B: second}, otherwise: other}
          occurredOn: [$.end, $.start]
          count: 1
          people: {path: $.people, default: 1}
          direction: inbound
          groups: $.groups.*
        references:
          - scheme: venue
            id: $.places[*].id
            mechanism: delivered-at
        """

    private func findings(_ text: String) -> [Finding] {
        ProfileFile.read(Array(text.utf8), file: "profile.yaml").findings
    }

    @Test func aProfile() throws {
        let reading = ProfileFile.read(Array(Self.right.utf8), file: "profile.yaml")
        let profile = try #require(reading.profile, "\(reading.findings)")
        #expect(reading.findings == [])
        #expect(profile.name == "clinic")
        #expect(profile.system == "ehr")
        #expect(profile.envelope == .none)
        #expect(profile.digest.count == 64)
        #expect(
            profile.conditions.map(\.description) == [
                "$.kind is visit", "$.state is done or closed", "$.place is there",
            ])
        #expect(profile.fields[.occurredOn]?.paths.map(\.description) == ["$.end", "$.start"])
        #expect(profile.fields[.count]?.constant == Array("1".utf8))
        #expect(profile.fields[.people]?.constant == Array("1".utf8))
        #expect(profile.fields[.district] == nil)
        #expect(profile.references.count == 1)
    }

    @Test func itIsRead() throws {
        let intaker = try Intaker(Self.right)
        let taken = try intaker.taken(
            Sent(
                #"{"kind":"visit","state":"closed","place":{},"id":"v1","code":"B","start":"2026-03-04","#
                    + #""end":"2026-03-05","places":[{"id":"p0"}],"groups":{"a":2}}"#))
        #expect(taken.type == "second")
        #expect(taken.occurredOn == "2026-03-05")
        #expect(taken.people == 1)
        #expect(taken.groups == ["a 2"])
        #expect(taken.references == ["venue p0 delivered-at $.places[0].id"])
        for (right, wrong) in [("visit", "call"), ("closed", "open"), ("place\"", "plate\"")] {
            let text = #"{"kind":"visit","state":"closed","place":1,"id":"v1","code":"B","start":"2026-03-04"}"#
            #expect(try intaker.taken(Sent(text)).disposition == .outcome)
            #expect(try intaker.taken(Sent(text.replacing(right, with: wrong))).disposition == .skipped(.notAnOutcome))
        }
    }

    @Test func theBuiltInOnesHaveNoFindings() throws {
        #expect(BuiltInProfiles.names.count >= 2)
        for name in BuiltInProfiles.names {
            let bytes = try #require(BuiltInProfiles.bytes(named: name))
            let reading = ProfileFile.read(bytes, file: name)
            #expect(reading.findings == [])
            #expect(reading.profile?.name == name)
        }
        #expect(BuiltInProfiles.bytes(named: "none") == nil)
    }

    /// A mistake: a text in the place of another, and the key and the beginning of the message that it is told.
    struct Mistake: Sendable {
        let right: String
        let wrong: String
        let key: String
        let message: String

        init(_ right: String, _ wrong: String, _ key: String, _ message: String) {
            self.right = right
            self.wrong = wrong
            self.key = key
            self.message = message
        }
    }

    @Test(
        arguments: [
            Mistake("system:", "sistem:", "sistem", "the key is not known; did you mean system?"),
            Mistake(
                "  occurredOn:", "  occuredOn:", "outcome.occuredOn", "the key is not known; did you mean occurredOn?"),
            Mistake("equals: visit", "equal: visit", "when[0].equal", "the key is not known; did you mean equals?"),
            Mistake("otherwise: other", "other: other", "outcome.type.other", "the key is not known"),
            Mistake(
                "    mechanism:", "    mechanisms:", "references[0].mechanisms", "the key is not known; did you mean"),
            Mistake("version: 1", "version: 2", "version", "expected a whole number from 1 to 1"),
            Mistake(
                "envelope: none", "envelope: auto-detect", "envelope",
                "expected one of none, cloudevents, debezium, auto"),
            Mistake(
                "envelope: none", "envelope: cloudevent", "envelope",
                "expected one of none, cloudevents, debezium, auto; did you"
            ),
            Mistake("key: $.id", "key: $.id[", "outcome.key", "path, character 6: expected "),
            Mistake(
                "key: $.id", "key: $id", "outcome.key", "path, character 2: expected '.', '[' or the end of the path"),
            Mistake("$.groups.*", "$..groups", "outcome.groups", "expected a path that ends in .*"),
            Mistake("$.groups.*", "$.groups[?@.n", "outcome.groups", "path, character "),
            Mistake("path: $.kind", "path: kind", "when[0].path", "expected a path such as $.outcome.type"),
            Mistake("equals: visit", "note: x", "when[0].note", "the key is not known"),
            Mistake("exists: true", "exists: maybe", "when[2].exists", "expected true or false"),
            Mistake("key: $.id", "key: {join: []}", "outcome.key.join", "expected 1 to 8 paths"),
            Mistake("key: $.id", "key: {join: ['$.a[*]']}", "outcome.key.join[0]", "expected a path that finds one"),
            Mistake("key: $.id", "key: {join: [$.a], path: $.b}", "outcome.key.path", "expected nothing beside join"),
            Mistake("count: 1", "count: {join: [$.a]}", "outcome.count.join", "expected path: only outcome.key"),
            Mistake("count: 1", "count: {absent: [-1]}", "outcome.count.path", "the key is missing; expected a path"),
            Mistake("count: 1", "count: {path: $.n, as: iso}", "outcome.count.as", "expected one of plain, thousands"),
            Mistake("count: 1", "count: {path: $.n, as: digits}", "outcome.count.as", "expected one of iso, compact"),
            Mistake("count: 1", "time: {path: $.n, as: german}", "outcome.time.as", "expected one of iso, us, epoch-"),
            Mistake("count: 1", "district: {path: $.n, as: us}", "outcome.district.as", "expected no form here"),
            Mistake(
                "groups: $.groups.*", "groupCounts: {a b: $.x}", "outcome.groupCounts", "expected a code as the name"),
            Mistake("groups: $.groups.*", "groupCounts: {ab: 3}", "outcome.groupCounts.ab", "expected a path: a const"),
            Mistake("in: [done, closed]", "in: done", "when[1].in", "expected a list"),
            Mistake("[$.end, $.start]", "[$.end, start]", "outcome.occurredOn[1]", "expected a path such as"),
            Mistake(
                "id: $.places[*].id", "id: place-7", "references[0].id", "expected a path: a constant would be found"),
            Mistake("id: $.places[*].id", "id: $.places[*.id", "references[0].id", "path, character 11: expected "),
            Mistake(
                "mechanism: delivered-at", "mechanism: delivered-by", "references[0].mechanism",
                "the key is not known; did you mean delivered-at?"),
            Mistake(
                "map: {A: first, B: second}, otherwise: other", "otherwise: other", "outcome.type.otherwise",
                "expected a map beside it"),
            Mistake(
                "id: $.places[*].id", "id: $.places[*].rooms[*].id", "references[0].id",
                "expected a path with one wildcard or filter at most"),
            Mistake(
                "mechanism: delivered-at", "mechanism: $.how[*]", "references[0].mechanism",
                "expected a path under $.places[*], as that of the identifier"),
            Mistake(
                "scheme: venue", "scheme: $.scheme", "references[0].scheme",
                "expected a path under $.places[*], as that of the identifier"),
            // Constants that no event could make right.
            Mistake(
                "key: $.id", "key: id", "outcome.key", "expected a path: a constant would be the id of every record"),
            Mistake(
                "key: $.id", "key: {path: $.id, default: none}", "outcome.key",
                "expected a path: a constant would be the id of every record"),
            Mistake("count: 1", "count: one", "outcome.count", "expected a whole number"),
            Mistake("count: 1", "count: 0", "outcome.count", "expected a whole number"),
            Mistake("default: 1", "default: -1", "outcome.people", "expected a whole number"),
            Mistake("direction: inbound", "direction: in", "outcome.direction", "expected inbound or outbound"),
            Mistake("otherwise: other", "otherwise: any other", "outcome.type", "expected a code"),
            Mistake("A: first", "A: the first", "outcome.type", "expected a code"),
            Mistake("[$.end, $.start]", "2026-02-30", "outcome.occurredOn", "expected a day"),
            Mistake("$.groups.*", "$.groups", "outcome.groups", "expected a path that ends in .*"),
            Mistake("[$.end, $.start]", "[]", "outcome.occurredOn", "expected at least one path"),
            Mistake(
                "id: $.places[*].id", "id: {path: '$.places[*].id', default: x}", "references[0].id",
                "expected a path: a constant would be found"),
            Mistake(
                "mechanism: delivered-at", "mechanism: {path: '$.places[*].m', map: {g: gift}}",
                "references[0].mechanism",
                "the key is not known"),
            Mistake("groups: $.groups.*", "groups: youth", "outcome.groups", "expected a path"),
            Mistake("groups: $.groups.*", "retracted: yes", "outcome.retracted", "expected true or false"),
            Mistake("groups: $.groups.*", "usd: much", "outcome.usd", "expected a whole number"),
            Mistake("groups: $.groups.*", "time: noon", "outcome.time", "expected a date and time"),
            Mistake("groups: $.groups.*", "revision: first", "outcome.revision", "expected a whole number"),
            Mistake("groups: $.groups.*", "district: no code", "outcome.district", "expected a code"),
        ])
    func aMistakeIsToldWithItsLine(mistake: Mistake) throws {
        try #require(Self.right.contains(mistake.right))
        let text = Self.right.replacing(mistake.right, with: mistake.wrong)
        let reading = ProfileFile.read(Array(text.utf8), file: "profile.yaml")
        #expect(reading.profile == nil)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let place = lines.firstIndex { $0.contains(mistake.wrong) }.map { $0 + 1 }
        let found = reading.findings.first { $0.key == mistake.key || $0.key.hasPrefix("\(mistake.key).") }
        #expect(found?.message.hasPrefix(mistake.message) == true, "\(reading.findings)")
        #expect(found?.line == place, "\(reading.findings)")
    }

    @Test(arguments: ["profile", "version", "system", "envelope", "outcome"])
    func aMissingKey(key: String) {
        let text = Self.right.split(separator: "\n", omittingEmptySubsequences: false)
        // Lines of the key and those below it.
        var isInside = false
        let kept = text.filter { line in
            if line.hasPrefix("\(key):") { isInside = true } else if !line.hasPrefix(" ") { isInside = false }
            return !isInside
        }
        let found = findings(kept.joined(separator: "\n")).first { $0.key == key }
        #expect(found?.message.hasPrefix("the key is missing; expected ") == true)
        #expect(found?.line == 1)
    }

    @Test(arguments: ["type", "occurredOn"]) func aMissingField(name: String) {
        let lines = Self.right.split(separator: "\n").filter { !$0.hasPrefix("  \(name):") }
        let found = findings(lines.joined(separator: "\n")).first { $0.key == "outcome.\(name)" }
        #expect(found?.message.hasPrefix("the key is missing; expected ") == true)
        #expect(found?.line == 14)
    }

    @Test func withoutAnEnvelopeTheKeyMustBeThere() {
        let text = Self.right.replacing("  key: $.id\n", with: "")
        let found = findings(text)
        #expect(found.map(\.key) == ["outcome.key"])
        #expect(found.first?.line == 14)
        #expect(found.first?.message.hasPrefix("the key is missing; expected the path") == true)
        for envelope in ["auto", "cloudevents"] {
            #expect(findings(text.replacing("envelope: none", with: "envelope: \(envelope)")) == [])
        }
    }

    @Test(.enabled(if: !TimeZoneRules.names().isEmpty, "the package tzdata is not installed"))
    func aTimeZoneThatIsNone() {
        let text = Self.right.replacing("envelope: none", with: "envelope: none\ntimezone: America/Chikago")
        let found = findings(text).map(\.description)
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("profile.yaml:6: timezone: time zone America/Chikago: expected") == true)
        #expect(found.first?.hasSuffix("did you mean America/Chicago?") == true)
    }

    @Test func aConditionNeedsATest() {
        let text = Self.right.replacing("\n    exists: true", with: "")
        let expected = "expected one of equals, in, not, notIn, exists"
        #expect(findings(text).map(\.description) == ["profile.yaml:11: when[2]: \(expected)"])
        let both = Self.right.replacing("equals: visit", with: "equals: visit\n    not: call")
        #expect(findings(both).map(\.description) == ["profile.yaml:7: when[0]: \(expected)"])
    }

    @Test func refusesMoreConditionsThanItCanHold() {
        let condition = "  - {path: $.kind, exists: true}\n"
        func found(_ count: Int) -> [String] {
            findings(
                "profile: p\nversion: 1\nsystem: s\nenvelope: auto\nwhen:\n"
                    + String(repeating: condition, count: count) + "outcome: {type: $.kind, occurredOn: $.day}\n"
            ).map(\.description)
        }
        #expect(found(64) == [])
        #expect(found(65) == ["profile.yaml:6: when: expected at most 64 conditions"])
    }

    @Test func everythingIsFoundAtOnce() {
        let text = Self.right.replacing("key: $.id", with: "key: $.id[").replacing("version: 1", with: "version: x")
            .replacing("delivered-at", with: "built-by")
        #expect(Set(findings(text).map(\.key)).isSuperset(of: ["version", "outcome.key", "references[0].mechanism"]))
    }

    @Test func whatIsNoProfile() {
        for text in ["", "[]", "7", "a: [", "profile: {}", "outcome: []", "references: {a: 1}", "outcome: {type: []}"] {
            #expect(ProfileFile.read(Array(text.utf8), file: "p").profile == nil, "\(text)")
            #expect(!findings(text).isEmpty, "\(text)")
        }
    }
}

/// The examples beside the JSON Schema of profiles: the program's check takes and refuses the same files.
@Suite struct ProfileExampleTests {
    static func files(_ folder: String) -> [String] {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        let path = "\(root)/schemas/examples/profile/\(folder)"
        return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted().map { "\(path)/\($0)" }
    }

    private func findings(_ path: String) throws -> [Finding] {
        let bytes = try #require(FileManager.default.contents(atPath: path))
        return ProfileFile.read(Array(bytes), file: path).findings
    }

    @Test(arguments: files("valid")) func takes(_ path: String) throws {
        #expect(try findings(path) == [])
    }

    @Test(arguments: files("invalid")) func refuses(_ path: String) throws {
        #expect(try findings(path).contains { $0.severity == .error && $0.line > 0 && !$0.key.isEmpty })
    }
}

/// The schema of profiles and the table of their keys describe one format.
@Suite struct ProfileSchemaTests {
    private let schema: YAMLNode

    init() throws {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        let file = "\(root)/schemas/profile.schema.json"
        schema = try YAMLDocument.parse([UInt8](try #require(FileManager.default.contents(atPath: file))), file: file)
    }

    private func agrees(_ node: YAMLNode?, _ fields: [FieldSpec]) {
        #expect(node?["properties"]?.members.compactMap(\.key.scalar).sorted() == fields.map(\.name).sorted())
        let required = node?["required"]?.items.compactMap(\.scalar) ?? []
        #expect(required.sorted() == fields.filter(\.isRequired).map(\.name).sorted())
    }

    private func members(_ kind: FieldSpec.Kind?) -> [FieldSpec] {
        switch kind {
        case .mapping(let fields), .list(.mapping(let fields)): fields
        case .either(let kinds): kinds.lazy.map { members($0) }.first { !$0.isEmpty } ?? []
        default: []
        }
    }

    @Test func namesTheKeysOfTheTable() throws {
        func keys(of name: String, in fields: [FieldSpec] = ProfileFile.fields) -> [FieldSpec] {
            members(fields.first { $0.name == name }?.kind)
        }
        agrees(schema, ProfileFile.fields)
        for name in ["files", "outcome"] { agrees(schema["properties"]?[name], keys(of: name)) }
        for (definition, name) in [("condition", "when"), ("reference", "references"), ("named", "named")] {
            agrees(schema["$defs"]?[definition], keys(of: name))
        }
        agrees(schema["$defs"]?["mappedSource"], keys(of: "type", in: keys(of: "outcome")))
    }
}
