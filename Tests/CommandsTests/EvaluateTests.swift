import Testing

@testable import Commands

/// Decisions measured on labelled cases, and claims drawn for review and read back.
@Suite struct EvaluateTests {
    private let registry = """
        connections:
          - { id: s:gwangju, type: sister_city, partner: Gwangju, country: KR, status: active, since: "1982",
              verified: true }
          - { id: s:cork, type: sister_city, partner: Cork, country: IE, status: ended, since: "1990", until: "2010",
              verified: true }
        """
    private let cases = [
        #""id":"A","text":"The bells are a gift of our sister city Gwangju.","date":"2020","label":"enabled""#,
        #""id":"B","text":"Our sister city Cork gave oaks.","date":"2020-05","label":"ended","connection":"s:cork""#,
        #""id":"C","text":"Our sister city Cork gave 600 oaks.","date":"2005","label":"enabled","connection":"s:cork""#,
        #""id":"D","text":"The clients of Maria Canary came from Korea.","label":"domestic","connection":null"#,
        #""id":"E","label":"contributed","connection":"s:gwangju","event":{"specversion":"1.0","id":"1","source":"/p","#
            + #""type":"org.city.parks.planting.done","data":{"outcome":{"type":"planting","occurredOn":"2020-01-01"},"#
            + #""named":[{"name":"Gwangju","country":"KR","mechanism":"donated-by"}]}}"#,
        #""id":"F","label":"none","connection":null,"event":{"specversion":"1.0","id":"2","source":"/p","#
            + #""type":"org.city.parks.bench.painted","data":{"bench":1}}"#,
    ].map { "{\"department\":\"parks\",\($0)}\n" }.joined()

    private func evaluate(_ folder: Folder, _ words: String..., cases: String? = nil) -> Ran {
        let file = folder.write("cases.ndjson", cases ?? self.cases)
        return run(["evaluate", file, "--registry", folder.write("registry.yaml", registry)] + words)
    }

    @Test func decidesPassagesAndEventsAsTheirRegistryWas() throws {
        let folder = try Folder()
        let lines = "\(folder.path)/lines"
        let ran = evaluate(folder, "--cases", lines, "--baseline")
        #expect(ran.code == 0, "\(ran.errors)")
        #expect(ran.output.contains("precision         1.00"), "\(ran.output)")
        #expect(ran.output.contains("any-foreign-word"))
        let decided = try text(of: lines).split(separator: "\n")
        let verdicts = decided.compactMap { $0.split(separator: "\"verdict\":\"").last?.split(separator: "\"").first }
        #expect(verdicts == ["enabled", "domestic", "enabled", "domestic", "enabled", "skipped"])
        #expect(decided[1].contains("31 December 2010"))
        // No word of a case.
        #expect(![ran.output, ran.errors, try text(of: lines)].joined().contains("Canary"))
    }

    @Test func theRestOfASplitIsTheOtherCases() throws {
        let folder = try Folder()
        let both = ["", "--rest"].map { rest -> Int in
            let file = "\(folder.path)/side\(rest)"
            let words = ["--split", "development:0.5", "--cases", file] + (rest.isEmpty ? [] : [rest])
            let ran = run(
                [
                    "evaluate", folder.write("cases.ndjson", cases), "--registry",
                    folder.write("registry.yaml", registry),
                ] + words)
            #expect(ran.code == 0, "\(ran.errors)")
            return (try? text(of: file).split(separator: "\n").count) ?? -1
        }
        #expect(both.reduce(0, +) == 6)
    }

    @Test func anotherRuleSetIsComparedAndAPlotIsWritten() throws {
        let folder = try Folder()
        let strict = try text(of: path("schemas/rules/default.yaml")).replacing(
            "  enabled: 0.80", with: "  enabled: 0.99"
        )
        .replacing("  contributed: 0.50", with: "  contributed: 0.95")
        let plot = "\(folder.path)/plot.svg"
        let ran = evaluate(folder, "--compare", folder.write("strict.yaml", strict), "--plot", plot)
        #expect(ran.code == 0, "\(ran.errors)")
        #expect(ran.output.contains("McNemar"), "\(ran.output)")
        #expect(try text(of: plot).hasPrefix("<svg"))
        let json = evaluate(folder, "--json", "--compare", folder.write("strict.yaml", strict))
        #expect(json.code == 0 && json.output.hasPrefix("{"))
    }

    @Test(
        arguments: [
            (["--seed", "x"], 2, "--seed: expected a whole number"),
            (["--split", "half"], 2, "--split: expected a name"),
            (["--compare", "/nowhere"], 1, "/nowhere: the file cannot be read"),
            (["--plot", "/nowhere/plot.svg"], 1, "the file cannot be written"),
        ] as [([String], Int32, String)])
    func whatIsWrongIsSaid(words: [String], code: Int32, expected: String) throws {
        let folder = try Folder()
        let ran = run(
            ["evaluate", folder.write("cases.ndjson", cases), "--registry", folder.write("registry.yaml", registry)]
                + words)
        #expect(ran.code == code && ran.errors.contains(expected), "\(ran)")
    }

    @Test func casesThatCannotBeReadAreNamedAndNotQuoted() throws {
        let folder = try Folder()
        let ran = evaluate(
            folder, cases: "{\"id\":\"A\",\"department\":\"p\",\"text\":\"Canary\",\"label\":\"enable\"}\n")
        #expect(ran.code == 1)
        #expect(ran.errors.contains("cases.ndjson:1: label") && ran.errors.contains("enabled"), "\(ran.errors)")
        #expect(!ran.errors.contains("Canary"))
        #expect(run(["evaluate", "/nowhere", "--registry", "/nowhere"]).code == 78)
        #expect(run(["evaluate"]).code == 2)
    }

    @Test func claimsAreDrawnReviewedAndMakeStrengths() throws {
        let folder = try Folder()
        let records = folder.write(
            "records.ndjson",
            run(["run", "--department", "health", "--registry", fixture("registry.yaml"), fixture("events.ndjson")])
                .output)
        let drawn = run(["evaluate", records, "--sample", "50", "--least", "1", "--seed", "7"])
        #expect(drawn.code == 0, "\(drawn.errors)")
        let rows = drawn.output.split(separator: "\n")
        #expect(!rows.isEmpty && rows.allSatisfy { $0.contains("\"upheld\":null") })
        #expect(run(["evaluate", records, "--sample", "50", "--least", "1", "--seed", "7"]) == drawn)
        let reviewed = folder.write(
            "reviewed.ndjson",
            drawn.output.replacing("\"upheld\":null,\"reviewer\":null", with: "\"upheld\":true,\"reviewer\":\"r\""))
        let quality = run(["evaluate", records, "--reviewed", reviewed])
        #expect(quality.code == 0 && quality.output.contains("\(rows.count) of \(rows.count)"), "\(quality)")
        let proposed = run(["rules", "calibrate", reviewed, "--records", records])
        #expect(proposed.code == 0, "\(proposed.errors)")
        #expect(
            proposed.output.contains("Kept: fewer than 30") && proposed.output.contains("of 0 would change"),
            "\(proposed.output)")
    }

    @Test func strengthsThatChangeSayWhatTheyChange() throws {
        let folder = try Folder()
        let records = folder.write(
            "records.ndjson",
            run(["run", "--department", "health", "--registry", fixture("registry.yaml"), fixture("events.ndjson")])
                .output)
        let row = { (number: Int, upheld: Bool) in
            "{\"outcome\":\"o\(number)\",\"connection\":\"c\",\"rule\":\"reference/trained-under\",\"strength\":0.6,"
                + "\"origins\":1,\"probability\":1,\"upheld\":\(upheld),\"reviewer\":\"r\"}\n"
        }
        let reviewed = folder.write("reviewed.ndjson", (0..<40).map { row($0, $0 < 10) }.joined())
        let proposed = run(["rules", "calibrate", reviewed, "--records", records])
        #expect(proposed.code == 0, "\(proposed.errors)")
        #expect(proposed.output.contains("contributed to domestic: "), "\(proposed.output)")
        #expect(run(["evaluate", reviewed, "--sample", "3"]).errors.contains("expected attribution records"))
    }

    @Test func ruleSetsAreChecked() throws {
        let folder = try Folder()
        let good = run(["rules", "check", path("schemas/rules/default.yaml")])
        #expect(good.code == 0, "\(good)")
        let text = try text(of: path("schemas/rules/default.yaml"))
        let bad = folder.write("bad.yaml", text.replacing("\"{partner} <gift>\"", with: "\"{partner} <gifft>\""))
        let ran = run(["rules", "check", bad])
        #expect(ran.code == 1 && ran.output.contains("did you mean <gift>?"), "\(ran)")
        #expect(run(["rules"]).code == 2 && run(["rules", "check", "/nowhere"]).code == 1)
    }

    /// The written passages: which ones are credited is kept, so that a change of rules shows which ones moved.
    @Test func theSamePassagesAreCreditedAsBefore() throws {
        let folder = try Folder()
        let lines = "\(folder.path)/lines"
        let ran = run([
            "evaluate", path("Tests/Fixtures/labelled/passages.ndjson"), "--registry",
            path("Tests/Fixtures/labelled/registry.yaml"), "--cases", lines,
        ])
        #expect(ran.code == 0, "\(ran.errors)")
        let credited = try text(of: lines).split(separator: "\n").filter {
            $0.contains("\"verdict\":\"enabled\"") || $0.contains("\"verdict\":\"contributed\"")
        }.compactMap { $0.split(separator: "\"").dropFirst(3).first.map(String.init) }
        let kept = try text(of: path("Tests/Fixtures/labelled/credited.txt")).split(separator: "\n")
            .filter { !$0.hasPrefix("#") }.flatMap { $0.split(separator: " ") }.map(String.init)
        #expect(Set(credited).subtracting(kept).sorted() == [], "credited now and not before")
        #expect(Set(kept).subtracting(credited).sorted() == [], "credited before and not now")
    }
}
