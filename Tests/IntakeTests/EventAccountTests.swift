import JSON
import Primitives
import Testing

@testable import Intake

/// What was read of an event, and what was not.
@Suite struct EventAccountTests {
    /// The paths with their purposes, and the members by what became of them.
    private struct Told {
        var paths: [String] = []
        var uses: [String] = []
        var names: Set<String> = []
    }

    private func told(_ profile: String, _ sent: Sent) throws -> Told? {
        let intaker = try Intaker(profile)
        let memory = Memory()
        var headers = EventHeaders()
        for (name, value) in sent.headers { headers.take(name: memory.keep(name), value: memory.keep(value)) }
        let message = SourceMessage(payload: sent.payload.map { memory.keep($0) }, headers: headers)
        var event = SourceEvent()
        _ = try? intaker.reader.read(message, into: &event)
        guard let account = intaker.reader.account(of: message) else { return nil }
        func uses(_ node: DocumentNode, _ path: String) -> [String] {
            var found: [String] = []
            node.forEachChild { name, child in
                let path = path + (name.map { ".\(String(decoding: $0, as: UTF8.self))" } ?? "[]")
                let below = uses(child, path)
                found +=
                    (below.isEmpty || account.use(of: child) != .ignored ? ["\(path) \(account.use(of: child))"] : [])
                found += below
            }
            return found
        }
        return withExtendedLifetime(memory) {
            Told(
                paths: account.paths.map { "\($0.text): \($0.purposes)" }, uses: uses(account.document, "$"),
                names: account.names)
        }
    }

    private static let profile = """
        {profile: p, version: 1, system: s, envelope: auto, when: [{path: $.kind, equals: visit}],
         victimServices: [{path: $.vsp, equals: "1"}],
         outcome: {key: $.id, type: $.kind, occurredOn: [$.end, $.start], groups: $.groups.*},
         references: [{scheme: venue, id: "$.places[?@.active==true].id", mechanism: delivered-at}],
         named: [{name: $.partner}], search: [$.notes]}
        """
    private static let document = #"""
        {"id":1,"kind":"visit","start":"2026-03-04","end":null,"groups":{"a":1},"notes":"n","partner":"P",
         "other":{"x":[]},
         "places":[{"id":"p0","active":false},{"id":"p1","active":true}]}
        """#

    @Test func everyValueIsReadSearchedOrIgnored() throws {
        let told = try #require(try told(Self.profile, Sent(Self.document)))
        #expect(
            told.paths == [
                "$.id: [Intake.EventAccount.Purpose.field(Intake.OutcomeField.key)]",
                "$.kind: [Intake.EventAccount.Purpose.condition, "
                    + "Intake.EventAccount.Purpose.field(Intake.OutcomeField.type)]",
                "$.start: [Intake.EventAccount.Purpose.field(Intake.OutcomeField.occurredOn)]",
                "$.groups[*]: [Intake.EventAccount.Purpose.field(Intake.OutcomeField.groups)]",
                "$.places[?@.active == true].id: "
                    + "[Intake.EventAccount.Purpose.mention(Intake.MentionSource.Kind.reference, part: 1)]",
                "$.partner: [Intake.EventAccount.Purpose.mention(Intake.MentionSource.Kind.named, part: 0)]",
                "$.notes: [Intake.EventAccount.Purpose.search]",
                "$.places[*].active: [Intake.EventAccount.Purpose.filter]",
            ], "\(told.paths)")
        #expect(
            told.uses == [
                "$.id read", "$.kind read", "$.start read", "$.end read", "$.groups.a read", "$.notes searched",
                "$.partner read", "$.other.x ignored", "$.places[].id ignored", "$.places[].active read",
                "$.places[].id read", "$.places[].active read",
            ], "\(told.uses)")
        #expect(told.names.isSuperset(of: ["id", "places", "data", "specversion"]) && !told.names.contains("other"))
    }

    @Test func inACloudEventPathsAreThoseOfTheMessage() throws {
        let told = try #require(try told(Self.profile, Sent(event(Self.document), headers: structured)))
        #expect(
            told.paths.contains { $0.hasPrefix("$.data.kind: ") } && !told.paths.contains { $0.hasPrefix("$.kind") })
        #expect(told.paths.contains("$.type: [Intake.EventAccount.Purpose.attribute]"))
        #expect(told.uses.contains("$.data.notes searched") && told.uses.contains("$.data.other.x ignored"))
    }

    @Test func ofARowTheColumnsAreMembers() throws {
        let told = try #require(
            try told(
                """
                {profile: p, version: 1, system: s, envelope: none, body: csv-row, columns: [id, day, more],
                 outcome: {key: $.id, type: t, occurredOn: $.day}}
                """, Sent("1,2026-03-04,x")))
        #expect(told.uses == ["$.id read", "$.day read", "$.more ignored"] && told.names == ["id", "day", "more"])
    }

    @Test func ofAChangeEventTheRowIsRead() throws {
        let profile = Self.profile.replacing("envelope: auto", with: "envelope: debezium")
        let change =
            #"{"op":"u","ts_ms":1,"before":{"id":1,"kind":"call"},"after":\#(Self.document),"source":{"query":"q"}}"#
        let told = try #require(try told(profile, Sent(change)))
        #expect(told.uses.contains("$.before.kind read") && told.uses.contains("$.after.kind read"))
        #expect(told.uses.contains("$.source.query ignored") && told.uses.contains("$.op read"))
        #expect(told.paths.contains("$.before.kind: [Intake.EventAccount.Purpose.earlierCondition]"), "\(told.paths)")
    }

    @Test func thereIsNoneWhereNothingMayBeTold() throws {
        for payload in [#"{"id":1,"kind":"visit","vsp":1}"#, "{", nil] {
            let told = try told(Self.profile, Sent(payload))
            #expect(told == nil)
        }
    }

    @Test func itCanBeAskedAgain() throws {
        let intaker = try Intaker(Self.profile)
        let payload = Memory().kept(Self.document)
        var event = SourceEvent()
        for _ in 0..<3 {
            #expect(try intaker.reader.read(SourceMessage(payload: payload.bytes), into: &event) == .outcome)
            #expect(intaker.reader.account(of: SourceMessage(payload: payload.bytes))?.paths.count == 8)
        }
    }
}
