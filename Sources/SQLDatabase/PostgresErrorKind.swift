extension SQLError.Kind {
    /// The kind of an SQLSTATE (PostgreSQL's manual, appendix A).
    init(sqlState state: String) {
        switch state {
        case "40001", "40P01", "23505", "23P01", "55P03": self = .conflict
        case "53100": self = .full
        case "XX001", "XX002": self = .corrupt
        case "42501", "25006": self = .refused
        // A protocol violation is what the server calls a wrong number of parameters.
        case "08P01": self = .statement
        default:
            switch state.prefix(2) {
            case "08", "53", "57", "58": self = .unavailable
            case "28": self = .refused
            default: self = .statement
            }
        }
    }
}

extension SQLError {
    /// An error that PostgreSQL reported.
    ///
    /// The fields DETAIL and CONTEXT quote rows; the primary message does so in the classes that are not listed here,
    /// such as 22 (data exception) and P0 (a message raised in PL/pgSQL).
    init(sqlState state: String, message: String, constraint: String? = nil, statement: String) {
        let quotesNoData = [
            "08", "0A", "21", "23", "25", "26", "28", "3D", "3F", "40", "42", "53", "54", "55", "57", "58", "XX",
        ]
        let told = quotesNoData.contains { state.hasPrefix($0) }
        var reason = told ? message : "the database refused a value"
        if let constraint, !reason.contains(constraint) { reason += " (\(constraint))" }
        self.init(Kind(sqlState: state), code: .sqlState(state), statement: statement, reason: reason)
    }

    /// A connection that broke off.
    static func lost(statement: String) -> SQLError {
        SQLError(.unavailable, code: .sqlState("08006"), statement: statement, reason: "the connection was lost")
    }
}
