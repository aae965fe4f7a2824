/// Why a table, or a query over tables, cannot be used at all.
public struct TableError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file or folder as the caller named it, or `query`.
    public let place: String
    /// The line, from 1; 0 where there is none to name.
    public let line: Int
    /// The column of that line in characters, from 1; 0 where there is none to name.
    public let column: Int
    /// What was expected, and what to do. It may quote the query and names of columns, never data.
    public let message: String

    /// Makes an error.
    public init(_ place: String, line: Int = 0, column: Int = 0, _ message: String) {
        self.place = place
        self.line = line
        self.column = column
        self.message = message
    }

    /// `place:line:column: message`, without what there is none of.
    public var description: String {
        place + (line > 0 ? ":\(line)" : "") + (column > 0 ? ":\(column)" : "") + ": " + message
    }
}

/// Why one row cannot be used; the rows behind it can be.
public struct RowError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The line of the file that the row begins on, from 1; 0 for a row of a query.
    public let line: Int
    /// The number of the row, from 1, without the header and counting bad rows too.
    public let row: Int
    /// The name of the column that is to blame, where it is one.
    public let column: String?
    /// What was expected; never data.
    public let message: String

    /// Makes an error.
    public init(line: Int = 0, row: Int, column: String? = nil, message: String) {
        self.line = line
        self.row = row
        self.column = column
        self.message = message
    }

    /// `line 7 (row 6): column age: expected …`, without what there is none of.
    public var description: String {
        let place = line > 0 ? "line \(line) (row \(row))" : "row \(row)"
        return place + (column.map { ": column \($0)" } ?? "") + ": " + message
    }
}

/// What comes next in a table.
public enum TableStep: Sendable, Hashable {
    /// A good row, which can now be read.
    case row
    /// A row that cannot be used.
    case bad(RowError)
    /// Nothing.
    case end
}
