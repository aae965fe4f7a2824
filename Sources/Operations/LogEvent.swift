/// Something that the log tells of, and that is counted: one line in the table of docs/operations.md.
///
/// Names, levels and fields are part of what is promised. Each layer adds its events as static members, in a file
/// `LogEvent+…`, and lists them.
public struct LogEvent: Sendable {
    /// The stable name, in snake case.
    public let name: String
    /// How much it matters.
    public let level: LogLevel
    /// A sentence for people.
    public let message: String
    /// The fields that a line may have.
    public let fields: [LogField]
    /// What an operator does about it.
    public let advice: String
    /// Whether of repeats, of one code where it has one, only one in ten seconds is written.
    public let isLimited: Bool

    /// Makes an event; `advice` stands in lines from the level `warning` on.
    public init(
        _ name: String, _ level: LogLevel, _ message: String, fields: [LogField] = [], advice: String = "nothing",
        isLimited: Bool = false
    ) {
        (self.name, self.level, self.message) = (name, level, message)
        (self.fields, self.advice, self.isLimited) = (fields, advice, isLimited)
    }
}

extension LogEvent: Hashable {
    /// True for the same name.
    public static func == (left: LogEvent, right: LogEvent) -> Bool { left.name == right.name }
    /// Hashes the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// How much an event of the log matters.
public enum LogLevel: Int, Comparable, Sendable, CaseIterable {
    case debug, info, warning, error

    /// The name in the configuration and in the line.
    public var name: String {
        switch self {
        case .debug: "debug"
        case .info: "info"
        case .warning: "warning"
        case .error: "error"
        }
    }

    /// The level of a name, or nil.
    public init?(name: String) {
        guard let level = LogLevel.allCases.first(where: { $0.name == name }) else { return nil }
        self = level
    }

    /// True where the left level matters less.
    public static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }
}

/// A field of log lines, by its stable name.
public struct LogField: Sendable, Hashable {
    /// The name, in snake case.
    public let name: String
    /// What stands in it.
    public let meaning: String

    /// Makes a field.
    public init(_ name: String, _ meaning: String) { (self.name, self.meaning) = (name, meaning) }
}

extension LogField {
    /// Which of the kinds that an event comes in.
    public static let code = LogField("code", "which fault or error it is; repeats are limited for each by itself")
    /// What went wrong.
    public static let error = LogField("error", "what failed, why, and how that is classed")
    /// How many lines are not there.
    public static let leftOut = LogField("left_out", "how many more there were that no line tells of")
    /// What to do.
    public static let advice = LogField("do", "what to do, in lines from the level `warning` on")
}

/// A value in a log line. There is no way to put bytes of an event into one.
public enum LogValue: Sendable, Equatable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    case text(String)
    case number(Int)

    /// Makes a text.
    public init(stringLiteral value: String) { self = .text(value) }
    /// Makes a number.
    public init(integerLiteral value: Int) { self = .number(value) }
}
