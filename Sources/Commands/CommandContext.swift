public import Operations
import Pipeline
public import YAML

#if canImport(Glibc)
    import Glibc
#endif

/// Receives bytes; false where they could not be written.
public typealias ByteSink = (UnsafeRawBufferPointer) -> Bool

/// What a command has to do with: its words, its surroundings, and where its output goes.
public struct CommandContext {
    /// The command line, without the name of the command.
    public var arguments: Arguments
    /// The variables of the process.
    public let environment: [String: String]
    /// The file descriptor from which `-` is read.
    public let input: Int32
    /// Receives the results.
    public let output: ByteSink
    /// Receives what is said about them.
    public let errors: ByteSink
    /// The width of the terminal, for what is drawn only there; nil where there is none.
    let terminalColumns: () -> Int?
    /// True where everything could be written so far.
    public private(set) var isWritten = true

    /// Makes a context; without `terminalColumns` there is no terminal.
    public init(
        arguments: Arguments, environment: [String: String], input: Int32 = 0, output: @escaping ByteSink,
        errors: @escaping ByteSink, terminalColumns: @escaping () -> Int? = { nil }
    ) {
        self.arguments = arguments
        self.environment = environment
        self.input = input
        self.output = output
        self.errors = errors
        self.terminalColumns = terminalColumns
    }

    /// Writes to the results.
    public mutating func print(_ text: String) {
        var text = text
        let isWritten = text.withUTF8 { output(UnsafeRawBufferPointer($0)) }
        if !isWritten { self.isWritten = false }
    }

    /// Writes what is said about them.
    public func note(_ text: String) {
        var text = text
        _ = text.withUTF8 { errors(UnsafeRawBufferPointer($0)) }
    }

    /// Says what is wrong with the command line; gives the exit code for it.
    public func misused(_ message: String) -> Int32 {
        note("city-attribution: \(message)\n")
        return ExitCode.usage
    }

    /// Reads the configuration.
    public func configuration(overrides: [String: String] = [:]) -> Configuration {
        ProcessConfiguration(arguments: arguments, environment: environment, overrides: overrides).configuration
    }

    /// What the configuration says of a department's topics and cluster; nil, with the findings written, where it is
    /// wrong or names no department.
    func workerSettings() -> WorkerSettings? {
        var configuration = configuration()
        if configuration.text("department") == nil {
            configuration.report("department", "the key is missing; expected the name of the department")
        }
        guard !configuration.hasErrors, let department = configuration.text("department") else {
            note(configuration.findings)
            return nil
        }
        return WorkerSettings(configuration, department: department)
    }

    /// Writes findings, one a line, with the word `warning` before the message of those that are.
    public func note(_ findings: [Finding]) {
        for finding in findings { note(FindingsReport.line(finding) + "\n") }
    }
}

/// Output to a file descriptor.
public enum Descriptor {
    /// A sink that writes all it receives to a file descriptor.
    public static func sink(_ descriptor: Int32) -> ByteSink {
        { write($0, to: descriptor) }
    }

    /// Writes all bytes; false where that fails.
    public static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if written < 0, errno == EINTR { continue }
            if written <= 0 { return false }
            rest = UnsafeRawBufferPointer(rebasing: rest[written...])
        }
        return true
    }
}
