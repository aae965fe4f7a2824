public import Primitives

#if canImport(Glibc)
    import Glibc
#endif

/// Counts events, and writes a line of each to standard error: a JSON object, or text for a person.
///
/// Each event is counted, be it written, below the least level, or a repeat that is left out: its number is that of its
/// lines and of all their `left_out`. Lines are written whole, by one call, so that threads do not mix them.
public final class Log: Sendable {
    /// How a line looks.
    public enum Format: String, Sendable { case json, text }

    /// The values of a line, in order; what is nil is not there.
    public typealias Fields = KeyValuePairs<LogField, LogValue?>

    /// What may be left out after a line of one event and code.
    private struct Window {
        var end: Int64
        var leftOut = 0
        /// The first line that was left out, which is written when the window is over.
        var first: LogLine?
    }

    /// What repeats, and how often.
    private struct Kind: Hashable {
        let event: LogEvent
        let code: String?
    }

    private struct State {
        var counts: [LogEvent: Int] = [:]
        var windows: [Kind: Window] = [:]
    }

    /// For how long a line of a limited event stands for its repeats, in milliseconds.
    public static let windowMilliseconds: Int64 = 10_000
    private let format: Format
    private let least: LogLevel
    private let window: Int64
    private let sink: @Sendable ([UInt8]) -> Void
    private let clock: @Sendable () -> Timestamp
    private let monotonic: @Sendable () -> Int64
    private let state = Locked(State())

    /// Makes a log.
    /// - Parameters:
    ///   - format: how a line looks.
    ///   - least: the least level that is written.
    ///   - windowMilliseconds: for how long a line of a limited event stands for its repeats.
    ///   - sink: receives each line with its line end; standard error where nothing is said.
    ///   - clock: the time of a line.
    ///   - monotonic: milliseconds that only ever go forward.
    public init(
        format: Format, least: LogLevel = .info, windowMilliseconds: Int64 = Log.windowMilliseconds,
        sink: @escaping @Sendable ([UInt8]) -> Void = Log.standardError,
        clock: @escaping @Sendable () -> Timestamp = SystemClock.now,
        monotonic: @escaping @Sendable () -> Int64 = SystemClock.monotonicMilliseconds
    ) {
        (self.format, self.least, window) = (format, least, windowMilliseconds)
        (self.sink, self.clock, self.monotonic) = (sink, clock, monotonic)
    }

    /// How often each event came so far.
    var counts: [LogEvent: Int] { state.withLock { $0.counts } }

    /// Counts an event and writes its line, unless that is below the least level or a repeat.
    /// - Parameters:
    ///   - event: what happened.
    ///   - code: which of its kinds it is.
    ///   - fields: what belongs to it; asked for only where they are written.
    public func write(_ event: LogEvent, code: String? = nil, _ fields: @autoclosure () -> Fields = [:]) {
        let now = event.isLimited ? monotonic() : 0
        let line: LogLine? = state.withLock { state in
            state.counts[event, default: 0] += 1
            guard event.level >= least else { return nil }
            guard event.isLimited else { return LogLine(event, code, fields(), at: clock()) }
            let kind = Kind(event: event, code: code)
            if var window = state.windows[kind], now < window.end {
                if window.first == nil { window.first = LogLine(event, code, fields(), at: clock()) }
                window.leftOut += 1
                state.windows[kind] = window
                return nil
            }
            let leftOut = state.windows.updateValue(Window(end: now + window), forKey: kind)?.leftOut ?? 0
            return LogLine(event, code, fields(), at: clock(), leftOut: leftOut)
        }
        if let line { write(line) }
    }

    /// Writes the first of the repeats that were left out, where their time is over and no other has come since.
    /// - Parameter all: does not wait for that time: nothing comes any more.
    public func flush(all: Bool = false) {
        let now = monotonic()
        let lines = state.withLock { state -> [LogLine] in
            var lines: [LogLine] = []
            for (kind, window) in state.windows where all || now >= window.end {
                if var line = window.first {
                    line.leftOut = window.leftOut - 1
                    lines.append(line)
                    state.windows[kind] = Window(end: now + self.window)
                } else if now >= window.end {
                    state.windows[kind] = nil
                }
            }
            return lines
        }
        for line in lines.sorted(by: { $0.time < $1.time }) { write(line) }
    }

    private func write(_ line: LogLine) {
        var buffer = ByteBuffer(capacity: 512)
        switch format {
        case .json: line.writeJSON(&buffer)
        case .text: line.writeText(&buffer)
        }
        buffer.append(UInt8(ascii: "\n"))
        sink(buffer.array())
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

extension Log {
    /// Writes how often each event came, as a metric.
    /// - Parameter events: those that may come, which are there with 0 too.
    public func writeCounts(of events: [LogEvent], to text: inout MetricsText) {
        let counts = counts
        let names = Set(events).union(counts.keys).sorted { $0.name < $1.name }
        text.write(Log.eventsTotal, names.map { ([$0.name, $0.level.name], Double(counts[$0] ?? 0)) })
    }

    /// The metric that counts events of the log.
    public static let eventsTotal = MetricFamily(
        "city_log_events_total", .counter,
        labels: [
            MetricFamily.Label("event"), MetricFamily.Label("level", LogLevel.allCases.map(\.name)),
        ], "Events of the log (docs/operations.md#the-log), whether their lines were written or not.")
}
