/// Something that a check of a file has to say, at a place.
public struct Finding: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// What follows from a finding.
    public enum Severity: Sendable, Hashable {
        /// The file is refused.
        case error
        /// The file is used, and somebody should look.
        case warning
    }

    /// The file, as the caller named it.
    public let file: String
    /// The line, from 1; 0 where the place has no lines (an environment variable, a flag).
    public let line: Int
    /// The path of the key, such as `connections[3].since`, items counted from 0; empty for the file as a whole.
    public let key: String
    /// What follows from it.
    public let severity: Severity
    /// What is wrong, what was expected, and what to do.
    public let message: String

    /// Makes a finding.
    public init(file: String, line: Int, key: String, severity: Severity = .error, message: String) {
        self.file = file
        self.line = line
        self.key = key
        self.severity = severity
        self.message = message
    }

    /// Makes the finding that a file cannot be read as YAML at all.
    public init(_ error: YAMLError) {
        self.init(file: error.file, line: error.line, key: "", message: error.message)
    }

    /// `file:line: key: message`, without what there is none of.
    public var description: String {
        (line > 0 ? "\(file):\(line): " : "\(file): ") + (key.isEmpty ? message : "\(key): \(message)")
    }

    /// By file, line, key and message.
    public static func < (left: Finding, right: Finding) -> Bool {
        (left.file, left.line, left.key, left.message) < (right.file, right.line, right.key, right.message)
    }
}
