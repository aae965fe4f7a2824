/// How a body is coded for its way.
enum ContentCoding: Hashable, Sendable {
    case identity
    case gzip
}

/// What a client accepts of the two codings there are (RFC 9110, section 12.5.3), in thousandths; zero refuses.
struct AcceptEncoding: Hashable, Sendable {
    private(set) var gzip = 0
    private(set) var identity = 1000
    private var prefersIdentity = false

    /// Reads the field; without one anything may be sent, and what is not coded surprises nobody.
    init(_ field: String?) {
        guard let field else { return }
        var named: [String: Int] = [:]
        for element in field.split(separator: ",") {
            let parts = element.split(separator: ";", omittingEmptySubsequences: false).map { $0.trimmed.lowercased() }
            guard let coding = parts.first, !coding.isEmpty else { continue }
            named[coding == "x-gzip" ? "gzip" : coding] = AcceptEncoding.weight(parts.dropFirst())
        }
        gzip = named["gzip"] ?? named["*"] ?? 0
        if let stated = named["identity"] {
            identity = stated
            prefersIdentity = stated > gzip
        } else if named["*"] == 0 {
            identity = 0
        }
    }

    /// The coding to send; nil where the client refuses every one that there is.
    func choice(canGzip: Bool) -> ContentCoding? {
        if canGzip, gzip > 0, !prefersIdentity { return .gzip }
        if identity > 0 { return .identity }
        return nil
    }

    /// The quality value of parameters, in thousandths; one that cannot be read counts as a refusal.
    private static func weight(_ parameters: ArraySlice<String>) -> Int {
        guard let parameter = parameters.first(where: { $0.hasPrefix("q=") || $0.hasPrefix("q =") }) else {
            return 1000
        }
        let digits = Array(parameter.drop { $0 != "=" }.dropFirst().trimmed.utf8)
        guard let first = digits.first, first == UInt8(ascii: "0") || first == UInt8(ascii: "1"), digits.count <= 5,
            digits.count == 1 || digits[1] == UInt8(ascii: "."),
            digits.dropFirst(2).allSatisfy({ $0 &- 48 < 10 })
        else { return 0 }
        let fraction = (0..<3).reduce(0) { $0 * 10 + ($1 + 2 < digits.count ? Int(digits[$1 + 2] - 48) : 0) }
        return min(Int(first - 48) * 1000 + fraction, 1000)
    }
}
