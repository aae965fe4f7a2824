import CPostgres

/// Reads a URL of libpq only to refuse one whose errors could show the password.
///
/// A character that should be percent-encoded moves the end of the password into the host, the port or the name of
/// the database, which libpq quotes in what it says.
enum PostgresAddress {
    static func check(_ url: String) throws(SQLError) {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(url, &message) else {
            PQfreemem(message)
            throw refused("expected a connection URL of libpq: postgresql://USER@HOST:PORT/DATABASE?OPTION=VALUE")
        }
        defer { PQconninfoFree(options) }
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val.map({ String(cString: $0) }) {
                try check(String(cString: keyword), value)
            }
            option += 1
        }
    }

    private static func check(_ keyword: String, _ value: String) throws(SQLError) {
        let isPlausible =
            switch keyword {
            case "host", "dbname": !value.contains("@")
            case "port": value.utf8.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ",") }
            case "user": !value.contains(":") && !value.contains("/")
            default: true
            }
        guard isPlausible else {
            throw refused("the \(keyword) looks wrong: percent-encode what is special in user and password")
        }
    }

    private static func refused(_ reason: String) -> SQLError {
        SQLError(.statement, statement: "read the database's URL", reason: reason)
    }
}
