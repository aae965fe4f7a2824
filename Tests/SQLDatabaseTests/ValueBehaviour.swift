import Primitives
import TestDatabases
import Testing

@testable import SQLDatabase

extension SplitMix64 {
    /// An item with values of all sorts, each NULL now and then.
    mutating func item(_ number: Int64) -> Item {
        var item = Item(number)
        item.number = onceIn(4) ? nil : onceIn(3) ? [Int64.min, .max, 0, -1][below(4)] : Int64(bitPattern: next())
        item.amount = onceIn(4) ? nil : onceIn(3) ? [0, -0.5, .infinity, 1e-300][below(4)] : Double(below(1000)) / 8
        item.label = onceIn(4) ? nil : String((0..<below(30)).compactMap { _ in element(of: Array("aé?'$1\"\\\n€😀")) })
        item.seen = onceIn(4) ? nil : onceIn(2)
        return item
    }

    mutating func items(_ count: Int) -> [Item] {
        (0..<count).map { item(Int64($0)) }
    }
}

extension Behaviour {
    static let values = [
        Behaviour("values come back as they were written, NULL and empty ones too") { test in
            let database = try test.openWithTable()
            var random = SplitMix64(seed: 1)
            var items = random.items(200)
            items[0].label = ""
            for item in items { #expect(try database.execute(Item.insert, item.values) == 1) }
            #expect(try Item.all(in: database) == items, "seed 1")
        },
        Behaviour("empty bytes are not NULL") { test in
            let database = try test.openWithTable()
            try database.execute(SQLStatement("insert", "INSERT INTO item (key) VALUES (?)"), [.bytes([])])
            #expect(try database.number("SELECT count(*) FROM item WHERE key IS NOT NULL AND length(key) = 0") == 1)
            #expect(try Item.all(in: database).map(\.key) == [[]])
        },
        Behaviour("parameters first NULL and then a value use one statement") { test in
            let database = try test.openWithTable()
            let insert = SQLStatement("insert", "INSERT INTO item (key, number) VALUES (?, ?)")
            try database.execute(insert, [.bytes([1]), .null])
            try database.execute(insert, [.bytes([2]), .integer(5)])
            try database.execute(insert, [.bytes([3]), .null])
            #expect(try Item.all(in: database).map(\.number) == [nil, 5, nil])
        },
        Behaviour("a change tells how many rows it was of") { test in
            let database = try test.openWithTable()
            for number in 0..<5 as Range<Int64> { try database.execute(Item.insert, Item(number).values) }
            let update = SQLStatement("update", "UPDATE item SET label = 'x' WHERE number < ?")
            #expect(try database.execute(update, [.integer(3)]) == 3)
            #expect(try database.execute(update, [.integer(-3)]) == 0)
            #expect(try database.execute(SQLStatement("delete", "DELETE FROM item")) == 5)
            #expect(try database.execute(SQLStatement("index", "CREATE INDEX by_number ON item (number)")) == 0)
        },
        Behaviour("a question mark in quotes is none") { test in
            let database = try test.open()
            #expect(try database.number("SELECT length('?') + ? -- ?\n /* ? */", [.integer(2)]) == 3)
        },
        Behaviour("a value of another type is an error that names the column, not the value") { test in
            let database = try test.open()
            let query = SQLStatement("pick", "SELECT 'resident', 7, NULL")
            try database.query(query) { row throws(SQLError) in
                #expect(row.count == 3)
                let errors = [
                    failure { () throws(SQLError) in try row.integer(0) },
                    failure { () throws(SQLError) in try row.text(1) },
                    failure { () throws(SQLError) in try row.bytes(1) },
                    failure { () throws(SQLError) in try row.double(2) },
                    failure { () throws(SQLError) in try row.integer(3) },
                ]
                for (error, words) in zip(errors, ["column 0", "column 1", "column 1", "found NULL", "no such column"])
                {
                    #expect(error?.kind == .statement)
                    #expect(error?.reason.contains(words) == true)
                    #expect(error?.description.contains("resident") == false)
                }
            }
        },
        Behaviour("a wrong number of parameters is our own fault") { test in
            let database = try test.open()
            let error = failure { () throws(SQLError) in try database.number("SELECT CAST(? AS BIGINT)") }
            #expect(error?.kind == .statement)
            #expect(try database.number("SELECT CAST(? AS BIGINT)", [.integer(3)]) == 3)
        },
        Behaviour("a second statement inside the rows of a query is refused") { test in
            let database = try test.open()
            var inner: SQLError?
            try database.query(SQLStatement("outer", "SELECT 1")) { _ throws(SQLError) in
                inner = failure { () throws(SQLError) in try database.number("SELECT 2") }
            }
            #expect(inner?.kind == .statement)
            #expect(try database.number("SELECT 3") == 3)
        },
        Behaviour("an error of the closure ends the query, and the connection goes on") { test in
            let database = try test.openWithTable()
            try database.insert(into: "item", Item.columns, Item.batch((0..<50).map { Item($0) }))
            var seen = 0
            let error = failure { () throws(SQLError) in
                try database.query(SQLStatement("read", "SELECT number FROM item ORDER BY number")) {
                    row throws(SQLError) in
                    seen += 1
                    if try row.integer(0) == 9 { throw SQLError(.corrupt, statement: "read", reason: "ours") }
                }
            }
            #expect(error?.reason == "ours")
            #expect(seen == 10)
            #expect(try database.number("SELECT count(*) FROM item") == 50)
        },
        Behaviour("a duplicate key is a conflict whose error tells no value") { test in
            let database = try test.openWithTable()
            var item = Item(1, label: "resident")
            item.key = Array("resident".utf8)
            try database.execute(Item.insert, item.values)
            let error = failure { () throws(SQLError) in try database.execute(Item.insert, item.values) }
            #expect(error?.kind == .conflict)
            #expect(error?.statement == "insert item")
            #expect(error?.description.contains("resident") == false)
            #expect(error?.description.contains("7265736964656e74") == false)
        },
        Behaviour("a statement that makes no sense is our own fault, and is named") { test in
            let database = try test.open()
            let error = failure { () throws(SQLError) in
                try database.execute(SQLStatement("delete all", "DELETE FROM nowhere"))
            }
            #expect(error?.kind == .statement)
            #expect(error?.description.hasPrefix("delete all: ") == true)
            #expect(error?.reason.contains("nowhere") == true)
        },
        Behaviour("more statements than are kept can be run") { test in
            let database = try test.open()
            for number in 0..<600 as Range<Int64> {
                #expect(try database.number("SELECT CAST(? AS BIGINT) + \(number)", [.integer(1)]) == number + 1)
            }
            #expect(try database.number("SELECT CAST(? AS BIGINT) + 0", [.integer(1)]) == 1)
        },
    ]
}
