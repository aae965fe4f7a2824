/// Reads the rows of a CSV file as they stand, for whoever passes them on: the bytes of each, in the encoding of the
/// file and without the line end. A header is a row as any other.
///
/// Where a row ends is found as `CSVReader` finds it; what stands in it is not looked at.
public struct CSVRawReader: ~Copyable {
    /// The number of the last row, from 1, bad ones counted too; 0 before the first.
    public private(set) var row = 0
    /// The line that the last row begins on, from 1; 0 before the first.
    public private(set) var line = 0

    private let format: CSVFormat
    private let name: String
    private var rows: RowReader
    private var isChecked = false

    /// Opens a file.
    /// - Parameters:
    ///   - name: of the file, for errors.
    ///   - format: of the file. Its encoding is one in which ASCII is ASCII: UTF-16 is not.
    public init(_ source: ByteSource, name: String, format: CSVFormat = CSVFormat()) {
        self.name = name
        self.format = format
        // Nothing is decoded, so that bytes stay what they are.
        var asItIs = format
        asItIs.encoding = nil
        rows = RowReader(source, name: name, format: asItIs)
    }

    /// The bytes of the last row, which must be a good one, until the next one is read.
    public var bytes: UnsafeRawBufferPointer { rows.bytes }

    /// Goes to the next row.
    /// - Throws: where the file cannot be read to its end, and where it says itself that it is of another encoding.
    public mutating func next() throws(TableError) -> TableStep {
        let step = try rows.next()
        try checkEncoding()
        if case .end = step { return .end }
        row += 1
        line = rows.line
        guard case .bad(let problem) = step else { return .row }
        return .bad(RowError(line: line, row: row, message: problem.message(format)))
    }

    private mutating func checkEncoding() throws(TableError) {
        if isChecked { return }
        isChecked = true
        let (encoding, isDeclared) = rows.encoding
        let expected = format.encoding ?? .utf8
        guard isDeclared, encoding != expected else { return }
        throw TableError(
            name, "expected a file in \(expected.title); it says of itself that it is in \(encoding.title)")
    }
}
