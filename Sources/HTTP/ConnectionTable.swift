/// The connections that there are, what each is at, and since when: decides who is let in and whose time is up.
struct ConnectionTable: Sendable {
    /// How a connection is received.
    enum Admission: Hashable, Sendable {
        case served
        /// There are too many in all: its request is answered with 503.
        case serverIsFull
        /// There are too many of its address: its request is answered with 429.
        case addressIsFull
    }

    /// What a connection is at.
    enum Phase: Hashable, Sendable {
        /// The first request has not come.
        case fresh
        /// A request's head is coming.
        case head
        /// A request's body is coming.
        case body
        /// The handler is at work.
        case handling
        /// The response is on its way.
        case sending
        /// A response has gone, and the next request has not come.
        case idle
    }

    /// A connection whose time is up.
    struct Overdue: Hashable, Sendable {
        let descriptor: Int32
        /// Whether the client was sending a request and is told so.
        let deservesAnswer: Bool
    }

    private struct Entry: Sendable {
        let descriptor: Int32
        let network: ClientAddress
        let admission: Admission
        var phase = Phase.fresh
        var since: Int64
        var isCut = false
    }

    private struct Tally: Sendable {
        var served = 0
        var refused = 0
    }

    /// How many connections of one address, and of all, may wait for a refusal at the same time; more are closed.
    static let refusedPerAddress = 8
    static let refusedInAll = 64

    private let limits: HTTPLimits
    private var entries: [Int: Entry] = [:]
    private var tallies: [ClientAddress: Tally] = [:]
    private var whole = Tally()
    private var lastID = 0
    /// Whether the server is about to stop, and every response ends its connection.
    private(set) var isStopping = false

    init(_ limits: HTTPLimits) {
        self.limits = limits
    }

    /// The connections with a request to be answered.
    var busyCount: Int { entries.values.count { [.body, .handling, .sending].contains($0.phase) } }

    /// Whether a connection may be opened, be it for a refusal.
    func accepts(_ address: ClientAddress) -> Bool {
        admission(of: address.network) == .served
            || whole.refused < ConnectionTable.refusedInAll
                && (tallies[address.network]?.refused ?? 0) < ConnectionTable.refusedPerAddress
    }

    /// Enters a connection.
    mutating func open(_ descriptor: Int32, _ address: ClientAddress, now: Int64) -> (id: Int, admission: Admission) {
        let network = address.network
        let admission = admission(of: network)
        var tally = tallies[network] ?? Tally()
        count(admission, by: 1, &tally)
        tallies[network] = tally
        lastID += 1
        entries[lastID] = Entry(descriptor: descriptor, network: network, admission: admission, since: now)
        return (lastID, admission)
    }

    private func admission(of network: ClientAddress) -> Admission {
        if (tallies[network]?.served ?? 0) >= limits.connectionsPerAddress { return .addressIsFull }
        return whole.served >= limits.connections ? .serverIsFull : .served
    }

    /// Notes what a connection is at. A fresh connection's first head has been coming since it was opened.
    mutating func enter(_ phase: Phase, _ id: Int, now: Int64) {
        guard let entry = entries[id] else { return }
        if entry.phase != .fresh || phase != .head { entries[id]?.since = now }
        entries[id]?.phase = phase
    }

    /// Removes a connection. Its descriptor is not touched from here on.
    mutating func close(_ id: Int) {
        guard let entry = entries.removeValue(forKey: id), var tally = tallies[entry.network] else { return }
        count(entry.admission, by: -1, &tally)
        tallies[entry.network] = tally.served + tally.refused > 0 ? tally : nil
    }

    /// Begins to stop.
    mutating func stop() {
        isStopping = true
    }

    /// The connections whose time is up; each is named once.
    mutating func takeOverdue(now: Int64) -> [Overdue] {
        let ids = entries.filter { !$0.value.isCut && isOverdue($0.value, now) }.keys.sorted()
        return ids.compactMap { id in
            entries[id]?.isCut = true
            return entries[id].map {
                Overdue(descriptor: $0.descriptor, deservesAnswer: [.fresh, .head, .body].contains($0.phase))
            }
        }
    }

    private func isOverdue(_ entry: Entry, _ now: Int64) -> Bool {
        let seconds: Double? =
            switch entry.phase {
            case .fresh, .head, .body: limits.requestSeconds
            case .handling: nil
            case .sending: limits.sendSeconds
            case .idle: limits.idleSeconds
            }
        return seconds.map { Double(now - entry.since) / 1e9 > $0 } ?? false
    }

    private mutating func count(_ admission: Admission, by change: Int, _ tally: inout Tally) {
        if admission == .served {
            tally.served += change
            whole.served += change
        } else {
            tally.refused += change
            whole.refused += change
        }
    }
}
