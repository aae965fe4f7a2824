import Indicators
import JSON
import Primitives

extension Release {
    /// One message of the topic of indicators.
    public struct IndicatorMessage {
        /// Indicator, period and slice: a later release of the period has the same keys.
        public let key: String
        /// The figure and the release that states it (schemas/indicator.schema.json); nil where the release has no such
        /// figure any more, which the one before had.
        public let value: [UInt8]?
    }

    /// The messages that tell of the release: a figure each, and a tombstone for each that is gone.
    public var messages: [IndicatorMessage] {
        let head = digest
        let gone = changes.filter { $0.after == nil }
        return figures.map { IndicatorMessage(key: key($0.indicator, $0.slice), value: message($0, digest: head)) }
            + gone.map { IndicatorMessage(key: key($0.indicator, $0.slice), value: nil) }
    }

    private func key(_ indicator: Indicator, _ slice: Slice) -> String {
        ([indicator.rawValue, period] + (slice.parts.isEmpty ? [] : [slice.text])).joined(separator: "|")
    }

    private func message(_ figure: ReleasedFigure, digest: String) -> [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.beginObject()
        writer.key("release")
        writer.beginObject()
        let texts: [(StaticString, String)] = [
            ("id", id), ("period", period), ("from", firstDay.description), ("to", lastDay.description),
            ("closedAt", closedAt.description), ("digest", digest),
        ]
        for (name, text) in texts {
            writer.key(name)
            writer.string(text)
        }
        writer.key("threshold")
        writer.integer(threshold)
        writer.endObject()
        writer.key("figure")
        figure.write(to: &writer)
        writer.endObject()
        return [UInt8](writer.bytes)
    }
}
