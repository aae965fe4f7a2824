import Primitives

/// The tokens that open a resource: sent as `Bearer` (RFC 6750), or as the password of `Basic` (RFC 7617), which a
/// browser asks its user for; the user name means nothing.
///
/// Only hashes are kept, and those are compared in a time that does not depend on what was sent.
public struct AccessTokens: Sendable, CustomStringConvertible {
    private let digests: [[UInt8]]
    private let realm: String

    /// Takes the tokens that are accepted; empty ones are left out, and without any nobody is let in.
    /// - Parameter realm: what a browser shows: printable ASCII; quotes and backslashes are dropped.
    public init(_ tokens: [String], realm: String) {
        digests = tokens.filter { !$0.isEmpty }.map { SHA256.digest(of: [UInt8]($0.utf8)) }
        self.realm = realm.filter { $0.isASCII && $0 >= " " && $0 <= "~" && $0 != "\"" && $0 != "\\" }
    }

    /// How many tokens there are; never which.
    public var description: String { "\(digests.count) access tokens" }

    /// The response to a request without an accepted token; nil where it has one.
    public func refusal(of request: HTTPRequest) -> HTTPResponse? {
        let fields = request.headers.values("Authorization")
        if fields.count == 1, let token = AccessTokens.token(in: fields[0]), accepts(token) { return nil }
        return Problem(401, detail: "Send an access token: as Authorization: Bearer, or as the password of Basic.")
            .response([
                HTTPHeader("WWW-Authenticate", "Bearer realm=\"\(realm)\""),
                HTTPHeader("WWW-Authenticate", "Basic realm=\"\(realm)\", charset=\"UTF-8\""),
            ])
    }

    private func accepts(_ token: [UInt8]) -> Bool {
        let sent = SHA256.digest(of: token)
        var isAccepted = false
        for digest in digests {
            let difference = zip(sent, digest).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) }
            // No early end: the time must not say which token it was.
            isAccepted = (difference == 0) || isAccepted
        }
        return isAccepted
    }

    private static func token(in field: String) -> [UInt8]? {
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        let credentials = [UInt8](parts[1].trimmed.utf8)
        switch parts[0].lowercased() {
        case "bearer":
            return credentials
        case "basic":
            guard let pair = Base64.decode(credentials), let colon = pair.firstIndex(of: UInt8(ascii: ":")) else {
                return nil
            }
            return [UInt8](pair[(colon + 1)...])
        default:
            return nil
        }
    }
}
