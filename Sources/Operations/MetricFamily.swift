/// A metric, stated once: what writes its samples, and the reference, are made of this. Names are part of what is
/// promised.
public struct MetricFamily: Sendable, Hashable {
    /// What a metric is.
    public enum Kind: String, Sendable {
        /// A number that only grows, but for restarts.
        case counter
        /// A number that goes up and down.
        case gauge
        /// How often values fell into ranges.
        case histogram
    }

    /// What tells samples of one metric apart.
    public struct Label: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// What it may say; nothing where that is open.
        public let values: [String]

        /// Makes a label.
        public init(_ name: String, _ values: [String] = []) { (self.name, self.values) = (name, values) }
    }

    /// The name, with its unit where it has one.
    public let name: String
    /// What it is.
    public let kind: Kind
    /// Its labels, in the order in which samples state their values.
    public let labels: [Label]
    /// What it says, in a sentence.
    public let help: String

    /// Makes a metric.
    public init(_ name: String, _ kind: Kind, labels: [Label] = [], _ help: String) {
        (self.name, self.kind, self.labels, self.help) = (name, kind, labels, help)
    }

    /// Of every process.
    public static let buildInfo = MetricFamily(
        "city_build_info", .gauge, labels: [Label("version")], "1, for the version of the program.")
}
