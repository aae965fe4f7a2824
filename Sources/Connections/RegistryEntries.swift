public import YAML

/// The rows of a registry as they are written, one entry for an id: what is published, and what two versions are
/// compared by.
public struct RegistryEntries: Sendable {
    /// What stands under one id: one row, or several of a connection that followed one another.
    public struct Entry: Sendable {
        /// The id.
        public let id: String
        /// The rows, in the order in which they were found.
        public internal(set) var rows: [YAMLNode]
    }

    /// The connections, in ascending order of id, by bytes. A row that names no city has that of its registry.
    public let connections: [Entry]
    /// The log's entries, likewise.
    public let activities: [Entry]

    init(_ rows: RegistryRows) {
        let city = rows.cities.first?.city
        connections = RegistryEntries.entries(rows.connections.map { ($0.row.id, $0.node.naming(city)) })
        activities = RegistryEntries.entries(rows.activities.map { ($0.row.id, $0.node) })
    }

    private static func entries(_ rows: [(id: String, node: YAMLNode)]) -> [Entry] {
        var places: [String: Int] = [:]
        var entries: [Entry] = []
        for (id, node) in rows {
            if let place = places[id] {
                entries[place].rows.append(node)
            } else {
                places[id] = entries.count
                entries.append(Entry(id: id, rows: [node]))
            }
        }
        return entries.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    }
}

extension YAMLNode {
    /// The same row, which names its home city: a row of a topic stands without the file that says it for all.
    fileprivate func naming(_ city: City?) -> YAMLNode {
        guard let city, case .mapping(var members) = content else { return self }
        for (key, value) in [("city", city.name), ("state", city.state)] where self[key] == nil {
            guard let value else { continue }
            members.append((YAMLNode(text: key, line: line), YAMLNode(text: value, line: line)))
        }
        return YAMLNode(content: .mapping(members), line: line, column: column)
    }

    private init(text: String, line: Int) {
        self.init(content: .scalar(text, style: .quoted), line: line)
    }
}
