/// What every response tells browsers, so that content of one kind cannot be made to act as another.
enum SecurityHeaders {
    /// The policy that lets a document load, frame and send nothing.
    static let strictPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

    private static let others = [
        HTTPHeader("X-Content-Type-Options", "nosniff"),
        HTTPHeader("Referrer-Policy", "no-referrer"),
        HTTPHeader("X-Frame-Options", "DENY"),
        HTTPHeader("Cross-Origin-Opener-Policy", "same-origin"),
        HTTPHeader("Cross-Origin-Resource-Policy", "same-origin"),
        HTTPHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ]

    /// The fields for a response with fields of its own, which go before these.
    static func fields(policy: String?, besides own: [HTTPHeader]) -> [HTTPHeader] {
        let added = others.filter { field in !own.contains { $0.name.lowercased() == field.name.lowercased() } }
        return [HTTPHeader("Content-Security-Policy", policy ?? strictPolicy)] + added
    }
}
