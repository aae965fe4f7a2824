import JSON
import Primitives
import Testing

@testable import Tables

/// Rows that come one by one, as in messages.
@Suite struct CSVRowParserTests {
    /// The object of a row, `header`, or what is wrong with it.
    private func read(
        _ row: [UInt8], columns: [String] = ["a", "b", "c"], _ format: CSVFormat = CSVFormat()
    ) -> String {
        let parser = CSVRowParser(columns: columns, format: format)
        return read(row, parser)
    }

    private func read(_ row: [UInt8], _ parser: CSVRowParser) -> String {
        do throws(CSVRowError) {
            return try row.withUnsafeBufferPointer { (row) throws(CSVRowError) in
                try parser.object(UnsafeRawBufferPointer(row)).map { String(decoding: $0, as: UTF8.self) } ?? "header"
            }
        } catch {
            return "\(error.kind)\(error.column.map { " \($0)" } ?? ""): \(error.message)"
        }
    }

    private func read(_ row: String, _ format: CSVFormat = CSVFormat()) -> String { read(Array(row.utf8), format) }

    private func read(_ row: [UInt8], _ format: CSVFormat) -> String { read(row, columns: ["a", "b", "c"], format) }

    @Test(arguments: [
        ("1,2,3", #"{"a":"1","b":"2","c":"3"}"#), ("1,2,3\n", #"{"a":"1","b":"2","c":"3"}"#),
        ("1,2,3\r\n", #"{"a":"1","b":"2","c":"3"}"#), ("1,2,3\r", #"{"a":"1","b":"2","c":"3"}"#),
        (",,", "{}"), ("\"\",,\"\"", "{}"), ("1,,3", #"{"a":"1","c":"3"}"#),
        (#""1,234","say ""x""",3"#, #"{"a":"1,234","b":"say \"x\"","c":"3"}"#),
        ("1,\"two\nlines\",3", #"{"a":"1","b":"two\nlines","c":"3"}"#),
        ("1,\"ends with one\n\",\"3\"\n", #"{"a":"1","b":"ends with one\n","c":"3"}"#),
        (" 1 ,\t, é", #"{"a":" 1 ","b":"\t","c":" é"}"#),
        ("\u{feff}1,2,3", #"{"a":"1","b":"2","c":"3"}"#),
    ]) func aRowIsAnObject(_ row: String, _ object: String) {
        #expect(read(row) == object)
    }

    @Test(arguments: [
        ("", "empty: expected a row with 3 fields, one for each column"),
        ("\n", "empty: expected a row with 3 fields, one for each column"),
        ("1,2", "columns: expected 3 fields, one for each column; found 2"),
        ("1,2,3,", "columns: expected 3 fields, one for each column; found 4"),
        ("1,\"2\n3", "quotes b: expected a closing quote before the end of the row"),
        (
            "1,\"2\n,3\"",
            "columns: expected 3 fields, one for each column; found 2, in quotes up to line 2: is a quote not closed?"
        ),
        ("1,2\"x\",3", "quotes b: expected a field that holds a quote to stand in quotes"),
        ("1,\"2\"x,3", "quotes b: expected a delimiter or a line end behind the closing quote"),
        ("1,2,3\n4,5,6", "manyRows: expected one row, and nothing behind it"),
        ("1,2,3\n\n", "manyRows: expected one row"), ("\n1,2,3", "manyRows: expected one row"),
        ("1,2\u{0},3", "encoding b: expected text without NUL bytes"),
    ]) func aWrongRowIsTold(_ row: String, _ fault: String) {
        let found = read(row)
        #expect(found.hasPrefix(fault), "\(found)")
    }

    @Test func encodings() {
        let é: [UInt8] = Array("1,".utf8) + [0xe9, 0x80] + Array(",3".utf8)
        let message = "encoding b: expected text in UTF-8"
        #expect(read(é).hasPrefix("\(message); if it is in another encoding, name it, such as windows-1252"))
        #expect(read(é, CSVFormat(encoding: .utf8)) == message)
        #expect(read(é, CSVFormat(encoding: .windows1252)) == #"{"a":"1","b":"é€","c":"3"}"#)
        #expect(read(é, CSVFormat(encoding: .iso88591)) == "{\"a\":\"1\",\"b\":\"é\u{80}\",\"c\":\"3\"}")
        // Of the five bytes that mean nothing there.
        let wrong = Array("1,".utf8) + [0x81] + Array(",3".utf8)
        #expect(read(wrong, CSVFormat(encoding: .windows1252)) == "encoding b: expected text in windows-1252")
        // A byte order mark counts for more.
        let utf16: [UInt8] = [0xff, 0xfe] + Array("1,€,3\n".utf16).flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
        #expect(read(utf16, CSVFormat(encoding: .windows1252)) == #"{"a":"1","b":"€","c":"3"}"#)
        #expect(read(Array(utf16.dropLast(1)), CSVFormat()).hasPrefix("encoding c: expected text in UTF-16"))
    }

    @Test(arguments: [
        ("a,b,c", "header"), ("a,b,c\r\n", "header"), (" A ,\"b\",\tC", "header"), ("\u{feff}a,b,c", "header"),
        ("b,a,c", "columnOrder: expected the columns in their order; this row names them in another one"),
        ("a,b,x", #"{"a":"a","b":"b","c":"x"}"#), ("x,b,c", #"{"a":"x","b":"b","c":"c"}"#),
        ("a,b,", #"{"a":"a","b":"b"}"#), ("a,b", "columns: expected 3 fields, one for each column; found 2"),
    ]) func namesOfColumnsAreNoRow(_ row: String, _ found: String) {
        #expect(read(row) == found)
    }

    @Test func oneColumn() {
        func one(_ row: String) -> String { read(Array(row.utf8), columns: ["status"]) }
        #expect(one("7") == #"{"status":"7"}"# && one("Status") == "header")
        #expect(one("\"\"") == "{}" && one("").hasPrefix("empty: expected a row with 1 field"))
        #expect(one("1,2") == "columns: expected 1 field, one for each column; found 2")
    }

    @Test func delimitersAndNamesThatNeedEscapes() {
        let columns = ["first name", "say \"x\"", "ü"]
        #expect(
            read(Array("1;2;3".utf8), columns: columns, CSVFormat(delimiter: .semicolon))
                == #"{"first name":"1","say \"x\"":"2","ü":"3"}"#)
        #expect(
            read(Array("1|2|3".utf8), columns: ["a", "b", "c"], CSVFormat(delimiter: .bar))
                == #"{"a":"1","b":"2","c":"3"}"#)
        #expect(
            read(Array("FIRST NAME\t\"say \"\"x\"\"\"\tü".utf8), columns: columns, CSVFormat(delimiter: .tab))
                == "header")
    }

    @Test func whatIsGivenCanBeExtractedInPlace() throws {
        let parser = CSVRowParser(columns: ["a", "b"])
        let extractor = Extractor(maximumBytes: 200_000)
        let plan = ExtractionPlan([try SimplePath("$.b")])
        // Short, long, and short again: the memory grows and is used again.
        for length in [1, 50_000, 3] {
            let row = Array("x,\"\(String(repeating: "é", count: length))\"".utf8)
            let text = try row.withUnsafeBytes { row in
                let object = try #require(try parser.object(row))
                return try extractor.extract(padded: object, plan).map {
                    String(decoding: $0.text, as: UTF8.self)
                }
            }
            #expect(text == [String(repeating: "é", count: length)])
        }
    }

    /// A row alone says what it says as a row of a file.
    @Test(arguments: 0..<300) func rowsAreReadAsInFiles(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let columns = (0..<random.within(1...6)).map { "column \($0)" }
        let fields = columns.map { _ in random.field() }
        let delimiter = random.element(of: CSVFormat.Delimiter.allCases) ?? .comma
        let format = CSVFormat(delimiter: delimiter)
        var row = Array(csvRow(fields, delimiter.rawValue, lineEnd: "", &random).utf8)
        if random.onceIn(3), !row.isEmpty { row[random.within(0...row.count - 1)] = UInt8(random.within(0...255)) }
        var reader = try CSVReader(.bytes(row + [10]), name: "f", format: format, columns: columns)
        var rows = JSONRows(columns: columns)
        let parser = CSVRowParser(columns: columns, format: format)
        let alone = read(row, parser)
        switch try reader.next() {
        case .row:
            let object = String(decoding: rows.write(reader), as: UTF8.self)
            // Behind a line end that the change made, there may be more.
            let rest = try reader.next()
            #expect(rest != .end ? alone.hasPrefix("manyRows") || alone.hasPrefix("quotes") : alone == object, "\(row)")
        case .bad: #expect(!alone.hasPrefix("{"), "\(row): \(alone)")
        case .end: #expect(alone.hasPrefix("empty") || alone.hasPrefix("manyRows"), "\(row)")
        }
    }
}

/// Rows of a file as they stand.
@Suite struct CSVRawReaderTests {
    /// The rows with their lines, and what is said of bad ones.
    private func rows(
        _ file: [UInt8], _ format: CSVFormat = CSVFormat(), chunk: Int = .max
    ) throws(TableError) -> [String] {
        var reader = CSVRawReader(.bytes(file, chunkBytes: chunk), name: "test.csv", format: format)
        var rows: [String] = []
        while true {
            switch try reader.next() {
            case .end: return rows
            case .row: rows.append("\(reader.line) \(String(decoding: reader.bytes, as: UTF8.self))")
            case .bad(let error): rows.append(error.description)
            }
        }
    }

    @Test(arguments: [1, 3, .max]) func theyAreGivenByteForByte(_ chunk: Int) throws {
        let file = "a,b\r\n\"1,2\",\"say \"\"x\"\"\"\n\n\"two\nlines\",\r\n,\n7"
        #expect(
            try rows(Array(file.utf8), chunk: chunk) == [
                "1 a,b", "2 \"1,2\",\"say \"\"x\"\"\"", "4 \"two\nlines\",", "6 ,", "7 7",
            ])
    }

    @Test func nothingIsDecoded() throws {
        let row: [UInt8] = [0xe9, 0x2c, 0x80]
        var reader = CSVRawReader(.bytes(row + [10]), name: "t", format: CSVFormat(encoding: .windows1252))
        #expect(try reader.next() == .row)
        #expect(Array(reader.bytes) == row)
        #expect(try rows([0xef, 0xbb, 0xbf] + Array("a,b".utf8)) == ["1 a,b"])
    }

    @Test func anotherEncodingThanTheFileSaysIsAnError() {
        let mark: [UInt8] = [0xef, 0xbb, 0xbf]
        let error = #expect(throws: TableError.self) {
            try rows(mark + Array("a".utf8), CSVFormat(encoding: .windows1252))
        }
        #expect(
            error?.description
                == "test.csv: expected a file in windows-1252; it says of itself that it is in UTF-8")
        #expect(throws: TableError.self) { try rows([0xff, 0xfe, 0x61, 0]) }
    }

    @Test func goesOnBehindBadRows() throws {
        var format = CSVFormat()
        format.rowBytesMax = 10
        #expect(
            try rows(Array("1\nx\"y\n2\n12345678901\n3\n\"open".utf8), format) == [
                "1 1",
                "line 2 (row 2): expected a field that holds a quote to stand in quotes, with each quote in it doubled",
                "3 2",
                "line 4 (row 4): expected a row of at most 10 bytes; if it is shorter, a quote is not closed", "5 3",
                "line 6 (row 6): expected a closing quote before the end of the file",
            ])
    }

    @Test func anEmptyFileHasNone() throws {
        #expect(try rows([]) == [] && rows([10, 13, 10]) == [])
    }
}
