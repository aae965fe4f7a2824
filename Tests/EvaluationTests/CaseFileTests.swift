import Attribution
import Connections
import Evaluation
import Primitives
import Testing
import YAML

/// What comes of reading lines as labelled cases.
private func reading(_ lines: String...) -> (cases: [LabelledCase]?, findings: [Finding]) {
    CaseFile.read(Array(lines.joined(separator: "\n").utf8), file: "cases.ndjson")
}

/// The findings of lines, one a line.
private func findings(_ lines: String) -> [String] { reading(lines).findings.map(\.description) }

/// A line that is right, with a member changed, or added, or left out where the value is nil.
private func line(_ name: String = "", _ value: String? = nil) -> String {
    var members = [
        ("id", #""P1""#), ("city", #""Port Meridian""#), ("department", #""parks""#), ("text", "\"\(canary)\""),
        ("date", #""2018-05""#), ("lang", #""en""#), ("source", #""https://example.org/a""#),
        ("connection", #""pm:sister-city:tarn""#), ("label", #""enabled""#), ("outcome_group", #""pavilion""#),
        ("direction", #""inbound""#), ("mechanism", #""donated-by""#), ("decidable_from_text", "true"),
        ("rationale", #""a gift""#),
    ]
    if let place = members.firstIndex(where: { $0.0 == name }) { members.remove(at: place) }
    if let value { members.append((name, value)) }
    return "{" + members.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}"
}

@Suite struct CaseFileTests {
    @Test func readsEveryMember() throws {
        let result = reading(line("other_connections", #"["pm:network:harbours"]"#))
        let read = try #require(result.cases?.first, "\(result.findings)")
        #expect(result.findings.isEmpty)
        #expect(read.id == "P1" && read.city == "Port Meridian" && read.department == "parks" && read.text == canary)
        #expect(read.date == PartialDate("2018-05") && read.language == "en" && read.source == "https://example.org/a")
        #expect(read.rightConnections == ["pm:sister-city:tarn", "pm:network:harbours"] && read.label == .enabled)
        #expect(read.outcomeGroup == "pavilion" && read.direction == .inbound && read.mechanism == .donatedBy)
        #expect(read.isDecidable && read.rationale == "a gift")
    }

    @Test func fillsWhatIsLeftOut() throws {
        let least = #"{"id":"P2","department":"parks","text":"x","label":"none"}"#
        let nulls =
            #"{"id":"P3","department":"parks","text":"x","label":"none","date":null,"connection":null,"lang":null}"#
        let cases = try #require(reading(least, "", nulls + "\r").cases)
        #expect(cases.map(\.outcomeGroup) == ["P2", "P3"])
        #expect(
            cases.allSatisfy { $0.isDecidable && $0.date == nil && $0.rightConnections.isEmpty && $0.language == nil })
    }

    @Test func keepsAnEventAsJSON() throws {
        let event = #"{"data":{"usd":1250.5,"n":18446744073709551615,"s":"\"\u00e9\n","none":null,"list":[true,{}]}}"#
        let read = try #require(reading(#"{"id":"E","department":"d","label":"none","event": \#(event)}"#).cases?.first)
        #expect(
            read.content
                == .event(
                    Array(
                        #"{"data":{"usd":1250.5,"n":18446744073709551615,"s":"\"é\n","none":null,"list":[true,{}]}}"#
                            .utf8)))
        #expect(read.text == nil)
    }

    @Test(arguments: [
        ("label", #""enabeld""#, "did you mean enabled?"),
        ("label", #""activity-only""#, "did you mean activity_only?"),
        ("label", #""surely""#, "expected one of enabled, contributed, activity_only"),
        ("label", nil, "the key is missing"),
        ("id", nil, "the key is missing"), ("id", #""""#, "expected a text"),
        ("department", "null", "the key is missing"),
        ("text", nil, "expected either text or event"), ("text", "[1]", "expected a text"),
        ("event", "{}", "expected either text or event"),
        ("date", #""May 2018""#, "expected a date as YYYY, YYYY-MM or"),
        ("date", #""2018-02-30""#, "expected a date as"), ("mechanism", #""funded""#, "expected one of funded-by"),
        ("direction", #""in""#, "expected one of inbound"),
        ("decidable_from_text", #""yes""#, "expected true or false"),
        ("other_connections", #""a""#, "expected a list"),
    ])
    func saysWhereAndWhatWasExpected(_ name: String, _ value: String?, _ message: String) {
        let result = reading(line("id", #""P0""#), line(name, value))
        #expect(result.cases == nil)
        #expect(result.findings.count == 1, "\(result.findings)")
        let finding = result.findings.first?.description ?? ""
        #expect(finding.hasPrefix("cases.ndjson:2: \(name): ") && finding.contains(message), "\(finding)")
        #expect(!finding.contains("CANARY"))
    }

    @Test func takesEachIdOnce() {
        let result = reading(line("id", #""A""#), line("id", #""B""#), line("id", #""A""#))
        #expect(result.cases == nil)
        #expect(
            result.findings.map(\.description)
                == ["cases.ndjson:3: id: expected an id that no other case has; line 1 has it too"])
    }

    @Test func refusesASlipOfThePenAndPassesOverOtherMembers() {
        let slip = #"{"id":"P","department":"d","text":"x","label":"none","outcome_grop":"g"}"#
        #expect(findings(slip) == ["cases.ndjson:1: outcome_grop: the key is not known; did you mean outcome_group?"])
        let result = reading(line("state", #""TX""#), line("id", #""Q""#), line("state", #""TX""#))
        #expect(result.findings.filter { $0.severity == .warning }.map(\.line) == [1])
        #expect(reading(line("state", #""TX""#)).cases?.count == 1)
    }

    @Test func saysWhatIsNoJSONWithoutQuotingIt() {
        for bad in ["{\"text\": \"\(canary)\"", "[1]", "\(canary)", "{\"id\":\"a\",\"id\":\"b\"}", "\u{feff}" + line()]
        {
            let result = reading(line(), bad)
            #expect(result.cases == nil)
            #expect(
                result.findings.allSatisfy { $0.line == 2 && !$0.description.contains("CANARY") }, "\(result.findings)")
        }
        #expect(findings("") == ["cases.ndjson: expected at least one case, one JSON a line"])
    }

    @Test func withstandsBrokenLines() {
        let whole = Array(line().utf8)
        for seed in UInt64(0)..<300 {
            var random = SplitMix64(seed: seed)
            var broken = whole
            for _ in 0...random.below(4) { broken[random.below(broken.count)] = UInt8(random.below(256)) }
            let result = CaseFile.read(broken, file: "f")
            #expect((result.cases == nil) == result.findings.contains { $0.severity == .error }, "seed \(seed)")
            #expect(result.findings.allSatisfy { !$0.message.contains("CANARY") }, "seed \(seed)")
        }
    }
}
