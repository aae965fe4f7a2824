import JSON
import Primitives

/// The names of columns as bytes, ready to be written for each row.
struct ColumnKeys: ~Copyable {
    private var bytes = ByteBuffer()
    private var ends: [Int] = []

    init(_ columns: [String]) {
        for column in columns {
            bytes.append(utf8: column)
            ends.append(bytes.count)
        }
    }

    /// The name of a column.
    subscript(index: Int) -> UnsafeRawBufferPointer {
        let start = index == 0 ? 0 : ends[index - 1]
        return UnsafeRawBufferPointer(rebasing: bytes.bytes[start..<ends[index]])
    }
}

/// Writes the rows of a CSV file as JSON objects: the names of the columns as members, in their order, and every value
/// as a string, as it stands. Empty fields are left out, since CSV has no other way to say that there is no value.
///
/// This is the event that goes to a topic; what the texts mean is for the department's profile to say.
public struct JSONRows: ~Copyable {
    let keys: ColumnKeys
    private var writer: JSONWriter

    /// Makes a writer for the rows of a reader with these columns.
    public init(columns: [String]) {
        keys = ColumnKeys(columns)
        writer = JSONWriter()
    }

    /// Writes the reader's last row, which must be a good one.
    /// - Returns: the object, until the next one is written; `Extractor.padding` bytes behind it can be read.
    public mutating func write(_ reader: borrowing CSVReader) -> UnsafeRawBufferPointer {
        begin()
        for index in 0..<reader.fieldCount { add(reader.field(index), index) }
        return end()
    }

    /// Begins the next object.
    mutating func begin() {
        writer.clear()
        writer.beginObject()
    }

    /// Adds the field of a column.
    mutating func add(_ field: UnsafeRawBufferPointer, _ column: Int) {
        if field.isEmpty { return }
        writer.key(keys[column])
        writer.string(field)
    }

    /// Ends the object, and gives it as `write` does.
    mutating func end() -> UnsafeRawBufferPointer {
        writer.endObject()
        writer.pad(Extractor.padding)
        return writer.bytes
    }
}
