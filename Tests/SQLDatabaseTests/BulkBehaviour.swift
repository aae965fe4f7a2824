import Primitives
import TestDatabases
import Testing

@testable import SQLDatabase

extension Behaviour {
    static let bulk = [
        Behaviour("a batch of rows comes back as it was written") { test in
            let database = try test.openWithTable()
            var random = SplitMix64(seed: 2)
            let items = random.items(3000)
            try database.insert(into: "item", Item.columns, Item.batch(items))
            #expect(try Item.all(in: database) == items, "seed 2")
        },
        Behaviour("a batch larger than one message comes back as it was written") { test in
            let database = try test.openWithTable()
            let items = (0..<20).map { Item($0, label: String(repeating: "long\($0)", count: 20_000)) }
            try database.insert(into: "item", Item.columns, Item.batch(items))
            #expect(try Item.all(in: database) == items)
        },
        Behaviour("a batch of which one row is refused leaves none") { test in
            let database = try test.openWithTable()
            try database.execute(Item.insert, Item(500).values)
            let error = failure { () throws(SQLError) in
                try database.insert(
                    into: "item", Item.columns, Item.batch((0..<1000).map { Item($0, label: "secret") }))
            }
            #expect(error?.kind == .conflict)
            #expect(error?.statement == "insert into item")
            #expect(error?.description.contains("secret") == false)
            #expect(try database.number("SELECT count(*) FROM item") == 1)
        },
        Behaviour("a batch that was filled wrongly is refused before the database is asked") { test in
            let database = try test.openWithTable()
            var mistyped = RowBatch([.bytes, .integer])
            mistyped.append(text: "secret")
            mistyped.append(integer: 1)
            var unfinished = RowBatch([.bytes, .integer])
            unfinished.append(bytes: [1])
            let errors = [
                failure { () throws(SQLError) in try database.insert(into: "item", ["key", "number"], mistyped) },
                failure { () throws(SQLError) in try database.insert(into: "item", ["key", "number"], unfinished) },
                failure { () throws(SQLError) in try database.insert(into: "item", ["key"], RowBatch(Item.types)) },
                failure { () throws(SQLError) in try database.insert(into: "item", [], RowBatch([])) },
            ]
            let words = ["expected bytes, found text", "ends after 1", "expected 1 columns, found 5", "1 to 32767"]
            for (error, words) in zip(errors, words) {
                #expect(error?.kind == .statement)
                #expect(error?.reason.contains(words) == true)
            }
            mistyped.clear()
            mistyped.append(bytes: [1])
            mistyped.append(integer: 1)
            try database.insert(into: "item", ["key", "number"], mistyped)
            #expect(try database.number("SELECT count(*) FROM item") == 1)
        },
        Behaviour("an empty batch changes nothing") { test in
            let database = try test.openWithTable()
            try database.insert(into: "item", Item.columns, RowBatch(Item.types))
            #expect(try database.executeEach(Item.insert, RowBatch(Item.types)) == 0)
            #expect(try database.number("SELECT count(*) FROM item") == 0)
        },
        Behaviour("a statement runs once for each row of a batch") { test in
            let database = try test.openWithTable()
            let upsert = SQLStatement(
                "upsert",
                """
                INSERT INTO item VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (key) DO UPDATE SET label = excluded.label WHERE item.label <> excluded.label
                """)
            let first = Item.batch((0..<1000).map { Item($0, label: "a") })
            #expect(try database.executeEach(upsert, first) == 1000)
            #expect(try database.executeEach(upsert, first) == 0)
            let second = Item.batch((900..<1100).map { Item($0, label: "b") })
            #expect(try database.executeEach(upsert, second) == 200)
            #expect(try database.number("SELECT count(*) FROM item WHERE label = 'b'") == 200)
        },
        Behaviour("a statement that fails for one row of a batch leaves no trace of the others") { test in
            let database = try test.openWithTable()
            try database.execute(Item.insert, Item(700).values)
            let error = failure { () throws(SQLError) in
                try database.executeEach(Item.insert, Item.batch((0..<1000).map { Item($0) }))
            }
            #expect(error?.kind == .conflict)
            #expect(try database.number("SELECT count(*) FROM item") == 1)
            #expect(try database.executeEach(Item.insert, Item.batch([Item(1)])) == 1)
        },
        Behaviour("a look-up finds what is there, each key once") { test in
            let database = try test.openWithTable()
            try database.insert(into: "item", Item.columns, Item.batch((0..<10_000).map { Item($0 * 3) }))
            var random = SplitMix64(seed: 3)
            let asked = (0..<9000).map { _ in Int64(random.below(40_000)) }
            let keys = asked.flatMap { Item.key($0) }
            var found: [Int64] = []
            try keys.withUnsafeBytes { keys in
                try database.lookUp(["number"], from: "item", by: "key", keys) { row throws(SQLError) in
                    let number = try row.integer(1)
                    #expect(Array(try row.bytes(0)) == Item.key(number))
                    found.append(number)
                }
            }
            #expect(found.sorted() == Set(asked).filter { $0 % 3 == 0 && $0 < 30_000 }.sorted(), "seed 3")
        },
        Behaviour("a look-up of no key finds nothing, and one of half a key is refused") { test in
            let database = try test.openWithTable()
            try database.execute(Item.insert, Item(1).values)
            var found = 0
            try database.lookUp(["number"], from: "item", by: "key", UnsafeRawBufferPointer(start: nil, count: 0)) {
                _ in found += 1
            }
            #expect(found == 0)
            let error = [UInt8](repeating: 0, count: 24).withUnsafeBytes { keys in
                failure { () throws(SQLError) in
                    try database.lookUp(["number"], from: "item", by: "key", keys) { _ in }
                }
            }
            #expect(error?.kind == .statement)
        },
        Behaviour("names of tables and columns are quoted") { test in
            let database = try test.open()
            try database.execute(SQLStatement("create", #"CREATE TABLE "odd ""table" ("select" BIGINT)"#))
            var batch = RowBatch([.integer])
            batch.append(integer: 4)
            try database.insert(into: #"odd "table"#, ["select"], batch)
            #expect(try database.number(#"SELECT "select" FROM "odd ""table""#) == 4)
        },
    ]
}
