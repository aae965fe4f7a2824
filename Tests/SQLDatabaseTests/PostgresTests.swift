import TestDatabases
import Testing

@testable import SQLDatabase

@Suite(.needsPostgres) struct PostgresTests {
    private let test: TestDatabase

    init() throws {
        test = try TestDatabase(.postgres)
    }

    @Test func arraysAreParameters() throws {
        let database = try test.openWithTable()
        try database.insert(into: "item", Item.columns, Item.batch((0..<9).map { Item($0, label: "l\($0)") }))
        let count = "SELECT count(*) FROM item WHERE"
        #expect(try database.number("\(count) number = ANY(?)", [.integers([3, 5, 77, .min])]) == 2)
        #expect(try database.number("\(count) label = ANY(?)", [.texts(["l1", "", "né", "l2"])]) == 2)
        #expect(try database.number("\(count) key = ANY(?)", [.byteStrings([Item.key(4), []])]) == 1)
        #expect(try database.number("\(count) number = ANY(?)", [.integers([])]) == 0)
        #expect(try database.number("SELECT CAST(sum(x) AS BIGINT) FROM unnest(?) x", [.integers([1, -2, 5])]) == 4)
    }

    @Test func smallerTypesAreRead() throws {
        let database = try test.open()
        let query = SQLStatement(
            "types", "SELECT 1::int2, -2::int4, 1.5::float4, 'a'::varchar, 'b'::name, TRUE, 5::numeric")
        try database.query(query) { row throws(SQLError) in
            #expect(try row.integer(0) == 1)
            #expect(try row.integer(1) == -2)
            #expect(try row.double(2) == 1.5)
            #expect(try row.text(3) == "a")
            #expect(try row.text(4) == "b")
            #expect(try row.bool(5))
            let error = failure { () throws(SQLError) in try row.integer(6) }
            #expect(error?.reason.contains("cast it") == true)
        }
    }

    @Test func aStatementThatTakesTooLongIsEnded() throws {
        var options = SQLOptions()
        options.statementTimeoutMilliseconds = 50
        let database = try test.open(options)
        let error = failure { () throws(SQLError) in try database.execute(SQLStatement("sleep", "SELECT pg_sleep(30)"))
        }
        #expect(error?.kind == .unavailable)
        #expect(error?.code == .sqlState("57014"))
        #expect(try database.number("SELECT 1") == 1)
    }

    /// The lock of a process that stands still goes to the next one.
    @Test func aTransactionInWhichNothingIsAskedIsEnded() throws {
        let next = try test.openWithTable()
        var options = SQLOptions()
        options.idleTimeoutMilliseconds = 50
        let frozen = try test.open(options)
        let error = failure { () throws(SQLError) in
            try frozen.transaction { () throws(SQLError) in
                try frozen.execute(SQLStatement("lock", "LOCK TABLE item"))
                // This waits until the server has ended the other's transaction.
                try next.execute(Item.insert, Item(1).values)
                try frozen.execute(Item.insert, Item(2).values)
            }
        }
        #expect(error != nil)
        #expect(try next.number("SELECT count(*) FROM item") == 1)
    }

    @Test func aLostConnectionIsUnavailable() throws {
        let killer = try test.open()
        for isWithin in [false, true] {
            let database = try test.openWithTable()
            let process = try #require(try database.number("SELECT CAST(pg_backend_pid() AS BIGINT)"))
            let kill = { () throws(SQLError) -> Int64? in
                try killer.number("SELECT CAST(pg_terminate_backend(?::int, 5000)::int AS BIGINT)", [.integer(process)])
            }
            let error = failure { () throws(SQLError) in
                if isWithin {
                    try database.transaction { () throws(SQLError) in
                        try database.execute(Item.insert, Item(1).values)
                        #expect(try kill() == 1)
                    }
                } else {
                    #expect(try kill() == 1)
                    try database.insert(into: "item", Item.columns, Item.batch([Item(2)]))
                }
            }
            #expect(error?.kind == .unavailable)
            let next = failure { () throws(SQLError) in
                try database.executeEach(Item.insert, Item.batch((0..<600).map { Item($0) }))
            }
            #expect(next?.kind == .unavailable)
            #expect(try test.open().number("SELECT count(*) FROM item") == 0)
            try test.open().execute(SQLStatement("drop", "DROP TABLE item"))
        }
    }

    @Test func aWrongPasswordIsRefusedAndNotShown() throws {
        let url = try #require(TestDatabase.postgresURL)
        let wrong = url.replacing(/:[^:@\/]+@/, with: ":wrongsecret@")
        let error = failure { () throws(SQLError) in try SQLDatabase(wrong) }
        #expect(error?.kind == .refused)
        #expect(error?.code == .sqlState("28P01"))
        #expect(error?.description.contains("wrongsecret") == false)
    }

    @Test func aDatabaseThatIsNotThereIsNamed() throws {
        let url = try #require(TestDatabase.postgresURL)
        let error = failure { () throws(SQLError) in try SQLDatabase(url.replacing(/\/\w+$/, with: "/nowhere")) }
        #expect(error?.code == .sqlState("3D000"))
        #expect(error?.reason.contains("nowhere") == true)
    }

    @Test func aValueThatIsRefusedIsNotTold() throws {
        let database = try test.open()
        let cast = failure { () throws(SQLError) in
            try database.number("SELECT CAST(CAST(? AS TEXT) AS BIGINT)", [.text("resident")])
        }
        #expect(cast?.code == .sqlState("22P02"))
        #expect(cast?.description.contains("resident") == false)
        let raised = failure { () throws(SQLError) in
            try database.execute(SQLStatement("raise", "DO $$ BEGIN RAISE EXCEPTION 'resident ?'; END $$"))
        }
        #expect(raised?.code == .sqlState("P0001"))
        #expect(raised?.description.contains("resident") == false)
    }

    @Test func aTextWithANullCharacterIsRefused() throws {
        let database = try test.openWithTable()
        let items = [Item(1, label: "resi\0dent")]
        let errors = [
            failure { () throws(SQLError) in try database.execute(Item.insert, items[0].values) },
            failure { () throws(SQLError) in
                try database.insert(into: "item", Item.columns, Item.batch(items))
                return 0
            },
        ]
        for error in errors {
            #expect(error?.kind == .statement)
            #expect(error?.description.contains("resi") == false)
        }
        #expect(try database.number("SELECT count(*) FROM item") == 0)
    }

    @Test func aColumnOfAnotherTypeThanTheBatchIsRefused() throws {
        let database = try test.open()
        try database.execute(SQLStatement("create", "CREATE TABLE narrow (n INT)"))
        var batch = RowBatch([.integer])
        batch.append(integer: 1)
        let error = failure { () throws(SQLError) in try database.insert(into: "narrow", ["n"], batch) }
        #expect(error?.kind == .statement)
        // The type that the server finds for a parameter that was NULL at first is narrow as well.
        let insert = SQLStatement("insert", "INSERT INTO narrow VALUES (?)")
        #expect(try database.execute(insert, [.null]) == 1)
        #expect(try database.execute(insert, [.integer(1)]) == 1)
        #expect(try database.number("SELECT sum(n) FROM narrow") == 1)
    }

    @Test func aRowThatFailsACheckIsNotTold() throws {
        let database = try test.open()
        try database.execute(
            SQLStatement("create", "CREATE TABLE t (a TEXT, n BIGINT CONSTRAINT small CHECK (n < 5))"))
        var batch = RowBatch([.text, .integer])
        batch.append(text: "resident")
        batch.append(integer: 9)
        let error = failure { () throws(SQLError) in try database.insert(into: "t", ["a", "n"], batch) }
        #expect(error?.kind == .statement)
        #expect(error?.reason.contains("small") == true)
        #expect(error?.description.contains("resident") == false)
    }

    @Test func aConflictOfSerializableTransactionsIsAConflict() throws {
        let first = try test.openWithTable()
        let second = try test.open()
        try first.execute(Item.insert, Item(1).values)
        let update = SQLStatement("update", "UPDATE item SET label = 'x'")
        let error = failure { () throws(SQLError) in
            try first.transaction(.repeatableRead) { () throws(SQLError) in
                _ = try first.number("SELECT count(*) FROM item")
                try second.execute(update)
                try first.execute(update)
            }
        }
        #expect(error?.kind == .conflict)
        #expect(error?.code == .sqlState("40001"))
    }
}
