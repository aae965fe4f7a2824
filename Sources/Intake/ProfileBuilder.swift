import Attribution
import Connections
import JSON
import Primitives
import Text
import YAML

/// Makes a profile of a document that has been checked, and finds what a table of keys cannot tell.
struct ProfileBuilder {
    var reader: FieldReader
    private var timeZone: TimeZoneRules?
    /// The names of the columns, where messages hold rows.
    private var columns: [String]?

    init(reader: FieldReader) {
        self.reader = reader
    }

    mutating func profile(_ document: YAMLNode, digest: String) -> Profile {
        let envelope = document["envelope"]?.scalar.flatMap(Profile.Envelope.init(rawValue:)) ?? .none
        timeZone = timeZone(document["timezone"])
        columns = columns(document, envelope)
        let keyParts = keyParts(document["outcome"]?["key"])
        let fields = fields(document["outcome"])
        if [.none, .debezium].contains(envelope), fields[.key] == nil, keyParts.isEmpty,
            let outcome = document["outcome"]
        {
            reader.report(
                outcome, "outcome.key",
                "the key is missing; expected the path of the source record's id, since there is no CloudEvents subject"
            )
        }
        let search = (document["search"]?.items ?? []).enumerated().compactMap {
            path($1, at: "search[\($0)]", for: .search)
        }
        return Profile(
            name: document["profile"]?.scalar ?? "", digest: digest, system: document["system"]?.scalar ?? "",
            envelope: envelope, timeZone: timeZone, conditions: conditions(document, "when"),
            victimServices: conditions(document, "victimServices"), columns: columns, files: files(document["files"]),
            strict: strict(document, search),
            keyParts: keyParts, fields: fields,
            groupCounts: groupCounts(document["outcome"]?["groupCounts"]),
            references: mentions(document, "references", .reference), named: mentions(document, "named", .named),
            search: search)
    }

    private mutating func files(_ node: YAMLNode?) -> ProfileFiles {
        var files = ProfileFiles()
        files.each = node?["each"].flatMap { path($0, at: "files.each", for: nil) }
        files.delimiter = node?["delimiter"]?.scalar
        files.encoding = node?["encoding"]?.scalar
        files.query = node?["query"]?.scalar
        return files
    }

    private mutating func timeZone(_ node: YAMLNode?) -> TimeZoneRules? {
        guard let node, let name = node.scalar else { return nil }
        do throws(TimeZoneFault) {
            return try TimeZoneRules.named(name)
        } catch {
            let near = NearestName.of(name, in: TimeZoneRules.names()).map { "; did you mean \($0)?" } ?? ""
            reader.report(node, "timezone", "\(error)\(near)")
            return nil
        }
    }

    // MARK: Outcome

    private mutating func fields(_ outcome: YAMLNode?) -> [OutcomeField: FieldSource] {
        var sources: [OutcomeField: FieldSource] = [:]
        for (key, value) in outcome?.members ?? [] {
            guard let name = key.scalar, let field = OutcomeField(rawValue: name) else { continue }
            if field == .key, value["join"] != nil { continue }
            sources[field] = source(value, at: "outcome.\(name)", of: field)
            checkConstants(value, at: "outcome.\(name)") { field.expectation(of: $0) }
            if field == .groups, sources[field]?.paths.contains(where: { !$0.endsInWildcard }) == true {
                reader.report(value, "outcome.groups", "expected a path that ends in .*: its names are the groups")
            }
        }
        return sources
    }

    private mutating func keyParts(_ node: YAMLNode?) -> [JSONPath] {
        guard let node, let join = node["join"] else { return [] }
        if let other = node.members.first(where: { $0.key.scalar != "join" }) {
            reader.report(other.key, "outcome.key.\(other.key.scalar ?? "")", "expected nothing beside join")
        }
        let parts = join.items.enumerated().compactMap { path($1, at: "outcome.key.join[\($0)]", for: .output) }
        if !(1...ProfileFile.keyPartsMax).contains(join.items.count) {
            reader.report(join, "outcome.key.join", "expected 1 to \(ProfileFile.keyPartsMax) paths")
        }
        for (index, part) in parts.enumerated() where !part.isSingular {
            reader.report(join, "outcome.key.join[\(index)]", "expected a path that finds one value at most")
        }
        return parts
    }

    private mutating func groupCounts(_ node: YAMLNode?) -> [(code: [UInt8], source: FieldSource)] {
        var groups: [(code: [UInt8], source: FieldSource)] = []
        for (key, value) in node?.members ?? [] {
            let name = key.scalar ?? ""
            let code = Array(name.utf8)
            if !code.withUnsafeBytes({ Values.isCode($0) }) {
                reader.report(key, "outcome.groupCounts", "expected a code as the name of a group, without spaces")
            }
            let source = source(value, at: "outcome.groupCounts.\(name)", of: .groups)
            if source.constant != nil {
                reader.report(
                    value, "outcome.groupCounts.\(name)", "expected a path: a constant would be in every event")
            }
            groups.append((code: code, source: source))
        }
        return groups.sorted { $0.code.lexicographicallyPrecedes($1.code) }
    }

    // MARK: Conditions

    private mutating func conditions(_ document: YAMLNode, _ name: String) -> [Condition] {
        let items = document[name]?.items ?? []
        if let node = document[name], items.count > ProfileFile.conditionsMax {
            reader.report(node, name, "expected at most \(ProfileFile.conditionsMax) conditions")
        }
        return items.enumerated().compactMap { index, item in
            condition(item, at: "\(name)[\(index)]", mayBeNegated: name == "when")
        }
    }

    private mutating func condition(_ node: YAMLNode, at key: String, mayBeNegated: Bool) -> Condition? {
        let use: DenyList.Use? = mayBeNegated ? .condition : nil
        guard let path = node["path"].flatMap({ self.path($0, at: "\(key).path", for: use) }) else { return nil }
        var found: [(test: Condition.Test, isNegated: Bool)] = []
        for (name, isNegated) in [("equals", false), ("not", true)] {
            if let text = node[name]?.scalar { found.append((.oneOf([text]), isNegated)) }
        }
        for (name, isNegated) in [("in", false), ("notIn", true)] {
            if let list = node[name] { found.append((.oneOf(list.items.compactMap(\.scalar)), isNegated)) }
        }
        if let exists = node["exists"]?.boolean { found.append((.exists, !exists)) }
        guard found.count == 1 else {
            reader.report(node, key, "expected one of equals, in, not, notIn, exists")
            return nil
        }
        if found[0].isNegated, !mayBeNegated {
            reader.report(node, key, "expected equals, in or exists: what is not there marks no event")
        }
        return Condition(path: path, test: found[0].test, isNegated: found[0].isNegated)
    }

    // MARK: Mentions

    private mutating func mentions(_ document: YAMLNode, _ name: String, _ kind: MentionSource.Kind) -> [MentionSource]
    {
        (document[name]?.items ?? []).enumerated().compactMap { mention($1, kind, at: "\(name)[\($0)]") }
    }

    private mutating func mention(_ node: YAMLNode, _ kind: MentionSource.Kind, at key: String) -> MentionSource? {
        let nodes = kind.keys.map { node[$0] }
        guard let leading = nodes[kind.leadingPart] else { return nil }
        if let needed = kind.neededPart, nodes[needed] == nil { return nil }
        let parts = zip(kind.keys, nodes).map { name, node in
            node.map { source($0, at: "\(key).\(name)", for: kind == .named && name != "mechanism" ? .named : .output) }
        }
        let mention = MentionSource(kind: kind, parts: parts)
        if parts[kind.leadingPart]?.constant != nil {
            reader.report(
                leading, "\(key).\(kind.keys[kind.leadingPart])",
                "expected a path: a constant would be found in every event")
        }
        if let mechanism = nodes[MentionSource.Kind.mechanismPart] {
            for constant in constants(mechanism, at: "\(key).mechanism") where Mechanism(name: constant.text) == nil {
                reader.report(constant.node, constant.key, FieldReader.unknown(constant.text, Mechanisms.names))
            }
        }
        for (part, node) in nodes.enumerated() {
            if let node { checkElements(parts[part]?.paths ?? [], of: mention, node, "\(key).\(kind.keys[part])") }
        }
        return mention
    }

    /// Values of one element make one mention, so all paths of a source must lead through the same elements.
    private mutating func checkElements(_ paths: [JSONPath], of mention: MentionSource, _ node: YAMLNode, _ key: String)
    {
        guard let first = mention.parts[mention.kind.leadingPart]?.paths.first else { return }
        for path in paths {
            if path.pluralSegments > 1 {
                reader.report(
                    node, key, "expected a path with one wildcard or filter at most: evidence names one element")
            } else if path.elements != first.elements {
                let expected = first.elements.map { "under \($0)" } ?? "without a wildcard or filter"
                reader.report(node, key, "expected a path \(expected), as that of the \(mention.kind.leadingName)")
            }
        }
    }

    // MARK: Sources

    /// A wrong constant would turn every event into a dead letter, and one for the key all records into one.
    private mutating func checkConstants(_ node: YAMLNode, at key: String, _ expectation: ([UInt8]) -> String?) {
        for constant in constants(node, at: key) {
            guard let expected = expectation(Array(constant.text.utf8)) else { continue }
            reader.report(constant.node, constant.key, "expected \(expected)")
        }
    }

    /// The texts of a source that are no paths, with their places.
    private func constants(_ node: YAMLNode, at key: String) -> [(text: String, node: YAMLNode, key: String)] {
        var places = [(node, key)]
        for name in ["default", "otherwise"] { places += (node[name].map { [($0, "\(key).\(name)")] } ?? []) }
        for (from, to) in node["map"]?.members ?? [] { places.append((to, "\(key).map.\(from.scalar ?? "")")) }
        return places.compactMap { place, key in
            guard let text = place.scalar, !text.hasPrefix("$") else { return nil }
            return (text, place, key)
        }
    }

    /// A path is a text that begins with `$`; any other text is a constant.
    /// - Parameter field: the field of the outcome that it is of; nil for a part of a mention.
    private mutating func source(
        _ node: YAMLNode, at key: String, of field: OutcomeField? = nil, for use: DenyList.Use = .output
    ) -> FieldSource {
        let form = form(node, at: key, of: field)
        if let text = node.scalar {
            guard text.hasPrefix("$") else { return FieldSource(paths: [], constant: Array(text.utf8)) }
            return FieldSource(paths: path(node, at: key, for: use).map { [$0] } ?? [], form: form)
        }
        if case .sequence(let items) = node.content {
            if items.isEmpty { reader.report(node, key, "expected at least one path") }
            return FieldSource(paths: items.compactMap { path($0, at: key, for: use) }, form: form)
        }
        if node["join"] != nil {
            reader.report(node, "\(key).join", "expected path: only outcome.key is made of several values")
        } else if node["path"] == nil {
            reader.report(node, "\(key).path", "the key is missing; expected a path such as $.outcome.type")
        }
        let paths = node["path"].map { $0.items.isEmpty ? [$0] : $0.items } ?? []
        let map = map(node["map"])
        if node["otherwise"] != nil, map == nil {
            reader.report(node, "\(key).otherwise", "expected a map beside it, whose gaps it fills")
        }
        let absent = node["absent"].map { $0.items.isEmpty ? [$0] : $0.items } ?? []
        checkMissing(node, at: key, of: field)
        return FieldSource(
            paths: paths.compactMap { path($0, at: key, for: use) },
            constant: node["default"]?.scalar.map { Array($0.utf8) },
            steps: steps(node["normalize"]), absent: absent.compactMap { $0.scalar.map { Array($0.utf8) } }, map: map,
            otherwise: node["otherwise"]?.scalar.map { Array($0.utf8) }, form: form,
            skipsMissing: node["missing"] != nil)
    }

    private mutating func checkMissing(_ node: YAMLNode, at key: String, of field: OutcomeField?) {
        guard let missing = node["missing"] else { return }
        if field != .occurredOn {
            reader.report(missing, "\(key).missing", "expected no such key here: only outcome.occurredOn has it")
        } else if node["default"] != nil {
            reader.report(missing, "\(key).missing", "expected no default beside it, with which no day is missing")
        }
    }

    private func map(_ node: YAMLNode?) -> ValueMap? {
        guard let node else { return nil }
        if node.scalar != nil { return .countries }
        return .list(
            ByteTable(
                node.members.compactMap { from, to -> (key: [UInt8], value: [UInt8])? in
                    guard let from = from.scalar, let to = to.scalar else { return nil }
                    return (Array(from.utf8), Array(to.utf8))
                }))
    }

    private func steps(_ node: YAMLNode?) -> TextSteps {
        let named = node?.items.compactMap(\.scalar) ?? []
        return TextSteps(TextSteps.names.filter { named.contains($0.name) }.map(\.step))
    }

    /// The form that `as` names, which has to be one of the field's kind.
    private mutating func form(_ node: YAMLNode, at key: String, of field: OutcomeField?) -> ValueForm? {
        guard let named = node["as"], let name = named.scalar else {
            // In a time zone, an instant falls on a day of it.
            return field == .occurredOn && timeZone != nil ? .date(.iso) : nil
        }
        switch field {
        case .occurredOn:
            if let form = DateForm(rawValue: name) { return .date(form) }
        case .time, .revision:
            if let form = DateForm(rawValue: name), form.hasInstants { return .date(form) }
        case .count, .people, .usd, .groups:
            if let form = DecimalText(rawValue: name) { return .number(form) }
        default:
            reader.report(named, "\(key).as", "expected no form here: only dates and numbers are written in one")
            return nil
        }
        let forms = ValueForm.names(of: field)
        reader.report(named, "\(key).as", "expected one of \(forms.joined(separator: ", ")) here")
        return nil
    }

    /// A path that may be used so; what is on the deny list has no other use than to keep victim services out.
    private mutating func path(_ node: YAMLNode, at key: String, for use: DenyList.Use?) -> JSONPath? {
        guard let text = node.scalar else { return nil }
        do throws(PathSyntaxError) {
            let path = try JSONPath(text)
            if let use, let denial = DenyList.builtIn.denial(of: path, for: use) {
                reader.report(node, key, denial.message)
            } else if let columns, let message = mistake(path, columns) {
                reader.report(node, key, message)
            }
            return path
        } catch {
            reader.report(node, key, "\(error)")
            return nil
        }
    }

    /// The names for which strict mode refuses events.
    private mutating func strict(_ document: YAMLNode, _ search: [JSONPath]) -> StrictList? {
        guard let node = document["strict"], node.boolean == true else { return nil }
        let named = (columns ?? []).map { JSONPath(SimplePath(steps: [.member($0)])) }
        guard let list = DenyList.builtIn.strict(searched: search, read: named) else {
            reader.report(node, "strict", "expected a deny list that can be read; build the program again")
            return nil
        }
        warnOfColumns(document, list, search)
        return list
    }
}
