import Testing

@testable import Tables

@Suite struct CSVReaderTests {
    @Test func readsTheExamplesOfRFC4180() throws {
        #expect(
            try readAll("a,b,c\r\naaa,bbb,ccc\r\nzzz,yyy,xxx\r\n") == [
                .row(["aaa", "bbb", "ccc"]), .row(["zzz", "yyy", "xxx"]),
            ])
        #expect(
            try readAll("a,b,c\r\n\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx") == [
                .row(["aaa", "b\r\nbb", "ccc"]), .row(["zzz", "yyy", "xxx"]),
            ])
        #expect(try readAll("a,b,c\n\"aaa\",\"b\"\"bb\",\"\"\"\"") == [.row(["aaa", "b\"bb", "\""])])
    }

    @Test(arguments: ["\r\n", "\n", "\r"], [true, false])
    func takesAnyLineEnd(_ lineEnd: String, _ isLastEnded: Bool) throws {
        let text = ["a,b", "1,2", "3,\"4\"", ",", "\"\",x"].joined(separator: lineEnd) + (isLastEnded ? lineEnd : "")
        #expect(try readAll(text) == [.row(["1", "2"]), .row(["3", "4"]), .row(["", ""]), .row(["", "x"])])
    }

    @Test(arguments: CSVFormat.Delimiter.allCases)
    func takesTheDelimiterThatIsAskedFor(_ delimiter: CSVFormat.Delimiter) throws {
        let others = CSVFormat.Delimiter.allCases.filter { $0 != delimiter }.map(\.rawValue).joined()
        let mark = delimiter.rawValue
        let text = "a\(mark)b\n\(others)\(mark)\"\(mark)\"\n"
        #expect(try readAll(text, CSVFormat(delimiter: delimiter)) == [.row([others, mark])])
    }

    @Test func passesOverBlankLinesAndCountsThem() throws {
        let text = "\n\r\na,b\r\n\r\n1,2\n\n\n3\r\r4,5"
        #expect(
            try readAll(text) == [
                .row(["1", "2"]),
                .bad("line 8 (row 2): column b: expected 2 fields, one for each column; found 1"), .row(["4", "5"]),
            ])
        #expect(try readAll("a\n\n\"\"\n\nx\n") == [.row([""]), .row(["x"])])
    }

    @Test func trimsNamesAndNotValues() throws {
        let (columns, rows) = try readAll(Array("\u{feff} a ,\"\tb b\t\"\n x , y ".utf8))
        #expect(columns == ["a", "b b"])
        #expect(rows == [.row([" x ", " y "])])
    }

    @Test(arguments: [
        ("", "test.csv: expected a row with the names of the columns; the file is empty"),
        ("\n\r\n", "test.csv: expected a row with the names of the columns; the file is empty"),
        ("\n a,b,a \n", "test.csv:2: expected each name of a column once; columns 1 and 3 have the same"),
        ("a,,b\n", "test.csv:1: expected a name for each column; that of column 2 is empty"),
        ("a, \n", "test.csv:1: expected a name for each column; that of column 2 is empty"),
        (
            "a,b\"\n",
            "test.csv:1: header, column 2: expected a field that holds a quote to stand in quotes, with each"
                + " quote in it doubled"
        ),
        (
            "a,b\0\n",
            "test.csv:1: header, column 2: expected text without NUL bytes; if the file is UTF-16, name that"
                + " encoding"
        ),
        ("a,\"b\n", "test.csv:1: header, column 2: expected a closing quote before the end of the file"),
        ("a,b,c,d\n", "test.csv:1: expected at most 3 columns"),
        ("a,b,c,d,e,f\n", "test.csv:1: expected at most 3 columns"),
    ])
    func refusesABadHeader(_ text: String, _ expected: String) {
        #expect(fault(text, CSVFormat(columnsMax: 3)) == expected)
    }

    @Test func readsFilesWithoutAHeader() throws {
        let (columns, rows) = try readAll(Array("1,2\n".utf8), columns: ["a", "b"])
        #expect(columns == ["a", "b"] && rows == [.row(["1", "2"])])
        #expect(throws: TableError.self) { try readAll(Array("1,2\n".utf8), columns: ["a", "a"]) }
        #expect(throws: TableError.self) { try readAll(Array("1,2\n".utf8), columns: []) }
    }

    /// A bad row between good ones, and what is said of it.
    @Test(
        arguments: [
            ("1", "column b: expected 2 fields, one for each column; found 1"),
            ("1,2,3", "expected 2 fields, one for each column; found 3"),
            (
                "1,x\"y",
                "column b: expected a field that holds a quote to stand in quotes, with each quote in it doubled"
            ),
            (
                " \"1\",2",
                "column a: expected a field that holds a quote to stand in quotes, with each quote in it doubled"
            ),
            (
                "\"1\"x,2",
                "column a: expected a delimiter or a line end behind the closing quote; a quote in a field is"
                    + " doubled"
            ),
            (
                "1,\"2\" ",
                "column b: expected a delimiter or a line end behind the closing quote; a quote in a field is"
                    + " doubled"
            ),
            ("1,\0", "column b: expected text without NUL bytes; if the file is UTF-16, name that encoding"),
            (
                "123456789,12345678901",
                "column b: expected a row of at most 20 bytes; if it is shorter, a quote is not"
                    + " closed"
            ),
        ], [1, 2, 3, 1000])
    func goesOnBehindABadRow(_ bad: (row: String, reason: String), _ chunk: Int) throws {
        let text = "a,b\n1,2\n\(bad.row)\n\"3\n\",4\n\(bad.row)\r\n5,6\n"
        #expect(
            try readAll(text, CSVFormat(rowBytesMax: 20), chunk: chunk) == [
                .row(["1", "2"]), .bad("line 3 (row 2): \(bad.reason)"), .row(["3\n", "4"]),
                .bad("line 6 (row 4): \(bad.reason)"), .row(["5", "6"]),
            ])
    }

    @Test(arguments: ["\r\n", "\n", "\r"], [1, 2, 7, 1000])
    func anUnclosedQuoteCostsItsLineOnly(_ lineEnd: String, _ chunk: Int) throws {
        let text = ["a,b", "\"1,2", "3,4", "5,\"6\"", "7,8"].joined(separator: lineEnd)
        #expect(
            try readAll(text, chunk: chunk) == [
                // The quote of line 4 closes that of line 2, which a digit must not follow.
                .bad(
                    "line 2 (row 1): column a: expected a delimiter or a line end behind the closing quote; a quote in"
                        + " a field is doubled"),
                .row(["3", "4"]), .row(["5", "6"]), .row(["7", "8"]),
            ])
        let last = ["a,b", "1,\"2", "3,4", "5,6"].joined(separator: lineEnd)
        #expect(
            try readAll(last, chunk: chunk) == [
                .bad("line 2 (row 1): column b: expected a closing quote before the end of the file"),
                .row(["3", "4"]), .row(["5", "6"]),
            ])
        #expect(try readAll(last, CSVFormat(rowBytesMax: 10), chunk: chunk).count == 3)
    }

    @Test func aWrongNumberOfFieldsSaysHowFarTheRowGoes() throws {
        // Nothing is wrong with these quotes, so that what is between them is one field.
        #expect(
            try readAll("a,b\n\"1,2\n3,4\n5,6\"\n7,8\n") == [
                .bad(
                    "line 2 (row 1): column b: expected 2 fields, one for each column; found 1, in quotes up to line 4:"
                        + " is a quote not closed?"),
                .row(["7", "8"]),
            ])
    }

    @Test(arguments: [1, 3, 1000])
    func aRowMayBeAsLongAsTheLimit(_ chunk: Int) throws {
        let long = String(repeating: "x", count: 100)
        #expect(
            try readAll(
                "a\n\(long)\n\(long)y\n\"\(long.dropLast(2))\"\n\"\(long)\"\nz", CSVFormat(rowBytesMax: 100),
                chunk: chunk
            ).map(\.isBad) == [false, true, false, true, false])
    }

    @Test func aWrongByteIsAnErrorOfItsRow() throws {
        let bytes = Array("a,b\n1,é\n2,".utf8) + [0xe9] + Array("\n3,ü\n".utf8)
        #expect(
            try readAll(bytes).rows == [
                .row(["1", "é"]),
                .bad(
                    "line 3 (row 2): column b: expected text in UTF-8; if the file is in another encoding, name it,"
                        + " such as windows-1252"),
                .row(["3", "ü"]),
            ])
    }

    @Test func aFailureToReadEndsTheFile() {
        var pieces = [Array("a\n1\n".utf8)]
        let source = ByteSource { memory in
            guard let piece = pieces.popLast() else { return -5 }
            memory.copyBytes(from: piece)
            return piece.count
        }
        #expect(throws: TableError("f", "the file cannot be read to its end: Input/output error")) {
            var reader = try CSVReader(source, name: "f")
            #expect(try reader.next() == .row)
            _ = try reader.next()
        }
    }

    @Test func nothingOfABadRowCanBeRead() throws {
        var reader = try CSVReader(.bytes(Array("a,b\n1,2\n3\n".utf8)), name: "f")
        #expect(reader.row == 0 && reader.line == 1 && reader.fieldCount == 0 && reader.index(of: "b") == 1)
        #expect(try reader.next() == .row && reader.fieldCount == 2 && reader.line == 2)
        #expect(try reader.next() != .row && reader.fieldCount == 0 && reader.row == 2)
        #expect(try reader.next() == .end && reader.next() == .end && reader.fieldCount == 0)
    }

    @Test func limitsHaveBounds() {
        var format = CSVFormat(rowBytesMax: -1, columnsMax: .max)
        #expect(format.rowBytesMax == 1 && format.columnsMax == 65_535)
        (format.rowBytesMax, format.columnsMax) = (.max, 0)
        #expect(format.rowBytesMax == 1 << 30 && format.columnsMax == 1)
    }
}
