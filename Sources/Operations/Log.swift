import JSON
public import Primitives

#if canImport(Glibc)
    import Glibc
#endif

/// How much a log line matters.
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

/// A value in a log line. There is no way to put bytes of an event into one.
public enum LogValue: Sendable, Equatable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    case text(String)
    case number(Int)

    /// Makes a text.
    public init(stringLiteral value: String) { self = .text(value) }
    /// Makes a number.
    public init(integerLiteral value: Int) { self = .number(value) }
}

/// Writes one line an event to standard error: a JSON object, or text for a person.
///
/// Lines are written whole, by one call, so that threads do not mix them.
public final class Log: Sendable {
    /// How a line looks.
    public enum Format: String, Sendable { case json, text }

    private let format: Format
    private let least: LogLevel
    private let sink: @Sendable ([UInt8]) -> Void
    private let clock: @Sendable () -> Timestamp

    /// Makes a log.
    /// - Parameters:
    ///   - format: how a line looks.
    ///   - least: the least level that is written.
    ///   - sink: receives each line with its line end; standard error where nothing is said.
    ///   - clock: the time of a line.
    public init(
        format: Format, least: LogLevel = .info, sink: @escaping @Sendable ([UInt8]) -> Void = Log.standardError,
        clock: @escaping @Sendable () -> Timestamp = SystemClock.now
    ) {
        self.format = format
        self.least = least
        self.sink = sink
        self.clock = clock
    }

    /// Writes a line.
    /// - Parameters:
    ///   - level: how much it matters.
    ///   - event: its stable name, in snake case.
    ///   - message: a sentence for people.
    ///   - fields: what belongs to it, in order.
    public func write(
        _ level: LogLevel, _ event: StaticString, _ message: String, _ fields: [(String, LogValue)] = []
    ) {
        if level < least { return }
        var buffer = ByteBuffer(capacity: 512)
        switch format {
        case .json: writeJSON(level, event, message, fields, &buffer)
        case .text: writeText(level, message, fields, &buffer)
        }
        buffer.append(UInt8(ascii: "\n"))
        sink(buffer.array())
    }

    private func writeJSON(
        _ level: LogLevel, _ event: StaticString, _ message: String, _ fields: [(String, LogValue)],
        _ buffer: inout ByteBuffer
    ) {
        buffer.append("{\"time\":\"")
        buffer.append(time: clock())
        buffer.append("\",\"level\":\"")
        buffer.append(utf8: level.name)
        buffer.append("\",\"event\":\"")
        buffer.append(event)
        buffer.append("\",\"message\":")
        buffer.append(jsonString: message)
        for (name, value) in fields {
            buffer.append(UInt8(ascii: ","))
            buffer.append(jsonString: name)
            buffer.append(UInt8(ascii: ":"))
            switch value {
            case .text(let text): buffer.append(jsonString: text)
            case .number(let number): buffer.append(decimal: Int64(number))
            }
        }
        buffer.append(UInt8(ascii: "}"))
    }

    private func writeText(
        _ level: LogLevel, _ message: String, _ fields: [(String, LogValue)], _ buffer: inout ByteBuffer
    ) {
        buffer.append(time: Timestamp(microseconds: clock().microseconds / 1_000_000 * 1_000_000))
        buffer.append(utf8: "  \(level.name.uppercased())  \(message)")
        for (name, value) in fields {
            switch value {
            case .text(let text): buffer.append(utf8: "  \(name)=\(text)")
            case .number(let number): buffer.append(utf8: "  \(name)=\(number)")
            }
        }
    }

    /// Writes bytes to standard error.
    public static let standardError: @Sendable ([UInt8]) -> Void = { line in
        var rest = line[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
            if written <= 0 { return }
            rest = rest.dropFirst(written)
        }
    }
}

/// The clock of the system.
public enum SystemClock {
    /// The time now.
    @Sendable public static func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }

    /// The time that the calling thread has spent on a processor, in seconds.
    public static func threadCPUSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The time that all threads of this process have spent on a processor, in seconds.
    public static func processCPUSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Milliseconds that only ever go forward, from an arbitrary start.
    public static func monotonicMilliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
