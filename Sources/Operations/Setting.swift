/// One key of the configuration. The table of these makes the reader, the checker's messages, the reference file and
/// its documentation (docs/configuration.md).
public struct Setting: Sendable {
    /// What a value has to be.
    public enum Kind: Sendable {
        case text
        case integer(ClosedRange<Int>)
        case duration(ClosedRange<Int>)
        case choice([String])
        case date
        /// A file; where something else may stand in its place, what that is.
        case file(or: String? = nil)
        /// A path, or a topic as `topic:` and its name.
        case source

        /// What is expected, for messages and documentation.
        public var expectation: String {
            switch self {
            case .text: "a text"
            case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
            case .duration(let range):
                "a duration such as 200ms, 20s or 5m, from \(Milliseconds.text(range.lowerBound)) to "
                    + Milliseconds.text(range.upperBound)
            case .choice(let values): "one of \(values.joined(separator: ", "))"
            case .date: "a date as YYYY-MM-DD"
            case .file(let other): other.map { "a file, or \($0)" } ?? "a file"
            case .source: "a file, a folder, or a topic as topic:NAME"
            }
        }
    }

    /// The key path, such as `commit.interval`.
    public let key: String
    /// What its value has to be.
    public let kind: Kind
    /// The value where nothing is said; nil where there is none.
    public let standard: String?
    /// True where the value must never be shown. Such a key has a twin that ends in `.file` and names a file.
    public let isSecret: Bool
    /// What it is for, in a sentence.
    public let summary: String

    init(_ key: String, _ kind: Kind, standard: String? = nil, isSecret: Bool = false, _ summary: String) {
        self.key = key
        self.kind = kind
        self.standard = standard
        self.isSecret = isSecret
        self.summary = summary
    }

    /// The environment variable of a key path: `kafka.bootstrap.servers` is `CITY_KAFKA_BOOTSTRAP_SERVERS`.
    public static func environmentName(of key: String) -> String {
        "CITY_" + String(key.uppercased().map { $0 == "." || $0 == "-" ? "_" : $0 })
    }
}

/// Durations in milliseconds.
public enum Milliseconds {
    /// The milliseconds of `200ms`, `20s`, `5m` or `1h`; nil for any other text.
    public static func value(_ text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), number <= 1_000_000_000 else { return nil }
        switch text.dropFirst(digits.count) {
        case "ms": return number
        case "s": return number * 1000
        case "m": return number * 60_000
        case "h": return number * 3_600_000
        default: return nil
        }
    }

    /// The shortest of such texts.
    public static func text(_ value: Int) -> String {
        for (unit, length) in [("h", 3_600_000), ("m", 60_000), ("s", 1000)] where value > 0 && value % length == 0 {
            return "\(value / length)\(unit)"
        }
        return "\(value)ms"
    }
}

extension Setting {
    /// All keys but those under `kafka`, which go to librdkafka as they are.
    public static let all: [Setting] = [
        Setting("department", .text, "The department whose events are read; a worker of its own knows it."),
        Setting("city", .text, "The city's name in records; otherwise that of the registry."),
        Setting("topics.events", .text, "The department's topic; otherwise `city.<department>.events`."),
        Setting("topics.attributions", .text, standard: "city.kpi.attributions", "The topic of attribution records."),
        Setting("topics.indicators", .text, standard: "city.kpi.indicators", "The topic of released indicators."),
        Setting(
            "topics.deadletters", .text, "The topic of dead letters; otherwise `city.<department>.dead-letters`."),
        Setting(
            "profile", .file(or: "the name of a built-in profile"), standard: "canonical",
            "The profile that reads the events."),
        Setting("rules", .file(or: "`default`"), standard: "default", "The rule set; `default` is built in."),
        Setting(
            "registry", .source,
            "The registry of connections; its topic is `topic:city.connections`."),
        Setting(
            "activities", .source,
            "More of the office's log of activities; its topic is `topic:city.activities`."),
        Setting(
            "registry.reload.interval", .duration(100...3_600_000), standard: "5s",
            "How often to look whether the registry has changed; a change has to stand still from one look to the next."
        ),
        Setting("as.of", .date, "Use the registry as it was known on this day; otherwise all of it."),
        Setting(
            "outcome.key", .text, isSecret: true,
            "The department's secret of at least 32 bytes that makes outcome keys. The same for all workers."),
        Setting(
            "publish", .choice(["all", "attributed"]), standard: "all",
            "`attributed` leaves out domestic outcomes; shares of a department's success are then not stated."),
        Setting(
            "delivery", .choice(["exactly-once", "at-least-once"]), standard: "exactly-once",
            "Whether records, dead letters and offsets are one transaction."),
        Setting(
            "commit.interval", .duration(1...60_000), standard: "200ms",
            "The longest time that a transaction is open."),
        Setting(
            "commit.records", .integer(1...1_000_000), standard: "10000", "The most records of one transaction."),
        Setting(
            "threads", .integer(1...64), standard: "2",
            "The threads of a worker that decide; one of them also reads and commits. Results do not depend on it."),
        Setting(
            "event.bytes.max", .integer(1024...100_000_000), standard: "1048576",
            "A larger event goes to the dead letters."),
        Setting(
            "event.depth.max", .integer(4...1024), standard: "64", "An event nested deeper goes to the dead letters."),
        Setting(
            "store", .file(or: "a `postgresql://` URL"), standard: "city-kpi.db", isSecret: true,
            "The database of the KPI service; a file is one of SQLite."),
        Setting(
            "fiscal.year.start", .integer(1...12), standard: "1", "The month in which a fiscal year begins."),
        Setting(
            "suppression.threshold", .integer(10...1000), standard: "10",
            "Nothing is published about so many people or fewer."),
        Setting(
            "staff.cents.per.hour", .integer(0...1_000_000),
            "What an hour of the city's staff costs, in US cents; otherwise cost per outcome is not stated."),
        Setting(
            "reviews", .file(), "The file of reviewed claims that claim quality is made of (docs/evaluation.md)."),
        Setting(
            "http.listen", .text, standard: "127.0.0.1:9464",
            "Where a process answers, as HOST:PORT; 0 is any free port. Workers: otherwise the first from 9465 on."
        ),
        Setting(
            "http.public.url", .text,
            "Where readers find it, such as `https://figures.example.org`: for whole links in `/feed.atom`."),
        Setting(
            "http.token", .text, isSecret: true,
            "What who asks for records or provisional figures has to send; without it neither is to be had."),
        Setting(
            "http.requests.per.second", .integer(1...100_000), standard: "50",
            "Requests of one address in a second, in the long run; more are answered with 429."),
        Setting("log.format", .choice(["json", "text"]), "One JSON object a line, or text; text on a terminal."),
        Setting(
            "log.level", .choice(["debug", "info", "warning", "error"]), standard: "info",
            "The least level that is written."),
        Setting(
            "shutdown.grace", .duration(100...600_000), standard: "20s",
            "How long a stop may take before the open transaction is aborted."),
    ]

    /// The setting of a key, or nil.
    public static func named(_ key: String) -> Setting? {
        all.first { $0.key == key }
    }
}
