import JSON
import Tables

extension Fuzzer {
    /// Files, behind a byte that says how they are written: they read the same in pieces, what is written of them reads
    /// back, and a row reads the same where it comes alone.
    static let csv = Fuzzer(
        name: "csv", bytesMax: 600, dictionary: "csv", folders: ["schemas/profiles/hmis-exits_test"]
    ) {
        let fuzzer = CSVFuzzer()
        return { fuzzer.take($0) }
    }
}

/// The rows of a file, or why there are none.
private struct FileRows: Equatable {
    var columns: [String] = []
    var steps: [TableStep] = []
    var rows: [[[UInt8]]] = []
    var error: TableError?

    init(_ bytes: [UInt8], _ format: CSVFormat, chunkBytes: Int = .max) {
        do throws(TableError) {
            var reader = try CSVReader(.bytes(bytes, chunkBytes: chunkBytes), name: "file", format: format)
            columns = reader.columns
            while true {
                let step = try reader.next()
                steps.append(step)
                guard step != .end else { return }
                if step == .row { rows.append((0..<reader.fieldCount).map { Array(reader.field($0)) }) }
            }
        } catch {
            self.error = error
        }
    }
}

private final class CSVFuzzer {
    private let extractor = Extractor(maximumBytes: 1 << 20)
    private static let delimiters = CSVFormat.Delimiter.allCases
    private static let encodings: [TextEncoding?] = [nil] + TextEncoding.allCases

    func take(_ input: UnsafeRawBufferPointer) {
        guard let choice = input.first.map(Int.init) else { return }
        var format = CSVFormat(delimiter: Self.delimiters[choice % 4], rowBytesMax: 300, columnsMax: 20)
        // Letters and digits are the first bytes of seeds, and choose UTF-8.
        if choice >= 128 { format.encoding = Self.encodings[choice / 4 % Self.encodings.count] }
        let bytes = Array(input.dropFirst())
        let file = FileRows(bytes, format)
        let lines = FileLines(bytes)
        let chunkBytes = [1, 3, 64][bytes.count % 3]
        expect(FileRows(bytes, format, chunkBytes: chunkBytes) == file, "pieces of \(chunkBytes) read otherwise")
        if let error = file.error {
            expect(error.line == 0 || lines.hold(error.line), "the place of the error: \(error)")
            Marker.expectNone(in: error.message, "the error")
        }
        for case .bad(let error) in file.steps {
            expect(lines.hold(error.line), "the place of the error: \(error)")
            Marker.expectNone(in: error.message, "the error of a row")
        }
        guard file.error == nil else { return }
        expectReadsBack(file, format)
        if format.encoding == nil, !bytes.starts(with: [0xff, 0xfe]), !bytes.starts(with: [0xfe, 0xff]) {
            expectSameAlone(file, bytes, format)
        }
    }

    /// Written with quotes around every field, the rows read back.
    private func expectReadsBack(_ file: FileRows, _ format: CSVFormat) {
        let quote = UInt8(ascii: "\"")
        var text: [UInt8] = []
        for row in [file.columns.map { Array($0.utf8) }] + file.rows {
            for (place, field) in row.enumerated() {
                if place > 0 { text += Array(format.delimiter.rawValue.utf8) }
                text.append(quote)
                text += field.flatMap { $0 == quote ? [quote, quote] : [$0] }
                text.append(quote)
            }
            text += [0x0d, 0x0a]
        }
        let written = FileRows(text, CSVFormat(delimiter: format.delimiter))
        expect(written.columns == file.columns && written.rows == file.rows, "what was written reads otherwise")
    }

    /// The rows one by one, as a tool sends them to a topic.
    private func expectSameAlone(_ file: FileRows, _ bytes: [UInt8], _ format: CSVFormat) {
        var raw = CSVRawReader(.bytes(bytes), name: "file", format: format)
        let parser = CSVRowParser(columns: file.columns, format: format)
        var steps = file.steps.makeIterator()
        var rows = file.rows.makeIterator()
        var isHeader = true
        while let step = try? raw.next(), step != .end {
            defer { isHeader = false }
            if isHeader { continue }
            let expected = steps.next()
            guard expected == .row, let fields = rows.next() else {
                expect(expected != .end && expected != nil, "there are more raw rows than rows")
                continue
            }
            expect(step == .row, "a good row is bad where nothing in it is looked at")
            // What is a character within a file is a byte order mark where a row comes alone.
            if raw.bytes.starts(with: [0xef, 0xbb, 0xbf]) { continue }
            do throws(CSVRowError) {
                if let object = try parser.object(raw.bytes) { expectObject(object, file.columns, fields) }
            } catch {
                Marker.expectNone(in: error.message, "the error of a row alone")
                // The names of the columns once more, in another order, and a line end that is a field's.
                let isNames = error.kind == .columnOrder || error.kind == .empty
                expect(isNames, "a good row is bad alone: \(error)")
            }
        }
        expect(steps.next() == .end, "there are fewer raw rows than rows")
    }

    private func expectObject(_ object: UnsafeRawBufferPointer, _ columns: [String], _ fields: [[UInt8]]) {
        guard let document = try? extractor.document(object) else { fatalError("found: a row is no JSON") }
        var found: [String: [UInt8]] = [:]
        document.forEachChild { name, child in found[name?.text ?? ""] = Array(child.text) }
        let expected = zip(columns, fields).filter { !$1.isEmpty }
        expect(found == Dictionary(uniqueKeysWithValues: expected.map { ($0, $1) }), "a row alone reads otherwise")
    }
}
