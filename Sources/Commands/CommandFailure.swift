import Kafka
import Operations
import Primitives

/// Why a command could not do what it was asked for: a message for people, and the exit code.
struct CommandFailure: Error, Equatable {
    let code: Int32
    /// Where, what was expected, and what to do; never data of an event.
    let message: String

    init(code: Int32 = ExitCode.findings, message: String) {
        self.code = code
        self.message = message
    }

    init(_ message: String) {
        self.init(message: message)
    }

    /// An option that does not hold what was expected.
    static func usage(_ message: String) -> CommandFailure {
        CommandFailure(code: ExitCode.usage, message: message)
    }

    /// A cluster that did not answer, or not as it should.
    /// - Parameter seconds: how long it had; nil where that is not known.
    init(_ error: KafkaError, brokers: String?, seconds: Int? = nil) {
        let silent: [KafkaErrorCode] = [.transport, .timedOut, .allBrokersDown, .resolve]
        let isSilent = silent.contains(error.code)
        let reason = seconds.flatMap { isSilent ? "no broker answered within \($0) s: " : nil } ?? ""
        self.init(
            code: ExitCode.unavailable, message: reason + error.description + "; tried \(brokers ?? "")")
    }

    /// The content of a file.
    static func read(_ path: String) throws(CommandFailure) -> [UInt8] {
        guard let bytes = Files.read(path) else {
            throw CommandFailure("\(path): the file cannot be read; check its name and its permissions")
        }
        return bytes
    }

    /// Writes a file, in place of what it held.
    static func write(_ text: String, to path: String) throws(CommandFailure) {
        guard Files.write(Array(text.utf8), to: path) else {
            throw CommandFailure("\(path): the file cannot be written; check its folder and its permissions")
        }
    }
}

extension CommandContext {
    /// Says what a command failed of; gives the exit code for it.
    func failed(_ command: String, _ failure: CommandFailure) -> Int32 {
        note("city-attribution: \(command): \(failure.message)\n")
        return failure.code
    }
}

extension Arguments {
    /// The whole number that an option states.
    func number(_ option: String, in range: ClosedRange<Int>, else value: Int) throws(CommandFailure) -> Int {
        guard let text = self[option] else { return value }
        guard let number = Int(text), range.contains(number) else {
            let most = range.upperBound == Int.max ? "" : " to \(range.upperBound)"
            throw .usage("--\(option): expected a whole number from \(range.lowerBound)\(most)")
        }
        return number
    }
}
