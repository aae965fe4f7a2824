import CPostgres

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Opens connections to PostgreSQL.
enum PostgresConnector {
    private static let operation = "connect to the database"

    /// What holds where the URL does not say otherwise. A peer that is gone without a word is noticed within a minute.
    private static let settings: [(String, String)] = [
        ("application_name", "city-attribution"), ("keepalives_idle", "30"), ("keepalives_interval", "10"),
        ("keepalives_count", "3"), ("tcp_user_timeout", "60000"),
    ]

    /// Connects within the time that the options give, whatever number of hosts the URL names.
    static func connect(_ url: String, _ options: SQLOptions) throws(SQLError) -> OpaquePointer {
        try PostgresAddress.check(url)
        guard let connection = start(url) else {
            throw SQLError(.unavailable, statement: operation, reason: "there is no memory for a connection")
        }
        do throws(SQLError) {
            // With its code, which is told in no other way before the connection stands.
            PQsetErrorVerbosity(connection, PQERRORS_VERBOSE)
            PQsetNoticeReceiver(connection, { _, _ in }, nil)
            try finish(connection, milliseconds: options.connectTimeoutMilliseconds)
            PQsetErrorVerbosity(connection, PQERRORS_TERSE)
            return connection
        } catch {
            PQfinish(connection)
            throw error
        }
    }

    private static func start(_ url: String) -> OpaquePointer? {
        // The first to come is the first to yield: what the URL holds replaces what stands before it.
        let pairs = settings + [("dbname", url), ("client_encoding", "UTF8")]
        let names = pairs.map { strdup($0.0) }
        let values = pairs.map { strdup($0.1) }
        defer { for copy in names + values { free(copy) } }
        let keywords = names.map { UnsafePointer($0) } + [nil]
        return PQconnectStartParams(keywords, values.map { UnsafePointer($0) } + [nil], 1)
    }

    private static func finish(_ connection: OpaquePointer, milliseconds: Int) throws(SQLError) {
        let deadline = ContinuousClock.now + .milliseconds(milliseconds)
        var state = PQstatus(connection) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING
        while state != PGRES_POLLING_OK {
            guard state != PGRES_POLLING_FAILED else { throw failure(connection) }
            let left = (deadline - ContinuousClock.now) / .milliseconds(1)
            guard left > 0 else {
                throw SQLError(.unavailable, statement: operation, reason: "no answer in \(milliseconds) ms")
            }
            let events = state == PGRES_POLLING_READING ? POLLIN : POLLOUT
            var socket = pollfd(fd: PQsocket(connection), events: Int16(events), revents: 0)
            if poll(&socket, 1, Int32(clamping: Int(left.rounded(.up)))) > 0 { state = PQconnectPoll(connection) }
        }
    }

    /// What libpq says of the last host that it tried: "…FATAL:  28P01: password authentication failed for user …".
    private static func failure(_ connection: OpaquePointer) -> SQLError {
        let message = String(cString: PQerrorMessage(connection))
        for line in message.split(separator: "\n").reversed() {
            let words = line.split(separator: ":").map { $0.drop { $0 == " " } }
            for (index, word) in words.enumerated().dropFirst() where isState(word) {
                let rest = words[(index + 1)...].joined(separator: ": ")
                return SQLError(sqlState: String(word), message: rest, statement: operation)
            }
        }
        let line = message.split(separator: "\n").first.map(String.init) ?? "the connection failed"
        if let password = PQpass(connection).map({ String(cString: $0) }), !password.isEmpty, line.contains(password) {
            return SQLError(.unavailable, statement: operation, reason: "the connection failed")
        }
        return SQLError(.unavailable, statement: operation, reason: line)
    }

    private static func isState(_ word: Substring) -> Bool {
        word.utf8.count == 5
            && word.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) } && word != "FATAL"
            && word.utf8.contains { (48...57).contains($0) }
    }
}
