import Attribution
import Testing

@testable import Intake

/// The canonical event.
@Suite struct CanonicalEventTests {
    private func taken(_ data: String, _ attributes: String = "") throws -> Taken {
        try Intaker(builtIn: "canonical").taken(Sent(event(data, attributes), headers: structured))
    }

    private func fault(_ data: String) throws -> Fault {
        try Intaker(builtIn: "canonical").fault(Sent(event(data), headers: structured))
    }

    @Test func everythingInIt() throws {
        let taken = try taken(wholeData, #","subject":"case-17","time":"2026-03-04T15:04:05Z""#)
        #expect(taken.disposition == .outcome)
        #expect(taken.recordID == "case-17")
        #expect(taken.type == "shelter-placement")
        #expect(taken.occurredOn == "2026-03-04")
        #expect(taken.count == 2)
        #expect(taken.people == 3)
        #expect(taken.usdCents == 1_200_050)
        #expect(taken.direction == .inbound)
        #expect(taken.district == "D7")
        #expect(taken.groups == ["youth 2", "women 1"])
        #expect(taken.revision == 4)
        #expect(taken.time == "2026-03-04T15:04:05Z")
        #expect(
            taken.references == [
                "grant PRM-2025-114 funded-by $.data.references[0]", "venue VDS-01 delivered-at $.data.references[1]",
                "partner 77 - $.data.references[2]",
            ])
    }

    @Test func theSameInBinaryMode() throws {
        let headers = [
            ("ce_specversion", "1.0"), ("ce_id", "e-1"), ("ce_source", "/s"),
            ("ce_type", "org.city.housing.a.recorded"),
        ]
        let binary = try Intaker(builtIn: "canonical").taken(Sent(wholeData, headers: headers))
        var whole = try taken(wholeData)
        whole.references = whole.references.map { $0.replacing("$.data.", with: "$.") }
        #expect(binary == whole)
    }

    @Test func theLeast() throws {
        let taken = try taken(data())
        #expect(taken.recordID == "e-1")
        #expect(taken.count == 1)
        #expect(taken.people == nil && taken.usdCents == nil && taken.district == nil)
        #expect(taken.direction == .inbound)
        #expect(taken.groups == [] && taken.references == [])
        #expect(taken.revision == nil && taken.time == nil)
    }

    @Test func nullIsAsIfItWereNotThere() throws {
        let nulls = #","count":null,"people":null,"usd":null,"direction":null"#
        let more = #","district":null,"groups":null,"revision":null,"references":null,"retracted":null"#
        #expect(try taken(data(more, outcome: nulls)) == taken(data()))
    }

    @Test func withoutAnOutcomeAnEventIsSkipped() throws {
        for text in ["{}", #"{"outcome":null}"#, #"{"district":"D7"}"#, "[]", "7", "null"] {
            #expect(try taken(text).disposition == .skipped(.notAnOutcome))
        }
        // What is wrong with an event that is no outcome is nobody's concern.
        #expect(try taken(#"{"district":"no code at all","groups":{"a":-1}}"#).disposition == .skipped(.notAnOutcome))
        let bare = event("").replacing(#","data":"#, with: "")
        #expect(try Intaker(builtIn: "canonical").taken(Sent(bare)).disposition == .skipped(.notAnOutcome))
    }

    @Test(arguments: [("type", "outcome.type"), ("occurredOn", "outcome.occurredOn")])
    func aRequiredFieldIsMissing(member: String, path: String) throws {
        let text = data().replacing("\"\(member)\"", with: "\"other\"")
        let fault = try fault(text)
        #expect(fault.code == .fieldMissing)
        #expect(fault.message.hasPrefix("$.data.\(path): expected "))
    }

    @Test func outbound() throws {
        #expect(try taken(data(outcome: #","direction":"outbound""#)).direction == .outbound)
        #expect(try fault(data(outcome: #","direction":"up""#)).code == .fieldCode)
    }

    // MARK: Revision

    @Test func revisionsAsNumbersAndAsDigits() throws {
        #expect(try taken(data(#","revision":12"#)).revision == 12)
        #expect(try taken(data(#","revision":"12""#)).revision == 12)
        #expect(try taken(data(#","revision":"0012""#)).revision == 12)
        #expect(try taken(data(#","revision":0"#)).revision == 0)
        #expect(try taken(data(#","revision":999999999999999999"#)).revision == 999_999_999_999_999_999)
        #expect(try taken(data(outcome: #","revision":3"#)).revision == 3)
    }

    @Test func ofTwoRevisionsThePreferredPathCounts() throws {
        #expect(try taken(data(#","revision":8"#, outcome: #","revision":3"#)).revision == 8)
        #expect(
            try taken(#"{"revision":8,"outcome":{"revision":3,"type":"t","occurredOn":"2026-03-04"}}"#).revision == 8)
        #expect(try taken(data(#","revision":null"#, outcome: #","revision":3"#)).revision == 3)
    }

    @Test(arguments: [
        "-1", "\"-1\"", "\"\"", "\"1.5\"", "\" 1\"", "\"one\"", "1000000000000000000", "18446744073709551615",
    ])
    func aRevisionThatIsNone(text: String) throws {
        let fault = try fault(data(",\"revision\":\(text)"))
        #expect(fault.code == .fieldRange)
        #expect(fault.message == "$.data.revision: expected a whole number from 0, or no revision")
    }

    @Test(arguments: ["1.5", "{}", "[1]"])
    func aRevisionOfAnotherKind(text: String) throws {
        #expect(try fault(data(",\"revision\":\(text)")).code == .fieldKind)
    }

    // MARK: Groups

    @Test func groups() throws {
        #expect(try taken(data(#","groups":{"18-24":0,"a.b:c/d_e":7.0}"#)).groups == ["18-24 0", "a.b:c/d_e 7"])
        #expect(try taken(data(#","groups":{}"#)).groups == [])
        #expect(try taken(data(#","groups":{"a":null,"b":1}"#)).groups == ["b 1"])
    }

    @Test(
        arguments: [
            (#"{"two words":1}"#, FaultCode.fieldCode), (#"{"":1}"#, .fieldCode), (#"{"é":1}"#, .fieldCode),
            (#"{"a":-1}"#, .fieldRange), (#"{"a":1.5}"#, .fieldRange), (#"{"a":"1"}"#, .fieldKind),
            (#"{"a":{}}"#, .fieldKind), ("[1,2]", .fieldKind), ("7", .fieldKind), (#""youth""#, .fieldKind),
        ])
    func groupsThatAreNone(text: String, code: FaultCode) throws {
        #expect(try fault(data(",\"groups\":\(text)")).code == code)
    }

    @Test func groupsAreBounded() throws {
        func groups(_ count: Int) -> String {
            ",\"groups\":{" + (0..<count).map { "\"g\($0)\":1" }.joined(separator: ",") + "}"
        }
        #expect(try taken(data(groups(64))).groups.count == 64)
        #expect(try fault(data(groups(65))).code == .fieldRange)
        var limits = EventLimits()
        limits.groups = 2
        let bytes = try #require(BuiltInProfiles.bytes(named: "canonical"))
        let intaker = Intaker(try #require(ProfileFile.read(bytes, file: "c").profile), limits: limits)
        #expect(try intaker.taken(Sent(event(data(groups(2))))).groups.count == 2)
        #expect(try intaker.fault(Sent(event(data(groups(3))))).code == .fieldRange)
    }
}
