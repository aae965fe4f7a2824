import Evaluation
import Operations
import YAML

extension RecordSet {
    /// The records of a file, one a line; lines that are none are noted, and make it fail at the end.
    static func read(_ path: String, _ context: CommandContext) throws(CommandFailure) -> RecordSet {
        let bytes = try CommandFailure.read(path)
        var records = RecordSet(file: path)
        var findings: [Finding] = []
        bytes.withUnsafeBytes { bytes in
            var number = 1
            var rest = bytes[...]
            while !rest.isEmpty {
                let end = rest.firstIndex(of: 10) ?? rest.endIndex
                let line = UnsafeRawBufferPointer(rebasing: rest[rest.startIndex..<end])
                if let finding = records.take(line, number: number), findings.count < 20 { findings.append(finding) }
                number += 1
                rest = rest[(end < rest.endIndex ? end + 1 : end)...]
            }
        }
        context.note(findings)
        if !findings.isEmpty { throw CommandFailure("\(path): expected attribution records, one a line") }
        return records
    }
}
