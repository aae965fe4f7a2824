import Primitives

/// Checks mappings against tables of field specifications and collects everything there is to say.
public struct FieldReader: Sendable {
    /// The file, for the findings.
    public let file: String
    /// What has been found so far, in the order in which it was found.
    public private(set) var findings: [Finding] = []

    /// Makes a reader for one file.
    public init(file: String) {
        self.file = file
    }

    /// True where something was found for which the file has to be refused.
    public var hasErrors: Bool { findings.contains { $0.severity == .error } }

    /// Parses a file and checks its keys.
    /// - Returns: the document, nil where the file is no YAML, and a reader with what was found so far.
    public static func open(
        _ bytes: [UInt8], file: String, _ fields: [FieldSpec]
    ) -> (document: YAMLNode?, reader: FieldReader) {
        var reader = FieldReader(file: file)
        do throws(YAMLError) {
            let document = try YAMLDocument.parse(bytes, file: file)
            reader.check(document, fields)
            return (document, reader)
        } catch {
            reader.findings.append(Finding(error))
            return (nil, reader)
        }
    }

    /// Checks a mapping against the keys that it may have.
    /// - Parameter path: the key path of the mapping itself; empty for the document.
    /// - Returns: true where no error was added.
    @discardableResult
    public mutating func check(_ node: YAMLNode, _ fields: [FieldSpec], at path: String = "") -> Bool {
        let before = findings.count
        guard case .mapping(let members) = node.content else {
            report(node, path, "expected a mapping of keys to values")
            return false
        }
        let known = Dictionary(fields.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for (key, value) in members {
            let name = key.scalar ?? ""
            guard let field = known[name] else {
                report(key, FieldReader.join(path, name), FieldReader.unknown(name, fields.map(\.name)))
                continue
            }
            if !value.isNull { check(value, field.kind, at: FieldReader.join(path, name)) }
        }
        for field in fields where field.isRequired && node[field.name].map(\.isNull) ?? true {
            let expected = field.kind.expectation
            report(node, FieldReader.join(path, field.name), "the key is missing; expected \(expected)")
        }
        return !findings[before...].contains { $0.severity == .error }
    }

    /// Checks one value.
    /// - Returns: true where no error was added.
    @discardableResult
    public mutating func check(_ node: YAMLNode, _ kind: FieldSpec.Kind, at path: String) -> Bool {
        let before = findings.count
        switch kind {
        case .mapping(let fields): check(node, fields, at: path)
        case .list(let item):
            guard case .sequence(let items) = node.content else { return wrong(node, kind, path) }
            for (index, value) in items.enumerated() { check(value, item, at: "\(path)[\(index)]") }
        case .table(let kind):
            guard case .mapping(let members) = node.content else { return wrong(node, .table(kind), path) }
            for (key, value) in members { check(value, kind, at: FieldReader.join(path, key.scalar ?? "")) }
        case .either(let kinds):
            guard let fitting = kinds.first(where: { FieldReader.fits($0, node) }) else {
                return wrong(node, kind, path)
            }
            check(node, fitting, at: path)
        case .anything: break
        default:
            if !FieldReader.isScalar(node, of: kind) { return wrong(node, kind, path) }
        }
        return !findings[before...].contains { $0.severity == .error }
    }

    /// Adds a finding at a node.
    public mutating func report(
        _ node: YAMLNode, _ key: String, _ message: String, severity: Finding.Severity = .error
    ) {
        findings.append(Finding(file: file, line: node.line, key: key, severity: severity, message: message))
    }

    /// The path of a member: `a` and `b` make `a.b`.
    public static func join(_ path: String, _ name: String) -> String {
        path.isEmpty ? name : "\(path).\(name)"
    }

    /// What to say of a key that is not among the known ones.
    public static func unknown(_ name: String, _ known: [String]) -> String {
        if let near = NearestName.of(name, in: known) { return "the key is not known; did you mean \(near)?" }
        return "the key is not known; expected one of \(known.joined(separator: ", "))"
    }

    private mutating func wrong(_ node: YAMLNode, _ kind: FieldSpec.Kind, _ path: String) -> Bool {
        var message = "expected \(kind.expectation)"
        if case .enumeration(let values) = kind, let text = node.scalar, let near = NearestName.of(text, in: values) {
            message += "; did you mean \(near)?"
        }
        report(node, path, message)
        return false
    }

    private static func isScalar(_ node: YAMLNode, of kind: FieldSpec.Kind) -> Bool {
        guard let text = node.scalar else { return false }
        return switch kind {
        case .text: !text.isEmpty && !node.isNull
        case .anyText: !node.isNull
        case .integer(let range): node.integer.map { range.contains($0) } ?? false
        case .number(let range): node.number.map { range.contains($0) } ?? false
        case .boolean: node.boolean != nil
        case .date: node.date != nil
        case .enumeration(let values): values.contains(text)
        case .form(_, let accepts): accepts(text)
        default: false
        }
    }

    /// Whether the shape of a value is that of a kind; of a scalar, whether the value itself fits.
    private static func fits(_ kind: FieldSpec.Kind, _ node: YAMLNode) -> Bool {
        switch (kind, node.content) {
        case (.anything, _), (.list, .sequence), (.mapping, .mapping), (.table, .mapping): true
        case (.either(let kinds), _): kinds.contains { fits($0, node) }
        case (.list, _), (.mapping, _), (.table, _): false
        case (_, .scalar): isScalar(node, of: kind)
        default: false
        }
    }
}
