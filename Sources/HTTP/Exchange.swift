/// A request and its response on their way through libmicrohttpd, which keeps it as the context of the request.
final class Exchange {
    /// What the next call of the handler is about.
    enum Stage {
        case head
        case body
        case answered
    }

    let connection: ConnectionContext
    let started = MonotonicClock.now()
    /// The target as it came; nil where it is too long.
    let target: [UInt8]?
    var stage = Stage.head
    var head: RequestHead?
    var refusal: Refusal?
    var body: [UInt8] = []
    var response: OutgoingResponse?

    init(_ connection: ConnectionContext, target: [UInt8]?) {
        self.connection = connection
        self.target = target
    }

    /// Takes a piece of the body, or drops it where nobody will read it. The head said how long it all is.
    func take(_ bytes: UnsafeRawBufferPointer) {
        guard let head, refusal == nil, !RequestCheck.bodiless.contains(head.method) else { return }
        body += bytes
    }

    func record(isComplete: Bool, fallbackStatus: Int) -> RequestRecord {
        let method = head?.method ?? "other"
        return RequestRecord(
            method: RequestCheck.methods.contains(method) ? method : "other", route: response?.route,
            status: response?.status ?? fallbackStatus, bytes: response?.sentBytes(method) ?? 0,
            seconds: Double(MonotonicClock.now() - started) / 1e9, isComplete: isComplete)
    }
}
