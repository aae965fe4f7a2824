import SQLDatabase

/// The tables of a store, from version to version. What was applied once is never edited: a change is a new step.
enum StoreSchema {
    /// All steps.
    static func migrations() throws(SQLError) -> Migrations {
        try Migrations([
            Migration(
                version: 1, name: "outcomes, their aggregates and the offsets they came from",
                sqlite: outcomes(bytes: "BLOB", rowless: " WITHOUT ROWID"),
                postgres: outcomes(bytes: "BYTEA", rowless: "")),
            Migration(
                version: 2, name: "releases", sqlite: releases(bytes: "BLOB"), postgres: releases(bytes: "BYTEA")),
        ])
    }

    /// Texts are kept as bytes, since PostgreSQL's own type refuses U+0000, which JSON allows.
    private static func outcomes(bytes: String, rowless: String) -> String {
        """
        CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
        CREATE TABLE names (id BIGINT PRIMARY KEY, text \(bytes) NOT NULL);
        CREATE TABLE positions (topic_partition BIGINT PRIMARY KEY, next_offset BIGINT NOT NULL);
        CREATE TABLE counts (name TEXT PRIMARY KEY, value BIGINT NOT NULL);
        CREATE TABLE refusals (
            topic_partition BIGINT, record_offset BIGINT, path TEXT NOT NULL, expectation TEXT NOT NULL,
            PRIMARY KEY (topic_partition, record_offset));
        CREATE TABLE outcomes (
            sequence \(rowless.isEmpty ? "BIGINT" : "INTEGER") PRIMARY KEY, outcome_key \(bytes) NOT NULL UNIQUE,
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

    private static func releases(bytes: String) -> String {
        """
        CREATE TABLE releases (
            period TEXT NOT NULL, number BIGINT NOT NULL, first_month BIGINT NOT NULL, last_month BIGINT NOT NULL,
            closed_microseconds BIGINT NOT NULL, digest TEXT NOT NULL, body \(bytes) NOT NULL,
            snapshot \(bytes) NOT NULL, published_microseconds BIGINT, PRIMARY KEY (period, number));
        """
    }

    private static let part = "month BIGINT NOT NULL, department BIGINT NOT NULL, standing BIGINT NOT NULL"
    private static let partKey = "month, department, standing"
}
