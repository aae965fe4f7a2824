import JSON

/// Why a row that came alone cannot be read.
public struct CSVRowError: Error, Sendable, Hashable {
    /// What is wrong.
    public enum Kind: Sendable, Hashable {
        /// There is no row.
        case empty
        /// There is more than one.
        case manyRows
        /// It has another number of fields than there are columns.
        case columns
        /// It names the columns in another order, so that the rows behind it would be read by wrong names.
        case columnOrder
        /// Its quotes are wrong.
        case quotes
        /// It is not of the encoding, or has NUL bytes.
        case encoding
    }

    /// What is wrong.
    public let kind: Kind
    /// The name of the column that is to blame, where it is one.
    public let column: String?
    /// What was expected; never data.
    public let message: String
}

/// Reads rows of CSV (RFC 4180) that come one by one and without a header, as in messages: each becomes a JSON object
/// of texts by the names of the columns, as `JSONRows` writes them.
///
/// For one thread. All memory is used again: a good row costs no allocation once the memory has its size.
public final class CSVRowParser {
    private let columns: [String]
    private let format: CSVFormat
    private var scanner: RowScanner
    private var rows: JSONRows
    /// The row as UTF-8, in memory of its own: it is decoded, and doubled quotes are made one where they stand.
    private var text = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 4096)

    /// Makes a parser.
    /// - Parameters:
    ///   - columns: the names of the columns; one at least, each there once.
    ///   - format: how the rows are written. Of its bounds none counts: whoever hands a row over has bounded it.
    public init(columns: [String], format: CSVFormat = CSVFormat()) {
        self.columns = columns
        self.format = format
        scanner = RowScanner(delimiter: format.delimiter.byte, fieldsMax: columns.count + 1)
        rows = JSONRows(columns: columns)
    }

    deinit {
        text.deallocate()
    }

    /// Reads one row, with a line end behind it or not.
    /// - Parameter row: at most 512 MiB.
    /// - Returns: the object, until the next row is read; `Extractor.padding` bytes behind it can be read. Nil for a
    ///   row that repeats the names of the columns, with letters of either case and white space around them.
    public func object(_ row: UnsafeRawBufferPointer) throws(CSVRowError) -> UnsafeRawBufferPointer? {
        let (count, encoding, isDeclared) = decode(row)
        guard count > 0 else {
            throw CSVRowError(kind: .empty, column: nil, message: "expected a row with \(fields)")
        }
        try scan(count)
        let start = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(text)[..<count])
        if let problem = scanner.problem(
            expecting: columns.count, in: start, line: 1, encoding, isNamed: isDeclared || format.encoding != nil)
        {
            throw error(problem)
        }
        if let first = text.baseAddress { scanner.undoubleQuotes(first) }
        if try isHeader(start) { return nil }
        rows.begin()
        for index in 0..<columns.count { rows.add(field(index), index) }
        return rows.end()
    }

    private var fields: String { columns.count == 1 ? "1 field" : "\(columns.count) fields, one for each column" }

    private func field(_ index: Int) -> UnsafeRawBufferPointer {
        text.baseAddress.map { scanner.bytes(index, of: $0) } ?? UnsafeRawBufferPointer(start: nil, count: 0)
    }

    /// Makes UTF-8 of a row, without a byte order mark and without one line end behind it.
    private func decode(_ row: UnsafeRawBufferPointer) -> (count: Int, TextEncoding, isDeclared: Bool) {
        let declared = TextEncoding.declared(by: row)
        let encoding = declared?.encoding ?? format.encoding ?? .utf8
        let piece = UnsafeRawBufferPointer(rebasing: row.dropFirst(declared?.length ?? 0))
        reserve(encoding == .utf8 ? piece.count : piece.count * TextDecoding.growthMax)
        guard let target = text.baseAddress else { return (0, encoding, declared != nil) }
        var count = piece.count
        if encoding == .utf8 {
            UnsafeMutableRawBufferPointer(text).copyMemory(from: piece)
        } else {
            count = TextDecoding.decode(piece, as: encoding, to: target, isLast: true).written
        }
        if count > 0, target[count - 1] == 0x0a { count -= 1 }
        if count > 0, target[count - 1] == 0x0d { count -= 1 }
        return (count, encoding, declared != nil)
    }

    private func reserve(_ count: Int) {
        guard count > text.count else { return }
        text.deallocate()
        text = .allocate(capacity: max(count, 2 * text.count))
    }

    /// Finds the fields of the row.
    private func scan(_ count: Int) throws(CSVRowError) {
        guard let start = text.baseAddress else { return }
        scanner.begin()
        var progress = scanner.scan(start, count: count)
        if case .needsMore = progress { progress = scanner.finish() }
        switch progress {
        case .needsMore: break
        case .fault(let fault, _): throw error(RowProblem(kind: .quotes(fault), field: scanner.fieldCount))
        case .row(let end, _):
            guard end == count else {
                throw CSVRowError(kind: .manyRows, column: nil, message: "expected one row, and nothing behind it")
            }
        }
    }

    private func error(_ problem: RowProblem) -> CSVRowError {
        let kind: CSVRowError.Kind =
            switch problem.kind {
            case .quotes: .quotes
            case .fieldCount, .tooLong: .columns
            case .nul, .encoding: .encoding
            }
        // Of a wrong number it is not known which field is the one too many, or is not there.
        let field = kind == .columns ? nil : problem.field
        let column = field.flatMap { $0 < columns.count ? columns[$0] : nil }
        return CSVRowError(kind: kind, column: column, message: problem.message(format, in: .message))
    }

    /// Whether the row repeats the names of the columns; an error where it has them in another order.
    private func isHeader(_ row: UnsafeRawBufferPointer) throws(CSVRowError) -> Bool {
        // Nearly every row ends here.
        guard let first = column(named: field(0)) else { return false }
        var isInOrder = first == 0
        for index in 1..<max(columns.count, 1) {
            guard let place = column(named: field(index)) else { return false }
            isInOrder = isInOrder && place == index
        }
        if isInOrder { return true }
        throw CSVRowError(
            kind: .columnOrder, column: nil,
            message: "expected the columns in their order; this row names them in another one")
    }

    private func column(named field: UnsafeRawBufferPointer) -> Int? {
        let name = field.trimmed
        for index in 0..<columns.count where rows.keys[index].isSame(as: name) { return index }
        return nil
    }
}

extension UnsafeRawBufferPointer {
    /// The text without spaces and tabs around it.
    fileprivate var trimmed: UnsafeRawBufferPointer {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
        var (start, end) = (0, count)
        while start < end, isBlank(self[start]) { start += 1 }
        while start < end, isBlank(self[end - 1]) { end -= 1 }
        return UnsafeRawBufferPointer(rebasing: self[start..<end])
    }

    /// Whether two names are the same but for the case of ASCII letters.
    fileprivate func isSame(as other: UnsafeRawBufferPointer) -> Bool {
        guard count == other.count else { return false }
        func folded(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
        for index in 0..<count where folded(self[index]) != folded(other[index]) { return false }
        return true
    }
}
