import Primitives
import Testing

@testable import Tables

@Suite struct CSVPropertyTests {
    @Test(arguments: CSVFormat.Delimiter.allCases, ["\r\n", "\n", "\r"])
    func whatIsWrittenIsReadBack(_ delimiter: CSVFormat.Delimiter, _ lineEnd: String) throws {
        for seed in 0..<60 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            let columns = (0..<random.within(1...5)).map { "c\($0)" }
            let rows = (0..<random.below(12)).map { _ in columns.map { _ in random.field() } }
            var text = ([columns] + rows).map { csvRow($0, delimiter.rawValue, lineEnd: lineEnd, &random) }.joined()
            if random.onceIn(2) { text.unicodeScalars.removeLast(lineEnd.unicodeScalars.count) }
            for chunk in [1, 2, 3, random.within(4...40), 1 << 20] {
                let read = try readAll(Array(text.utf8), CSVFormat(delimiter: delimiter), chunk: chunk)
                #expect(read.columns == columns && read.rows == rows.map { .row($0) }, "seed \(seed), chunk \(chunk)")
            }
        }
    }

    @Test(arguments: [1, 1000, 300_000])
    func manyRowsOfAllSizesComeThroughWhole(_ chunk: Int) throws {
        var random = SplitMix64(seed: 7)
        let count = chunk == 1 ? 2000 : 60_000
        let rows = (0..<count).map { ["\($0)", String(repeating: "é\"", count: random.below(30))] }
        let text = ([["a", "b"]] + rows).map { csvRow($0, ",", lineEnd: "\n", &random) }.joined()
        #expect(try readAll(text, chunk: chunk) == rows.map { .row($0) })
    }

    /// Bad rows of every kind whose end is known, or that have one line; good rows with anything in them.
    @Test(arguments: 0..<200 as Range<UInt64>)
    func everyGoodRowAroundBadOnesIsRead(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let bad: [[UInt8]] = [
            Array("1".utf8), Array("1,2,3,4".utf8), Array("1,x\"y,3".utf8), Array("\"1\"x,2,3".utf8),
            Array("1,\0,3".utf8), [0x31, 0x2c, 0xff, 0x2c, 0x33], Array(repeating: 0x78, count: 300),
            Array("\"a\nb\",\"c\"".utf8), Array("\"x\0\n\",1,2".utf8),
        ]
        var file = Array("a,b,c\r\n".utf8)
        var expected: [Read?] = []
        for _ in 0..<random.within(1...30) {
            let lineEnd = random.element(of: ["\n", "\r\n", "\r"])!
            if random.onceIn(3) {
                file += random.element(of: bad)! + Array(lineEnd.utf8)
                expected.append(nil)
            } else {
                let row = (0..<3).map { _ in random.field() }
                file += Array(csvRow(row, ",", lineEnd: lineEnd, &random).utf8)
                expected.append(.row(row))
            }
        }
        for chunk in [1, random.within(2...50), 1 << 20] {
            let rows = try readAll(file, CSVFormat(rowBytesMax: 250), chunk: chunk).rows
            #expect(rows.map { $0.isBad ? nil : $0 } == expected, "seed \(seed), chunk \(chunk)")
        }
    }

    /// A quote that opens a field and is not closed costs its own row, among rows that have no quotes otherwise.
    @Test(arguments: 0..<100 as Range<UInt64>)
    func anUnclosedQuoteCostsNoOtherRow(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let rows = (0..<50).map { ["\($0)", "x", "y"] }
        let isDamaged = rows.map { _ in random.onceIn(10) }
        let lines = zip(rows, isDamaged).map { row, isDamaged in
            isDamaged ? random.element(of: ["\"1,2,3", "1,\"2,3", "1,2,\"3"])! : row.joined(separator: ",")
        }
        let text = "a,b,c\n" + lines.joined(separator: "\n")
        let good = zip(rows, isDamaged).filter { !$0.1 }.map { Read.row($0.0) }
        for chunk in [1, 1 << 20] {
            // A limit that is reached again and again, and one that never is.
            for limit in [40, 1 << 20] {
                let read = try readAll(text, CSVFormat(rowBytesMax: limit), chunk: chunk)
                #expect(read.filter { !$0.isBad } == good, "seed \(seed), chunk \(chunk), limit \(limit)")
                #expect(read.count == rows.count)
            }
        }
    }
}

@Suite struct CSVFuzzTests {
    private static func bytes(_ random: inout SplitMix64) -> [UInt8] {
        let special = Array("\",;\t|\r\n\0a".utf8) + [0xc3, 0xa9, 0xff, 0xfe, 0xef, 0xbb, 0xbf, 0xd8]
        let count = random.below(400)
        let isSpecial = !random.onceIn(3)
        return (0..<count).map { _ in
            isSpecial ? random.element(of: special)! : UInt8(truncatingIfNeeded: random.next())
        }
    }

    private static func damaged(_ random: inout SplitMix64) -> [UInt8] {
        let rows = (0..<random.within(1...20)).map { _ in (0..<3).map { _ in random.field() } }
        var file = Array("a,b,c\n".utf8)
        for row in rows { file += Array(csvRow(row, ",", lineEnd: "\n", &random).utf8) }
        for _ in 0..<random.within(1...6) {
            let place = random.below(file.count)
            switch random.below(4) {
            case 0: file[place] = UInt8(truncatingIfNeeded: random.next())
            case 1: file.insert(random.element(of: Array("\"\n\r,\0".utf8))!, at: place)
            case 2 where file.count > 1: file.remove(at: place)
            default: file[place] = UInt8(ascii: "\"")
            }
        }
        return file
    }

    /// Never a crash; every row is good or bad, and numbered; what is found does not depend on the size of pieces.
    @Test(arguments: 0..<1500 as Range<UInt64>)
    func anythingIsReadOrRefused(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let file = random.onceIn(2) ? CSVFuzzTests.bytes(&random) : CSVFuzzTests.damaged(&random)
        let format = CSVFormat(
            delimiter: random.element(of: CSVFormat.Delimiter.allCases)!,
            encoding: random.element(of: [nil] + TextEncoding.allCases)!,
            rowBytesMax: random.onceIn(2) ? random.within(1...100) : 1 << 20, columnsMax: random.within(1...40))
        let columns = random.onceIn(2) ? ["x", "y"] : nil
        var results: [String] = []
        for chunk in [1 << 20, 1, random.within(2...60)] {
            do throws(TableError) {
                let whole = try readAll(file, format, chunk: chunk, columns: columns)
                results.append("\(whole)")
                try expectNumbers(file, format, chunk, columns)
            } catch {
                #expect(error.place == "test.csv" && !error.message.isEmpty)
                results.append(error.description)
            }
        }
        #expect(Set(results).count == 1, "seed \(seed)")
    }

    private func expectNumbers(
        _ file: [UInt8], _ format: CSVFormat, _ chunk: Int, _ columns: [String]?
    ) throws(TableError) {
        var reader = try CSVReader(
            .bytes(file, chunkBytes: chunk), name: "test.csv", format: format, columns: columns)
        let lineEnds = file.count { $0 == 0x0a || $0 == 0x0d }
        var (good, bad, line) = (0, 0, reader.line)
        while true {
            switch try reader.next() {
            case .end:
                #expect(good + bad == reader.row)
                return
            case .row:
                good += 1
                #expect(reader.fieldCount == reader.columns.count)
                for index in 0..<reader.fieldCount {
                    #expect(String(validating: reader.field(index), as: UTF8.self) != nil)
                }
            case .bad(let error):
                bad += 1
                #expect(error.line == reader.line && error.row == reader.row)
            }
            #expect(reader.line > line && reader.line <= lineEnds + 1)
            line = reader.line
        }
    }
}
