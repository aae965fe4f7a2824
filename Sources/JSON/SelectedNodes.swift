/// The nodes of a document that a query selects, in the order of RFC 9535; a node may be there more than once.
///
/// They point into the memory of the extractor and are valid until it is used again or freed.
public final class SelectedNodes: RandomAccessCollection {
    private let places: [Int]
    private let tape: Tape
    /// Where each value belongs, made when it is first asked for.
    private lazy var ancestry = Ancestry(tape)

    init(_ places: [Int], _ tape: Tape) {
        self.places = places
        self.tape = tape
    }

    /// 0.
    public var startIndex: Int { 0 }

    /// The number of nodes.
    public var endIndex: Int { places.count }

    /// The node at a place in the order of the query.
    public subscript(position: Int) -> SelectedNode { SelectedNode(nodes: self, place: places[position]) }

    fileprivate func write(_ place: Int, to writer: inout JSONWriter) { tape.write(place, to: &writer) }

    fileprivate func kind(_ place: Int) -> ExtractedValue.Kind { tape.kind(place) }

    fileprivate func normalizedPath(_ place: Int) -> String { ancestry.normalizedPath(place, tape) }
}

/// A node of a document: a value and its place.
public struct SelectedNode {
    fileprivate let nodes: SelectedNodes
    /// Which of the values of its document it is: the `place` of its `DocumentNode`.
    public let place: Int

    /// What the value is.
    public var kind: ExtractedValue.Kind { nodes.kind(place) }

    /// Writes the value without white space: integers exactly, other numbers with the fewest digits that read back as
    /// the same double.
    public func write(to writer: inout JSONWriter) { nodes.write(place, to: &writer) }

    /// The value as JSON text, as `write(to:)` has it. Allocates.
    public var json: String {
        var writer = JSONWriter()
        write(to: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// The normalized path (RFC 9535, section 2.7), which selects this node alone: `$['references'][0]`. The first one
    /// asked for takes a walk over the document. Allocates.
    public var normalizedPath: String { nodes.normalizedPath(place) }
}

/// For each value of a tape the container that holds it, and its number there.
private struct Ancestry {
    private var parents: [UInt32]
    private var ordinals: [UInt32]

    init(_ tape: Tape) {
        let end = tape.end(of: Tape.root)
        parents = Array(repeating: 0, count: end)
        ordinals = parents
        var place = Tape.root
        while place < end {
            for child in tape.children(of: place) {
                parents[child.place] = UInt32(place)
                ordinals[child.place] = UInt32(child.ordinal)
            }
            place = tape.wordAfter(place)
        }
    }

    func normalizedPath(_ place: Int, _ tape: Tape) -> String {
        var steps: [String] = []
        var place = place
        while place != Tape.root {
            let parent = Int(parents[place])
            if tape.isObject(parent) {
                // The name stands right before the value.
                let name = String(decoding: tape.text(place - 1), as: UTF8.self)
                steps.append("['\(PathGrammar.escaped(name))']")
            } else {
                steps.append("[\(ordinals[place])]")
            }
            place = parent
        }
        return "$" + steps.reversed().joined()
    }
}
