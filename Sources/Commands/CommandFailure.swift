import Kafka
import Operations
import Pipeline
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
    init(_ error: KafkaError, brokers: String?, seconds: Int) {
        let silent: [KafkaErrorCode] = [.transport, .timedOut, .allBrokersDown, .resolve]
        let reason = silent.contains(error.code) ? "no broker answered within \(seconds) s: " : ""
        self.init(
            code: ExitCode.unavailable, message: reason + error.description + "; tried \(brokers ?? "")")
    }

    /// What the topics of the registry hold, of a configuration that names some.
    static func registryRows(_ configuration: Configuration) throws(CommandFailure) -> RegistryRowsOfTopics {
        do throws(KafkaError) {
            return try RegistryRowsOfTopics.read(configuration)
        } catch {
            throw CommandFailure(error, brokers: configuration.kafka["bootstrap.servers"], seconds: 10)
        }
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
