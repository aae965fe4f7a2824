/// Which media types shrink when they are compressed.
enum MediaTypes {
    private static let compressible: Set<String> = [
        "application/json", "application/x-ndjson", "application/xml", "application/javascript", "image/svg+xml",
        "application/openmetrics-text",
    ]

    /// Whether a type is text of some kind; parameters do not matter.
    static func isCompressible(_ contentType: String?) -> Bool {
        guard let type = contentType?.split(separator: ";").first?.trimmed.lowercased() else { return false }
        return type.hasPrefix("text/") || compressible.contains(type) || type.hasSuffix("+json")
            || type.hasSuffix("+xml")
    }
}
