/// Metrics in the text format of Prometheus, version 0.0.4.
public struct MetricsText {
    /// What a metric is.
    public enum Kind: String, Sendable {
        /// A number that only grows, but for restarts.
        case counter
        /// A number that goes up and down.
        case gauge
        /// How often values fell into ranges.
        case histogram
    }

    /// The text so far.
    public private(set) var text = ""

    /// Makes an empty text.
    public init() {}

    /// Begins a metric; its samples follow.
    public mutating func family(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(MetricsText.escaped(help, quote: false))\n# TYPE \(name) \(kind.rawValue)\n"
    }

    /// Adds a sample.
    /// - Parameter labels: names and values, in one order always.
    public mutating func sample(_ name: String, _ labels: [(name: String, value: String)], _ value: Double) {
        text += name
        if !labels.isEmpty {
            let list = labels.map { "\($0.name)=\"\(MetricsText.escaped($0.value, quote: true))\"" }
            text += "{\(list.joined(separator: ","))}"
        }
        let whole = Int64(exactly: value).map { String($0) }
        text += " \(whole ?? "\(value)")\n"
    }

    /// Adds the samples of a histogram: for each bound how many values were not above it, their sum and their number.
    public mutating func histogram(
        _ name: String, _ labels: [(name: String, value: String)] = [], _ histogram: Histogram
    ) {
        var total: Int64 = 0
        for (bound, count) in zip(histogram.bounds, histogram.counts) {
            total += count
            let text = Int64(exactly: bound).map { String($0) } ?? "\(bound)"
            sample("\(name)_bucket", labels + [("le", text)], Double(total))
        }
        sample("\(name)_bucket", labels + [("le", "+Inf")], Double(histogram.count))
        sample("\(name)_sum", labels, histogram.sum)
        sample("\(name)_count", labels, Double(histogram.count))
    }

    private static func escaped(_ text: String, quote: Bool) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quote: escaped += "\\\""
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
