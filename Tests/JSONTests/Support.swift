import JSON
import Primitives

/// The values at some paths as short text, `slot kind value`, with `@element` and `=key` where a wildcard matched.
func extract(_ json: String, _ paths: String...) throws -> [String] {
    let paths = try paths.map { try SimplePath($0) }
    let plan = ExtractionPlan(paths)
    let extractor = Extractor(maximumBytes: 1 << 24)
    return try Array(json.utf8).withUnsafeBytes { document in
        try extractor.extract(document, plan).map { value in
            var text = "\(value.slot) \(describe(value))"
            if paths[value.slot].wildcardCount > 0 { text += " @\(value.element)" }
            if let key = value.key { text += "=\(String(decoding: key, as: UTF8.self))" }
            return text
        }
    }
}

func describe(_ value: ExtractedValue) -> String {
    switch value.kind {
    case .null: "null"
    case .true: "true"
    case .false: "false"
    case .integer: "integer \(value.integer)"
    case .unsigned: "unsigned \(value.unsigned)"
    case .double: "double \(value.double)"
    case .string: "string \(value.string())"
    case .object: "object of \(value.childCount)"
    case .array: "array of \(value.childCount)"
    }
}

/// The error of a document, or nil where it is accepted.
func refusal(
    of json: [UInt8], maximumBytes: Int = 1 << 24, maximumDepth: Int = 64, maximumValues: Int = 1000,
    paths: [SimplePath] = []
) -> JSONError? {
    let extractor = Extractor(
        maximumBytes: maximumBytes, maximumDepth: maximumDepth, maximumValues: maximumValues)
    let plan = ExtractionPlan(paths)
    return json.withUnsafeBytes { document in
        do throws(JSONError) {
            _ = try extractor.extract(document, plan)
            return nil
        } catch {
            return error
        }
    }
}

func refusal(of json: String) -> JSONError? {
    refusal(of: Array(json.utf8))
}

/// The nodes of a query, as compact JSON and as normalized paths.
func select(_ path: JSONPath, in document: [UInt8]) throws -> [(json: String, path: String)] {
    let extractor = Extractor(maximumBytes: 1 << 24)
    return try document.withUnsafeBytes { bytes in
        try extractor.nodes(of: path, in: bytes).map { ($0.json, $0.normalizedPath) }
    }
}

func select(_ path: String, in document: [UInt8]) throws -> [(json: String, path: String)] {
    try select(try JSONPath(path), in: document)
}

/// The values of a query, as compact JSON with blanks between them.
func values(_ path: String, _ json: String) throws -> String {
    try select(path, in: Array(json.utf8)).map(\.json).joined(separator: " ")
}
