import JSON
import Primitives

/// The values at some paths as short text, `slot kind value`, with `@element` and `=key` where a wildcard matched.
func extract(_ json: String, _ paths: String...) throws -> [String] {
    let plan = ExtractionPlan(try paths.map { try SimplePath($0) })
    let extractor = Extractor(maximumBytes: 1 << 24)
    return try Array(json.utf8).withUnsafeBytes { document in
        try extractor.extract(document, plan).map { value in
            var text = "\(value.slot) \(describe(value))"
            if plan.paths[value.slot].wildcardCount > 0 { text += " @\(value.element)" }
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
