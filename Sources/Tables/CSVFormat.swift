/// How a CSV file is written: RFC 4180, with what departments' exports differ in.
public struct CSVFormat: Sendable, Hashable {
    /// What stands between two fields.
    public enum Delimiter: String, Sendable, Hashable, CaseIterable {
        /// `,`, as in RFC 4180.
        case comma = ","
        /// `;`, where the comma is the decimal sign.
        case semicolon = ";"
        /// A tab.
        case tab = "\t"
        /// `|`.
        case bar = "|"

        /// The delimiter as a byte.
        var byte: UInt8 { rawValue.utf8.first ?? UInt8(ascii: ",") }
    }

    /// What stands between two fields.
    public var delimiter: Delimiter
    /// How the text is encoded, unless a byte order mark says otherwise; nil for UTF-8.
    public var encoding: TextEncoding?
    /// The longest row in bytes of UTF-8, without its line end; from 1 to 1 GiB.
    public var rowBytesMax: Int { didSet { rowBytesMax = CSVFormat.bounded(rowBytesMax) } }
    /// The most columns that a header may have; from 1 to 65,535.
    public var columnsMax: Int { didSet { columnsMax = min(max(columnsMax, 1), 65_535) } }

    /// Makes a format; what is outside the bounds of a limit becomes the nearest that is inside.
    public init(
        delimiter: Delimiter = .comma, encoding: TextEncoding? = nil, rowBytesMax: Int = 1 << 20,
        columnsMax: Int = 1000
    ) {
        self.delimiter = delimiter
        self.encoding = encoding
        self.rowBytesMax = CSVFormat.bounded(rowBytesMax)
        self.columnsMax = min(max(columnsMax, 1), 65_535)
    }

    private static func bounded(_ bytes: Int) -> Int { min(max(bytes, 1), 1 << 30) }
}
