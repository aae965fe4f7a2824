import Connections
import Testing
import YAML

@Suite struct RegistryCheckTests {
    @Test func aSoundRegistryHasNoFindings() {
        #expect(reading("connections:\n" + row("a") + row("b")).findings == [])
    }

    @Test func idsStandOnce() {
        #expect(
            errors("connections:\n" + row("a") + row("b") + row("a")) == [
                "registry.yaml:14: connections[2].id: a stands in registry.yaml, line 2 too; give it another id, "
                    + "let one row supersede the other with superseded_on and recorded_on, or, where it ended and was "
                    + "taken up again, let until of the one lie before since of the other"
            ])
        let versions = row("a", "superseded_on: 2020-01-01") + row("a", "recorded_on: 2020-01-01")
        #expect(errors("connections:\n" + versions) == [])
        let overlapping = row("a", "superseded_on: 2020-01-02") + row("a", "recorded_on: 2020-01-01")
        #expect(errors("connections:\n" + overlapping).count == 1)
    }

    @Test func identifiersStandForOneConnection() {
        let text =
            "connections:\n" + row("a", "identifiers: [{scheme: grant, id: G}]")
            + row("b", "identifiers:", "  - {scheme: venue, id: G}", "  - {scheme: grant, id: G}")
            + row("c", "identifiers: [{scheme: connection, id: a}, {scheme: x, id: y}, {scheme: x, id: y}]")
        #expect(
            errors(text) == [
                "registry.yaml:14: connections[1].identifiers[1]: grant G stands for a already (registry.yaml, line "
                    + "2); an identifier stands for one connection, once",
                "registry.yaml:21: connections[2].identifiers[0]: connection a stands for a already (registry.yaml, "
                    + "line 2); an identifier stands for one connection, once",
                "registry.yaml:21: connections[2].identifiers[2]: x y stands for c already (registry.yaml, line 18); "
                    + "an identifier stands for one connection, once",
            ])
    }

    @Test(arguments: [
        (["since: 2001", "until: 2000"], "until: 2000 lies before the start, 2001"),
        (["attested_from: 2001-06", "until: 2001-05"], "until: 2001-05 lies before the start, 2001-06"),
        (["since: 2001", "since_precision: month"], "since_precision: since is 2001, which is known to the year"),
        (["until: 2031-01", "until_precision: day"], "until_precision: until is 2031-01, which is known to the month"),
        (["recorded_on: 2020-01-02", "verified_on: 2020-01-01"], "verified_on: it has to be later than recorded_on"),
        (["recorded_on: 2020-01-02", "edited_on: 2020-01-01"], "edited_on: it has to be later than recorded_on"),
        (["recorded_on: 2020-01-02", "superseded_on: 2020-01-02"], "superseded_on: it has to be later"),
        (["identifiers: [{scheme: a, id: b, from: 2002, until: 2001}]"], "identifiers[0]: until, 2001, lies before"),
        (["status: ended"], "until: the status is ended and until is missing"),
        (["departments: []"], "departments: the list is empty"),
        (["country: UK"], "country: expected a country code of ISO 3166-1 alpha-2"),
        (["names: [{name: A, country: mx}]"], "names[0].country: expected a country code"),
        (
            ["status: activ"],
            "status: expected one of active, ended, dormant, proposed, unverified; did you mean active?"
        ),
        (["departments: Health"], "departments: expected one of all, or a list"),
        (["annual_fee_usd: -1"], "annual_fee_usd: expected a number"),
        (["wikidata: 975"], "wikidata: expected an item of Wikidata"),
        (["names: [{name: A, language: spanish}]"], "names[0].language: expected a language tag"),
        (["identifiers: [{scheme: Grant, id: a}]"], "identifiers[0].scheme: expected a word"),
        (["identifiers: [{scheme: a, id: \"a\\u001fb\"}]"], "identifiers[0].id: expected a text of at most 256 bytes"),
    ])
    func refuses(_ lines: [String], _ start: String) {
        var text = "connections:\n  - {id: x, type: network, partner: X, status: active, since: 2001}\n"
        text += "  - id: a\n    type: network\n    partner: A\n"
        if !lines.contains(where: { $0.hasPrefix("status") }) { text += "    status: active\n" }
        text += lines.map { "    \($0)\n" }.joined()
        let found = errors(text)
        #expect(found.count == 1, "\(found)")
        let key = found.first?.split(separator: " ", maxSplits: 1).last.map(String.init) ?? ""
        #expect(key.hasPrefix("connections[1].\(start)"), "\(key)")
    }

    @Test func anIDIsATidyWord() {
        #expect(errors("connections:\n" + row("\"a b\"")).count == 1)
        #expect(errors("connections:\n" + row("'a\"b'")).count == 1)
        #expect(errors("connections:\n" + row(String(repeating: "a", count: 129))).count == 1)
        #expect(warnings("connections:\n" + row("sat:network:délice"))[0].contains("beyond ASCII"))
    }

    @Test func unverifiedRowsSayWhy() {
        let text =
            "connections:\n" + row("a", "verified_by: A", "verified_on: 2020-01-01", "edited_by: a")
            + row("b", "verified: false", "since: ~", "status: unverified")
            + row("c", "edited_by: A") + row("d", "superseded_on: 2020-01-01", "verified: false")
        #expect(
            warnings(text) == [
                "registry.yaml:8: connections[0].status: it can give circumstantial evidence at most: the person who "
                    + "edited it verified it too",
                "registry.yaml:15: connections[1].status: it can give circumstantial evidence at most: its status is "
                    + "unverified; it says verified: false; no start is known (since or attested_from)",
                "registry.yaml:20: connections[2].status: it can give circumstantial evidence at most: nobody verified "
                    + "it (verified_by and verified_on)",
            ])
    }

    @Test func sharedNamesWarn() {
        let text =
            "connections:\n" + row("a", "names: [The  Hub, A]") + row("b", "aliases: [the hub]", "city: X")
            + row("c", "names: [A]", "city: X") + row("d", "names: [the hub]", "city: Y")
        #expect(
            warnings(text).map { $0.split(separator: ";")[0] } == [
                "registry.yaml:12: connections[1].aliases: \"the hub\" is a name of a too (registry.yaml, line 2)",
                "registry.yaml:20: connections[2].names: \"a\" is a name of a too (registry.yaml, line 2)",
                "registry.yaml:28: connections[3].names: \"the hub\" is a name of a too (registry.yaml, line 2)",
            ])
        #expect(
            warnings("connections:\n" + row("a", "names: [H]", "city: X") + row("b", "names: [H]", "city: Y")) == [])
    }

    @Test func activitiesPointSomewhere() {
        let text =
            "connections:\n" + row("pm:network:c40", "since: 2010", "until: 2020")
                + """
                activities:
                  - {id: a, connection: "pm:network:c4", kind: training, on: 2015-01-01}
                  - {id: b, connection: "pm:network:c40", kind: training, on: 2009-12-31}
                  - {id: c, connection: "pm:network:c40", kind: introduction, on: 2009-12-31}
                  - {id: d, connection: "pm:network:c40", kind: introduction, on: 2021-01-01}
                  - {id: d, connection: "pm:network:c40", kind: training, on: 2015-01-02, recorded_on: 2015-01-01}
                  - {id: e, kind: training, on: 2015-01-02}
                  - {id: f, kind: need, on: 2015-01-02}
                """
        #expect(
            reading(text).findings.map(\.description) == [
                "registry.yaml:10: activities[0].connection: there is no connection pm:network:c4; did you mean "
                    + "pm:network:c40?",
                "registry.yaml:11: activities[1].on: 2009-12-31 lies before pm:network:c40 began, on 2010-01-01",
                "registry.yaml:13: activities[3].on: 2021-01-01 lies after pm:network:c40 had ended, on 2020-12-31",
                "registry.yaml:14: activities[4].id: d stands in registry.yaml, line 13 too; give it another id",
                "registry.yaml:14: activities[4].recorded_on: it lies before the day itself, 2015-01-02",
                "registry.yaml:15: activities[5].connection: the key is missing; only a need can stand without a "
                    + "connection",
            ])
    }

    @Test func oneCityToARegistry() {
        let documents = [("a.yaml", "X"), ("b.yaml", "X"), ("c.yaml", "Y")].map { name, city in
            RegistryDocument(name: name, bytes: Array("city: {name: \(city)}\nconnections: []\n".utf8))
        }
        let found = RegistryLoader.read(documents).findings.filter { $0.severity == .error }
        #expect(
            found.map(\.description) == [
                "c.yaml:1: city: another city stands in a.yaml, line 1; keep one city to a registry"
            ])
    }

    @Test func oddDatesWarn() {
        let attested = warnings("connections:\n" + row("a", "since: 2001", "attested_from: 1999"))
        #expect(attested.map { $0.contains("lies before since") } == [true])
        let edited = row("a", "verified_by: B", "verified_on: 2020-01-01", "edited_by: A", "edited_on: 2020-01-02")
        #expect(
            warnings("connections:\n" + edited).map { $0.contains("after it was verified; have it verified again") }
                == [true])
    }

    @Test func findingsAreSortedAndTheSameOnEveryRun() {
        let text = "connections:\n" + (0..<40).map { row("x\($0 % 7)", "sinse: 1", "country: ZZ") }.joined()
        let first = reading(text).findings
        #expect(first == first.sorted())
        #expect(first.count > 80)
        for _ in 0..<5 { #expect(reading(text).findings == first) }
    }
}

@Suite struct CountryCodeTests {
    @Test func holdsTheAssignedCodes() {
        #expect(CountryCodes.all.count == 250)
        #expect(CountryCodes.all.allSatisfy { $0.count == 2 && $0 == $0.uppercased() })
        #expect(CountryCodes.all.isSuperset(of: ["MX", "US", "KR", "TW", "NA", "NO", "XK"]))
        #expect(CountryCodes.all.isDisjoint(with: ["UK", "EU", "SU", "YU", "BU", "ZR", "mx", ""]))
    }
}
