import Primitives

@testable import HTTP

extension Fuzzer {
    /// Requests as text, answered by all routes of the service: an answer can be sent, leads nowhere else, has no
    /// record without a token, and is the same for HEAD and for who has it already.
    static let http = Fuzzer(name: "http", bytesMax: 500, dictionary: "http") {
        guard let fuzzer = HTTPFuzzer() else { fatalError("the service cannot be made") }
        return { fuzzer.take($0) }
    }
}

private struct HTTPFuzzer {
    private static let token = "a-token-of-the-office"
    private let routes: Router
    private let limits = HTTPLimits()

    init?() {
        guard let routes = try? FuzzedService(token: HTTPFuzzer.token).routes() else { return nil }
        self.routes = routes
    }

    func take(_ bytes: UnsafeRawBufferPointer) {
        let (lines, body) = bytes.message
        guard let first = lines.first else { return }
        let words = first.name.split(separator: UInt8(ascii: " "), maxSplits: 1)
        let head = RequestHead(
            method: words.first.map { String(decoding: $0, as: UTF8.self) } ?? "", version: "HTTP/1.1",
            target: words.count > 1 ? Array(words[1]) : [],
            headers: lines.dropFirst().map { HTTPHeader($0.name.text, $0.value?.text.trimmed ?? "") },
            bytes: bytes.count)
        if let refusal = RequestCheck.refusal(of: head, limits) {
            return check(sent(refusal.response, head))
        }
        do throws(Refusal) {
            let target = try RequestCheck.target(of: head, limits)
            expectPlain(target)
            let request = HTTPRequest(
                method: head.method, target: target, headers: head.headers, body: body.map { Array($0) } ?? [],
                clientAddress: "127.0.0.1")
            answer(request, head)
        } catch {
            check(sent(error.response, head))
        }
    }

    private func answer(_ request: HTTPRequest, _ head: RequestHead) {
        let response = routes.respond(to: request)
        let answer = sent(response, head)
        check(answer)
        expect(answer.status != 500, "the service made an answer that cannot be sent")
        if answer.status == 200, response.route == "/v1/attributions" {
            let isIn = request.headers.contains { $0.name.lowercased() == "authorization" && !$0.value.isEmpty }
            expect(isIn, "records without a token")
        }
        guard head.method == "GET", response.route != "/metrics", response.route != "/readyz" else { return }
        var asHead = head
        asHead.method = "HEAD"
        let short = sent(response, asHead)
        expect(short.status == answer.status && short.headers == answer.headers, "HEAD is answered otherwise")
        expect(short.sentBytes("HEAD") == 0, "HEAD is answered with a body")
        guard answer.status == 200, let tag = answer.headers.value("ETag") else { return }
        var known = head
        known.headers.removeAll { $0.name.lowercased() == "if-none-match" }
        known.headers.append(HTTPHeader("If-None-Match", tag))
        let unchanged = sent(routes.respond(to: request), known)
        expect(unchanged.status == 304 && unchanged.sentBytes("GET") == 0, "\(tag) is sent to who has it")
        expect(unchanged.headers.value("ETag") == tag, "another tag")
    }

    private func sent(_ response: HTTPResponse, _ head: RequestHead) -> OutgoingResponse {
        OutgoingResponse.make(response, method: head.method, requested: head.headers)
    }

    private func check(_ answer: OutgoingResponse) {
        expect((200...599).contains(answer.status), "the status \(answer.status)")
        for header in answer.headers { expect(header.isWellFormed, "the field \(header.name): \(header.value)") }
        if let place = answer.headers.value("Location") {
            expect(place.hasPrefix("/") && !place.hasPrefix("//"), "a redirection elsewhere: \(place)")
        }
    }

    /// What a path is read as means the same however often it is read, and leads out of nothing.
    private func expectPlain(_ target: RequestTarget) {
        for segment in target.segments {
            let isPlain = !["", ".", ".."].contains(segment) && !segment.contains { $0 == "/" || $0 == "\\" }
            expect(isPlain && segment.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f }, "the segment \(segment)")
        }
        for item in target.query {
            expect((item.name + item.value).utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f }, "a control in the query")
        }
        if target.isAsterisk { return }
        guard let again = try? RequestTarget([UInt8](target.path.utf8), queryItemsMax: 1) else {
            fatalError("found: the path is refused the second time: \(target.path)")
        }
        expect(again.segments == target.segments && again.path == target.path, "the path reads otherwise")
    }
}
