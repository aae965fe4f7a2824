import JSON
import Testing

@testable import HTTP

@Suite struct ProblemTests {
    private func text(_ problem: Problem) -> String { String(decoding: problem.json(), as: UTF8.self) }

    @Test func aProblemSaysItsKindByDefault() {
        #expect(text(Problem(404)) == #"{"type":"about:blank","title":"Not Found","status":404}"#)
        #expect(Problem(599).title == "Status 599")
    }

    @Test func everyMemberIsWrittenAndEscaped() {
        let problem = Problem(
            400, detail: "a \"b\"\n", type: "urn:city:bad-period", title: "Bad period", instance: "/kpi",
            errors: [.init(parameter: "from", detail: "expected a date"), .init(parameter: "to", detail: "é")])
        #expect(
            text(problem)
                == #"{"type":"urn:city:bad-period","title":"Bad period","status":400,"detail":"a \"b\"\n","#
                + #""instance":"/kpi","errors":[{"parameter":"from","detail":"expected a date"},"#
                + #"{"parameter":"to","detail":"é"}]}"#)
    }

    @Test func theResponseCarriesTheDocumentAndIsNotKept() {
        let response = Problem(429).response([HTTPHeader("Retry-After", "3")])
        #expect(response.status == 429)
        #expect(response.contentType == "application/problem+json")
        #expect(response.cacheControl == "no-store")
        #expect(response.headers == [HTTPHeader("Retry-After", "3")])
    }
}
