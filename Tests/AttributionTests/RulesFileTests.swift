import Connections
import Testing
import YAML

@testable import Attribution

/// The rules file: the numbers of the method, and what is refused.
@Suite struct RulesFileTests {
    @Test func theDefaultIsTheMethod() throws {
        let rules = try defaultRules()
        let table: [(String, Tier, Mechanism?, Int)] = [
            ("reference/funded-by", .documentary, .fundedBy, 9000),
            ("reference/donated-by", .documentary, .donatedBy, 9000),
            ("reference/delivered-at", .documentary, .deliveredAt, 8000),
            ("reference/staffed-by", .documentary, .staffedBy, 8000),
            ("reference/trained-under", .documentary, .trainedUnder, 6000),
            ("reference/designed-from", .documentary, .designedFrom, 6000),
            ("reference/convened-by", .documentary, .convenedBy, 5000),
            ("named/funded-by", .corroborated, .fundedBy, 8000),
            ("named/donated-by", .corroborated, .donatedBy, 8000),
            ("named/delivered-at", .corroborated, .deliveredAt, 7000),
            ("named/staffed-by", .corroborated, .staffedBy, 7000),
            ("named/trained-under", .corroborated, .trainedUnder, 5500),
            ("named/designed-from", .corroborated, .designedFrom, 5500),
            ("named/convened-by", .corroborated, .convenedBy, 5000),
            ("named/corroborated", .corroborated, nil, 5000),
            ("circumstantial", .circumstantial, nil, 2000),
        ]
        #expect(rules.rules.count == table.count)
        for (rule, expected) in zip(rules.rules, table) {
            #expect((rule.id, rule.tier, rule.strength) == (expected.0, expected.1, expected.3))
            #expect(rule.mechanism == expected.2)
            #expect(rule.reason.count > 20, "every number has its reason: \(rule.id)")
        }
        #expect(rules.enabledFrom == 8000)
        #expect(rules.contributedFrom == 5000)
        #expect(rules.windowDays == 730)
        #expect(rules.connectionsMax == 16)
        #expect(rules.domesticDefault == 5000)
        #expect(rules.documentarySchemes == ["agreement", "grant", "programme", "venue", "partner", "connection"])
        #expect(rules.digest.count == 64)
    }

    @Test func theDefaultGivesNoFindings() {
        #expect(RulesFile.read(BuiltInRules.bytes, file: "default.yaml").findings == [])
    }

    @Test func theDigestIsThatOfTheBytes() throws {
        let other = try rules(replacing: "version: 1\n", with: "version: 1 \n")
        #expect(try other.digest != defaultRules().digest)
    }

    @Test func whatIsLeftOutHasItsDefault() throws {
        let bare = try rules(replacing: "window_days: 730", with: "")
        #expect(bare.windowDays == 730)
        #expect(try rules(replacing: "connections_max: 16", with: "").connectionsMax == 16)
        #expect(try rules(replacing: "  types: {}\n", with: "").domesticDefault == 5000)
    }

    /// Each wrong text in the place of a right one, with the key and the message of its finding.
    @Test(
        arguments: [
            ("version: 1", "version: 2", "version", "expected a whole number from 1 to 1"),
            ("enabled: 0.80", "enabled: 1.2", "thresholds.enabled", Self.strength),
            ("enabled: 0.80", "enabled: 0", "thresholds.enabled", Self.strength),
            ("enabled: 0.80", "enabled: 0.80001", "thresholds.enabled", Self.strength),
            ("enabled: 0.80", "enabled: nan", "thresholds.enabled", Self.strength),
            ("enabled: 0.80", "enabled: 0x1p-1", "thresholds.enabled", Self.strength),
            ("enabled: 0.80", "enabled: high", "thresholds.enabled", Self.strength),
            ("enabled: 0.80", "enabeld: 0.80", "thresholds.enabeld", "the key is not known; did you mean enabled?"),
            ("window_days: 730", "window_days: 0", "window_days", "expected a whole number from 1 to 36500"),
            ("connections_max: 16", "connections_max: 17", "connections_max", "expected a whole number from 1 to 16"),
            ("types: {}", "types: {shelter: 2}", "domestic.types.shelter", Self.strength),
            ("tier: T1", "tier: T4", "rules[0].tier", "expected one of T1, T2, T3; did you mean T1?"),
            (
                "mechanism: funded-by", "mechanism: fundedby", "rules[0].mechanism",
                "expected one of funded-by, delivered-at, staffed-by, trained-under, designed-from, donated-by, "
                    + "convened-by; did you mean funded-by?"
            ),
            ("strength: 0.90", "strength: -0.9", "rules[0].strength", Self.strength),
            (
                "id: reference/donated-by", "id: reference/funded-by", "rules[1].id",
                "expected a name that no other rule has"
            ),
        ])
    func aWrongValueIsFoundInItsLine(right: String, wrong: String, key: String, message: String) throws {
        let file = try defaultFile(replacing: right, with: wrong)
        let reading = RulesFile.read(Array(file.utf8), file: "rules.yaml")
        let found = reading.findings.first { $0.key == key }
        #expect(reading.rules == nil)
        #expect(found?.message == message, "\(reading.findings)")
        let lines = file.split(separator: "\n", omittingEmptySubsequences: false)
        let place = lines.firstIndex { $0.contains(wrong) }.map { $0 + 1 }
        if !wrong.hasPrefix("id:") { #expect(found?.line == place, "\(reading.findings)") }
    }

    private static let strength = "expected a number above 0 and up to 1, at most four decimals"

    @Test func aNumberInQuotesIsTheSameNumber() throws {
        #expect(try rules(replacing: "enabled: 0.80", with: "enabled: \"0.80\"").enabledFrom == 8000)
        #expect(try rules(replacing: "contributed: 0.50", with: "contributed: '0.50'").contributedFrom == 5000)
        #expect(try rules(replacing: "enabled: 0.80", with: "enabled: 8e-1").enabledFrom == 8000)
        #expect(try rules(replacing: "contributed: 0.50", with: "contributed: 0.0001").contributedFrom == 1)
        #expect(try rules(replacing: "enabled: 0.80", with: "enabled: 1").enabledFrom == 10_000)
    }

    @Test func everyMechanismNeedsItsDocumentaryRule() throws {
        let file = try defaultFile(
            replacing: "tier: T1\n    mechanism: trained-under", with: "tier: T2\n    mechanism: trained-under")
        let reading = RulesFile.read(Array(file.utf8), file: "rules.yaml")
        #expect(reading.rules == nil)
        #expect(
            reading.findings.contains {
                $0.key == "rules" && $0.line > 1
                    && $0.message == "expected a rule of tier T1 for the mechanism trained-under"
            })
    }

    @Test func aRuleThatCannotFireIsRefused() throws {
        let twice = try defaultFile(
            replacing: "tier: T2\n    mechanism: funded-by", with: "tier: T1\n    mechanism: funded-by")
        let reading = RulesFile.read(Array(twice.utf8), file: "rules.yaml")
        #expect(reading.rules == nil)
        #expect(reading.findings.map(\.key) == ["rules[7]"])
        let without = try defaultFile(replacing: "tier: T2\n    strength: 0.50", with: "tier: T1\n    strength: 0.50")
        #expect(RulesFile.read(Array(without.utf8), file: "rules.yaml").findings.map(\.key) == ["rules[14]"])
    }

    @Test func aCircumstantialRuleIsNeeded() throws {
        let file = try defaultFile(replacing: "tier: T3", with: "tier: T3\n    mechanism: convened-by")
        let findings = RulesFile.read(Array(file.utf8), file: "rules.yaml").findings
        #expect(findings.contains { $0.message == "expected a rule of tier T3 without a mechanism" })
    }

    @Test func thresholdsInOrder() throws {
        let file = try defaultFile(replacing: "contributed: 0.50", with: "contributed: 0.90")
        let findings = RulesFile.read(Array(file.utf8), file: "rules.yaml").findings
        #expect(
            findings.map(\.description) == [
                "rules.yaml:8: thresholds.contributed: expected no more than thresholds.enabled"
            ])
    }

    @Test(arguments: ["version", "thresholds", "documentary_schemes", "domestic", "rules"])
    func aMissingKeyIsFound(key: String) throws {
        let file = try defaultFile(replacing: "\n\(key):", with: "\nnote\(key.count):")
        let findings = RulesFile.read(Array(file.utf8), file: "rules.yaml").findings
        #expect(findings.contains { $0.key == key && $0.message.hasPrefix("the key is missing; expected ") })
    }

    @Test func allFaultsAreFoundAtOnce() throws {
        let file = try defaultFile(replacing: "enabled: 0.80", with: "enabled: 8")
            .replacing("window_days: 730", with: "window_days: never")
            .replacing("tier: T3", with: "tier: three")
        #expect(
            RulesFile.read(Array(file.utf8), file: "rules.yaml").findings.map(\.key) == [
                "thresholds.enabled", "window_days", "rules[15].tier",
            ])
    }

    @Test func whatIsNoYAMLIsOneFinding() {
        for text in ["a: [", "", "- 1", "\u{0}"] {
            let reading = RulesFile.read(Array(text.utf8), file: "rules.yaml")
            #expect(reading.rules == nil)
            #expect(!reading.findings.isEmpty, "\(text)")
        }
    }
}
