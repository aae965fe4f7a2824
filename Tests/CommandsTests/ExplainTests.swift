import Testing

@testable import Commands

private let settings = ["--department", "health", "--registry", fixture("registry.yaml")]

@Suite struct ExplainTests {
    private func explain(_ words: String..., input: String = "/dev/null") -> Ran {
        run(["explain"] + settings + words, input: input)
    }

    @Test func tellsWhatIsExpected() throws {
        var told = ""
        for line in [1, 2, 3, 4, 6, 7, 8, 9, 10, 11] {
            let ran = explain("\(fixture("events.ndjson")):\(line)")
            #expect(ran.code == (line == 8 || line == 9 ? 1 : 0))
            told += ran.output + "----\n"
        }
        let expected = try text(of: fixture("explanations.golden"))
        #expect(told == expected)
        #expect(!told.contains("Ana") && !told.contains("client-4711"))
    }

    @Test func printsTheRecordThatARunGives() {
        let records = run(["run"] + settings + [fixture("events.ndjson")]).output.split(separator: "\n")
        let ran = explain("--json", "\(fixture("events.ndjson")):1")
        #expect(ran.code == 0 && ran.output == "\(records[0])\n")
        let skipped = explain("--json", "\(fixture("events.ndjson")):6")
        #expect(skipped.code == 0 && skipped.output.isEmpty && skipped.errors.contains("not-an-outcome"))
    }

    @Test func tellsOfDomesticOutcomesThatAreNotPublished() {
        #expect(explain("--publish=attributed", "--json", "\(fixture("events.ndjson")):4").output.contains("domestic"))
    }

    @Test func findsTheEvent() throws {
        let folder = try Folder()
        let event = String(try text(of: fixture("events.ndjson")).split(separator: "\n")[1])
        let spread = event.split(separator: ",", omittingEmptySubsequences: false).joined(separator: ",\n")
        let pretty = explain(folder.write("pretty.json", spread + "\n"))
        #expect(pretty.output.hasPrefix("Event     pretty.json, read by profile canonical for health\nOutcome   vacc"))
        let first = explain(folder.write("two.ndjson", "\n\(event)\n\(event)\n"))
        #expect(first.output.hasPrefix("Event     two.ndjson, line 2, read"))
        let input = explain("-", input: folder.write("one", event))
        #expect(input.output.hasPrefix("Event     stdin, read by") && input.code == 0)
        #expect(explain("\(fixture("events.ndjson")):99").errors.hasSuffix("events.ndjson: there is no line 99\n"))
        #expect(explain(folder.write("empty", " \n")).errors.hasSuffix("empty: there is no event in it\n"))
        #expect(explain("/nowhere").code == 1)
    }

    @Test func creditSumsToTheWhole() {
        let output = explain("\(fixture("events.ndjson")):1").output
        let shares = output.split(separator: "\n").filter { $0.hasSuffix(" %") }.compactMap {
            Double($0.split(separator: " ").dropLast().last ?? "")
        }
        #expect(shares.count == 4 && abs(shares.dropLast().reduce(0, +) - 100) < 1e-9 && shares.last == 100)
    }

    @Test func textsInThePlaceOfIdentifiersAreNotShown() throws {
        let folder = try Folder()
        let event = String(try text(of: fixture("events.ndjson")).split(separator: "\n")[1])
        let file = folder.write("e", event.replacing("LEAGUE-TRAINING", with: "paid by Ana, 4711") as String)
        let ran = explain(file)
        #expect(ran.code == 0 && !ran.output.contains("Ana"))
        #expect(ran.output.contains("programme (a text with spaces, not shown), "), "\(ran.output)")
    }

    @Test func nothingActsOnTheTerminal() throws {
        let folder = try Folder()
        let event = String(try text(of: fixture("events.ndjson")).split(separator: "\n")[1])
        let file = folder.write("e", event.replacing("LEAGUE-TRAINING", with: #"\u001b[2J\u202eX"#) as String)
        let output = explain(file).output
        #expect(output.contains("programme \u{fffd}[2J\u{fffd}X,") && !output.contains("\u{1b}"))
    }
}

@Suite struct WordingTests {
    @Test func writesNumbersForPeople() {
        #expect(
            [0, 7, 999, 1000, 12_000, 1_000_007].map(Wording.number) == [
                "0", "7", "999", "1,000", "12,000", "1,000,007",
            ])
        #expect([0, 5, 1250, 1_200_000].map(Wording.money) == ["0", "0.05", "12.50", "12,000"])
        #expect([0, 9000, 10_000, 9640, 25].map(Wording.strength) == ["0.00", "0.90", "1.00", "0.964", "0.0025"])
        #expect([0, 7105, 10_000, 5].map(Wording.share) == ["0.00 %", "71.05 %", "100.00 %", "0.05 %"])
    }
}
