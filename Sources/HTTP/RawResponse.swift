/// A response as bytes, for clients that libmicrohttpd has yet to hear out.
enum RawResponse {
    /// 408, behind which the connection ends.
    static let requestTimeout: [UInt8] = {
        let problem = Problem(408, detail: "The request did not come in time.")
        let body = problem.json()
        let response = OutgoingResponse.make(problem.response(), method: "GET", requested: [])
        let fields =
            response.headers + [
                HTTPHeader("Content-Length", String(body.count)), HTTPHeader("Connection", "close"),
            ]
        let lines = ["HTTP/1.1 408 Request Timeout"] + fields.map { "\($0.name): \($0.value)" }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
    }()
}
