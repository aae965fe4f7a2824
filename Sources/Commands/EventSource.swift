import Glibc
import Intake
import JSON
import Tables

/// What comes next of a file of events.
enum EventItem {
    /// An event. It holds until the next call, and `Extractor.padding` bytes behind it can be read where it is JSON.
    case event(UnsafeRawBufferPointer)
    /// Something that is no event, and why.
    case bad(String)
    /// Nothing.
    case end
}

/// The events of a file, or of a folder of files, one after the other.
protocol EventSource: AnyObject {
    /// The name of the file without folders, for provenance.
    var name: String { get }
    /// The number of the last event among those of the file, from 0, bad ones counted too.
    var index: Int64 { get }
    /// The line of the file that it begins on, from 1; the number of the event where there are no lines.
    var line: Int64 { get }
    /// How far the file has been read: from 0 to 1; nil where that is not known.
    var share: Double? { get }
    /// Goes to the next event.
    /// - Throws: where the file cannot be read to its end.
    func next() throws(CommandFailure) -> EventItem
}

extension EventSource {
    var share: Double? { nil }
}

/// How files become events.
enum EventFormat: String, CaseIterable {
    /// One JSON document a line.
    case ndjson
    /// One JSON document; where it is an array, or where the profile says which elements, each of these is an event.
    case json
    /// A row of a table each; the first row names the columns, or the profile does.
    case csv
    /// A row of the profile's query each, over the CSV files of a folder.
    case folder

    /// The format that the name of a file has; where messages hold rows, files do.
    init(path: String, _ profile: Profile) {
        let name = path.lowercased()
        if profile.columns != nil {
            self = .csv
            return
        }
        self = name.hasSuffix(".csv") || name.hasSuffix(".tsv") ? .csv : name.hasSuffix(".json") ? .json : .ndjson
    }

    /// The format that a command line asks for; nil where it leaves that to the file's name.
    static func asked(_ arguments: Arguments) throws(CommandFailure) -> EventFormat? {
        guard let name = arguments["format"] else { return nil }
        guard let format = EventFormat(rawValue: name) else {
            throw .usage("--format: expected ndjson, json, csv or folder")
        }
        return format
    }

    /// Opens a file or folder.
    /// - Parameters:
    ///   - word: as it stands on the command line; `-` is standard input.
    ///   - format: the format that was asked for; nil for that of the name.
    ///   - profile: says what files hold.
    ///   - onBadRow: is told of rows of a folder's files that were left out of the query.
    static func open(
        _ word: String, _ format: EventFormat?, _ profile: Profile, input: Int32, bytesMax: Int,
        onBadRow: (_ file: String, _ error: RowError) -> Void = { _, _ in }
    ) throws(CommandFailure) -> any EventSource {
        guard let file = InputFile(word, standardInput: input) else {
            throw CommandFailure("\(word): the file cannot be opened: \(InputFile.reason)")
        }
        let isFolder = file.isFolder || format == .folder
        if let columns = profile.columns {
            guard !isFolder, format == nil || format == .csv else {
                throw CommandFailure("\(word): expected a CSV file: the profile reads rows (body: csv-row)")
            }
            return RawRowEvents(file, columns: columns, profile.files, bytesMax: bytesMax)
        }
        if isFolder { return try JoinEvents(folder: word, profile.files, onBadRow) }
        switch format ?? EventFormat(path: word, profile) {
        case .csv: return try RowEvents(file, profile.files, isTabbed: word.lowercased().hasSuffix(".tsv"))
        case .json: return try ElementEvents(file, profile.files.each)
        case .ndjson, .folder: return LineEvents(file, bytesMax: bytesMax)
        }
    }
}

/// The lines of a file, each a JSON document; blank ones are passed over, and numbered.
final class LineEvents: EventSource {
    private let file: InputFile
    private var reader: LineReader
    var name: String { file.name }
    var index: Int64 { reader.index }
    var line: Int64 { reader.index + 1 }
    var share: Double? { file.share }

    init(_ file: consuming InputFile, bytesMax: Int) {
        reader = LineReader(file.descriptor, lineBytesMax: bytesMax)
        self.file = file
    }

    func next() throws(CommandFailure) -> EventItem {
        while let line = reader.next() {
            if !line.isBlank { return .event(line) }
        }
        if reader.failure != 0 {
            let reason = String(cString: strerror(reader.failure))
            throw CommandFailure("\(name): the file cannot be read to its end: \(reason)")
        }
        return .end
    }
}

/// The rows of a CSV file, each an object of texts by the names of the columns.
final class RowEvents: EventSource {
    private let file: InputFile
    private var reader: CSVReader
    private var rows: JSONRows
    var name: String { file.name }
    var index: Int64 { Int64(reader.row) - 1 }
    var line: Int64 { Int64(reader.line) }
    var share: Double? { file.share }

    init(_ file: consuming InputFile, _ files: ProfileFiles, isTabbed: Bool) throws(CommandFailure) {
        do throws(TableError) {
            let reader = try CSVReader(
                .descriptor(file.descriptor), name: file.name, format: CSVFormat(files, isTabbed: isTabbed))
            rows = JSONRows(columns: reader.columns)
            self.reader = reader
        } catch {
            throw CommandFailure(error.description)
        }
        self.file = file
    }

    func next() throws(CommandFailure) -> EventItem {
        do throws(TableError) {
            switch try reader.next() {
            case .row: return .event(rows.write(reader))
            case .bad(let error): return .bad(error.column.map { "column \($0): \(error.message)" } ?? error.message)
            case .end: return .end
            }
        } catch {
            throw CommandFailure(error.description)
        }
    }
}

/// The rows of a CSV file as they stand, as the messages of a department hold them.
final class RawRowEvents: EventSource {
    private let file: InputFile
    private var reader: CSVRawReader
    /// Looks at the first row.
    private let parser: CSVRowParser
    var name: String { file.name }
    var index: Int64 { Int64(reader.row) - 1 }
    var line: Int64 { Int64(reader.line) }
    var share: Double? { file.share }

    init(_ file: consuming InputFile, columns: [String], _ files: ProfileFiles, bytesMax: Int) {
        var format = CSVFormat(files)
        parser = CSVRowParser(columns: columns, format: format)
        format.rowBytesMax = bytesMax
        reader = CSVRawReader(.descriptor(file.descriptor), name: file.name, format: format)
        self.file = file
    }

    func next() throws(CommandFailure) -> EventItem {
        do throws(TableError) {
            switch try reader.next() {
            case .row: break
            case .bad(let error): return .bad(error.message)
            case .end: return .end
            }
        } catch {
            throw CommandFailure(error.description)
        }
        if reader.row == 1 { try checkOrder() }
        return .event(reader.bytes)
    }

    /// A file that names its columns in another order would be read by wrong names from its second row on.
    private func checkOrder() throws(CommandFailure) {
        do throws(CSVRowError) {
            _ = try parser.object(reader.bytes)
        } catch {
            guard error.kind == .columnOrder else { return }
            throw CommandFailure(
                "\(name): expected the columns in the order of the profile; the first row has them in another")
        }
    }
}

/// The rows of a query over the CSV files of a folder.
final class JoinEvents: EventSource {
    let name: String
    private var join: CSVJoin
    var index: Int64 { Int64(join.row) - 1 }
    var line: Int64 { Int64(join.row) }

    init(
        folder: String, _ files: ProfileFiles, _ onBadRow: (_ file: String, _ error: RowError) -> Void
    ) throws(CommandFailure) {
        name = folder.split(separator: "/").last.map(String.init) ?? folder
        guard let query = files.query else {
            throw CommandFailure("\(folder): expected a file; a folder needs a profile that states files.query")
        }
        do throws(TableError) {
            join = try CSVJoin(
                folder: folder, query: query, format: CSVFormat(files), onBadRow: onBadRow)
        } catch {
            throw CommandFailure(error.description)
        }
    }

    func next() throws(CommandFailure) -> EventItem {
        do throws(TableError) {
            switch try join.next() {
            case .row: return .event(join.json)
            case .bad(let error): return .bad(error.message)
            case .end: return .end
            }
        } catch {
            throw CommandFailure(error.description)
        }
    }
}

/// The elements of one JSON document.
final class ElementEvents: EventSource {
    /// A document is held whole, and in several times its size while it is taken apart.
    static let documentBytesMax = 256 << 20

    let name: String
    /// Nil where the document cannot be taken apart: then it is an event as it is, so that it is refused as one.
    private let nodes: SelectedNodes?
    private let document: [UInt8]
    private let extractor: Extractor
    private var writer = JSONWriter()
    private(set) var index: Int64 = -1
    var line: Int64 { index + 1 }

    /// - Parameter each: selects the elements that are events; nil for those of an array, or the document itself.
    init(_ file: borrowing InputFile, _ each: JSONPath?) throws(CommandFailure) {
        name = file.name
        let most = ElementEvents.documentBytesMax
        guard let bytes = file.contents(atMost: most) else {
            throw CommandFailure("\(file.name): the file cannot be read: \(InputFile.reason)")
        }
        if bytes.count > most {
            throw CommandFailure(
                "\(file.name): expected a JSON document of at most \(most >> 20) MB; a larger one has to be "
                    + "NDJSON, one event a line")
        }
        let extractor = Extractor(maximumBytes: most, maximumDepth: 1024, maximumValues: 1 << 28, maximumSteps: 1 << 32)
        self.extractor = extractor
        do throws(JSONError) {
            let isArray = bytes.first { $0 > 0x20 } == UInt8(ascii: "[")
            let elements = each ?? JSONPath(SimplePath(steps: isArray ? [.wildcard] : []))
            nodes = try bytes.withUnsafeBufferPointer { (bytes) throws(JSONError) in
                try extractor.nodes(of: elements, in: UnsafeRawBufferPointer(bytes))
            }
            document = []
        } catch {
            nodes = nil
            document = bytes
        }
    }

    func next() throws(CommandFailure) -> EventItem {
        guard index + 1 < nodes?.count ?? 1 else { return .end }
        index += 1
        writer.clear()
        if let nodes {
            nodes[Int(index)].write(to: &writer)
        } else {
            document.withUnsafeBytes { writer.raw($0) }
        }
        writer.pad(Extractor.padding)
        return .event(writer.bytes)
    }
}
