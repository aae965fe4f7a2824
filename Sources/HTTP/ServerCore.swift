import CMicroHTTPD
import Primitives

/// What the callbacks of libmicrohttpd act on: one for each server, shared by its threads.
final class ServerCore: Sendable {
    let limits: HTTPLimits
    let table: Locked<ConnectionTable>
    private let buckets: Locked<TokenBuckets>
    private let handler: HTTPHandler
    private let onFinished: @Sendable (RequestRecord) -> Void

    init(
        _ limits: HTTPLimits, onFinished: @escaping @Sendable (RequestRecord) -> Void, handler: @escaping HTTPHandler
    ) {
        self.limits = limits
        self.handler = handler
        self.onFinished = onFinished
        table = Locked(ConnectionTable(limits))
        buckets = Locked(
            TokenBuckets(
                rate: limits.requestsPerSecond, burst: limits.requestBurst, addressesMax: limits.addresses))
    }

    // MARK: Connections

    func opened(_ descriptor: Int32, _ address: ClientAddress) -> ConnectionContext {
        let now = MonotonicClock.now()
        let (id, admission) = table.withLock { $0.open(descriptor, address, now: now) }
        return ConnectionContext(id: id, address: address, admission: admission)
    }

    /// Notes what a connection is at.
    /// - Returns: whether the server is about to stop.
    @discardableResult
    func enter(_ phase: ConnectionTable.Phase, _ connection: ConnectionContext) -> Bool {
        let now = MonotonicClock.now()
        return table.withLock {
            $0.enter(phase, connection.id, now: now)
            return $0.isStopping
        }
    }

    // MARK: Requests

    /// The head has come: decides whether the body may, and answers at once where it may not.
    func headCame(_ exchange: Exchange, _ head: RequestHead, _ connection: OpaquePointer) -> MHD_Result {
        exchange.head = head
        exchange.refusal = admissionRefusal(exchange.connection) ?? RequestCheck.refusal(of: head, limits)
        if exchange.refusal?.closes == true { return answer(exchange, connection) }
        exchange.stage = .body
        enter(.body, exchange.connection)
        return .YES
    }

    /// The request is whole: has it answered.
    func answer(_ exchange: Exchange, _ connection: OpaquePointer) -> MHD_Result {
        exchange.stage = .answered
        enter(.handling, exchange.connection)
        let response = OutgoingResponse.make(
            handled(exchange), method: exchange.head?.method ?? "", requested: exchange.head?.headers ?? [])
        exchange.response = response
        let isStopping = enter(.sending, exchange.connection)
        let context = exchange.connection
        let closes = isStopping || exchange.refusal?.closes == true
        let native = NativeResponse(response.payload) { [unowned self] in enter(.sending, context) }
        guard let native, native.add(response.headers + (closes ? [HTTPHeader("Connection", "close")] : [])) else {
            return .NO
        }
        return MHD_queue_response(connection, UInt32(response.status), native.pointer)
    }

    /// The exchange is over, one way or another.
    func finished(_ exchange: Exchange, isComplete: Bool, status: Int) {
        enter(.idle, exchange.connection)
        onFinished(exchange.record(isComplete: isComplete, fallbackStatus: status))
    }

    private func handled(_ exchange: Exchange) -> HTTPResponse {
        if let refusal = exchange.refusal { return refusal.response }
        guard let head = exchange.head else { return Problem(500).response() }
        do throws(Refusal) {
            return handler(
                HTTPRequest(
                    method: head.method, target: try RequestCheck.target(of: head, limits), headers: head.headers,
                    body: exchange.body, clientAddress: exchange.connection.address.text))
        } catch {
            return error.response
        }
    }

    private func admissionRefusal(_ connection: ConnectionContext) -> Refusal? {
        switch connection.admission {
        case .served: break
        case .serverIsFull:
            return ServerCore.refusal(503, "There are too many connections. Try again later.", seconds: 5)
        case .addressIsFull:
            return ServerCore.refusal(429, "There are too many connections from this address.", seconds: 5)
        }
        let now = MonotonicClock.now()
        return buckets.withLock { $0.take(connection.address.network, now: now) }.map { seconds in
            var refusal = ServerCore.refusal(429, "There are too many requests from this address.", seconds: seconds)
            refusal.closes = false
            return refusal
        }
    }

    private static func refusal(_ status: Int, _ detail: String, seconds: Double) -> Refusal {
        let wait = String(Int(min(max(seconds.rounded(.up), 1), 86_400)))
        return Refusal(problem: Problem(status, detail: detail), headers: [HTTPHeader("Retry-After", wait)])
    }
}
