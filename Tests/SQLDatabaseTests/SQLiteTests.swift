import FoundationEssentials
import TestDatabases
import Testing

@testable import SQLDatabase

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

@Suite struct SQLiteTests {
    private let test: TestDatabase

    init() throws {
        test = try TestDatabase(.sqlite)
    }

    private func mode(_ path: String) -> mode_t {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    @Test func theFilesBelongToTheirOwnerAlone() throws {
        let database = try test.openWithTable()
        try database.execute(Item.insert, Item(1).values)
        for suffix in ["", "-wal", "-shm"] { #expect(mode(test.path + suffix) == 0o600, "\(suffix)") }
    }

    @Test func aFileThatOthersCouldReadIsTakenFromThem() throws {
        let first = try test.openWithTable()
        for suffix in ["", "-wal", "-shm"] { chmod(test.path + suffix, 0o644) }
        let second = try test.open(SQLOptions(access: .readOnly))
        for suffix in ["", "-wal", "-shm"] { #expect(mode(test.path + suffix) == 0o600, "\(suffix)") }
        #expect(try second.number("SELECT count(*) FROM item") == 0)
        try first.execute(Item.insert, Item(1).values)
    }

    @Test func theSettingsHold() throws {
        var options = SQLOptions()
        options.cacheBytes = 8 << 20
        options.lockTimeoutMilliseconds = 1234
        let full = try test.open(options)
        #expect(try full.number("PRAGMA synchronous") == 2)
        #expect(try full.number("PRAGMA foreign_keys") == 1)
        #expect(try full.number("PRAGMA cache_size") == -8192)
        #expect(try full.number("PRAGMA busy_timeout") == 1234)
        options.durability = .normal
        #expect(try test.open(options).number("PRAGMA synchronous") == 1)
        var journal = ""
        try full.query(SQLStatement("journal", "PRAGMA journal_mode")) { row throws(SQLError) in
            journal = try row.text(0)
        }
        #expect(journal == "wal")
    }

    @Test func aBarePathAndMemoryAreDatabasesToo() throws {
        #expect(try SQLDatabase(test.path).number("SELECT 1") == 1)
        #expect(try SQLDatabase(":memory:").number("SELECT 1") == 1)
        #expect(!FileManager.default.fileExists(atPath: ":memory:"))
        #expect(failure { () throws(SQLError) in try SQLDatabase("sqlite:") }?.kind == .statement)
    }

    @Test func aReaderDoesNotMakeADatabase() throws {
        let error = failure { () throws(SQLError) in try test.open(SQLOptions(access: .readOnly)) }
        #expect(error?.kind == .unavailable)
        #expect(!FileManager.default.fileExists(atPath: test.path))
    }

    @Test func aFolderThatIsNotThereIsForTheOperatorToMake() throws {
        let error = failure { () throws(SQLError) in try SQLDatabase(test.path + "-folder/store.db") }
        #expect(error?.kind == .statement)
        #expect(error?.reason.contains("there is no folder \(test.path)-folder: make it") == true)
    }

    @Test func aFileThatIsNoDatabaseIsCorrupt() throws {
        try Data(repeating: 65, count: 8192).write(to: URL(filePath: test.path))
        #expect(failure { () throws(SQLError) in try test.open() }?.kind == .corrupt)
    }

    @Test func aDatabaseThatMayNotGrowIsFull() throws {
        let database = try test.openWithTable()
        _ = try database.number("PRAGMA max_page_count = 20")
        let items = (0..<200).map { Item($0, label: String(repeating: "x", count: 2000)) }
        let error = failure { () throws(SQLError) in
            try database.insert(into: "item", Item.columns, Item.batch(items))
        }
        #expect(error?.kind == .full)
        #expect(try database.number("SELECT count(*) FROM item") == 0)
    }

    @Test func arraysAreRefused() throws {
        let database = try test.open()
        let error = failure { () throws(SQLError) in try database.number("SELECT ?", [.integers([1])]) }
        #expect(error?.kind == .statement)
    }

    @Test func anErrorOfAFunctionDoesNotTellWhatItWasGiven() throws {
        let database = try test.open()
        let error = failure { () throws(SQLError) in
            try database.number("SELECT json_extract('{}', ?)", [.text("resident")])
        }
        #expect(error?.kind == .statement)
        #expect(error?.description.contains("resident") == false)
    }
}
