public import Kafka
public import Operations

#if canImport(Glibc)
    import Glibc
#endif

/// Writes a log line of one kind at most every ten seconds, with how many were left out. For one thread.
public final class RepeatFilter {
    private static let windowMilliseconds: Int64 = 10_000
    private let log: Log
    private var windows: [String: (until: Int64, leftOut: Int)] = [:]

    /// Makes a filter before a log.
    public init(log: Log) {
        self.log = log
    }

    /// Writes a line, or counts it as left out.
    public func say(_ level: LogLevel, _ event: StaticString, _ message: String, _ fields: [(String, LogValue)]) {
        let now = SystemClock.monotonicMilliseconds()
        let name = "\(event)"
        if let window = windows[name], now < window.until {
            windows[name] = (window.until, window.leftOut + 1)
            return
        }
        let leftOut = windows[name]?.leftOut ?? 0
        windows[name] = (now + RepeatFilter.windowMilliseconds, 0)
        log.write(level, event, message, leftOut > 0 ? fields + [("left_out", .number(leftOut))] : fields)
    }

    /// What a Kafka client says beside the results of calls.
    public func report(_ event: ClientEvent) {
        switch event {
        case .log(let level, let facility, let message):
            let severity: LogLevel = level <= 3 ? .error : level == 4 ? .warning : level <= 6 ? .info : .debug
            say(
                min(severity, .warning), "kafka_log", "The Kafka client says something.",
                [("facility", .text(facility)), ("text", .text(message))])
        case .error(let error):
            say(
                error.isFatal ? .error : .warning, "kafka_client_error", "The Kafka client reports an error.",
                [("error", .text(error.description))])
        case .statistics: break
        }
    }
}

/// Sleeping.
enum Pause {
    static func milliseconds(_ count: Int) {
        usleep(UInt32(clamping: count * 1000))
    }
}
