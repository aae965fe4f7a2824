import JSON
import Primitives
import YAML

/// What a profile says of messages that hold rows of CSV.
extension ProfileBuilder {
    /// The names of the columns; nil where messages hold JSON.
    mutating func columns(_ document: YAMLNode, _ envelope: Profile.Envelope) -> [String]? {
        guard document["body"]?.scalar == ProfileFile.rowBody else {
            if let node = document["columns"] {
                reader.report(node, "columns", "expected body: \(ProfileFile.rowBody) beside it, or no columns")
            }
            return nil
        }
        if envelope != .none, let node = document["envelope"] {
            reader.report(node, "envelope", "expected none: a row stands in no envelope")
        }
        for name in ["each", "query"] {
            guard let node = document["files"]?[name] else { continue }
            reader.report(
                node, "files.\(name)", "expected no such key with body: \(ProfileFile.rowBody); a file holds rows")
        }
        if let node = document["files"]?["encoding"], node.scalar?.hasPrefix("utf-16") == true {
            reader.report(node, "files.encoding", "expected utf-8, windows-1252 or iso-8859-1 for rows in messages")
        }
        return columns(document, document["columns"])
    }

    private mutating func columns(_ document: YAMLNode, _ node: YAMLNode?) -> [String] {
        let items = node?.items ?? []
        guard (1...ProfileFile.columnsMax).contains(items.count) else {
            let what = "the names of the columns in their order, \(ProfileFile.columnsMax) at most"
            reader.report(node ?? document["body"] ?? document, "columns", "expected \(what)")
            return []
        }
        var places: [String: Int] = [:]
        for (index, item) in items.enumerated() {
            guard let name = item.scalar else { continue }
            if let other = places.updateValue(index, forKey: name) {
                reader.report(item, "columns[\(index)]", "expected each name once; columns[\(other)] is the same")
            }
        }
        return items.map { $0.scalar ?? "" }
    }

    /// What is wrong with a path into a row; nil where it is that of a column.
    func mistake(_ path: JSONPath, _ columns: [String]) -> String? {
        // Without columns that has been said.
        if columns.isEmpty { return nil }
        guard let steps = path.simple?.steps, steps.count == 1, case .member(let name) = steps[0] else {
            let example = SimplePath(steps: [.member(columns[0])])
            return "expected the path of one column, such as \(example): a row has nothing below its columns"
        }
        if columns.contains(name) { return nil }
        let near = NearestName.of(name, in: columns).map { "; did you mean \(SimplePath(steps: [.member($0)]))?" }
        return "expected one of the names under columns" + (near ?? "")
    }

    /// Tells of the columns for which strict mode refuses rows.
    mutating func warnOfColumns(_ document: YAMLNode, _ list: StrictList, _ searched: [JSONPath]) {
        guard let items = document["columns"]?.items else { return }
        let searched = searched.compactMap(\.memberNames)
        for (index, item) in items.enumerated() {
            guard let name = item.scalar, !searched.contains([name]), let rule = list.names.rule(of: name) else {
                continue
            }
            reader.report(
                item, "columns[\(index)]",
                "\(name) is on the deny list (\(list.categories[rule])): strict refuses every row with a value there",
                severity: .warning)
        }
    }
}
