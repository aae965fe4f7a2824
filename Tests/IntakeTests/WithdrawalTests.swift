import Testing

@testable import Intake

/// What withdraws an outcome.
@Suite struct WithdrawalTests {
    private func intaker() throws -> Intaker { try Intaker(builtIn: "canonical") }

    @Test func aNullPayloadWithdrawsByItsKey() throws {
        let taken = try intaker().taken(Sent(nil, key: "case-17"))
        #expect(taken.disposition == .retraction)
        #expect(taken.recordID == "case-17")
        #expect(taken.type == "" && taken.occurredOn == nil && taken.references == [])
    }

    @Test func aNullPayloadWithoutAKeyIsSkipped() throws {
        #expect(try intaker().taken(Sent(nil)).disposition == .skipped(.tombstoneWithoutKey))
        #expect(try intaker().taken(Sent(nil, key: "")).disposition == .skipped(.tombstoneWithoutKey))
    }

    @Test func aNullPayloadForgetsTheEventBefore() throws {
        let intaker = try intaker()
        _ = try intaker.taken(Sent(event(wholeData)))
        #expect(try intaker.taken(Sent(nil, key: "k")) == self.intaker().taken(Sent(nil, key: "k")))
    }

    @Test func insideTheData() throws {
        let taken = try intaker().taken(Sent(event(data(#","retracted":true,"revision":5"#), #","subject":"case-17""#)))
        #expect(taken.disposition == .retraction)
        #expect(taken.recordID == "case-17")
        #expect(taken.revision == 5)
    }

    @Test func insideTheOutcome() throws {
        let taken = try intaker().taken(Sent(event(data(outcome: #","retracted":true"#))))
        #expect(taken.disposition == .retraction)
        #expect(taken.recordID == "e-1")
    }

    @Test func withNothingElse() throws {
        #expect(try intaker().taken(Sent(event(#"{"retracted":true}"#))).disposition == .retraction)
        #expect(try intaker().taken(Sent(event(#"{"outcome":{"retracted":true}}"#))).disposition == .retraction)
    }

    @Test func whateverElseIsWrong() throws {
        let wrong = data(
            #","retracted":true,"district":"no code","groups":{"a":-1},"references":7"#, outcome: #","count":-1"#)
        #expect(try intaker().taken(Sent(event(wrong))).disposition == .retraction)
    }

    @Test func falseIsNoWithdrawal() throws {
        #expect(try intaker().taken(Sent(event(data(#","retracted":false"#)))).disposition == .outcome)
    }

    @Test func ofTwoThePreferredPathCounts() throws {
        let both = data(#","retracted":false"#, outcome: #","retracted":true"#)
        #expect(try intaker().taken(Sent(event(both))).disposition == .outcome)
    }

    @Test(arguments: ["\"true\"", "1", "{}", "[]"])
    func whatIsNeitherTrueNorFalse(text: String) throws {
        let fault = try intaker().fault(Sent(event(data(",\"retracted\":\(text)"))))
        #expect(fault.code == .fieldKind)
        #expect(fault.message == "$.data.retracted: expected true or false")
    }

    @Test func aWithdrawalIsNotWithoutARecord() throws {
        let profile = """
            profile: p
            version: 1
            system: s
            envelope: none
            outcome: {key: $.id, type: t, occurredOn: "2026-03-04", retracted: $.gone}
            """
        #expect(try Intaker(profile).fault(Sent(#"{"gone":true}"#)).code == .fieldMissing)
        #expect(try Intaker(profile).fault(Sent(#"{"gone":true,"id":""}"#)).code == .fieldMissing)
        #expect(try Intaker(profile).fault(Sent(#"{"gone":true,"id":{}}"#)).code == .fieldMissing)
        #expect(try Intaker(profile).taken(Sent(#"{"gone":true,"id":9}"#)).recordID == "9")
    }
}
