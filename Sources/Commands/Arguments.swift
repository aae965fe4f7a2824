import Kafka
import Operations
import Primitives

/// A command line that cannot be understood.
public struct UsageError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong and what was expected; it never quotes the value of an option.
    public let message: String

    /// Makes an error.
    public init(_ message: String) {
        self.message = message
    }

    /// The message.
    public var description: String { message }
}

/// An option of a command, beside the keys of the configuration.
public struct CommandOption: Sendable, Equatable {
    /// The name without dashes.
    public let name: String
    /// What its value is, such as `FILE`; nil for an option that has none.
    public let value: String?
    /// What it is for, in a sentence.
    public let summary: String

    /// Makes an option.
    public init(_ name: String, value: String? = nil, _ summary: String) {
        self.name = name
        self.value = value
        self.summary = summary
    }

    /// Options that every command and every worker has.
    public static let help = CommandOption("help", "Print this help.")
    /// The file of the configuration.
    public static let config = CommandOption(
        "config", value: "FILE", "The configuration file; otherwise that of the variable CITY_CONFIG, if set.")
}

/// The words of a command line, sorted into options, keys of the configuration and the rest.
public struct Arguments: Sendable {
    /// What is no option, in order. A single `-` is among them.
    public private(set) var positionals: [String] = []
    /// Keys of the configuration with their values, in order.
    public private(set) var settings: [(key: String, value: String)] = []
    private var options: [String: String] = [:]

    /// Sorts words: `--name value`, `--name=value`, `--name` for an option without a value, `--` before words that
    /// are positional whatever they look like.
    ///
    /// - Parameters:
    ///   - words: the words after the name of the program and that of the command.
    ///   - known: the options that are accepted beside `--help`.
    ///   - takesConfiguration: true where `--config` and every key of the configuration are accepted too.
    /// - Throws: `UsageError` for an option that is not known, or one without its value.
    public init(_ words: [String], known: [CommandOption] = [], takesConfiguration: Bool = true) throws(UsageError) {
        let known = known + (takesConfiguration ? [.config] : []) + [.help]
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                positionals += rest
                return
            }
            guard word != "-h" else {
                options["help"] = ""
                continue
            }
            guard word.hasPrefix("-"), word != "-" else {
                positionals.append(word)
                continue
            }
            let (name, stated) = Arguments.split(word)
            if let option = known.first(where: { $0.name == name }) {
                options[name] =
                    option.value == nil
                    ? try Arguments.none(name, stated) : try Arguments.value(name, stated, &rest)
            } else if takesConfiguration, word.hasPrefix("--"), Arguments.isKey(name) {
                settings.append((name, try Arguments.value(name, stated, &rest)))
            } else {
                throw Arguments.unknown(name, known.map(\.name) + (takesConfiguration ? Arguments.keys : []))
            }
        }
    }

    /// The value of an option; nil where it was not given.
    public subscript(option: String) -> String? { options[option] }

    /// True where an option was given.
    public func has(_ option: String) -> Bool { options[option] != nil }

    /// The same without the first positional words.
    public func dropping(positionals count: Int) -> Arguments {
        var copy = self
        copy.positionals.removeFirst(min(count, positionals.count))
        return copy
    }

    /// Every key of the configuration, those of librdkafka under `kafka` included.
    static let keys: [String] =
        Setting.all.flatMap { $0.isSecret ? [$0.key, "\($0.key).file"] : [$0.key] }
        + ClientConfiguration.propertyNames.map { "kafka.\($0)" }

    private static let keySet = Set(keys)

    /// `kafka.ssl.key.password.file` names a file for a secret, as for every secret.
    private static func isKey(_ name: String) -> Bool {
        if keySet.contains(name) { return true }
        let owner = name.hasSuffix(".file") ? String(name.dropLast(".file".count)) : ""
        return keySet.contains(owner) && Configuration.isSecret(owner)
    }

    private static func split(_ word: String) -> (name: String, value: String?) {
        let bare = word.drop { $0 == "-" }
        guard let sign = bare.firstIndex(of: "=") else { return (String(bare), nil) }
        return (String(bare[..<sign]), String(bare[bare.index(after: sign)...]))
    }

    private static func none(_ name: String, _ stated: String?) throws(UsageError) -> String {
        if stated != nil { throw UsageError("--\(name): expected no value") }
        return ""
    }

    private static func value(
        _ name: String, _ stated: String?, _ rest: inout ArraySlice<String>
    ) throws(UsageError) -> String {
        if let stated { return stated }
        // A value that begins with two dashes is more likely the next option than meant; --name=value says that it is.
        guard let next = rest.first, !next.hasPrefix("--") else { throw UsageError("--\(name): expected a value") }
        rest.removeFirst()
        return next
    }

    private static func unknown(_ name: String, _ names: [String]) -> UsageError {
        guard let near = NearestName.of(name, in: names) else {
            return UsageError("--\(name): the option is not known; see --help")
        }
        return UsageError("--\(name): the option is not known; did you mean --\(near)?")
    }
}
