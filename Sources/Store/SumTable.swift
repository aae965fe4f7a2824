import SQLDatabase

/// A table of sums by some columns: what is added to a row that is there adds up.
struct SumTable {
    /// Its name.
    let name: String
    /// What tells its rows apart.
    let keys: [String]
    /// What adds up.
    let sums: [String]

    /// A batch for changes to it.
    func batch() -> RowBatch {
        RowBatch([SQLType](repeating: .integer, count: keys.count + sums.count))
    }

    /// Adds a row of changes; a new row where there was none.
    var addition: SQLStatement {
        let columns = keys + sums
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let sets = sums.map { "\($0) = \(name).\($0) + excluded.\($0)" }.joined(separator: ", ")
        return SQLStatement(
            "add to \(name)",
            """
            INSERT INTO \(name) (\(columns.joined(separator: ", "))) VALUES (\(marks))
            ON CONFLICT (\(keys.joined(separator: ", "))) DO UPDATE SET \(sets)
            """)
    }

    /// Reads rows, the columns of keys first, then the sums.
    /// - Parameter condition: what follows `WHERE`, with `?` for values.
    func reading(where condition: String) -> SQLStatement {
        let columns = (keys + sums).joined(separator: ", ")
        return SQLStatement("read \(name)", "SELECT \(columns) FROM \(name) WHERE \(condition)")
    }

    private static let part = ["month", "department", "standing"]

    static let cells = SumTable(
        name: "cells", keys: part + ["aspect", "value"],
        sums: [
            "outcomes", "people", "outcomes_with_people", "exposed", "people_with_groups", "usd_cents",
            "outcomes_with_money", "domestic_basis_points",
        ])
    static let credit = SumTable(
        name: "credit", keys: part + ["connections", "connection"],
        sums: ["basis_points", "grant_cents", "in_kind_cents", "on_one_origin"])
    static let groups = SumTable(name: "people_of_groups", keys: part + ["people_group"], sums: ["people"])
    static let days = SumTable(name: "days", keys: ["connection", "department", "day"], sums: ["outcomes"])
    static let evidence = SumTable(
        name: "evidence", keys: ["month", "department", "connection", "kind"], sums: ["outcomes"])
    static let versions = SumTable(name: "versions", keys: ["month", "versions"], sums: ["outcomes"])
}
