/// Metrics in the text format of Prometheus, version 0.0.4.
public struct MetricsText {
    /// The text so far.
    public private(set) var text = ""

    /// Makes an empty text.
    public init() {}

    /// Adds a metric with its samples, each with the values of its labels in their order.
    public mutating func write(_ family: MetricFamily, _ samples: [(labels: [String], value: Double)]) {
        begin(family)
        for (labels, value) in samples { sample(family.name, MetricsText.pairs(family, labels), value) }
    }

    /// Adds a metric that has one sample.
    public mutating func write(_ family: MetricFamily, labels: [String] = [], _ value: Double) {
        write(family, [(labels, value)])
    }

    /// Adds a histogram: for each bound how many values were not above it, their sum and their number.
    public mutating func write(_ family: MetricFamily, labels: [String] = [], _ histogram: Histogram) {
        begin(family)
        let (name, labels) = (family.name, MetricsText.pairs(family, labels))
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

    private mutating func begin(_ family: MetricFamily) {
        text += "# HELP \(family.name) \(MetricsText.escaped(family.help, quote: false))\n"
        text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
    }

    private static func pairs(_ family: MetricFamily, _ values: [String]) -> [(name: String, value: String)] {
        assert(values.count == family.labels.count, "\(family.name): expected \(family.labels.count) labels")
        return zip(family.labels, values).map { ($0.name, $1) }
    }

    private mutating func sample(_ name: String, _ labels: [(name: String, value: String)], _ value: Double) {
        text += name
        if !labels.isEmpty {
            let list = labels.map { "\($0.name)=\"\(MetricsText.escaped($0.value, quote: true))\"" }
            text += "{\(list.joined(separator: ","))}"
        }
        let whole = Int64(exactly: value).map { String($0) }
        text += " \(whole ?? "\(value)")\n"
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
