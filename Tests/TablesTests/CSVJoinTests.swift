import JSON
import Primitives
import Testing

@testable import Tables

/// The rows of a query over files, and what was said of bad ones.
private func join(
    _ query: String, _ files: [String: String], limits: CSVJoin.Limits = CSVJoin.Limits(),
    format: CSVFormat = CSVFormat()
) throws(TableError) -> (rows: [String], bad: [String], plan: CSVJoin.Plan) {
    let folder = TemporaryFolder(files)
    var bad: [String] = []
    var join = try CSVJoin(folder: folder.path, query: query, format: format, limits: limits) { file, error in
        bad.append("\(file): \(error)")
    }
    var rows: [String] = []
    while true {
        switch try join.next() {
        case .end: return (rows, bad, join.plan)
        case .row: rows.append(String(decoding: join.json, as: UTF8.self))
        case .bad(let error): bad.append(error.description)
        }
    }
}

private func fault(_ query: String, _ files: [String: String], limits: CSVJoin.Limits = CSVJoin.Limits()) -> String? {
    do throws(TableError) {
        _ = try join(query, files, limits: limits)
        return nil
    } catch {
        return error.description
    }
}

private let shelter = [
    "Client.csv": "PersonalID,Age,Note\n1,34,\n2,7,\"a, \"\"b\"\"\"\n3,,x\n",
    "Exit.csv": "ExitID,PersonalID,Destination\n10,2,410\n11,1,435\n12,9,1\n",
    "Funder.csv": "FunderID,\"broken\n",
    "notes.txt": "no table",
]

@Suite struct CSVJoinTests {
    @Test(arguments: [CSVJoin.Limits.Storage.memory, .temporaryFile])
    func oneRowForEachOutcome(_ storage: CSVJoin.Limits.Storage) throws {
        let query = """
            SELECT 'exit-' || e.ExitID AS id, CAST(c.Age AS INTEGER) AS age, c.Note AS note, CAST(e.Destination AS REAL)
              / 4 AS share
            FROM Exit AS e JOIN Client AS c USING (PersonalID) ORDER BY e.ExitID
            """
        let result = try join(query, shelter, limits: CSVJoin.Limits(storage: storage))
        #expect(
            result.rows == [
                #"{"id":"exit-10","age":7,"note":"a, \"b\"","share":102.5}"#,
                #"{"id":"exit-11","age":34,"share":108.75}"#,
            ])
        #expect(result.bad == [])
        #expect(
            result.plan
                == CSVJoin.Plan(
                    tables: ["Client", "Exit"], columns: ["id", "age", "note", "share"], warnings: []))
    }

    @Test func onlyTablesThatAreNamedAreRead() throws {
        // Funder.csv has a broken header, and does not matter where it stands in a text or a comment.
        let result = try join("SELECT count(*) AS n, 'Exit, Funder' AS t FROM client -- Funder", shelter)
        #expect(result.rows == [#"{"n":3,"t":"Exit, Funder"}"#] && result.plan.tables == ["Client"])
        #expect(result.plan.warnings.count == 1)
        // A name that the query gives itself is no file.
        let named = try join("WITH Exit AS (SELECT 1 AS x) SELECT x FROM Exit ORDER BY x", shelter)
        #expect(named.rows == [#"{"x":1}"#] && named.plan.tables == [])
        #expect(
            fault("SELECT * FROM Funder", shelter)
                == "Funder.csv:1: header, column 2: expected a closing quote before the end of the file")
    }

    @Test func tablesNamedOnlyByUSINGAreRead() throws {
        let result = try join("SELECT Client.Age AS a FROM Client JOIN Exit USING (PersonalID) ORDER BY a", shelter)
        #expect(result.rows == [#"{"a":"34"}"#, #"{"a":"7"}"#] && result.plan.tables == ["Client", "Exit"])
    }

    @Test func emptyFieldsAreNULLAndColumnsAreText() throws {
        let result = try join("SELECT count(Age) AS known, max(Age) AS most FROM Client ORDER BY 1", shelter)
        #expect(result.rows == [#"{"known":2,"most":"7"}"#])
        let all = try join("SELECT * FROM Client WHERE Age IS NULL", shelter)
        #expect(all.rows == [#"{"PersonalID":"3","Note":"x"}"#])
    }

    @Test func badRowsOfFilesAreToldAndLeftOut() throws {
        let result = try join(
            "SELECT b FROM T ORDER BY b", ["T.csv": "a;b\n1;2\n3\n4;\"x\ny\"\n\"5\n6;7\n"],
            format: CSVFormat(delimiter: .semicolon))
        #expect(result.rows == [#"{"b":"7"}"#, #"{"b":"2"}"#, #"{"b":"x\ny"}"#].sorted())
        #expect(
            result.bad == [
                "T.csv: line 3 (row 2): column b: expected 2 fields, one for each column; found 1",
                "T.csv: line 6 (row 4): column a: expected a closing quote before the end of the file",
            ])
    }

    @Test func badRowsOfTheResultAreToldAndLeftOut() throws {
        let query = """
            SELECT column1 AS a, column2 AS b FROM
              (VALUES (1, 'x'), (2, x'00'), (3, 9e999), (4, -1.5), (5, zeroblob(0)), (6, NULL), (7, char(0, 233)))
            ORDER BY a
            """
        let result = try join(query, [:])
        #expect(
            result.rows == [
                #"{"a":1,"b":"x"}"#, #"{"a":4,"b":-1.5}"#, #"{"a":6}"#, #"{"a":7,"b":"\u0000é"}"#,
            ])
        let blob = "column b: expected a number or a text, not a BLOB; use CAST(… AS TEXT)"
        #expect(result.bad == ["row 2: \(blob)", "row 3: column b: expected a finite number", "row 5: \(blob)"])
        let long = try join(
            "SELECT 1 AS a UNION SELECT printf('%90s', 'x') ORDER BY 1", [:], limits: CSVJoin.Limits(rowBytesMax: 90))
        #expect(long.rows == [#"{"a":1}"#])
        #expect(long.bad == ["row 2: column a: expected a row of at most 90 bytes of JSON"])
    }

    @Test func integersAndTextsComeThroughWhole() throws {
        let result = try join(
            "SELECT 9223372036854775807 AS a, -9223372036854775808 AS b, '1' AS c, 1e21 AS d ORDER BY 1", [:])
        #expect(result.rows == [#"{"a":9223372036854775807,"b":-9223372036854775808,"c":"1","d":1e+21}"#])
    }

    @Test func tablesLargerThanTheCacheGoToAFile() throws {
        var text = "id,pad\n"
        for id in 0..<20_000 { text += "\(id),\(String(repeating: "x", count: 100))\n" }
        let query = "SELECT a.id AS id FROM T AS a JOIN T AS b USING (id) ORDER BY CAST(a.id AS INTEGER) DESC"
        let result = try join(query, ["T.csv": text], limits: CSVJoin.Limits(cacheKibibytes: 64))
        #expect(result.rows.count == 20_000 && result.rows.first == #"{"id":"19999"}"#)
        #expect(
            fault(query, ["T.csv": text], limits: CSVJoin.Limits(tablesBytesMax: 1 << 20))
                == "T.csv: the rows cannot be stored: the tables need more than 1048576 bytes, or the disk for"
                + " temporary files is full")
    }

    @Test func whatCanBeExtractedInPlaceIs() throws {
        let folder = TemporaryFolder([:])
        var join = try CSVJoin(folder: folder.path, query: "SELECT 'ü' AS id") { _, _ in }
        #expect(try join.next() == .row)
        let extractor = Extractor(maximumBytes: 1000, maximumDepth: 8)
        let values = try extractor.extract(padded: join.json, ExtractionPlan([try SimplePath("$.id")]))
        #expect(values.map { String(decoding: $0.text, as: UTF8.self) } == ["ü"])
        #expect(try join.next() == .end && join.next() == .end && join.row == 1)
    }

    @Test func aQueryIsCheckedWithoutItsRows() throws {
        let folder = TemporaryFolder(["T.csv": "a,b\n1,\"2,3\n"])
        let plan = try CSVJoin.check(folder: folder.path, query: "SELECT a, b AS c FROM T")
        #expect(plan.tables == ["T"] && plan.columns == ["a", "c"])
        #expect(plan.warnings == ["the query has no ORDER BY: the order of its rows may differ from run to run"])
        #expect(throws: TableError.self) { try CSVJoin.check(folder: folder.path, query: "SELECT d FROM T") }
    }
}

@Suite struct CSVJoinRefusalTests {
    @Test(arguments: [
        ("SELECT nam FROM Client", "query:1:8: no such column: nam; expected one of PersonalID, Age, Note"),
        ("SELECT 1,\n  c.Nte FROM Client AS c", "query:2:3: no such column: c.Nte; did you mean Note?"),
        (
            "SELECT \"é\" AS x, \"Agee\" FROM Client",
            "query:1:8: no such column: é; expected one of PersonalID, Age, Note"
        ),
        ("SELECT 'é', \"Agee\" FROM Client", "query:1:13: no such column: Agee; did you mean Age?"),
        ("SELECT 1 FROM Clients", "query: no such table: Clients; did you mean Client?"),
        ("SELECT 1 FROM zzzzzzzz", "query: no such table: zzzzzzzz; expected one of Client, Exit, Funder"),
        ("SELECT 1 FROM main.Clients", "query: no such table: main.Clients; did you mean Client?"),
        ("SELEC 1", "query:1:1: near \"SELEC\": syntax error"),
        ("SELECT 1 FROM", "query: incomplete input"),
        ("SELECT 1 AS a, 2 AS a", "query: expected each column of the result once; a is there twice; use AS"),
        ("SELECT 1 AS \"\"", "query: expected a name for column 1 of the result; use AS"),
        ("", "query: expected a SELECT; there is nothing"),
        ("-- nothing\n;", "query: expected a SELECT; there is nothing"),
        ("SELECT 1\0", "query: expected text without NUL bytes"),
        ("SELECT 1; SELECT 2", "query: expected a single SELECT; there is something behind it"),
        ("SELECT 1; x", "query: expected a single SELECT; there is something behind it"),
        ("SELECT ?", "query: expected a SELECT without parameters: nothing would set them"),
        ("SELECT :name", "query: expected a SELECT without parameters: nothing would set them"),
        ("EXPLAIN SELECT 1", "query: expected a SELECT; nothing else is allowed"),
        ("REINDEX", "query: expected a SELECT; nothing else is allowed"),
        ("VACUUM", "query: expected a SELECT; nothing else is allowed"),
        ("VACUUM INTO '/tmp/x'", "query: expected a SELECT; nothing else is allowed"),
    ])
    func saysWhatIsWrongAndWhere(_ query: String, _ expected: String) {
        #expect(fault(query, shelter) == expected)
    }

    @Test(arguments: [
        ("INSERT INTO Client VALUES (1, 2, 3)", "anything else"),
        ("INSERT INTO Client VALUES (1, 2, 3) RETURNING Age", "anything else"),
        ("UPDATE Client SET Age = 1", "anything else"), ("DELETE FROM Client", "anything else"),
        ("DROP TABLE Client", "anything else"), ("CREATE TABLE x (a)", "anything else"),
        ("CREATE TEMP VIEW x AS SELECT 1", "anything else"),
        ("CREATE VIRTUAL TABLE x USING fts5(a)", "anything else"),
        ("ANALYZE Client", "anything else"),
        ("ALTER TABLE Client RENAME TO x", "anything else"),
        ("BEGIN", "a transaction"), ("COMMIT", "a transaction"), ("SAVEPOINT x", "a transaction"),
        ("ATTACH 'x.db' AS x", "to attach databases"), ("DETACH main", "to attach databases"),
        ("PRAGMA user_version", "PRAGMA"), ("PRAGMA temp_store_directory = '/'", "PRAGMA"),
        ("SELECT * FROM pragma_database_list", "anything else"),
        ("SELECT 1 FROM pragma_table_list", "anything else"),
        ("SELECT * FROM sqlite_schema", "to read sqlite_master"),
        ("SELECT * FROM sqlite_temp_schema", "to read sqlite_temp_master"),
        ("SELECT load_extension('x')", "the function load_extension"), ("SELECT random()", "the function random"),
        ("SELECT RandomBlob(3)", "the function randomblob"), ("SELECT CURRENT_DATE", "the function current_date"),
        ("SELECT sqlite_version()", "the function sqlite_version"),
        ("SELECT Age FROM Client WHERE Age = (SELECT random())", "the function random"),
    ])
    func whatDoesNotOnlyReadIsRefused(_ query: String, _ what: String) {
        let expected = ": expected a SELECT that only reads the tables of the folder; \(what) is not allowed"
        #expect(fault(query, shelter)?.hasSuffix(expected) == true)
    }

    @Test func aQueryEndsAtItsLimits() throws {
        let files = ["T.csv": "a\n" + (0..<1000).map { "\($0)\n" }.joined()]
        let message = "; see whether each table is joined by a condition, or raise the limit"
        let cross = "SELECT count(*) AS n FROM T AS a, T AS b, T AS c, T AS d ORDER BY 1"
        #expect(
            fault(cross, files, limits: CSVJoin.Limits(stepsMax: 1_000_000))
                == "query: the query took more than 1000000 steps or 3600 s" + message)
        #expect(
            fault(cross, files, limits: CSVJoin.Limits(secondsMax: 0))
                == "query: the query took more than 100000000000 steps or 0 s" + message)
        let endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"
        #expect(fault(endless, [:], limits: CSVJoin.Limits(stepsMax: 100_000))?.contains("100000 steps") == true)
        // The limits end the query, and not the preparations: one that is short goes through.
        #expect(
            try join("SELECT count(*) AS n FROM T ORDER BY 1", files, limits: CSVJoin.Limits(stepsMax: 100_000))
                .rows == [#"{"n":1000}"#])
    }

    @Test func anErrorWhileRunningQuotesNoValue() {
        let query = "SELECT json_extract('{}', Note) AS x FROM Client WHERE Note IS NOT NULL ORDER BY PersonalID"
        #expect(fault(query, shelter) == "query: row 1: JSON path error near …")
    }

    @Test func aFolderThatIsNotThereIsSaid() {
        #expect(throws: TableError("/nowhere", "expected a folder of CSV files: No such file or directory")) {
            try CSVJoin.check(folder: "/nowhere", query: "SELECT 1")
        }
    }

    @Test func namesThatSQLiteTakesForOneAreRefusedWhereTheyAreUsed() throws {
        let files = [
            "T.csv": "a\n1\n", "t.csv": "b\n", "U.csv": "a,A\n1,2\n", "sqlite_x.csv": "a\n", "W.csv": "a\n2\n",
        ]
        #expect(
            fault("SELECT * FROM T", files)?.hasSuffix("expected names that differ in more than case: T.csv, t.csv")
                == true)
        #expect(
            fault("SELECT * FROM U", files)
                == "U.csv:1: expected names that differ in more than case, unlike columns 1 and 2")
        #expect(fault("SELECT * FROM sqlite_x", files)?.hasPrefix("sqlite_x.csv: the file cannot be a table: ") == true)
        #expect(try join("SELECT a AS \"T\" FROM w", files).rows == [#"{"T":"2"}"#])
    }

    @Test func namesOfAnyKindCanBeQuoted() throws {
        let files = ["a \"b\".csv": "x y,\"c\"\"d\",select\n1,2,3\n", "it's.CSV": "v\n4\n"]
        let query = "SELECT \"x y\", \"c\"\"d\", \"select\", v FROM \"a \"\"b\"\"\" JOIN [it's] ORDER BY 1"
        #expect(try join(query, files).rows == [#"{"x y":"1","c\"d":"2","select":"3","v":"4"}"#])
    }
}

@Suite struct CSVJoinFuzzTests {
    private static let words = [
        "SELECT", "FROM", "WHERE", "a", "b", "T", "U", "*", ",", "(", ")", "'", "\"", "AS", "JOIN", "USING", "ORDER",
        "BY",
        "1", "x'00'", "NULL", "UNION", "WITH", "RECURSIVE", ";", "--", "/*", "\n", "é", "count(*)", "sum(a)", "GROUP",
        "DROP TABLE T", "PRAGMA", "ATTACH", "||", "=", "/", "0", "random()", "LIMIT", "VALUES", "CAST(", "\0", "?", ".",
    ]

    /// Any query gives rows of JSON, or is refused with words; the tables are as they were.
    @Test func anyQueryIsRunOrRefused() throws {
        let folder = TemporaryFolder(["T.csv": "a,b\n1,2\n3,\n", "U.csv": "a,c\n1,x\n"])
        let limits = CSVJoin.Limits(storage: .memory, stepsMax: 10_000)
        for seed in 0..<1500 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            let rest = (0..<random.within(1...12)).compactMap { _ in random.element(of: CSVJoinFuzzTests.words) }
            let start = random.element(of: ["", "SELECT a FROM T ", "SELECT * FROM U ", "SELECT "])!
            do throws(TableError) {
                var join = try CSVJoin(
                    folder: folder.path, query: start + rest.joined(separator: " "), limits: limits
                ) { _, error in
                    Issue.record("expected no bad row in a file: \(error)")
                }
                while true {
                    let step = try join.next()
                    if step == .end { break }
                    if step == .row { #expect(join.json.first == UInt8(ascii: "{")) }
                }
            } catch {
                #expect(error.place == "query" && !error.message.isEmpty, "seed \(seed)")
            }
        }
    }

    /// What is in a table is what the reader reads.
    @Test(arguments: 0..<150 as Range<UInt64>) func damagedFilesAreJoinedWithoutTheirBadRows(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var file = Array("a,b\n".utf8)
        for _ in 0..<random.within(1...20) {
            file += Array(csvRow([random.field(), random.field()], ",", lineEnd: "\n", &random).utf8)
        }
        for _ in 0..<random.within(0...4) {
            file[random.within(4...file.count - 1)] = random.element(of: Array("\",\n\u{1}x".utf8))!
        }
        let text = String(decoding: file, as: UTF8.self)
        let read = try readAll(text)
        let joined = try join("SELECT a, b FROM T ORDER BY rowid", ["T.csv": text])
        #expect(joined.bad.count == read.count { $0.isBad })
        #expect(joined.rows.count == read.count { !$0.isBad })
        var reader = try CSVReader(.bytes(Array(text.utf8)), name: "T.csv")
        var rows = JSONRows(columns: reader.columns)
        var objects: [String] = []
        while true {
            let step = try reader.next()
            if step == .end { break }
            if step == .row { objects.append(String(decoding: rows.write(reader), as: UTF8.self)) }
        }
        #expect(joined.rows == objects, "seed \(seed)")
    }
}
