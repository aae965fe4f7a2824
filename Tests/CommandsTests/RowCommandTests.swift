import Canary
import Primitives
import Testing

@testable import Commands

/// Commands on the files of departments whose messages hold a row of CSV each.
@Suite struct RowCommandTests {
    private let folder: Folder
    private static let profile = """
        {profile: moves, version: 1, system: s, envelope: none, body: csv-row, files: {delimiter: ";"},
         columns: [id, kind, moved on, people, usd, grant, contactName, remarks, vsp],
         when: [{path: $.kind, equals: move}], victimServices: [{path: $.vsp, equals: "1"}],
         outcome: {key: $.id, type: $.kind, occurredOn: {path: "$['moved on']", as: us},
          people: {path: $.people, as: thousands}, usd: {path: $.usd, as: thousands}},
         references: [{scheme: grant, id: $.grant, mechanism: funded-by}], search: [$.remarks]}
        """
    private static let rows = """
        ID;kind;moved on;people;usd;grant;contactName;remarks;vsp\r
        m1;move;3/4/2026;"1,240";"$12,500.50";HAEWON-GIFT-2025;Ana;"Told ""us"";\r\nand went on";\r
        m2;call;3/4/2026;1;;;;;\r
        m3;move;3/4/2026;1;;;Ana;;1\r
        m4;move;3/4/2026;1\r
        m5;move;never;1;;;;;\r
        m6;move;3/4/2026;1;;a"b;;;\r
        m7;move;3/4/2026;2;;;;;
        """

    init() throws {
        folder = try Folder()
    }

    private func options(_ profile: String = Self.profile) -> [String] {
        [
            "--department", "health", "--registry", fixture("registry.yaml"), "--profile",
            folder.write("p.yaml", profile),
        ]
    }

    private func counts(_ ran: Ran) -> [String] {
        ran.errors.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    }

    @Test func aFileOfRowsIsRun() throws {
        let dead = "\(folder.path)/dead"
        // Whatever the file is called.
        for name in ["rows.csv", "rows.txt", "rows.json"] {
            let file = folder.write(name, Self.rows)
            let ran = run(["run"] + options() + ["--dead-letters", dead, file])
            #expect(ran.code == 1 && ran.output.split(separator: "\n").count == 2)
            #expect(ran.output.contains(#""people":1240,"usd":12500.50,"#) && ran.output.contains(#""offset":1,"#))
            for count in [
                "received 7", "outcomes 2", "enabled 1", "header-row 1", "not-an-outcome 1", "victim-service 1",
                "csv.columns 1", "field.date 1", "bad rows of files 1",
            ] {
                #expect(counts(ran).contains(count), "\(count): \(ran.errors)")
            }
            let lines = try text(of: dead).split(separator: "\n").map(String.init)
            #expect(lines.count == 3 && lines[0].contains(#""line":6,"code":"csv.columns""#), "\(lines)")
            #expect(lines[2].contains(#""line":8,"code":"file.row""#) && !lines.contains { $0.contains("Ana") })
        }
    }

    @Test func theEncodingOfTheFileIsThatOfTheMessage() throws {
        let row = Array("m1;move;3/4/2026;1;;;;".utf8) + [0xe9] + Array(";\n".utf8)
        let western = Self.profile.replacing("delimiter: \";\"", with: "delimiter: \";\", encoding: windows-1252")
        #expect(run(["run"] + options(western) + [folder.write("r.csv", row)]).code == 0)
        let refused = run(["run"] + options() + [folder.write("r.csv", row)])
        #expect(refused.code == 1 && counts(refused).contains("csv.encoding 1"))
        let marked = run(["run"] + options(western) + [folder.write("r.csv", [0xef, 0xbb, 0xbf] + row)])
        #expect(
            marked.code == 1
                && marked.errors.contains(
                    "r.csv: expected a file in windows-1252; it says of itself that it is in UTF-8")
        )
    }

    @Test func aFileWithItsColumnsInAnotherOrderIsNotRead() {
        let rows = Self.rows.replacing("ID;kind;", with: "kind;id;")
        for command in ["run", "explain"] {
            let ran = run([command] + options() + [folder.write("rows.csv", rows)])
            #expect(ran.code == 1 && ran.output.isEmpty)
            #expect(ran.errors.contains("rows.csv: expected the columns in the order of the profile; the first row"))
        }
    }

    @Test func otherFormatsAreRefused() {
        let file = folder.write("rows.csv", Self.rows)
        for words in [["--format", "ndjson", file], ["--format", "folder", file], [folder.path]] {
            let ran = run(["run"] + options() + words)
            #expect(ran.code == 1 && ran.errors.contains("expected a CSV file: the profile reads rows (body: csv-row)"))
        }
        #expect(run(["run"] + options() + ["--format", "csv", file]).errors.contains("received"))
    }

    @Test func oneRowIsExplained() throws {
        let file = folder.write("rows.csv", Self.rows)
        func explain(_ number: String) -> Ran { run(["explain"] + options() + [file + number]) }
        #expect(explain("").output.contains("Skipped   header-row: It repeats the names of the columns"))
        let told = explain(":2")
        #expect(told.code == 0 && told.output.contains("people 1,240, US dollars 12,500.50"))
        #expect(told.output.contains("  $['moved on']  the day of the outcome\n"))
        #expect(told.output.contains("  $.contactName  on the deny list (name)\n"))
        #expect(told.output.contains("  $.remarks      opened for searching only: it stays in the worker\n"))
        #expect(!told.output.contains("Ana") && !told.output.contains("went on"))
        let input = run(["explain"] + options() + ["-"], input: folder.write("one", "m8;move;3/4/2026;2;;;;;"))
        #expect(input.code == 0 && input.output.hasPrefix("Event     stdin, read by profile moves"))
        let victim = explain(":4").output
        #expect(victim.contains("victim-service") && !victim.contains("Read") && !victim.contains("contactName"))
        let wrong = explain(":5")
        #expect(
            wrong.code == 1
                && wrong.output.contains("Where     payload: expected 9 fields, one for each column; found 4"))
        #expect(!wrong.output.contains("Read\n"))
        #expect(explain(":7").errors.contains("event 7: expected a field that holds a quote"))
    }

    @Test func rowsAreTested() {
        _ = folder.write("p.yaml", Self.profile)
        _ = folder.write("rows.csv", Self.rows)
        let tests = """
            department: health
            tests:
              - {name: a row, payload: 'm1;move;3/4/2026;"1,240";;;;;', expect: {outcome: {key: m1, people: 1240}}}
              - name: names
                payload: id;kind;moved on;people;usd;grant;contactName;remarks;vsp
                expect: {skipped: header-row}
              - {name: short, payload: m1;move, expect: {deadLetter: csv.columns}}
              - {name: withdrawn, tombstone: true, key: m1, expect: {decision: retracted, outcome: {key: m1}}}
              - name: a file
                file: rows.csv
                expect:
                  received: 7
                  badRows: 1
                  outcomes: 2
                  skipped: {header-row: 1, not-an-outcome: 1, victim-service: 1}
                  deadLetters: {csv.columns: 1, field.date: 1}
            """
        let ran = run(["test", folder.write("p_test.yaml", tests)])
        #expect(ran.output == "5 tests in 1 files: 5 passed, 0 failed\n")
        let mapped = run([
            "test",
            folder.write(
                "p_test.yaml", "department: d\ntests:\n  - {name: n, event: {id: 1}, expect: {decision: domestic}}"),
        ])
        #expect(mapped.code == 1)
        #expect(mapped.output.contains("p_test.yaml:3: tests[0].event: expected payload, a row such as 'a,b'"))
    }

    /// docs/profiles.md says what the code does.
    @Test func thePageIsWhatItSays() throws {
        let page = try text(of: path("docs/profiles.md"))
        func block(_ kind: String, _ heading: String) throws -> String {
            let section = try #require(page.split(separator: "\n\(heading)\n").dropFirst().first)
            let block = try #require(section.split(separator: "```\(kind)\n").dropFirst().first)
            return String(try #require(block.split(separator: "\n```").first)) + "\n"
        }
        let options = options(try block("yaml", "### `body`"))
        let behind = try #require(
            page.split(separator: "everything on this page applies to it: so of").dropFirst().first)
        let row = try #require(behind.split(separator: "`").dropFirst().first)
        let told = run(["explain"] + options + [folder.write("row", String(row))])
        #expect(told.output.contains("on 4 March 2026, count 1, people 1,240, US dollars 12,500.50"), "\(told)")
        let shown = try block("text", "## Seeing what is read")
        // The row of the page has no remarks.
        let more = run(["explain"] + options + [folder.write("row", String(row) + "x")])
        #expect(more.output.contains(shown), "\(more.output)")
    }

    /// Nothing of a row that the profile does not give out is printed or written, spoilt in whatever way.
    @Test func commandsTellNothing() throws {
        let seed = UInt64.random(in: .min ... .max)
        var markers = Markers(seed: seed)
        var random = SplitMix64(seed: seed)
        var rows: [[UInt8]] = []
        for _ in 0..<200 {
            func word() -> String { markers.word("row") }
            let text = "\(word());move;3/4/2026;7;9;V-1;\(word());\"by \(word()), \"\"\(word())\"\"\";"
            var row = Array(text.utf8)
            for _ in 0..<random.within(0...2) {
                let extra: [[UInt8]] = [[0x22], [0x3b], [0], [0xff], [0x0d]]
                row.insert(contentsOf: random.element(of: extra) ?? [], at: random.within(0...row.count))
            }
            rows.append(row)
        }
        let dead = "\(folder.path)/dead"
        let file = folder.write("rows.csv", Array(rows.joined(separator: [10])))
        for profile in [Self.profile, Self.profile.replacing("body:", with: "strict: true, body:")] {
            var told = [run(["run"] + options(profile) + ["--dead-letters", dead, file])].map { $0.output + $0.errors }
            told.append(try text(of: dead))
            for number in 0..<20 {
                for flags in [[], ["--names"], ["--json"]] {
                    let ran = run(["explain"] + options(profile) + flags + ["\(file):\(number + 1)"])
                    told.append(ran.output + ran.errors)
                }
            }
            #expect(markers.found(in: Array(told.joined(separator: "\n").utf8)).isEmpty, "seed \(seed)")
        }
    }
}

extension ClusterTests {
    @Suite struct RowIngestTests {
        private static let profile = """
            {profile: p, version: 1, system: s, envelope: none, body: csv-row, columns: [id, day, note],
             files: {encoding: windows-1252},
             outcome: {key: {join: [$.id, $.day]}, type: t, occurredOn: $.day}}
            """

        @Test(arguments: targets)
        func rowsAreSentAsTheyStandUnderTheirKeys(_ servers: String?) throws {
            let (city, folder) = (try City(servers), try Folder())
            let profile = folder.write("p.yaml", Self.profile)
            let file = folder.write(
                "rows.csv",
                "id,day,note\r\n1,2026-03-04,\"a,\"\"b\"\"\"\r\n2,2026-03-04\r\n,2026-03-04,x\r\n3,2026-03-05,\r\n")
            let ran = run(["ingest"] + city.options + ["--profile", profile, file])
            #expect(ran.code == 1)
            #expect(ran.output == "\(city.events): 2 sent, 2 bad; left out for naming the columns: 1\n")
            #expect(ran.errors.contains("line 3: expected 3 fields, one for each column; found 2"), "\(ran.errors)")
            #expect(ran.errors.contains("line 4: expected the source record's id"))
            let stored = try city.read(city.events).map {
                "\(($0.key ?? "").replacing("\u{1f}", with: "|")) \($0.payload ?? "")"
            }
            #expect(stored.sorted() == ["1|2026-03-04 1,2026-03-04,\"a,\"\"b\"\"\"", "3|2026-03-05 3,2026-03-05,"])
            try city.work(
                events: 2,
                city.options + [
                    "--profile", profile, "--registry", fixture("registry.yaml"), "--outcome.key",
                    String(repeating: "k", count: 32),
                ])
            let records = try city.read(city.attributions)
            #expect(records.count == 2)
            let swapped = folder.write("swapped.csv", "day,id,note\n2026-03-04,1,x\n")
            let refused = run(["ingest"] + city.options + ["--profile", profile, swapped])
            #expect(refused.code == 1 && refused.output.isEmpty)
            #expect(refused.errors.contains("swapped.csv: expected the columns in the order of the profile"))
            // What has arrived need not be sent again: rows are counted with that of the names.
            let rest = run(["ingest"] + city.options + ["--profile", profile, "--from", "5", file])
            #expect(rest.code == 0 && rest.output == "\(city.events): 1 sent, 0 bad\n")
        }

        @Test func bytesStayWhatTheyAre() throws {
            let (city, folder) = (try City(), try Folder())
            let profile = folder.write("p.yaml", Self.profile)
            let file = folder.write("rows.csv", Array("1,2026-03-04,".utf8) + [0xe9, 10])
            #expect(run(["ingest"] + city.options + ["--profile", profile, file]).code == 0)
            let place = try #require(try city.read(city.events).first)
            // Of the topic, by its place.
            let told = run(
                ["explain"] + city.options + [
                    "--profile", profile, "--registry", fixture("registry.yaml"),
                    "\(city.events):\(place.partition):\(place.offset)",
                ])
            #expect(told.code == 0 && told.output.contains("Outcome   t, on 4 March 2026"), "\(told)")
            #expect(told.output.contains("  $.note  on the deny list (free-text)"))
            // In UTF-8 it would have become another character.
            #expect(place.payload == "1,2026-03-04,\u{fffd}")
        }
    }
}
