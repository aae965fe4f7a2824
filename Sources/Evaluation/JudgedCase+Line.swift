import JSON

extension JudgedCase {
    /// The case as a line of JSON: what was decided of it, and no word of the case itself.
    public var line: String {
        var writer = JSONWriter()
        writer.beginObject()
        for (name, text) in [
            ("id", labelled.id), ("label", labelled.label.rawValue), ("outcome_group", labelled.outcomeGroup),
            ("verdict", verdict.rawValue),
        ] {
            writer.key(name)
            writer.string(text)
        }
        writer.key("decidable_from_text")
        writer.bool(labelled.isDecidable)
        writer.key("right")
        writer.bool(isRight)
        writer.key("strength")
        writer.number(Double(strength) / 10_000)
        for (name, texts) in [("connections", connections), ("rules", rules)] {
            writer.key(name)
            writer.beginArray()
            for text in texts { writer.string(text) }
            writer.endArray()
        }
        writer.key("explanation")
        writer.string(explanation)
        writer.endObject()
        writer.newLine()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
