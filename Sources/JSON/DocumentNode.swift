/// A value of a parsed document, and the way to what is below it: for a walk over documents that nothing is known of.
///
/// It points into the memory of the extractor and is valid until that is used again or freed.
public struct DocumentNode {
    private let tape: Tape
    /// Which of the values of its document it is.
    public let place: Int

    init(_ tape: Tape, place: Int) {
        self.tape = tape
        self.place = place
    }

    /// What the value is.
    public var kind: ExtractedValue.Kind { tape.kind(place) }

    /// The unescaped UTF-8 bytes of a string; empty for every other kind.
    public var text: UnsafeRawBufferPointer {
        kind == .string ? tape.text(place) : UnsafeRawBufferPointer(start: nil, count: 0)
    }

    /// A string; nil for every other kind.
    public var string: String? { kind == .string ? String(decoding: text, as: UTF8.self) : nil }

    /// The number of kind `integer`; nil for every other kind.
    public var integer: Int64? { kind == .integer ? Int64(bitPattern: tape.bits(place)) : nil }

    /// The member of a name; nil where there is none, and in what is no object.
    public func member(_ name: String) -> DocumentNode? {
        guard kind == .object else { return nil }
        let name = Array(name.utf8)
        for child in tape.children(of: place) where tape.text(child.key).elementsEqual(name) {
            return DocumentNode(tape, place: child.place)
        }
        return nil
    }

    /// What a member holds, each element for itself; nothing where there is no such member, or it is neither object nor
    /// array.
    public func elements(_ name: String) -> [DocumentNode] {
        var elements: [DocumentNode] = []
        member(name)?.forEachChild { _, child in elements.append(child) }
        return elements
    }

    /// Gives each member with its unescaped name, or each element with nil, in document order; nothing of what is
    /// neither object nor array.
    public func forEachChild(_ body: (_ name: UnsafeRawBufferPointer?, _ child: DocumentNode) -> Void) {
        for child in tape.children(of: place) {
            body(child.key == 0 ? nil : tape.text(child.key), DocumentNode(tape, place: child.place))
        }
    }

    /// Writes the value without white space, as `SelectedNode.write(to:)` does.
    public func write(to writer: inout JSONWriter) { tape.write(place, to: &writer) }
}
