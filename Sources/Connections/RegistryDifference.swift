import YAML

/// What makes two versions of a registry differ, row by row and key by key.
public struct RegistryDifference: Sendable, Equatable {
    /// What happened to the rows of one id.
    public struct Change: Sendable, Equatable {
        /// The id.
        public let id: String
        /// The keys that changed; none where the id was added or removed.
        public let keys: [KeyChange]
    }

    /// What a key held before and holds after, as text; nil for nothing.
    public struct KeyChange: Sendable, Equatable {
        /// The key; with the number of the row before it where an id has several: `2.until`.
        public let key: String
        /// What it held.
        public let old: String?
        /// What it holds.
        public let new: String?
    }

    /// The ids that only the newer version has, in ascending order.
    public let added: [String]
    /// The ids that only the older version has.
    public let removed: [String]
    /// The ids that both have, with rows that differ.
    public let changed: [Change]

    /// True where nothing differs.
    public var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }

    /// Compares what stands under each id. How it is written, and the order of keys, makes no difference.
    public init(from old: [RegistryEntries.Entry], to new: [RegistryEntries.Entry]) {
        let before = Dictionary(old.map { ($0.id, $0) }) { first, _ in first }
        let after = Set(new.map(\.id))
        added = new.map(\.id).filter { before[$0] == nil }
        removed = old.map(\.id).filter { !after.contains($0) }
        changed = new.compactMap { entry in
            guard let earlier = before[entry.id] else { return nil }
            let keys = RegistryDifference.keys(earlier.rows, entry.rows)
            return keys.isEmpty ? nil : Change(id: entry.id, keys: keys)
        }
    }

    /// Makes the difference of what was added and changed alone.
    public init(added: [String], changed: [Change]) { (self.added, removed, self.changed) = (added, [], changed) }

    private static func keys(_ old: [YAMLNode], _ new: [YAMLNode]) -> [KeyChange] {
        let isSingle = old.count == 1 && new.count == 1
        return (0..<max(old.count, new.count)).flatMap { place -> [KeyChange] in
            let before = place < old.count ? members(old[place]) : []
            let after = place < new.count ? members(new[place]) : []
            let names = before.map(\.key) + after.map(\.key).filter { key in !before.contains { $0.key == key } }
            return names.compactMap { name in
                let (was, now) = (text(name, in: before), text(name, in: after))
                return was == now ? nil : KeyChange(key: isSingle ? name : "\(place + 1).\(name)", old: was, new: now)
            }
        }
    }

    private static func text(_ key: String, in members: [(key: String, text: String)]) -> String? {
        members.first { $0.key == key }?.text
    }

    private static func members(_ row: YAMLNode) -> [(key: String, text: String)] {
        row.members.filter { !$0.value.isNull }.map { ($0.key.scalar ?? "", text($0.value)) }
    }

    /// A value in one line, the same however it is written.
    private static func text(_ node: YAMLNode) -> String {
        switch node.content {
        case .scalar(let text, _): text
        case .sequence(let items): "[\(items.map(text).joined(separator: ", "))]"
        case .mapping:
            "{\(members(node).sorted { $0.key < $1.key }.map { "\($0.key): \($0.text)" }.joined(separator: ", "))}"
        }
    }
}
