import TestDatabases
import Testing

@testable import SQLDatabase

private let ours = SQLError(.statement, statement: "test", reason: "ours")

extension Behaviour {
    static let transactions = [
        Behaviour("a transaction is committed as a whole, or undone where it throws") { test in
            let database = try test.openWithTable()
            let result = try database.transaction { () throws(SQLError) in
                try database.execute(Item.insert, Item(1).values)
                try database.insert(into: "item", Item.columns, Item.batch([Item(2), Item(3)]))
                return 7
            }
            #expect(result == 7)
            let error = failure { () throws(SQLError) in
                try database.transaction { () throws(SQLError) in
                    try database.execute(Item.insert, Item(4).values)
                    try database.executeEach(Item.insert, Item.batch([Item(5)]))
                    throw ours
                }
            }
            #expect(error == ours)
            #expect(try Item.all(in: database).map(\.number) == [1, 2, 3])
        },
        Behaviour("a transaction in which an error was passed over cannot be committed") { test in
            let database = try test.openWithTable()
            try database.execute(Item.insert, Item(1).values)
            var later: SQLError?
            let error = failure { () throws(SQLError) in
                try database.transaction { () throws(SQLError) in
                    try database.execute(Item.insert, Item(2).values)
                    _ = failure { () throws(SQLError) in try database.execute(Item.insert, Item(1).values) }
                    later = failure { () throws(SQLError) in try database.execute(Item.insert, Item(3).values) }
                }
            }
            #expect(error?.kind == .statement)
            #expect(later?.kind == .statement)
            #expect(try Item.all(in: database).map(\.number) == [1])
        },
        Behaviour("a transaction within another is refused") { test in
            let database = try test.openWithTable()
            try database.transaction { () throws(SQLError) in
                let inner = failure { () throws(SQLError) in try database.transaction { () throws(SQLError) in } }
                #expect(inner?.kind == .statement)
                let snapshot = failure { () throws(SQLError) in try database.snapshot { () throws(SQLError) in } }
                #expect(snapshot?.kind == .statement)
                try database.execute(Item.insert, Item(1).values)
            }
            #expect(try Item.all(in: database).count == 1)
        },
        Behaviour("a snapshot sees one state while another connection writes") { test in
            let writer = try test.openWithTable()
            let reader = try test.open(SQLOptions(access: .readOnly))
            try writer.execute(Item.insert, Item(1).values)
            try reader.snapshot { () throws(SQLError) in
                #expect(try reader.number("SELECT count(*) FROM item") == 1)
                try writer.execute(Item.insert, Item(2).values)
                #expect(try reader.number("SELECT count(*) FROM item") == 1)
            }
            #expect(try reader.number("SELECT count(*) FROM item") == 2)
        },
        Behaviour("a snapshot cannot write, and its connection can afterwards") { test in
            let database = try test.openWithTable()
            let error = failure { () throws(SQLError) in
                try database.snapshot { () throws(SQLError) in try database.execute(Item.insert, Item(1).values) }
            }
            #expect(error?.kind == .refused)
            try database.execute(Item.insert, Item(2).values)
            #expect(try Item.all(in: database).map(\.number) == [2])
        },
        Behaviour("a reader cannot write") { test in
            _ = try test.openWithTable()
            let reader = try test.open(SQLOptions(access: .readOnly))
            let error = failure { () throws(SQLError) in try reader.execute(Item.insert, Item(1).values) }
            #expect(error?.kind == .refused)
            #expect(try reader.number("SELECT count(*) FROM item") == 0)
        },
        Behaviour("a lock that is not let go is a conflict") { test in
            let first = try test.openWithTable()
            try first.execute(Item.insert, Item(1).values)
            var options = SQLOptions()
            options.lockTimeoutMilliseconds = 50
            let second = try test.open(options)
            let update = SQLStatement("update", "UPDATE item SET label = 'x'")
            try first.transaction { () throws(SQLError) in
                try first.execute(update)
                let error = failure { () throws(SQLError) in
                    try second.transaction { () throws(SQLError) in try second.execute(update) }
                }
                #expect(error?.kind == .conflict)
            }
            #expect(try second.execute(update) == 1)
        },
        Behaviour("what is written with less durability is there too") { test in
            var options = SQLOptions()
            options.durability = .normal
            _ = try test.openWithTable()
            try test.open(options).execute(Item.insert, Item(1).values)
            #expect(try Item.all(in: test.open()).count == 1)
        },
    ]
}
