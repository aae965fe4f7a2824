import TestDatabases
import Testing

@testable import SQLDatabase

private func step(_ version: Int64, _ sql: String) -> Migration {
    Migration(version: version, name: "step \(version)", sqlite: sql, postgres: sql)
}

private let steps = [
    step(1, "CREATE TABLE a (x BIGINT); INSERT INTO a VALUES (1)"), step(2, "ALTER TABLE a ADD COLUMN y BIGINT"),
    step(5, "CREATE TABLE b (z BIGINT); -- the last of them ?"),
]

extension Behaviour {
    static let migrations = [
        Behaviour("migrations are applied once, in order, with their time") { test in
            let database = try test.open()
            #expect(try Migrations(Array(steps.prefix(2))).apply(to: database, timeMilliseconds: 10) == [1, 2])
            #expect(try Migrations(steps).apply(to: database, timeMilliseconds: 20) == [5])
            #expect(try Migrations(steps).apply(to: database, timeMilliseconds: 30) == [])
            #expect(try database.number("SELECT count(*) FROM a WHERE y IS NULL") == 1)
            let times = "SELECT CAST(sum(applied_milliseconds) AS BIGINT) FROM schema_migrations"
            #expect(try database.number(times) == 40)
            let names = "SELECT count(*) FROM schema_migrations WHERE name = ? AND length(checksum) = 64"
            #expect(try database.number(names, [.text("step 5")]) == 1)
        },
        Behaviour("a migration that fails leaves the version before it, whole") { test in
            let database = try test.open()
            let broken = steps.prefix(2) + [step(3, "CREATE TABLE c (x BIGINT); INSERT INTO nowhere VALUES (1)")]
            let error = failure { () throws(SQLError) in
                try Migrations(Array(broken)).apply(to: database, timeMilliseconds: 0)
            }
            #expect(error?.kind == .statement)
            #expect(error?.statement == "migration 3, step 3")
            #expect(try database.number("SELECT max(version) FROM schema_migrations") == 2)
            #expect(failure { () throws(SQLError) in try database.number("SELECT count(*) FROM c") } != nil)
        },
        Behaviour("a database of a newer version is refused") { test in
            let database = try test.open()
            _ = try Migrations(steps).apply(to: database, timeMilliseconds: 0)
            let error = failure { () throws(SQLError) in
                try Migrations(Array(steps.prefix(2))).apply(to: database, timeMilliseconds: 0)
            }
            #expect(error?.kind == .statement)
            #expect(error?.reason == "the database has version 5, newest known is 2: run a newer program")
        },
        Behaviour("a migration that was changed after it was applied is refused") { test in
            let database = try test.open()
            _ = try Migrations(steps).apply(to: database, timeMilliseconds: 0)
            let changed = [steps[0], step(2, "ALTER TABLE a ADD COLUMN w BIGINT"), steps[2], step(6, "SELECT 1")]
            let error = failure { () throws(SQLError) in
                try Migrations(changed).apply(to: database, timeMilliseconds: 0)
            }
            #expect(error?.reason == "version 2 was applied with other statements: restore them")
            #expect(try database.number("SELECT max(version) FROM schema_migrations") == 5)
        },
        Behaviour("a migration that was put before one that was applied is refused") { test in
            let database = try test.open()
            _ = try Migrations([steps[0], steps[2]]).apply(to: database, timeMilliseconds: 0)
            let error = failure { () throws(SQLError) in try Migrations(steps).apply(to: database, timeMilliseconds: 0)
            }
            #expect(error?.reason == "the database has version 5 where 2 was expected")
        },
        Behaviour("a migration that ends its transaction is refused") { test in
            let database = try test.open()
            let error = failure { () throws(SQLError) in
                try Migrations([step(1, "CREATE TABLE d (x BIGINT); COMMIT")]).apply(to: database, timeMilliseconds: 0)
            }
            #expect(error?.reason.hasPrefix("it ended the transaction") == true)
            #expect(try database.number("SELECT count(*) FROM schema_migrations") == 0)
        },
        Behaviour("versions must ascend") { _ in
            let error = failure { () throws(SQLError) in try Migrations([steps[1], steps[0]]) }
            #expect(error?.kind == .statement)
        },
        Behaviour("of connections that migrate at once, each migration is applied by one") { test in
            let address = test.address
            let workers = (0..<6).map { _ in
                OwnThread { () throws(SQLError) -> [Int64] in
                    var options = SQLOptions()
                    options.lockTimeoutMilliseconds = 30_000
                    let database = try SQLDatabase(address, options)
                    return try Migrations(steps).apply(to: database, timeMilliseconds: 0)
                }
            }
            let applied = try workers.flatMap { worker in try worker.result().get() }
            #expect(applied.sorted() == [1, 2, 5])
            #expect(try test.open().number("SELECT count(*) FROM a") == 1)
        },
    ]
}
