import Glibc
import Primitives

@testable import Tables

/// What a reader gave: the texts of a good row, or what it said of a bad one.
enum Read: Equatable {
    case row([String])
    case bad(String)

    var isBad: Bool { if case .bad = self { true } else { false } }
}

/// Everything that there is in a file.
func readAll(
    _ bytes: [UInt8], _ format: CSVFormat = CSVFormat(), chunk: Int = .max, columns: [String]? = nil
) throws(TableError) -> (columns: [String], rows: [Read]) {
    var reader = try CSVReader(.bytes(bytes, chunkBytes: chunk), name: "test.csv", format: format, columns: columns)
    var rows: [Read] = []
    while true {
        switch try reader.next() {
        case .end: return (reader.columns, rows)
        case .bad(let error): rows.append(.bad(error.description))
        case .row:
            rows.append(.row((0..<reader.fieldCount).map { String(decoding: reader.field($0), as: UTF8.self) }))
        }
    }
}

func readAll(_ text: String, _ format: CSVFormat = CSVFormat(), chunk: Int = .max) throws(TableError) -> [Read] {
    try readAll(Array(text.utf8), format, chunk: chunk).rows
}

/// What is wrong with a file as a whole.
func fault(_ text: String, _ format: CSVFormat = CSVFormat()) -> String? {
    do throws(TableError) {
        _ = try readAll(text, format)
        return nil
    } catch {
        return error.description
    }
}

/// Writes a row of CSV, with quotes where they are needed, and by chance where they are not.
func csvRow(_ fields: [String], _ delimiter: String, lineEnd: String, _ random: inout SplitMix64) -> String {
    fields.map { field in
        let isSpecial = field.unicodeScalars.contains { "\"\r\n".unicodeScalars.contains($0) || "\($0)" == delimiter }
        let needsQuotes = isSpecial || fields == [""]
        guard needsQuotes || random.onceIn(4) else { return field }
        let doubled = field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        return "\"\(doubled)\""
    }.joined(separator: delimiter) + lineEnd
}

extension SplitMix64 {
    /// A text with much of what has a meaning in CSV.
    mutating func field() -> String {
        let pieces = [
            "a", "b", "7", " ", ",", ";", "\t", "|", "\"", "\"\"", "\n", "\r", "\r\n", "é", "€", "😀", "\\", "'",
        ]
        return (0..<(onceIn(5) ? 0 : within(1...6))).compactMap { _ in element(of: pieces) }.joined()
    }
}

/// A folder of files, which goes with its owner.
final class TemporaryFolder {
    let path: String

    init(_ files: [String: String]) {
        var template = Array("/tmp/tables-tests-XXXXXX".utf8CString)
        _ = mkdtemp(&template)
        path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        for (name, content) in files {
            let file = fopen("\(path)/\(name)", "w")!
            fputs(content, file)
            fclose(file)
        }
    }

    deinit {
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                }
                unlink("\(path)/\(name)")
            }
            closedir(folder)
        }
        rmdir(path)
    }
}
