import Connections
import Testing
import YAML

@testable import Intake

/// The deny list as the profile's check and the reader use it.
@Suite struct PrivacyGateTests {
    private func findings(_ more: String, outcome: String = "") -> [String] {
        let text = """
            profile: p
            version: 1
            system: s
            envelope: none
            outcome:
              key: $.id
              type: t
              occurredOn: $.day
              \(outcome)
            \(more)
            """
        return ProfileFile.read(Array(text.utf8), file: "p.yaml").findings.map(\.description)
    }

    @Test(arguments: [
        ("district: $.client.nationality", "outcome.district", "nationality"),
        ("district: [$.area, $.ZipCode]", "outcome.district", "address"),
        ("people: {path: $.ssn, map: {a: '1'}, otherwise: '2'}", "outcome.people", "government-id"),
        ("groups: $.languages.*", "outcome.groups", "language"),
        ("groupCounts: {women: $.clients.gender}", "outcome.groupCounts.women", "gender-identity"),
        ("revision: $['Date of Birth']", "outcome.revision", "birth-date"),
        ("district: \"$.places[?@.email == 'x'].area\"", "outcome.district", "contact"),
        ("retracted: $.immigration_status", "outcome.retracted", "immigration-status"),
    ]) func noOutputIsMadeOfIt(_ outcome: String, _ key: String, _ category: String) {
        let found = findings("", outcome: outcome)
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.hasPrefix("p.yaml:9: \(key): ") == true, "\(found)")
        #expect(found.first?.contains("is on the deny list (\(category))") == true, "\(found)")
    }

    @Test func noKeyConditionOrReferenceIsMadeOfIt() {
        for more in [
            "when: [{path: $.client.citizenship, equals: MX}]",
            "references: [{scheme: person, id: $.client.ssn}]",
            "references: [{scheme: venue, id: '$.places[*].id', mechanism: '$.places[*].diagnosis'}]",
            "named: [{name: $.client.name}]", "named: [{name: $.partner.name, country: $.client.country_of_birth}]",
            "search: [$.client.firstName]",
        ] {
            #expect(findings(more).contains { $0.contains("on the deny list") }, "\(more)")
        }
        let joined = findings("").count
        #expect(joined == 0)
        let key = ProfileFile.read(
            Array(
                """
                {profile: p, version: 1, system: s, envelope: none,
                 outcome: {key: {join: [$.office, $.a_number]}, type: t, occurredOn: $.day}}
                """.utf8), file: "p.yaml")
        #expect(key.findings.map(\.key) == ["outcome.key.join[1]"])
    }

    @Test func notesMayBeSearchedAndDecideButNotLeave() {
        #expect(findings("search: [$.notes]") == [])
        #expect(findings("when: [{path: \"$.notes[?@.type == 'done']\", exists: true}]") == [])
        #expect(findings("", outcome: "district: $.notes").count == 1)
    }

    @Test func whatMarksVictimServicesMayHaveAnyName() {
        #expect(findings("victimServices: [{path: $.DomesticViolenceSurvivor, equals: '1'}]") == [])
    }

    @Test func whatMayFindAnythingIsRefused() {
        for outcome in ["groups: $.*", "groups: $.after.*", "district: $..*", "district: $.client.*"] {
            #expect(!findings("", outcome: outcome).isEmpty, "\(outcome)")
        }
    }

    @Test func theBuiltInProfilesPass() throws {
        for name in BuiltInProfiles.names {
            #expect(ProfileFile.read(try #require(BuiltInProfiles.bytes(named: name)), file: name).findings == [])
        }
    }

    // MARK: Strict mode

    private func strict(_ envelope: String, _ more: String = "") throws -> Intaker {
        try Intaker(
            """
            {profile: p, version: 1, system: s, envelope: \(envelope), strict: true, search: [$.narrative], \(more)
             outcome: {key: $.id, type: t, occurredOn: $.day}}
            """)
    }

    @Test func strictModeRefusesWhatHoldsAField() throws {
        let intaker = try strict("none")
        #expect(try intaker.taken(Sent(#"{"id":1,"day":"2026-03-04","narrative":"…"}"#)).disposition == .outcome)
        for extra in [#""ssn":1"#, #""a":{"b":[{"client_first_name":null}]}"#, #""first\u004eame":"""#] {
            let fault = try intaker.fault(Sent("{\"id\":1,\"day\":\"2026-03-04\",\(extra)}"))
            #expect(fault.code == .deniedField && fault.code.withholdsPayload, "\(fault)")
        }
        // Also where the event is no outcome, or wrong in other ways.
        let fault = try intaker.fault(Sent(#"{"ssn":"123-45-6789"}"#))
        #expect(
            fault.description
                == "privacy.denied-field: $.ssn: expected no such field; its name is on the deny list (government-id)")
        #expect(try intaker.fault(Sent(#"{"id":1,"ssn":"#)).code == .malformed)
    }

    @Test func strictModeLooksAtTheWholeChangeEvent() throws {
        let intaker = try strict("debezium")
        let row = #"{"id":1,"day":"2026-03-04"}"#
        #expect(try intaker.taken(Sent(#"{"op":"c","after":\#(row)}"#)).disposition == .outcome)
        for change in [
            #"{"op":"u","after":\#(row),"before":{"id":1,"email":"x"}}"#,
            #"{"op":"r","after":{"id":1,"email":"x"}}"#, #"{"op":"c","after":\#(row),"source":{"query":"UPDATE x"}}"#,
        ] {
            #expect(try intaker.fault(Sent(change)).code == .deniedField, "\(change)")
        }
    }

    @Test func victimServicesComeFirst() throws {
        let intaker = try strict("none", "victimServices: [{path: $.vsp, equals: '1'}],")
        #expect(try intaker.taken(Sent(#"{"vsp":1,"ssn":"x"}"#)).disposition == .skipped(.victimService))
    }

    @Test func withoutStrictModeSuchFieldsArePassedOver() throws {
        let taken = try Intaker(builtIn: "open311-request").taken(
            Sent(#"{"service_request_id":1,"status":"closed","updated_datetime":"2026-03-04T00:00:00Z","address":"x"}"#)
        )
        #expect(taken.disposition == .outcome)
    }
}
