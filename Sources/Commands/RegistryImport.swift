import Connections
import Operations
import Pipeline
import Primitives
import Tables
import YAML

/// `registry import`: a registry file from a spreadsheet.
struct RegistryImport {
    /// The options of the command.
    static let options = [
        CommandOption("map", value: "COLUMN=KEY", "import: which column is which key; several with commas between."),
        CommandOption("type", value: "TYPE", "import: the kind of tie of rows that state none."),
        CommandOption("prefix", value: "WORD", "import: how ids begin; otherwise the city's name, or `city`."),
        CommandOption("city", value: "NAME", "import: the city that the registry belongs to."),
        CommandOption("edited-by", value: "NAME", "import: who edited rows that do not say so."),
        CommandOption("source", value: "TEXT", "import: where rows come from that do not say so."),
        CommandOption("dates", value: "FORM", "import: how days are written: us (month first) or european."),
        CommandOption("delimiter", value: "CHARACTER", "import: what stands between fields; otherwise found out."),
    ]

    private let arguments: Arguments
    private let dates: DateForm?
    private let prefix: String

    init(_ arguments: Arguments) throws(CommandFailure) {
        self.arguments = arguments
        dates = arguments["dates"].flatMap { DateForm(rawValue: $0) }
        guard arguments["dates"] == nil || dates == .us || dates == .european else {
            throw .usage("--dates: expected us (03/04/2026 is 4 March) or european (3 April)")
        }
        if let type = arguments["type"], ConnectionType(rawValue: type) == nil {
            throw .usage("--type: expected one of \(RegistryCells.types.joined(separator: ", "))")
        }
        prefix = EngineLoader.slug(arguments["prefix"] ?? arguments["city"] ?? "city")
    }

    func run(_ path: String, _ context: inout CommandContext) throws(CommandFailure) -> Int32 {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let (rows, findings) = try read(path, &context)
        let text = RegistryFileText.text(rows, file: name, city: arguments["city"])
        // What the loader says of a row is told at its line of the table.
        let reading = RegistryLoader.read(
            rows.map { row in
                RegistryDocument(
                    name: row.id, file: "\(path):\(row.line)", bytes: Array(RegistryFileText.json(row).utf8),
                    form: .connection)
            })
        let found = findings + reading.findings.map { $0.ofRow(path) }
        let errors = found.filter { $0.severity == .error }.sorted()
        context.note(errors)
        guard errors.isEmpty else {
            throw CommandFailure("import: \(FindingsReport.count(errors)); nothing was written")
        }
        context.print(text)
        let unverified = reading.registry?.connections.count { !$0.isVerified } ?? 0
        context.note(
            "\(rows.count) rows; \(unverified) of them give circumstantial evidence at most until a second person has "
                + "verified them (registry check says which)\n")
        return ExitCode.done
    }

    private func read(
        _ path: String, _ context: inout CommandContext
    ) throws(CommandFailure) -> (rows: [RegistryCells], findings: [Finding]) {
        let content = try CommandFailure.read(path)
        let format = try format(content)
        var header: [String] = []
        do throws(TableError) {
            header = try CSVReader(.bytes(content), name: path, format: format).columns
        } catch {
            throw CommandFailure("import: \(error.description)")
        }
        let columns = try RegistryColumns(header, asked: arguments["map"])
        guard columns.keys.contains(.field("partner")) else {
            throw CommandFailure(
                "import: \(path): expected a column with the partner's name; say which it is with "
                    + "--map COLUMN=partner. The columns are \(header.joined(separator: ", "))")
        }
        for column in columns.leftOut {
            context.note("\(path): column \(column): left out; --map '\(column)=KEY' takes it in\n")
        }
        do throws(TableError) {
            return try rows(CSVReader(.bytes(content), name: path, format: format), columns, path)
        } catch {
            throw CommandFailure("import: \(error.description)")
        }
    }

    func rows(
        _ reader: consuming CSVReader, _ columns: RegistryColumns, _ path: String
    ) throws(TableError) -> (rows: [RegistryCells], findings: [Finding]) {
        var (rows, findings): ([RegistryCells], [Finding]) = ([], [])
        var ids: [String: Int] = [:]
        while true {
            switch try reader.next() {
            case .end: return (rows, findings)
            case .bad(let error):
                findings.append(
                    Finding(file: path, line: error.line, key: error.column ?? "", message: error.message))
            case .row:
                let cells = (0..<reader.fieldCount).map { String(decoding: reader.field($0), as: UTF8.self) }
                var row = RegistryCells(line: reader.line)
                findings += row.read(cells, columns, names: reader.columns, file: path, dates: dates)
                guard !row.isEmpty else { continue }
                row.complete(prefix: prefix, arguments, &ids)
                rows.append(row)
            }
        }
    }

    /// What stands between fields is what the first line has most of; text that is no UTF-8 is a Windows office's.
    func format(_ content: [UInt8]) throws(CommandFailure) -> CSVFormat {
        let line = content.prefix { $0 != UInt8(ascii: "\n") }
        let isUTF8 = String(validating: content, as: UTF8.self) != nil
        let encoding: TextEncoding? = isUTF8 || content.starts(with: [0xff, 0xfe]) ? nil : .windows1252
        if let asked = arguments["delimiter"] {
            guard let delimiter = CSVFormat.Delimiter(rawValue: asked == "tab" ? "\t" : asked) else {
                throw .usage("--delimiter: expected one of , ; | or tab")
            }
            return CSVFormat(delimiter: delimiter, encoding: encoding)
        }
        let counts = CSVFormat.Delimiter.allCases.map { delimiter in
            (delimiter, line.count { [$0] == Array(delimiter.rawValue.utf8) })
        }
        let most = counts.max { $0.1 < $1.1 }
        return CSVFormat(delimiter: most.map { $0.1 > 0 ? $0.0 : .comma } ?? .comma, encoding: encoding)
    }
}

extension Finding {
    /// A finding of a row that stands alone, at its line of the table.
    fileprivate func ofRow(_ path: String) -> Finding {
        guard file.hasPrefix("\(path):"), let row = Int(file.dropFirst(path.count + 1)) else { return self }
        return Finding(file: path, line: row, key: key, severity: severity, message: message)
    }
}
