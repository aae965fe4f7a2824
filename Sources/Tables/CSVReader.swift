/// Reads a CSV file (RFC 4180) row by row, in memory of a fixed size, without an allocation for a good row.
///
///     var reader = try CSVReader(.descriptor(file), name: "clients.csv")
///     while true {
///         switch try reader.next() {
///         case .row: use(reader.field(0))
///         case .bad(let error): report(error)
///         case .end: return
///         }
///     }
///
/// Fields stand in quotes or not; in quotes they may hold delimiters, line ends, and quotes that are doubled. Lines end
/// with CRLF, LF or CR, the last one also with the file. Lines without a byte are no rows and are passed over, so that
/// an empty field that is alone in its row has to stand in quotes.
///
/// **After a bad row** reading goes on. Where the quotes of a row are right, the end of the row is known, and the next
/// one begins there: so for a wrong number of fields, a NUL byte, and bytes that are not of the encoding. Where they
/// are wrong (a quote in a field without quotes, text behind a closing quote, a quote that is not closed before the
/// end of the file) or the row is longer than allowed, nothing tells line ends inside quotes from others: reading goes
/// on with the line behind the one that the row begins on, so that a quote too many costs its own line and none of the
/// good ones behind it. A byte is looked at a bounded number of times.
public struct CSVReader: ~Copyable {
    /// The names of the columns, in the order of the fields.
    public let columns: [String]
    /// The number of the last row, from 1, bad ones counted too; 0 before the first.
    public private(set) var row = 0
    /// The line that the last row begins on, from 1; before the first row that of the header, or 0 without one.
    public private(set) var line = 0
    /// The fields that can be read: those of the last row, or none where it was bad.
    public private(set) var fieldCount = 0

    private let format: CSVFormat
    private var rows: RowReader

    /// Opens a file: reads its header.
    /// - Parameters:
    ///   - name: of the file, for errors.
    ///   - columns: the names of the columns of a file without a header; nil where the first row is the header. Names
    ///     of a header are trimmed of spaces and tabs.
    /// - Throws: where the file cannot be read, where its header is bad, and where a name is empty or there twice.
    public init(
        _ source: ByteSource, name: String, format: CSVFormat = CSVFormat(), columns: [String]? = nil
    ) throws(TableError) {
        rows = RowReader(source, name: name, format: format)
        self.format = format
        self.columns =
            if let columns {
                try Header.checked(columns, file: name, line: 0, format)
            } else {
                try Header.read(&rows, file: name, format)
            }
        line = rows.line
    }

    /// Goes to the next row.
    /// - Throws: where the file cannot be read to its end.
    public mutating func next() throws(TableError) -> TableStep {
        fieldCount = 0
        let problem: RowProblem?
        switch try rows.next() {
        case .end: return .end
        case .row: problem = rows.problem(expecting: columns.count)
        case .bad(let found): problem = found
        }
        row += 1
        line = rows.line
        guard let problem else {
            rows.finishRow()
            fieldCount = columns.count
            return .row
        }
        let column = problem.field.flatMap { $0 < columns.count ? columns[$0] : nil }
        return .bad(RowError(line: line, row: row, column: column, message: problem.message(format)))
    }

    /// A field of the row that was read last, as UTF-8, until the reader is next used.
    /// - Parameter index: below `fieldCount`.
    public func field(_ index: Int) -> UnsafeRawBufferPointer {
        precondition(index >= 0 && index < fieldCount, "expected a field of a good row")
        return rows.field(index)
    }

    /// The place of a column.
    public func index(of column: String) -> Int? { columns.firstIndex(of: column) }
}

/// The first row of a file.
private enum Header {
    static func read(_ rows: inout RowReader, file: String, _ format: CSVFormat) throws(TableError) -> [String] {
        let problem: RowProblem?
        switch try rows.next() {
        case .end: throw TableError(file, "expected a row with the names of the columns; the file is empty")
        case .row: problem = rows.fieldCount > format.columnsMax ? nil : rows.problem(expecting: rows.fieldCount)
        case .bad(let found): problem = found
        }
        if let problem {
            let place = problem.field.map { ", column \($0 + 1)" } ?? ""
            throw TableError(file, line: rows.line, "header\(place): \(problem.message(format))")
        }
        rows.finishRow()
        let names = (0..<min(rows.fieldCount, format.columnsMax + 1)).map { trimmed(rows.field($0)) }
        return try checked(names, file: file, line: rows.line, format)
    }

    /// Names are not quoted here: where a header is missing, they are somebody's data.
    static func checked(_ names: [String], file: String, line: Int, _ format: CSVFormat) throws(TableError) -> [String]
    {
        guard names.count <= format.columnsMax else {
            throw TableError(file, line: line, "expected at most \(format.columnsMax) columns")
        }
        if names.isEmpty { throw TableError(file, line: line, "expected the names of the columns") }
        var places: [String: Int] = [:]
        for (place, name) in names.enumerated() {
            if name.isEmpty {
                throw TableError(
                    file, line: line, "expected a name for each column; that of column \(place + 1) is empty")
            }
            if let other = places.updateValue(place, forKey: name) {
                throw TableError(
                    file, line: line,
                    "expected each name of a column once; columns \(other + 1) and \(place + 1) have the same")
            }
        }
        return names
    }

    private static func trimmed(_ name: UnsafeRawBufferPointer) -> String {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
        guard let first = name.firstIndex(where: { !isBlank($0) }), let last = name.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(decoding: name[first...last], as: UTF8.self)
    }
}
