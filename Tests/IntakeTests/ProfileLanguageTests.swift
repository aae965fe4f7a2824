import Attribution
import Connections
import Primitives
import Testing

@testable import Intake

/// What a profile can say of values, conditions and mentions.
@Suite struct ProfileLanguageTests {
    private func intaker(_ outcome: String, _ more: String = "") throws -> Intaker {
        try Intaker(
            """
            profile: p
            version: 1
            system: s
            envelope: none
            \(more)
            outcome:
              \(outcome.contains("key:") ? "" : "key: $.id")
              \(outcome.contains("type:") ? "" : "type: t")
              occurredOn: {path: $.day, default: "2026-03-04"}
              \(outcome)
            """)
    }

    private func disposition(_ conditions: String, _ payload: String) throws -> Disposition {
        try intaker("count: 1", "when:\n\(conditions)").taken(Sent(payload)).disposition
    }

    // MARK: Conditions

    @Test(arguments: [
        ("{path: $.s, equals: a}", #"{"id":1,"s":"a"}"#, true), ("{path: $.s, equals: a}", #"{"id":1,"s":"b"}"#, false),
        ("{path: $.s, equals: 7}", #"{"id":1,"s":7}"#, true), ("{path: $.s, equals: a}", #"{"id":1}"#, false),
        ("{path: $.s, in: [a, b]}", #"{"id":1,"s":"b"}"#, true),
        ("{path: $.s, in: [a, b]}", #"{"id":1,"s":"c"}"#, false),
        ("{path: $.s, not: a}", #"{"id":1,"s":"a"}"#, false), ("{path: $.s, not: a}", #"{"id":1,"s":"b"}"#, true),
        ("{path: $.s, not: a}", #"{"id":1}"#, true), ("{path: $.s, notIn: [a, b]}", #"{"id":1,"s":"b"}"#, false),
        ("{path: $.s, notIn: [a, b]}", #"{"id":1,"s":[1]}"#, true),
        ("{path: $.s, exists: true}", #"{"id":1,"s":[]}"#, true),
        ("{path: $.s, exists: true}", #"{"id":1,"s":null}"#, false),
        ("{path: $.s, exists: false}", #"{"id":1,"s":false}"#, false),
        ("{path: $.s, exists: false}", #"{"id":1}"#, true),
        ("{path: $.s, exists: false}", #"{"id":1,"s":null}"#, true),
        // Of several values one has to pass, or none may.
        ("{path: '$.s[*]', equals: a}", #"{"id":1,"s":["b","a","c"]}"#, true),
        ("{path: '$.s[*]', not: a}", #"{"id":1,"s":["b","a","c"]}"#, false),
        ("{path: '$.s[*]', not: a}", #"{"id":1,"s":["b","c"]}"#, true),
        ("{path: '$.s[?@.k==1].v', equals: x}", #"{"id":1,"s":[{"k":2,"v":"x"},{"k":1,"v":"y"}]}"#, false),
        ("{path: '$.s[?@.k==1].v', equals: x}", #"{"id":1,"s":[{"k":2,"v":"y"},{"k":1,"v":"x"}]}"#, true),
        ("{path: '$..state', equals: done}", #"{"id":1,"a":{"b":[{"state":"done"}]}}"#, true),
    ]) func aConditionHolds(_ condition: String, _ payload: String, _ holds: Bool) throws {
        #expect(try disposition("  - \(condition)", payload) == (holds ? .outcome : .skipped(.notAnOutcome)))
    }

    @Test func allConditionsHaveToHold() throws {
        let both = "  - {path: $.a, equals: x}\n  - {path: $.b, not: y}"
        #expect(try disposition(both, #"{"id":1,"a":"x"}"#) == .outcome)
        #expect(try disposition(both, #"{"id":1,"a":"x","b":"y"}"#) == .skipped(.notAnOutcome))
        #expect(try disposition(both, #"{"id":1,"b":"z"}"#) == .skipped(.notAnOutcome))
    }

    // MARK: Victim services

    @Test func nothingOfAVictimServiceIsKept() throws {
        let marks = "victimServices:\n  - {path: $.org.vsp, in: [\"1\", \"true\"]}\n  - {path: $.vawa, exists: true}"
        let intaker = try intaker("people: $.people", marks)
        for mark in [#""org":{"vsp":1}"#, #""org":{"vsp":true}"#, #""org":{"vsp":"1"}"#, #""vawa":{}"#] {
            // Whatever else is wrong with it, and whatever it wants.
            for rest in [#""id":1"#, #""people":"many""#, #""id":1,"day":"none""#] {
                let taken = try intaker.taken(Sent("{\(rest),\(mark)}"))
                #expect(taken == Taken(.skipped(.victimService)), "\(mark) \(rest)")
            }
        }
        #expect(try intaker.taken(Sent(#"{"id":1,"org":{"vsp":0},"vawa":null}"#)).disposition == .outcome)
    }

    @Test func aVictimServiceIsKeptOutBeforeItsEnvelopeIsJudged() throws {
        let intaker = try Intaker(
            """
            {profile: p, version: 1, system: s, envelope: auto, victimServices: [{path: $.vsp, equals: 1}],
             outcome: {type: t, occurredOn: $.day}}
            """)
        let noType = [("ce_specversion", "1.0"), ("ce_id", "1"), ("ce_source", "/s")]
        #expect(try intaker.fault(Sent(#"{"vsp":0}"#, headers: noType)).code == .attributeMissing)
        #expect(try intaker.taken(Sent(#"{"vsp":1}"#, headers: noType)).disposition == .skipped(.victimService))
        #expect(try intaker.fault(Sent("no json", headers: noType)).code == .attributeMissing)
        let structuredOne = #"{"specversion":"1.0","data":{"vsp":1}}"#
        #expect(try intaker.taken(Sent(structuredOne, headers: structured)).disposition == .skipped(.victimService))
    }

    // MARK: Values

    @Test func textsThatStandForNoValue() throws {
        let intaker = try intaker(
            """
            people: {path: [$.riders, $.trips], absent: [-1, ""]}
              count: {path: $.n, absent: "0", default: 5}
              district: {path: $.d, absent: none, map: {N: D1}, otherwise: other}
            """)
        var taken = try intaker.taken(Sent(#"{"id":1,"riders":-1,"trips":7,"n":0,"d":"none"}"#))
        #expect((taken.people, taken.count, taken.district) == (7, 5, nil))
        taken = try intaker.taken(Sent(#"{"id":1,"trips":"8","riders":"","n":"3","d":"N"}"#))
        #expect((taken.people, taken.count, taken.district) == (8, 3, "D1"))
        taken = try intaker.taken(Sent(#"{"id":1,"riders":-1,"trips":-1,"d":"S"}"#))
        #expect((taken.people, taken.count, taken.district) == (nil, 5, "other"))
        #expect(try intaker.fault(Sent(#"{"id":1,"riders":-2}"#)).code == .fieldRange)
        #expect(try intaker.fault(Sent(#"{"id":1,"riders":[]}"#)).code == .fieldKind)
    }

    @Test func everyFieldCanBeMapped() throws {
        let intaker = try intaker(
            """
            retracted: {path: $.op, map: {d: "true"}, otherwise: "false"}
              count: {path: $.size, map: {couple: "2"}, otherwise: "1"}
              people: {path: $.size, map: {couple: "2"}, otherwise: "1"}
              usd: {path: $.grade, map: {A: "100"}}
              direction: {path: $.way, map: {out: outbound, in: inbound}}
            """)
        var taken = try intaker.taken(Sent(#"{"id":1,"op":"c","size":"couple","grade":"A","way":"out"}"#))
        #expect((taken.disposition, taken.count, taken.people, taken.usdCents) == (.outcome, 2, 2, 10_000))
        #expect(taken.direction == .outbound)
        taken = try intaker.taken(Sent(#"{"id":1,"op":"d"}"#))
        #expect(taken.disposition == .retraction)
        #expect(try intaker.fault(Sent(#"{"id":1,"grade":"B"}"#)).message.contains("profile's list"))
    }

    @Test func amountsKeepTheirCents() throws {
        let intaker = try intaker("usd: {path: $.usd, absent: [-1]}")
        #expect(try intaker.taken(Sent(#"{"id":1,"usd":12.34}"#)).usdCents == 1234)
        #expect(try intaker.taken(Sent(#"{"id":1,"usd":-1}"#)).usdCents == nil)
    }

    @Test func aKeyOfSeveralParts() throws {
        let intaker = try intaker("key: {join: [$.a, $.b.c]}")
        #expect(try intaker.taken(Sent(#"{"b":{"c":7},"a":"x"}"#)).recordID == "x\u{1f}7")
        let ids = try ["ab|c", "a|bc"].map { text in
            let parts = text.split(separator: "|")
            return try intaker.taken(Sent(#"{"a":"\#(parts[0])","b":{"c":"\#(parts[1])"}}"#)).recordID
        }
        #expect(ids[0] != ids[1])
        for missing in [#"{"a":"x"}"#, #"{"a":"x","b":{"c":""}}"#, #"{"b":{"c":1}}"#] {
            let fault = try intaker.fault(Sent(missing))
            #expect(fault.description == "field.missing: $.a: expected the id of the source record")
        }
        #expect(try intaker.fault(Sent(#"{"a":[],"b":{"c":1}}"#)).code == .fieldKind)
    }

    @Test func groupsWithSourcesOfTheirOwn() throws {
        let intaker = try intaker("groupCounts: {youth: [$.young, $.minors], women: {path: $.w, absent: x}}")
        #expect(try intaker.taken(Sent(#"{"id":1,"w":3,"minors":2}"#)).groups.sorted() == ["women 3", "youth 2"])
        #expect(try intaker.taken(Sent(#"{"id":1,"w":"x","young":0}"#)).groups == ["youth 0"])
        #expect(try intaker.fault(Sent(#"{"id":1,"w":-3}"#)).code == .fieldRange)
    }

    @Test func textsAreNormalisedFirst() throws {
        let intaker = try intaker(
            """
            district: {path: $.d, normalize: [trim, upper], absent: "N/A", map: {D 1: d1, É: accent}}
              type: {path: $.t, normalize: [collapse, lower, nfc, trim], map: {sheltered youth: placed}}
            """)
        for district in ["d 1", " D 1\\t", "D 1"] {
            let taken = try intaker.taken(Sent(#"{"id":1,"t":"  Sheltered \n Youth","d":"\#(district)"}"#))
            #expect((taken.type, taken.district) == ("placed", "d1"))
        }
        let type = #""id":1,"t":"SHELTERED YOUTH""#
        #expect(try intaker.taken(Sent("{\(type),\"d\":\" n/a \"}")).district == nil)
        #expect(try intaker.taken(Sent("{\(type),\"d\":\"é\"}")).district == "accent")
        #expect(try intaker.fault(Sent("{\(type),\"d\":\"D2\"}")).code == .fieldCode)
    }

    @Test func countriesByCodeNameAndAlias() throws {
        let intaker = try intaker("district: {path: $.c, map: iso-3166-1, otherwise: unknown}")
        for (text, code) in [
            ("MEX", "MX"), ("México", "MX"), ("Korea, North", "KP"), ("Burma", "MM"), ("?", "unknown"),
        ] {
            #expect(try intaker.taken(Sent(#"{"id":1,"c":"\#(text)"}"#)).district == code)
        }
    }

    // MARK: Forms

    private func day(_ form: String, _ value: String, zone: String? = nil) throws -> String? {
        let intaker = try Intaker(
            """
            {profile: p, version: 1, system: s, envelope: none\(zone.map { ", timezone: \($0)" } ?? ""),
             outcome: {key: $.id, type: t, occurredOn: {path: $.day\(form.isEmpty ? "" : ", as: \(form)")}}}
            """)
        return try intaker.taken(Sent(#"{"id":1,"day":\#(value)}"#)).occurredOn
    }

    @Test(arguments: [
        ("iso", #""2026-03-04""#), ("iso", #""2026-03-04T23:59:59""#), ("compact", #""20260304""#),
        ("compact", "20260304"), ("us", #""3/4/2026""#), ("european", #""04/03/2026""#), ("german", #""4.3.2026""#),
        ("slashed", #""2026/03/04""#), ("epoch-days", "20516"), ("epoch-seconds", #""1772636645""#),
        ("epoch-milliseconds", "1772636645000"), ("epoch-microseconds", "1772636645000000"),
    ]) func daysInEveryForm(_ form: String, _ value: String) throws {
        #expect(try day(form, value) == "2026-03-04")
    }

    @Test(.enabled(if: !TimeZoneRules.names().isEmpty, "the package tzdata is not installed"))
    func instantsFallOnTheDepartmentsDays() throws {
        let late = #""2026-03-05T03:30:00Z""#
        #expect(try day("", late) == "2026-03-05")
        #expect(try day("", late, zone: "America/Chicago") == "2026-03-04")
        #expect(try day("iso", late, zone: "Europe/Madrid") == "2026-03-05")
        #expect(try day("", #""2026-03-05""#, zone: "America/Chicago") == "2026-03-05")
        #expect(try day("", #""2026-03-05T00:30:00""#, zone: "America/Chicago") == "2026-03-05")
        #expect(try day("epoch-seconds", "1772681400", zone: "America/Chicago") == "2026-03-04")
    }

    @Test(.enabled(if: !TimeZoneRules.names().isEmpty, "the package tzdata is not installed"))
    func timesAndRevisionsInForms() throws {
        let intaker = try intaker(
            """
            time: {path: $.at, as: us}
              revision: {path: $.changed, as: epoch-milliseconds}
            """, "timezone: America/Chicago")
        let taken = try intaker.taken(Sent(#"{"id":1,"at":"3/4/2026 9:04 AM","changed":1772636645123}"#))
        #expect(taken.time == "2026-03-04T15:04:00Z")
        #expect(taken.revision == 1_772_636_645_123_000)
        #expect(try intaker.fault(Sent(#"{"id":1,"at":"2026-03-04"}"#)).code == .fieldDate)
    }

    @Test func aLocalTimeNeedsATimeZone() throws {
        let intaker = try intaker("time: {path: $.at, as: iso}")
        #expect(try intaker.taken(Sent(#"{"id":1,"at":"2026-03-04T15:04:05Z"}"#)).time == "2026-03-04T15:04:05Z")
        let fault = try intaker.fault(Sent(#"{"id":1,"at":"2026-03-04T15:04:05"}"#))
        #expect(fault.code == .fieldDate && fault.message.contains("state timezone in the profile"))
    }

    @Test func numbersInForms() throws {
        let intaker = try intaker(
            """
            count: {path: $.n, as: plain}
              people: {path: $.p, as: thousands}
              usd: {path: $.usd, as: thousands}
              groupCounts: {youth: {path: $.y, as: thousands-european}}
            """)
        let taken = try intaker.taken(Sent(#"{"id":1,"n":"7","p":"1,234","usd":"$1,234.50","y":"1.234"}"#))
        #expect((taken.count, taken.people, taken.usdCents) == (7, 1234, 123_450))
        #expect(taken.groups == ["youth 1234"])
        #expect(try intaker.taken(Sent(#"{"id":1,"n":7,"p":8,"usd":9.25}"#)).usdCents == 925)
        for wrong in [#""n":"1,234""#, #""p":"12,34""#, #""usd":"12.345""#, #""y":"1,5""#, #""p":-1"#, #""p":"-1""#] {
            #expect(try intaker.fault(Sent("{\"id\":1,\(wrong)}")).code == .fieldRange, "\(wrong)")
        }
    }

    // MARK: Queries

    @Test func fieldsByFilters() throws {
        let intaker = try intaker(
            """
            type: {path: "$.coding[?@.system=='urn:a'].code", map: {x1: first}, otherwise: other}
              people: $.extension[?@.url=='http://e/people'].valueInteger
            """,
            """
            references:
              - scheme: venue
                id: $.locations[?@.status=='active'].id
                mechanism: delivered-at
            """)
        let taken = try intaker.taken(
            Sent(
                #"{"id":1,"coding":[{"system":"urn:b","code":"x0"},{"system":"urn:a","code":"x1"}],"#
                    + #""extension":[{"url":"http://e/people","valueInteger":4}],"#
                    + #""locations":[{"id":"l0","status":"planned"},{"id":"l1","status":"active"},"#
                    + #"{"id":"l2","status":"active"}]}"#))
        #expect((taken.type, taken.people) == ("first", 4))
        #expect(
            taken.references == [
                "venue l1 delivered-at $.locations[1].id", "venue l2 delivered-at $.locations[2].id",
            ])
    }

    @Test func inACloudEventQueriesLookAtItsData() throws {
        let intaker = try Intaker(
            """
            {profile: p, version: 1, system: s, envelope: auto,
             outcome: {type: t, occurredOn: "$.days[?@.final==$.isFinal].on"}}
            """)
        let data = #"{"isFinal":true,"days":[{"final":false,"on":"2026-01-01"},{"final":true,"on":"2026-01-02"}]}"#
        #expect(try intaker.taken(Sent(event(data), headers: structured)).occurredOn == "2026-01-02")
    }

    // MARK: Names and texts

    @Test func namedPartnersAndTextsToSearch() throws {
        let intaker = try intaker(
            "count: 1",
            """
            named:
              - name: $.partners[*].organisation
                country: {path: "$.partners[*].land", map: {Mexiko: MX}, otherwise: XX}
                mechanism: convened-by
            search: [$.minutes, "$.remarks[*]"]
            """)
        let payload = Memory().kept(
            #"{"id":1,"partners":[{"organisation":"Stadt A","land":"Mexiko"},{"land":"Mexiko"},"#
                + #"{"organisation":"Stadt B"}],"minutes":"m","remarks":["r0",7,null,"r2"]}"#)
        var event = SourceEvent()
        #expect(try intaker.reader.read(SourceMessage(payload: payload.bytes), into: &event) == .outcome)
        func text(_ bytes: UnsafeRawBufferPointer?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }
        #expect(event.named.map { text($0.name) } == ["Stadt A", "Stadt B"])
        #expect(event.named.map { text($0.country) } == ["MX", nil])
        #expect(event.named.map(\.mechanism) == [.convenedBy, .convenedBy])
        #expect(event.named.map(\.field.element) == [0, 2])
        #expect(event.searched.map { text($0.text) } == ["m", "r0", "7", "r2"])
        // Nothing of it is left for the next event.
        let other = Memory().kept(#"{"id":2}"#)
        _ = try intaker.reader.read(SourceMessage(payload: other.bytes), into: &event)
        #expect(event.named.isEmpty && event.searched.isEmpty)
    }
}
