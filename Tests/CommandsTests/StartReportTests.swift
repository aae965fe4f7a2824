import FoundationEssentials
import Operations
import Primitives
import Testing
import YAML

@testable import Commands

/// What a program says before its work begins.
@Suite struct StartReportTests {
    private let findings = [
        Finding(file: "worker.yaml", line: 3, key: "registry", message: "expected a file; it is not there"),
        Finding(file: "rules.yaml", line: 7, key: "note", severity: .warning, message: "it is empty"),
    ]

    @Test func inALogEachFindingIsALineOfJSON() throws {
        let lines = Locked<[String]>([])
        let log = Log(format: .json) { line in lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) } }
        let report = StartReport("housing-worker", log, isPlain: false) { _ in false }
        report.tell(findings)
        #expect(report.refuse("1 error, 1 warning; nothing was consumed") == ExitCode.configuration)

        let read = try lines.withLock { $0 }.map { line in
            try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
        }
        #expect(read.map { $0["event"] } == ["start_error", "start_warning", "start_refused"])
        #expect(
            read.map { $0["error"] } == [
                "worker.yaml:3: registry: expected a file; it is not there", "rules.yaml:7: note: it is empty",
                "1 error, 1 warning; nothing was consumed",
            ])
    }

    @Test func atATerminalEachFindingIsAPlainLine() {
        var said = ""
        let log = Log(format: .text) { _ in Issue.record("nothing is to go to the log") }
        let report = StartReport("housing-worker", log, isPlain: true) { bytes in
            said += String(decoding: bytes, as: UTF8.self)
            return true
        }
        report.tell(findings)
        _ = report.refuse("1 error, 1 warning; nothing was consumed")
        #expect(
            said == """
                worker.yaml:3: registry: expected a file; it is not there
                rules.yaml:7: note: warning: it is empty
                housing-worker: 1 error, 1 warning; nothing was consumed

                """)
    }
}
