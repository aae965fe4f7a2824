import Glibc
import Operations
import Primitives
import YAML

/// What a program says before its work begins: lines of its log, or plain lines for a person at a terminal.
struct StartReport {
    /// The name of the executable.
    let name: String
    /// The log of the program.
    let log: Log
    private let isPlain: Bool
    private let errors: ByteSink

    /// Makes the report of a program, in the form that its configuration asks for.
    init(_ name: String, _ configuration: Configuration, _ errors: @escaping ByteSink) {
        let standard: Log.Format = isatty(STDERR_FILENO) == 1 ? .text : .json
        let format = configuration.text("log.format").flatMap { Log.Format(rawValue: $0) } ?? standard
        let least = configuration.text("log.level").flatMap { LogLevel(name: $0) } ?? .info
        self.init(name, Log(format: format, least: least), isPlain: format == .text, errors)
    }

    /// Makes a report.
    init(_ name: String, _ log: Log, isPlain: Bool, _ errors: @escaping ByteSink) {
        (self.name, self.log, self.isPlain, self.errors) = (name, log, isPlain, errors)
    }

    /// Says each finding.
    func tell(_ findings: [Finding]) {
        for finding in findings {
            guard !isPlain else {
                _ = WorkerProgram.say(FindingsReport.line(finding), errors, ExitCode.done)
                continue
            }
            log.write(finding.severity == .error ? .startError : .startWarning, [.error: .text(finding.description)])
        }
    }

    /// Says why the program does not start.
    /// - Returns: the exit code of a wrong configuration.
    func refuse(_ reason: String) -> Int32 {
        guard !isPlain else { return WorkerProgram.say("\(name): \(reason)", errors, ExitCode.configuration) }
        log.write(.startRefused, [.error: .text(reason)])
        return ExitCode.configuration
    }
}
