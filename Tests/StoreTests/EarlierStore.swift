import Indicators
import Primitives
import SQLDatabase
import TestDatabases
import TestRecords
import Testing

@testable import Store

/// Stores as earlier versions of this program made them.
enum EarlierStore {
    /// Makes one that has read the first records of a topic.
    ///
    /// Its rows are those that this program makes of the records, put into the tables of that version: all of them were
    /// there in version 1, with the same columns, but for the releases.
    static func make(_ version: Int64, in test: TestDatabase, _ topic: TestTopic, count: Int) throws {
        let steps = [firstVersion(test.product), secondVersion(test.product)].prefix(Int(version)).enumerated().map {
            index, sql in
            Migration(version: Int64(index + 1), name: names[index], sqlite: sql, postgres: sql)
        }
        let database = try test.open()
        #expect(try Migrations(Array(steps)).apply(to: database, timeMilliseconds: 1) == Array(1...version))
        let source = try TestDatabase(.sqlite)
        try source.openStore().take(topic, 0..<count)
        let rows = try source.open()
        for (table, columns) in tables { try copy(table, columns, from: rows, to: database) }
        guard version >= 2 else { return }
        try database.execute(
            SQLStatement(
                "add a release",
                """
                INSERT INTO releases (
                    period, number, first_month, last_month, closed_microseconds, digest, body, snapshot)
                VALUES (?, 1, 24312, 24314, 1, ?, ?, ?)
                """),
            [.text("2026-Q1"), .text("00"), .bytes([0x7b, 0x7d]), .bytes([0x7b, 0x7d])])
    }

    /// Copies all rows of a table.
    private static func copy(
        _ table: String, _ columns: [(name: String, type: SQLType)], from source: SQLDatabase, to target: SQLDatabase
    ) throws {
        var batch = RowBatch(columns.map(\.type))
        let list = columns.map(\.name).joined(separator: ", ")
        try source.query(SQLStatement("read \(table)", "SELECT \(list) FROM \(table)")) { row throws(SQLError) in
            for (index, column) in columns.enumerated() {
                switch column.type {
                case _ where row.isNull(index): batch.appendNull()
                case .integer: batch.append(integer: try row.integer(index))
                case .text: batch.append(text: try row.text(index))
                default: batch.append(bytes: try row.bytes(index))
                }
            }
        }
        try target.insert(into: table, columns.map(\.name), batch)
    }

    private static func integers(_ names: String) -> [(name: String, type: SQLType)] {
        names.split(separator: " ").map { (String($0), .integer) }
    }

    private static let tables: [(String, [(name: String, type: SQLType)])] = [
        ("facts", [("name", .text), ("value", .text)]), ("names", [("id", .integer), ("text", .bytes)]),
        ("positions", integers("topic_partition next_offset")), ("counts", [("name", .text), ("value", .integer)]),
        ("refusals", integers("topic_partition record_offset") + [("path", .text), ("expectation", .text)]),
        (
            "outcomes",
            integers("sequence") + [("outcome_key", .bytes)] + integers("revision topic_partition record_offset")
                + [("record", .bytes)]
        ),
        (
            "cells",
            integers(
                """
                month department standing aspect value outcomes people outcomes_with_people exposed people_with_groups \
                usd_cents outcomes_with_money domestic_basis_points
                """)
        ),
        (
            "credit",
            integers(
                """
                month department standing connections connection basis_points grant_cents in_kind_cents on_one_origin
                """)
        ),
        ("people_of_groups", integers("month department standing people_group people")),
        ("days", integers("connection department day outcomes")),
        ("evidence", integers("month department connection kind outcomes")),
        ("versions", integers("month versions outcomes")),
    ]

    private static let names = ["outcomes, their aggregates and the offsets they came from", "releases"]
}

/// What version 1 was.
private func firstVersion(_ product: SQLDatabase.Product) -> String {
    let isLite = product == .sqlite
    let (bytes, rowless) = isLite ? ("BLOB", " WITHOUT ROWID") : ("BYTEA", "")
    let part = "month BIGINT NOT NULL, department BIGINT NOT NULL, standing BIGINT NOT NULL"
    let partKey = "month, department, standing"
    return """
        CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
        CREATE TABLE names (id BIGINT PRIMARY KEY, text \(bytes) NOT NULL);
        CREATE TABLE positions (topic_partition BIGINT PRIMARY KEY, next_offset BIGINT NOT NULL);
        CREATE TABLE counts (name TEXT PRIMARY KEY, value BIGINT NOT NULL);
        CREATE TABLE refusals (
            topic_partition BIGINT, record_offset BIGINT, path TEXT NOT NULL, expectation TEXT NOT NULL,
            PRIMARY KEY (topic_partition, record_offset));
        CREATE TABLE outcomes (
            sequence \(isLite ? "INTEGER" : "BIGINT") PRIMARY KEY, outcome_key \(bytes) NOT NULL UNIQUE,
            revision BIGINT, topic_partition BIGINT NOT NULL, record_offset BIGINT NOT NULL, record \(bytes) NOT NULL);
        CREATE TABLE cells (
            \(part), aspect BIGINT NOT NULL, value BIGINT NOT NULL,
            outcomes BIGINT NOT NULL, people BIGINT NOT NULL, outcomes_with_people BIGINT NOT NULL,
            exposed BIGINT NOT NULL, people_with_groups BIGINT NOT NULL, usd_cents BIGINT NOT NULL,
            outcomes_with_money BIGINT NOT NULL, domestic_basis_points BIGINT NOT NULL,
            PRIMARY KEY (\(partKey), aspect, value))\(rowless);
        CREATE TABLE credit (
            \(part), connections BIGINT NOT NULL, connection BIGINT NOT NULL,
            basis_points BIGINT NOT NULL, grant_cents BIGINT NOT NULL,
            in_kind_cents BIGINT NOT NULL, on_one_origin BIGINT NOT NULL,
            PRIMARY KEY (\(partKey), connections, connection))\(rowless);
        CREATE TABLE people_of_groups (
            \(part), people_group BIGINT NOT NULL, people BIGINT NOT NULL,
            PRIMARY KEY (\(partKey), people_group))\(rowless);
        CREATE TABLE days (
            connection BIGINT NOT NULL, department BIGINT NOT NULL, day BIGINT NOT NULL, outcomes BIGINT NOT NULL,
            PRIMARY KEY (connection, department, day))\(rowless);
        CREATE TABLE evidence (
            month BIGINT NOT NULL, department BIGINT NOT NULL, connection BIGINT NOT NULL, kind BIGINT NOT NULL,
            outcomes BIGINT NOT NULL, PRIMARY KEY (month, department, connection, kind))\(rowless);
        CREATE TABLE versions (
            month BIGINT NOT NULL, versions BIGINT NOT NULL, outcomes BIGINT NOT NULL,
            PRIMARY KEY (month, versions))\(rowless);
        """
}

/// What version 2 added.
private func secondVersion(_ product: SQLDatabase.Product) -> String {
    let bytes = product == .sqlite ? "BLOB" : "BYTEA"
    return """
        CREATE TABLE releases (
            period TEXT NOT NULL, number BIGINT NOT NULL, first_month BIGINT NOT NULL, last_month BIGINT NOT NULL,
            closed_microseconds BIGINT NOT NULL, digest TEXT NOT NULL, body \(bytes) NOT NULL,
            snapshot \(bytes) NOT NULL, published_microseconds BIGINT, PRIMARY KEY (period, number));
        """
}
