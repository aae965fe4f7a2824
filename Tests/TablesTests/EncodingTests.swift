import Testing

@testable import Tables

@Suite struct EncodingTests {
    private static let text = "name,note\r\nJosé,\"€ 5 – “ja”\r\n\"\n漢字,😀\n"

    private static func utf16(_ text: String, isBig: Bool) -> [UInt8] {
        text.utf16.flatMap { isBig ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)] }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 1000], [true, false])
    func readsUTF16(_ chunk: Int, _ isBig: Bool) throws {
        let expected = try readAll(EncodingTests.text)
        let bytes = EncodingTests.utf16(EncodingTests.text, isBig: isBig)
        let encoding = isBig ? TextEncoding.utf16BigEndian : .utf16LittleEndian
        #expect(try readAll(bytes, CSVFormat(encoding: encoding), chunk: chunk).rows == expected)
        let marked = EncodingTests.utf16("\u{feff}" + EncodingTests.text, isBig: isBig)
        // What the file says of itself counts for more than what is asked for.
        for asked in [nil, TextEncoding.utf8, .windows1252] {
            let read = try readAll(marked, CSVFormat(encoding: asked), chunk: chunk)
            #expect(read.columns == ["name", "note"] && read.rows == expected)
        }
    }

    @Test(arguments: [1, 2, 3, 1000])
    func stripsTheMarkOfUTF8(_ chunk: Int) throws {
        let bytes = Array(("\u{feff}" + EncodingTests.text).utf8)
        for asked in [nil, TextEncoding.utf8, .windows1252, .utf16BigEndian] {
            let read = try readAll(bytes, CSVFormat(encoding: asked), chunk: chunk)
            #expect(read.columns == ["name", "note"])
            #expect(try read.rows == readAll(EncodingTests.text))
        }
    }

    @Test func readsEveryByteOfWindows1252() throws {
        let bytes = [UInt8](0x80...0xff)
        let expected = Array(
            "€\u{0}‚ƒ„…†‡ˆ‰Š‹Œ\u{0}Ž\u{0}\u{0}‘’“”•–—˜™š›œ\u{0}žŸ".unicodeScalars)
        let file = Array("a\n".utf8) + bytes.flatMap { [$0, 0x0a] }
        let rows = try readAll(file, CSVFormat(encoding: .windows1252)).rows
        #expect(rows.count == 128)
        for (index, row) in rows.enumerated() {
            let scalar = index < 32 ? expected[index] : Unicode.Scalar(bytes[index])
            if scalar == "\u{0}" {
                #expect(row == .bad("line \(index + 2) (row \(index + 1)): column a: expected text in windows-1252"))
            } else {
                #expect(row == .row([String(scalar)]))
            }
        }
    }

    @Test func readsEveryByteOfLatin1() throws {
        let file = Array("a\n".utf8) + (UInt8(0x80)...0xff).flatMap { [$0, 0x0a] }
        let rows = try readAll(file, CSVFormat(encoding: .iso88591)).rows
        #expect(rows == (UInt8(0x80)...0xff).map { .row([String(Unicode.Scalar($0))]) })
    }

    /// Units of UTF-16 that are no text, alone in their row.
    @Test(
        arguments: [[0xd800], [0xdc00], [0xdc00, 0xd800], [0xd83d, 0x41], [0xd83d, 0xd83d, 0xde00]] as [[UInt16]],
        [1, 2, 3, 1000])
    func aHalfOfAPairIsAnErrorOfItsRow(_ units: [UInt16], _ chunk: Int) throws {
        let all = Array("a\n1\n".utf16) + units + Array("\n2\n".utf16)
        let bytes = all.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
        let rows = try readAll(bytes, CSVFormat(encoding: .utf16BigEndian), chunk: chunk).rows
        #expect(
            rows == [
                .row(["1"]), .bad("line 3 (row 2): column a: expected text in UTF-16"), .row(["2"]),
            ])
    }

    @Test func aFileCutInsideACharacterHasABadLastRow() throws {
        let whole = EncodingTests.utf16("a\n1\n😀", isBig: false)
        for cut in 1...3 {
            let rows = try readAll(whole.dropLast(cut), CSVFormat(encoding: .utf16LittleEndian)).rows
            #expect(rows.count == 2 && rows[0] == .row(["1"]) && rows[1].isBad)
        }
    }

    @Test func namesAreThoseOfIANA() {
        #expect(
            TextEncoding.allCases.map(\.rawValue) == ["utf-8", "utf-16le", "utf-16be", "windows-1252", "iso-8859-1"])
        #expect(TextEncoding(rawValue: "latin1") == nil)
    }
}
