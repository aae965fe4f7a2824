import Connections
import Tables
import YAML

@testable import Commands

extension Fuzzer {
    /// Spreadsheets for `registry import`: what is written for people says what the rows say.
    static let registryImport = Fuzzer(name: "registry-import", bytesMax: 800, dictionary: "registry-import") {
        guard let arguments = try? Arguments(["--city", "Port: \"Meridian\""], known: RegistryImport.options),
            let command = try? RegistryImport(arguments)
        else { fatalError("the command cannot be made") }
        return { take($0, command) }
    }

    private static func take(_ bytes: UnsafeRawBufferPointer, _ command: RegistryImport) {
        let content = Array(bytes)
        guard let format = try? command.format(content),
            let header = try? CSVReader(.bytes(content), name: "table", format: format).columns,
            let columns = try? RegistryColumns(header, asked: nil), columns.keys.contains(.field("partner")),
            let reader = try? CSVReader(.bytes(content), name: "table", format: format),
            let (rows, findings) = try? command.rows(reader, columns, "table")
        else { return }
        let lines = FileLines(content)
        for finding in findings { expect(lines.hold(finding.line), "the place of the finding: \(finding)") }
        guard findings.isEmpty, !rows.isEmpty else { return }
        let file = RegistryFileText.text(rows, file: "table", city: "Port: \"Meridian\"")
        let whole = RegistryLoader.read([RegistryDocument(name: "file", bytes: Array(file.utf8))])
        let alone = RegistryLoader.read(
            rows.map { row in
                RegistryDocument(name: row.id, bytes: Array(RegistryFileText.json(row).utf8), form: .connection)
            })
        let faults = (whole.findings.filter { $0.severity == .error }, alone.findings.filter { $0.severity == .error })
        // Rows of one id are one value of a topic.
        guard Set(rows.map(\.id)).count == rows.count else { return }
        expect(faults.0.isEmpty == faults.1.isEmpty, "as a file \(faults.0), as rows \(faults.1)")
        expect(whole.registry?.connections == alone.registry?.connections, "the file says something else than the rows")
    }
}
