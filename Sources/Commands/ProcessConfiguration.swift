@preconcurrency import Glibc
import Kafka
public import Operations
import Pipeline

/// The configuration of a process, from its command line, its environment and its file, read once at the start.
///
/// Findings of librdkafka on its own properties are among those of the configuration, under `kafka.`.
public struct ProcessConfiguration: Sendable {
    /// The configuration with its findings.
    public let configuration: Configuration
    /// The command line.
    public let arguments: Arguments

    /// The variable that names the file of the configuration where `--config` does not.
    public static let fileVariable = "CITY_CONFIG"

    /// Reads the configuration of this process.
    ///
    /// - Parameters:
    ///   - department: the department of the executable; nil where it has none of its own.
    ///   - options: the options of the program beside `--config`, `--help` and the keys of the configuration.
    /// - Throws: `UsageError` where the command line cannot be understood.
    public static func ofThisProcess(
        department: String? = nil, options: [CommandOption] = []
    ) throws(UsageError) -> ProcessConfiguration {
        let arguments = try Arguments(Array(CommandLine.arguments.dropFirst()), known: options)
        return ProcessConfiguration(
            arguments: arguments, environment: environment(),
            overrides: department.map { ["department": $0] } ?? [:])
    }

    /// Reads a configuration.
    ///
    /// - Parameters:
    ///   - arguments: the command line.
    ///   - environment: the variables.
    ///   - overrides: defaults that differ from the table, such as the department of an executable.
    ///   - readFile: the content of a file, or nil where it cannot be read.
    public init(
        arguments: Arguments, environment: [String: String], overrides: [String: String] = [:],
        readFile: (String) -> [UInt8]? = Files.read
    ) {
        var environment = environment
        let file = environment.removeValue(forKey: ProcessConfiguration.fileVariable)
        var configuration = Configuration(
            flags: arguments.settings, environment: environment,
            configurationFile: arguments["config"] ?? file.flatMap { $0.isEmpty ? nil : $0 }, overrides: overrides,
            kafkaNames: ClientConfiguration.propertyNames, readFile: readFile)
        for finding in ClientConfiguration(configuration.kafka).findings() {
            let suggestion = finding.nearest.map { "; did you mean kafka.\($0)?" } ?? ""
            configuration.report("kafka.\(finding.name)", finding.reason + suggestion)
        }
        if configuration.text("kafka.security.protocol")?.lowercased().hasSuffix("ssl") == true {
            for property in CredentialFiles(configuration).unreadable {
                configuration.report(
                    "kafka.\(property)", "the file cannot be read; check its name and its permissions")
            }
        }
        self.configuration = configuration
        self.arguments = arguments
    }

    /// The variables of this process; those that are no UTF-8 are left out.
    public static func environment() -> [String: String] {
        var variables: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            if let text = String(validatingCString: entry), let sign = text.firstIndex(of: "=") {
                variables[String(text[..<sign])] = String(text[text.index(after: sign)...])
            }
            next += 1
        }
        return variables
    }
}
