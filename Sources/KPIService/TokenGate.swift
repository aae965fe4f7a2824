import HTTP

/// Lets in who has an access token; nobody where none is configured.
struct TokenGate: Sendable {
    /// The tokens of `http.token`; nil where there are none.
    let tokens: AccessTokens?

    /// The response to a request that is not let in; nil where it is.
    /// - Parameter what: what is asked for, as the subject of a sentence: "Records".
    func refusal(of request: HTTPRequest, _ what: String) -> HTTPResponse? {
        guard let tokens else {
            return Problem(
                403, detail: "\(what) are not to be had: the service was started without http.token.",
                instance: request.path
            ).response()
        }
        return tokens.refusal(of: request)
    }
}
