import CSimdJSON

/// Paths compiled to one trie, so that a document is walked once for all of them; queries that are more than simple
/// paths are evaluated one after the other behind that walk.
///
/// Immutable, hence shared freely between extractors and threads. The slot of a path is its place in the list.
public final class ExtractionPlan: Sendable {
    /// The queries that are no simple paths, with their slots.
    let queries: [(slot: Int, query: PathQuery)]
    /// Written by `init`, freed by `deinit` and only read between, so that threads may share it.
    nonisolated(unsafe) let trie: csj_plan
    private nonisolated(unsafe) let names: UnsafePointer<UInt8>

    /// Compiles paths. Equal paths get their values each.
    public convenience init(_ paths: [SimplePath]) {
        self.init(Array(paths.enumerated()), [])
    }

    /// Compiles queries. Equal queries get their values each.
    public convenience init(_ paths: [JSONPath]) {
        var simple: [(offset: Int, element: SimplePath)] = []
        var queries: [(slot: Int, query: PathQuery)] = []
        for (slot, path) in paths.enumerated() {
            if let path = path.simple { simple.append((slot, path)) } else { queries.append((slot, path.query)) }
        }
        self.init(simple, queries)
    }

    private init(
        _ simple: [(offset: Int, element: SimplePath)], _ queries: [(slot: Int, query: PathQuery)]
    ) {
        self.queries = queries
        let flat = FlatTrie(PathTrie(simple))
        let names = Self.copy(flat.names)
        var members = flat.members
        var start = names
        for index in members.indices {
            members[index].name.bytes = start
            start += Int(members[index].name.length)
        }
        self.names = names
        trie = csj_plan(
            nodes: Self.copy(flat.nodes), members: Self.copy(members), indexes: Self.copy(flat.indexes),
            slots: Self.copy(flat.slots), node_count: UInt32(flat.nodes.count), member_count: UInt32(members.count))
    }

    deinit {
        trie.nodes.deallocate()
        trie.members.deallocate()
        trie.indexes.deallocate()
        trie.slots.deallocate()
        names.deallocate()
    }

    private static func copy<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafePointer<Element> {
        let memory = UnsafeMutableBufferPointer<Element>.allocate(capacity: max(elements.count, 1))
        _ = memory.initialize(from: elements)
        return UnsafePointer(memory.baseAddress.unsafelyUnwrapped)
    }
}

/// The paths as a tree of steps. Node 0 is the root.
struct PathTrie {
    struct Node {
        var members: [(name: [UInt8], node: Int)] = []
        var indexes: [(index: Int, node: Int)] = []
        var wildcard: Int?
        var wildcardsAbove = 0
        var slots: [Int] = []
    }

    private(set) var nodes = [Node()]

    init(_ paths: [(offset: Int, element: SimplePath)]) {
        for (slot, path) in paths {
            var node = 0
            for step in path.steps { node = child(of: node, step) }
            nodes[node].slots.append(slot)
        }
    }

    private mutating func child(of parent: Int, _ step: SimplePath.Step) -> Int {
        let new = nodes.count
        switch step {
        case .member(let text):
            let name = Array(text.utf8)
            if let known = nodes[parent].members.first(where: { $0.name == name }) { return known.node }
            nodes[parent].members.append((name, new))
        case .index(let index):
            if let known = nodes[parent].indexes.first(where: { $0.index == index }) { return known.node }
            nodes[parent].indexes.append((index, new))
        case .wildcard:
            if let known = nodes[parent].wildcard { return known }
            nodes[parent].wildcard = new
        }
        let isWildcard = step == .wildcard
        nodes.append(Node(wildcardsAbove: nodes[parent].wildcardsAbove + (isWildcard ? 1 : 0)))
        return new
    }
}

/// The same tree in the arrays that the walk reads.
private struct FlatTrie {
    var nodes: [csj_node] = []
    var members: [csj_member_edge] = []
    var indexes: [csj_index_edge] = []
    var slots: [UInt32] = []
    var names: [UInt8] = []

    init(_ trie: PathTrie) {
        for node in trie.nodes { append(node) }
    }

    private mutating func append(_ node: PathTrie.Node) {
        var flat = csj_node()
        flat.first_member = UInt32(members.count)
        flat.member_count = UInt32(node.members.count)
        flat.first_index = UInt32(indexes.count)
        flat.wildcard = node.wildcard.map { UInt32($0) } ?? UInt32.max
        flat.wildcards_above = UInt32(node.wildcardsAbove)
        flat.first_slot = UInt32(slots.count)
        flat.slot_count = UInt32(node.slots.count)
        for (bytes, target) in node.members {
            let name = csj_read_name(bytes, UInt32(bytes.count))
            flat.member_filter |= 1 << (name.hash >> 58)
            members.append(csj_member_edge(name: name, node: UInt32(target)))
            names += bytes
        }
        for (index, target) in node.indexes.sorted(by: { $0.index < $1.index }) where index >= 0 {
            indexes.append(csj_index_edge(index: UInt64(index), node: UInt32(target)))
        }
        flat.index_count = UInt32(indexes.count) - flat.first_index
        slots += node.slots.map { UInt32($0) }
        nodes.append(flat)
    }
}
