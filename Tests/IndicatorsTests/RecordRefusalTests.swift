import Testing

@testable import Indicators

/// Records that are not as promised: refused with the member and what was expected, and never half counted.
@Suite struct RecordRefusalTests {
    /// A change of the whole record, and the fault that it makes.
    struct Refusal: Sendable, CustomTestStringConvertible {
        let part: String
        let other: String
        let fault: RecordFault
        var testDescription: String { "\(part) -> \(other)" }

        init(_ part: String, _ other: String, _ path: String, _ expectation: String) {
            (self.part, self.other) = (part, other)
            fault = RecordFault(path: path, expectation: expectation)
        }
    }

    private static let key = "expected 32 lower-case hexadecimal digits"
    private static let revision = "expected 20 digits, or an empty text"
    private static let date = "expected a date as YYYY-MM-DD"
    private static let count = "expected a whole number from 0 to 1000000000"
    private static let usd = "expected US dollars from 0 to 100000000000"
    private static let direction = "expected inbound or outbound"
    private static let decision = "expected enabled, contributed, abstained, domestic or retracted"
    private static let rest = "expected what is left of 10000 beside the credit"
    private static let share = "expected a connection and its basis points"
    private static let order = "expected each connection once, in order of their ids"
    private static let reason = "expected a connection, a tier and an origin"

    static let ofTheOutcome: [Refusal] = [
        Refusal("attribution.v1", "attribution.v2", "type", "expected org.city.attribution.v1"),
        Refusal(#""type":"org.city.attribution.v1","#, "", "type", "expected org.city.attribution.v1"),
        Refusal(#""key":"0123"#, #""key":"012"#, "data.outcome.key", key),
        Refusal(#""key":"0123"#, #""key":"012G"#, "data.outcome.key", key),
        Refusal(#""key":"0123456789a"#, #""key":"0123456789A"#, "data.outcome.key", key),
        Refusal(#""revision":"00000000000000000007","#, "", "data.outcome.revision", revision),
        Refusal(#""00000000000000000007""#, "7", "data.outcome.revision", revision),
        Refusal("00000000000000000007", "0000000000000000007", "data.outcome.revision", revision),
        Refusal("00000000000000000007", "0000000000000000000x", "data.outcome.revision", revision),
        Refusal("00000000000000000007", "99999999999999999999", "data.outcome.revision", revision),
        Refusal(#""retracted":false"#, #""retracted":"no""#, "data.outcome.retracted", "expected true or false"),
        Refusal(#","retracted":false"#, "", "data.outcome.retracted", "expected true or false"),
        Refusal(
            #""retracted":false"#, #""retracted":true"#, "data.decision", "expected retracted where the outcome is"),
        Refusal(#""enabled""#, #""retracted""#, "data.decision", "expected retracted where the outcome is"),
        Refusal(#""decision":"enabled","#, "", "data.decision", "expected a decision"),
        Refusal(#""enabled""#, #""maybe""#, "data.decision", decision),
        Refusal(#""department":"housing","#, "", "data.outcome.department", "expected a department"),
        Refusal(#""department":"housing""#, #""department":"""#, "data.outcome.department", "expected a department"),
        Refusal(#""shelter-placement""#, "5", "data.outcome.type", "expected the kind of outcome"),
        Refusal(#""2026-03-04","count""#, #""2026-02-30","count""#, "data.outcome.occurredOn", date),
        Refusal(#""occurredOn":"2026-03-04","#, "", "data.outcome.occurredOn", date),
        Refusal(#""count":2"#, #""count":-1"#, "data.outcome.count", count),
        Refusal(#""count":2"#, #""count":2.5"#, "data.outcome.count", count),
        Refusal(#""people":3"#, #""people":"3""#, "data.outcome.people", count),
        Refusal(#""people":3"#, #""people":9223372036854775807"#, "data.outcome.people", count),
        Refusal(#""people":3"#, #""people":18446744073709551615"#, "data.outcome.people", count),
        Refusal(#""usd":12000.5"#, #""usd":-0.01"#, "data.outcome.usd", usd),
        Refusal(#""usd":12000.5"#, #""usd":1e300"#, "data.outcome.usd", usd),
        Refusal(#""usd":12000.5"#, #""usd":"12000.5""#, "data.outcome.usd", usd),
        Refusal(#""direction":"inbound","#, "", "data.outcome.direction", direction),
        Refusal(#""inbound""#, #""sideways""#, "data.outcome.direction", direction),
        Refusal(#""youth":2"#, #""youth":-2"#, "data.outcome.groups", count),
        Refusal(#""youth":2"#, #""youth":9223372036854775807"#, "data.outcome.groups", count),
        Refusal(#""youth":2"#, #""youth":{}"#, "data.outcome.groups", count),
    ]

    static let ofTheDecision: [Refusal] = [
        Refusal(#""basisPoints":5000"#, #""basisPoints":-5000"#, "data.credit", share),
        Refusal(#""basisPoints":5000"#, #""basisPoints":9223372036854775807"#, "data.credit", share),
        Refusal(#","basisPoints":5000"#, "", "data.credit", share),
        Refusal(#"{"connection":"sat:a","basisPoints""#, #"{"connection":7,"basisPoints""#, "data.credit", share),
        Refusal(
            #"{"connection":"sat:a","basisPoints""#, #"{"connection":"sat\n:a","basisPoints""#, "data.credit", share),
        Refusal(#"{"connection":"sat:a","basisPoints""#, #"{"connection":"","basisPoints""#, "data.credit", order),
        Refusal(#"{"connection":"sat:a","basisPoints""#, #"{"connection":"sat:b","basisPoints""#, "data.credit", order),
        Refusal(#"{"connection":"sat:a","basisPoints""#, #"{"connection":"sat:z","basisPoints""#, "data.credit", order),
        Refusal(#""domesticBasisPoints":2500"#, #""domesticBasisPoints":2499"#, "data.domesticBasisPoints", rest),
        Refusal(
            #""domesticBasisPoints":2500"#, #""domesticBasisPoints":9223372036854775807"#, "data.domesticBasisPoints",
            rest),
        Refusal(#""domesticBasisPoints":2500,"#, "", "data.domesticBasisPoints", rest),
        Refusal(
            #""enabled""#, #""domestic""#, "data.credit",
            "expected connections where the decision is enabled or contributed, and none elsewhere"),
        Refusal(#","origin":"gift""#, "", "data.evidence", reason),
        Refusal(#""tier":"T2","#, "", "data.evidence", reason),
        Refusal(#"{"connection":"sat:c","#, "{", "data.evidence", reason),
        Refusal(#""tier":"T2","field""#, #""tier":"T9","field""#, "data.evidence", "expected a tier of T1, T2 or T3"),
    ]

    @Test(arguments: ofTheOutcome + ofTheDecision) func aRecordThatIsNotAsPromised(refusal: Refusal) throws {
        try #require(wholeRecord.contains(refusal.part))
        let record = wholeRecord.replacing(refusal.part, with: refusal.other)
        #expect(throws: refusal.fault) { try RecordReader().read(record) }
    }

    @Test func aClaimWithoutCreditIsRefused() {
        let credit = #"[{"connection":"sat:a","basisPoints":5000},{"connection":"sat:b","basisPoints":2500}]"#
        let record = wholeRecord.replacing(credit, with: "[]").replacing(":2500,", with: ":10000,")
        let fault = RecordFault(
            path: "data.credit",
            expectation: "expected connections where the decision is enabled or contributed, and none elsewhere")
        #expect(throws: fault) { try RecordReader().read(record) }
    }

    @Test func aClaimOnCircumstantialEvidenceIsRefused() {
        let record = wholeRecord.replacing(#""T1""#, with: #""T3""#).replacing(#""T2""#, with: #""T3""#)
        let fault = RecordFault(
            path: "data.evidence", expectation: "expected a reason of T1 or T2 behind the credit")
        #expect(throws: fault) { try RecordReader().read(record) }
    }

    @Test func whatIsNoJSONIsRefusedAsAWhole() {
        #expect(throws: RecordFault.self) { try RecordReader().read(String(wholeRecord.dropLast())) }
        do throws(RecordFault) {
            _ = try RecordReader().read(#"{"type":1,"type":2}"#)
            Issue.record("two members of one name were taken")
        } catch {
            #expect(error.path.isEmpty)
            #expect(error.description == error.expectation)
        }
    }

    @Test func aFaultSaysTheMemberAndWhatWasExpected() {
        #expect(
            RecordFault(path: "data.decision", expectation: "expected a decision").description
                == "data.decision: expected a decision")
    }

    @Test func theReaderGoesOnAfterARefusal() throws {
        let reader = RecordReader()
        #expect(throws: RecordFault.self) { try reader.read("{}") }
        #expect(try reader.read(wholeRecord).content != nil)
    }
}
