import JSON
import YAML

/// Reads lines of JSON as trees that know their line, so that tables of fields check them like any other file.
final class JSONLines {
    /// The longest line.
    static let lineBytesMax = 16 << 20
    private let extractor = Extractor(maximumBytes: lineBytesMax)
    private var writer = JSONWriter(capacity: 64)

    /// The document of one line.
    func tree(_ line: UnsafeRawBufferPointer, number: Int) throws(JSONError) -> YAMLNode {
        tree(try extractor.document(line), number)
    }

    /// A member of the object of a line, as compact JSON; nil where it has none.
    func json(_ member: String, of line: UnsafeRawBufferPointer) throws(JSONError) -> [UInt8]? {
        guard let node = try extractor.document(line).member(member) else { return nil }
        writer.clear()
        node.write(to: &writer)
        return [UInt8](writer.bytes)
    }

    private func tree(_ node: DocumentNode, _ line: Int) -> YAMLNode {
        switch node.kind {
        case .object:
            var members: [(key: YAMLNode, value: YAMLNode)] = []
            node.forEachChild { name, child in
                let name = name.map { String(decoding: $0, as: UTF8.self) } ?? ""
                members.append(
                    (YAMLNode(content: .scalar(name, style: .quoted), line: line), self.tree(child, line)))
            }
            return YAMLNode(content: .mapping(members), line: line)
        case .array:
            var items: [YAMLNode] = []
            node.forEachChild { _, child in items.append(self.tree(child, line)) }
            return YAMLNode(content: .sequence(items), line: line)
        case .string:
            let text = String(decoding: node.text, as: UTF8.self)
            return YAMLNode(content: .scalar(text, style: .quoted), line: line)
        default:
            writer.clear()
            node.write(to: &writer)
            let text = String(decoding: writer.bytes, as: UTF8.self)
            return YAMLNode(content: .scalar(text, style: .plain), line: line)
        }
    }

    /// Gives each line that is not blank with its number, from 1.
    static func forEach(in bytes: [UInt8], _ body: (_ line: UnsafeRawBufferPointer, _ number: Int) -> Void) {
        bytes.withUnsafeBytes { memory in
            var (start, number) = (0, 0)
            while start < memory.count {
                let end = memory[start...].firstIndex(of: 10) ?? memory.count
                number += 1
                let line = UnsafeRawBufferPointer(rebasing: memory[start..<end])
                if line.contains(where: { $0 > 0x20 }) { body(line, number) }
                start = end + 1
            }
        }
    }
}

extension YAMLNode {
    /// The text of a scalar; nil for null, and for what is none.
    var text: String? { isNull ? nil : scalar }
}
