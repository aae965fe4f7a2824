import Attribution
import JSON
import Primitives
public import YAML

/// Reading of profiles (schemas/profile.schema.json). Everything that is wrong with a file is found in one pass.
public enum ProfileFile {
    /// The profile in a file.
    ///
    /// - Parameters:
    ///   - bytes: the content of the file.
    ///   - file: its name, for the findings.
    /// - Returns: the profile, or nil with at least one error among the findings.
    public static func read(_ bytes: [UInt8], file: String) -> (profile: Profile?, findings: [Finding]) {
        let document: YAMLNode
        do throws(YAMLError) {
            document = try YAMLDocument.parse(bytes, file: file)
        } catch {
            return (nil, [Finding(error)])
        }
        var reader = FieldReader(file: file)
        reader.check(document, fields)
        var builder = ProfileBuilder(reader: reader)
        let profile = builder.profile(document, digest: Hexadecimal.text(SHA256.digest(of: bytes)))
        let findings = builder.reader.findings
        return (findings.contains { $0.severity == .error } ? nil : profile, findings)
    }

    /// The most conditions of a profile.
    public static let conditionsMax = 64

    /// The keys of a profile.
    public static let fields: [FieldSpec] = [
        FieldSpec("profile", .text, required: true, summary: "The name of the profile."),
        FieldSpec("version", .integer(1...1), required: true, summary: "The version of this format."),
        FieldSpec("description", .text, summary: "What the profile reads, for people."),
        FieldSpec("system", .text, required: true, summary: "The sending system; a part of every outcome key."),
        FieldSpec(
            "envelope", .enumeration(Profile.Envelope.allCases.map(\.rawValue)), required: true,
            summary: "How an event is wrapped."),
        FieldSpec("when", .list(.mapping(condition)), summary: "What must hold for an event to be an outcome."),
        FieldSpec(
            "outcome", .mapping(OutcomeField.allCases.map { FieldSpec($0.rawValue, source, required: $0.isRequired) }),
            required: true, summary: "The fields of the outcome."),
        FieldSpec("references", .list(.mapping(reference)), summary: "Identifiers that the event refers to."),
    ]

    private static let path = FieldSpec.Kind.form("a path such as $.outcome.type") { text in
        (try? SimplePath(text)) != nil
    }
    private static let source = FieldSpec.Kind.either([
        .mapping([
            FieldSpec("path", .either([path, .list(path)]), required: true, summary: "Where the value is."),
            FieldSpec("default", .text, summary: "The value where the path has none."),
            FieldSpec("map", .table(.text), summary: "Replaces values; others are a fault."),
            FieldSpec("otherwise", .text, summary: "Stands for values that the map does not have."),
        ]),
        .list(path), .text,
    ])
    private static let condition = [
        FieldSpec("path", path, required: true, summary: "The value that is looked at."),
        FieldSpec("equals", .text, summary: "The text that it must be."),
        FieldSpec("in", .list(.text), summary: "The texts that it may be."),
        FieldSpec("exists", .enumeration(["true"]), summary: "It only has to be there."),
    ]
    private static let reference = [
        FieldSpec("scheme", source, required: true, summary: "The kind of identifier."),
        FieldSpec("id", source, required: true, summary: "The identifier."),
        FieldSpec("mechanism", source, summary: "What the connection did."),
    ]
}

/// Makes a profile of a document that has been checked, and finds what a table of keys cannot tell.
private struct ProfileBuilder {
    var reader: FieldReader

    mutating func profile(_ document: YAMLNode, digest: String) -> Profile {
        var sources: [OutcomeField: FieldSource] = [:]
        for (key, value) in document["outcome"]?.members ?? [] {
            guard let name = key.scalar, let field = OutcomeField(rawValue: name) else { continue }
            sources[field] = source(value, at: "outcome.\(name)")
            checkConstants(of: field, value, at: "outcome.\(name)")
            if field == .groups, sources[field]?.paths.contains(where: { $0.steps.last != .wildcard }) == true {
                reader.report(value, "outcome.groups", "expected a path that ends in .*: its names are the groups")
            }
        }
        let envelope = document["envelope"]?.scalar.flatMap(Profile.Envelope.init(rawValue:)) ?? .none
        if envelope == .none, sources[.key] == nil, let outcome = document["outcome"] {
            reader.report(
                outcome, "outcome.key",
                "the key is missing; expected the path of the source record's id, since there is no CloudEvents subject"
            )
        }
        var references: [ReferenceSource] = []
        for (index, item) in (document["references"]?.items ?? []).enumerated() {
            if let reference = reference(item, at: "references[\(index)]") { references.append(reference) }
        }
        return Profile(
            name: document["profile"]?.scalar ?? "", digest: digest, system: document["system"]?.scalar ?? "",
            envelope: envelope, conditions: conditions(document["when"]), fields: sources, references: references)
    }

    private mutating func conditions(_ node: YAMLNode?) -> [Condition] {
        var conditions: [Condition] = []
        if let node, node.items.count > ProfileFile.conditionsMax {
            reader.report(node, "when", "expected at most \(ProfileFile.conditionsMax) conditions")
        }
        for (index, item) in (node?.items ?? []).enumerated() {
            guard let path = item["path"]?.scalar.flatMap({ try? SimplePath($0) }) else { continue }
            if path.steps.contains(.wildcard) {
                reader.report(item, "when[\(index)].path", "expected a path without a wildcard")
            }
            var values = item["in"]?.items.compactMap(\.scalar)
            if let one = item["equals"]?.scalar { values = [one] }
            if values == nil, item["exists"] == nil {
                reader.report(item, "when[\(index)]", "expected one of equals, in, exists")
            }
            conditions.append(Condition(path: path, values: values))
        }
        return conditions
    }

    private mutating func reference(_ node: YAMLNode, at key: String) -> ReferenceSource? {
        guard let scheme = node["scheme"], let id = node["id"] else { return nil }
        let mechanism = node["mechanism"]
        let reference = ReferenceSource(
            scheme: source(scheme, at: "\(key).scheme"), id: source(id, at: "\(key).id"),
            mechanism: mechanism.map { source($0, at: "\(key).mechanism") })
        if reference.id.constant != nil {
            reader.report(id, "\(key).id", "expected a path: a constant would be found in every event")
        }
        for constant in mechanism.map({ constants($0, at: "\(key).mechanism") }) ?? []
        where Mechanism(name: constant.text) == nil {
            reader.report(constant.node, constant.key, FieldReader.unknown(constant.text, Mechanisms.names))
        }
        checkWildcards(reference.id.paths, of: reference, id, "\(key).id")
        checkWildcards(reference.scheme.paths, of: reference, scheme, "\(key).scheme")
        if let mechanism {
            checkWildcards(reference.mechanism?.paths ?? [], of: reference, mechanism, "\(key).mechanism")
        }
        return reference
    }

    /// Values of one element make one reference, so all paths of a source must lead through the same elements.
    private mutating func checkWildcards(
        _ paths: [SimplePath], of reference: ReferenceSource, _ node: YAMLNode, _ key: String
    ) {
        func elements(_ path: SimplePath) -> SimplePath {
            let wildcard = path.steps.firstIndex(of: .wildcard)
            return SimplePath(steps: wildcard.map { Array(path.steps[...$0]) } ?? [])
        }
        guard let first = reference.id.paths.first else { return }
        for path in paths {
            if path.wildcardCount > 1 {
                reader.report(node, key, "expected a path with one wildcard at most: evidence names one element")
            } else if elements(path) != elements(first) {
                let expected = elements(first).steps.isEmpty ? "without a wildcard" : "under \(elements(first))"
                reader.report(node, key, "expected a path \(expected), as that of the identifier")
            }
        }
    }

    /// A wrong constant would turn every event into a dead letter, and one for the key all records into one.
    private mutating func checkConstants(of field: OutcomeField, _ node: YAMLNode, at key: String) {
        for constant in constants(node, at: key) {
            guard let expected = field.expectation(of: Array(constant.text.utf8)) else { continue }
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
    private mutating func source(_ node: YAMLNode, at key: String) -> FieldSource {
        if let text = node.scalar {
            guard text.hasPrefix("$") else { return FieldSource(paths: [], constant: Array(text.utf8)) }
            return FieldSource(paths: path(node, at: key).map { [$0] } ?? [])
        }
        if case .sequence(let items) = node.content {
            if items.isEmpty { reader.report(node, key, "expected at least one path") }
            return FieldSource(paths: items.compactMap { path($0, at: key) })
        }
        let paths = node["path"].map { $0.items.isEmpty ? [$0] : $0.items } ?? []
        let entries = node["map"]?.members.compactMap { member -> (key: [UInt8], value: [UInt8])? in
            guard let from = member.key.scalar, let to = member.value.scalar else { return nil }
            return (Array(from.utf8), Array(to.utf8))
        }
        if node["otherwise"] != nil, entries == nil {
            reader.report(node, "\(key).otherwise", "expected a map beside it, whose gaps it fills")
        }
        return FieldSource(
            paths: paths.compactMap { path($0, at: key) }, constant: node["default"]?.scalar.map { Array($0.utf8) },
            map: entries.map { ByteTable($0) }, otherwise: node["otherwise"]?.scalar.map { Array($0.utf8) })
    }

    private mutating func path(_ node: YAMLNode, at key: String) -> SimplePath? {
        guard let text = node.scalar else { return nil }
        do throws(PathSyntaxError) {
            return try SimplePath(text)
        } catch {
            reader.report(node, key, "\(error)")
            return nil
        }
    }
}
