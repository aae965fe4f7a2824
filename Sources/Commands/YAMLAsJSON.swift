import JSON
import YAML

extension YAMLNode {
    /// Writes the value as JSON: plain scalars that are numbers, `true`, `false` or null become those, others texts.
    func write(to writer: inout JSONWriter) {
        switch content {
        case .sequence(let items):
            writer.beginArray()
            for item in items { item.write(to: &writer) }
            writer.endArray()
        case .mapping(let members):
            writer.beginObject()
            for (key, value) in members {
                writer.key(key.scalar ?? "")
                value.write(to: &writer)
            }
            writer.endObject()
        case .scalar(let text, _):
            if isNull {
                writer.null()
            } else if let truth = boolean {
                writer.bool(truth)
            } else if number != nil {
                // As it is written: the digits are JSON's.
                Array(text.utf8).withUnsafeBytes { writer.raw($0) }
            } else {
                writer.string(text)
            }
        }
    }
}
