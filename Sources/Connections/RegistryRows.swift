import YAML

/// A row with the place where it stands.
struct PlacedRow<Row: Sendable>: Sendable {
    let row: Row
    let node: YAMLNode
    let file: String
    let path: String

    /// A finding at one of its keys, or at the row where the key is not there.
    func finding(_ key: String, _ message: String, severity: Finding.Severity = .error) -> Finding {
        Finding(
            file: file, line: node[key]?.line ?? node.line, key: FieldReader.join(path, key), severity: severity,
            message: message)
    }

    /// Where it stands, for messages about another row.
    var place: String { "\(file), line \(node.line)" }
}

/// The rows of all documents, with what the field tables had to say of them.
struct RegistryRows: Sendable {
    private(set) var cities: [(city: City, node: YAMLNode, file: String)] = []
    private(set) var connections: [PlacedRow<Connection>] = []
    private(set) var activities: [PlacedRow<Activity>] = []
    private(set) var findings: [Finding] = []
    /// True where a document said what its connections are, be it that there are none.
    private(set) var listsConnections = false
    private(set) var firstFile = ""

    /// The city that a file names; else the one that all rows name, as those of a topic do.
    var city: City? {
        if let named = cities.first { return named.city }
        guard let first = connections.first?.row, let name = first.city,
            connections.allSatisfy({ $0.row.city == name && $0.row.state == first.state })
        else { return nil }
        return City(name: name, state: first.state)
    }

    /// Adds what a document holds.
    mutating func add(_ document: RegistryDocument) {
        if firstFile.isEmpty { firstFile = document.file }
        let root: YAMLNode
        do throws(YAMLError) {
            root = try YAMLDocument.parse(document.bytes, file: document.file)
        } catch {
            findings.append(Finding(error))
            return
        }
        switch document.form {
        case .file: addFile(root, document.file)
        case .connection:
            listsConnections = true
            var nodes = [root]
            if case .sequence(let items) = root.content { nodes = items }
            for node in nodes {
                if isRow(node, RegistryFields.connection, document) { addConnection(node, document.file, "") }
            }
        case .activity:
            if isRow(root, RegistryFields.activity, document) { addActivity(root, document.file, "") }
        }
    }

    private mutating func addFile(_ root: YAMLNode, _ file: String) {
        var reader = FieldReader(file: file)
        reader.check(root, RegistryFields.file)
        if let node = root["city"], let city = City(node) { cities.append((city, node, file)) }
        if root["connections"] != nil { listsConnections = true }
        for (index, node) in (root["connections"]?.items ?? []).enumerated() {
            addConnection(node, file, "connections[\(index)]")
        }
        for (index, node) in (root["activities"]?.items ?? []).enumerated() {
            addActivity(node, file, "activities[\(index)]")
        }
        findings += reader.findings
    }

    /// Whether a node is a row of the key that it was found under; a finding says why not.
    private mutating func isRow(_ node: YAMLNode, _ fields: [FieldSpec], _ document: RegistryDocument) -> Bool {
        var reader = FieldReader(file: document.file)
        reader.check(node, fields)
        findings += reader.findings
        guard let id = node["id"], id.scalar != document.name else { return true }
        let message = "expected the message's key, which is another id: the topic is compacted by it"
        findings.append(Finding(file: document.file, line: id.line, key: "id", message: message))
        return false
    }

    private mutating func addConnection(_ node: YAMLNode, _ file: String, _ path: String) {
        guard let row = Connection(node) else { return }
        connections.append(PlacedRow(row: row, node: node, file: file, path: path))
    }

    private mutating func addActivity(_ node: YAMLNode, _ file: String, _ path: String) {
        guard let row = Activity(node) else { return }
        activities.append(PlacedRow(row: row, node: node, file: file, path: path))
    }
}
