import Testing
import YAML

@testable import Intake

/// `missing: skip`: a day that a format does not ask for.
@Suite struct MissingDayTests {
    private func intaker(_ day: String, envelope: String = "none", _ more: String = "") throws -> Intaker {
        try Intaker(
            """
            {profile: p, version: 1, system: s, envelope: \(envelope), outcome: {key: $.id, type: $.kind, count: $.n,
             occurredOn: \(day)}\(more)}
            """)
    }

    @Test(arguments: [
        #"{"id":1,"kind":"t"}"#, #"{"id":1,"kind":"t","day":null}"#, #"{"id":1,"kind":"t","day":"0"}"#,
        #"{"id":1,"kind":"t","day":0}"#, #"{"id":1}"#, "{}",
    ]) func withoutADayItIsSkipped(_ payload: String) throws {
        let taken = try intaker("{path: [$.day, $.other], as: epoch-seconds, absent: '0', missing: skip}")
            .taken(Sent(payload))
        #expect(taken == Taken(.skipped(.withoutDay)))
    }

    @Test func aDayThatIsThereCounts() throws {
        let intaker = try intaker("{path: [$.day, $.other], as: epoch-seconds, absent: '0', missing: skip}")
        for payload in [#""day":"1772636645""#, #""day":0,"other":1772636645"#, #""day":null,"other":"1772636645""#] {
            #expect(try intaker.taken(Sent("{\"id\":1,\"kind\":\"t\",\(payload)}")).occurredOn == "2026-03-04")
        }
    }

    @Test func whatIsWrongIsNotMissing() throws {
        let intaker = try intaker("{path: $.day, missing: skip}")
        for day in ["\"never\"", "\"2026-02-30\"", "[]", "true"] {
            let fault = try intaker.fault(Sent("{\"id\":1,\"kind\":\"t\",\"day\":\(day)}"))
            #expect([.fieldDate, .fieldKind].contains(fault.code), "\(day): \(fault)")
        }
        // Nor is anything else that is wrong passed over in silence.
        #expect(try intaker.fault(Sent(#"{"id":1,"kind":"t","n":-1}"#)).code == .fieldRange)
        #expect(try intaker.fault(Sent(#"{"id":1,"day":"2026-03-04"}"#)).code == .fieldMissing)
    }

    @Test func withoutTheKeyItIsAFault() throws {
        let fault = try intaker("{path: $.day}").fault(Sent(#"{"id":1,"kind":"t"}"#))
        #expect(fault.description == "field.missing: $.day: expected the day of the outcome")
    }

    @Test func whatIsNoOutcomeOrWithdrawnIsSoFirst() throws {
        let intaker = try intaker(
            "{path: $.day, missing: skip}, retracted: $.gone", ", when: [{path: $.kind, equals: t}]")
        #expect(try intaker.taken(Sent(#"{"id":1,"kind":"u"}"#)).disposition == .skipped(.notAnOutcome))
        #expect(try intaker.taken(Sent(#"{"id":1,"kind":"t","gone":true}"#)).disposition == .retraction)
    }

    @Test func aChangeAfterWhichNoDayIsLeftWithdraws() throws {
        let intaker = try intaker("{path: $.day, missing: skip}", envelope: "debezium")
        func disposition(_ change: String) throws -> Disposition { try intaker.taken(Sent(change)).disposition }
        let (with, without) = (#"{"id":1,"kind":"t","day":"2026-03-04"}"#, #"{"id":1,"kind":"t","day":null}"#)
        #expect(try disposition(#"{"op":"u","before":\#(with),"after":\#(without)}"#) == .retraction)
        #expect(try disposition(#"{"op":"u","before":\#(without),"after":\#(with)}"#) == .outcome)
        #expect(try disposition(#"{"op":"c","after":\#(without)}"#) == .skipped(.withoutDay))
    }

    @Test(arguments: [
        ("occurredOn: {path: $.d, missing: today}", "outcome.occurredOn.missing", "expected one of skip"),
        (
            "occurredOn: {path: $.d, default: 2026-01-01, missing: skip}", "outcome.occurredOn.missing",
            "expected no default"
        ),
        ("occurredOn: $.d, people: {path: $.p, missing: skip}", "outcome.people.missing", "expected no such key here"),
        (
            "occurredOn: $.d, groupCounts: {a: {path: $.p, missing: skip}}", "outcome.groupCounts.a.missing",
            "expected no such"
        ),
    ]) func mistakesAreTold(_ outcome: String, _ key: String, _ message: String) {
        let text = "{profile: p, version: 1, system: s, envelope: none, outcome: {key: $.id, type: t, \(outcome)}}"
        let found = ProfileFile.read(Array(text.utf8), file: "p").findings
        #expect(found.map(\.key) == [key] && found[0].message.hasPrefix(message), "\(found)")
    }
}

/// Alerts of GTFS-Realtime and their periods, in both ways of writing names, with times as texts and as numbers.
@Suite struct AlertPeriodTests {
    /// 4 March 2026, 21:30 in Chicago.
    private static let evening = "1772681400"

    private func disposition(_ periods: String, snakeCase: Bool = false) throws -> (Disposition, String?) {
        var alert = #"{"id":"7","alert":{\#(periods)"effect":"MODIFIED_SERVICE"}}"#
        for name in ["activePeriod", "impactPeriod", "communicationPeriod"] where snakeCase {
            alert = alert.replacing(name, with: name.replacing("Period", with: "_period"))
        }
        let taken = try Intaker(builtIn: "gtfs-realtime-alert", department: "transport").taken(Sent(alert))
        return (taken.disposition, taken.occurredOn)
    }

    @Test(arguments: [false, true]) func theDayIsThatOfTheImpactOrElseOfTheActivePeriod(_ snakeCase: Bool) throws {
        for start in [Self.evening, "\"\(Self.evening)\""] {
            for periods in [
                #""activePeriod":[{"start":\#(start)}],"#, #""impactPeriod":[{"start":\#(start),"end":"1772690000"}],"#,
                #""activePeriod":[{"start":"1"}],"impactPeriod":[{"start":\#(start)}],"#,
                #""impactPeriod":[{"end":"1772690000"}],"activePeriod":[{"start":\#(start)}],"#,
                #""communicationPeriod":[{"start":1}],"activePeriod":[{"start":\#(start)},{"start":1}],"#,
            ] {
                let found = try disposition(periods, snakeCase: snakeCase)
                #expect(found == (.outcome, "2026-03-04"), "\(periods)")
            }
        }
    }

    @Test(arguments: [false, true]) func withoutAStartItIsSkipped(_ snakeCase: Bool) throws {
        for periods in [
            "", #""activePeriod":[],"#, #""activePeriod":[{}],"#, #""activePeriod":[{"end":"1772690000"}],"#,
            #""activePeriod":null,"#, #""activePeriod":[{"start":"0"}],"#, #""impactPeriod":[{"start":0}],"#,
            #""communicationPeriod":[{"start":"\#(Self.evening)"}],"#,
        ] {
            #expect(try disposition(periods, snakeCase: snakeCase).0 == .skipped(.withoutDay), "\(periods)")
        }
    }
}
