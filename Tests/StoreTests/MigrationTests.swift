import Indicators
import Primitives
import SQLDatabase
import TestDatabases
import TestRecords
import Testing

@testable import Store

/// A store of every earlier version, with what it holds, becomes one of this version.
///
/// The statements stand here as those versions had them: what is compared with today's text of a migration would not
/// notice that somebody has edited it.
@Suite struct MigrationTests {
    private static let versions: [Int64] = [1, 2]

    @Test(arguments: TestDatabase.products, versions)
    func aStoreOfAnEarlierVersionIsReadOn(_ product: SQLDatabase.Product, _ version: Int64) throws {
        var random = SplitMix64(seed: 5)
        var topic = TestTopic()
        for _ in 0..<300 { topic.append(RecordMaker.random(&random, outcomes: 60)) }
        let (test, fresh) = (try TestDatabase(product), try TestDatabase(product))
        try EarlierStore.make(version, in: test, topic, count: 150)
        let store = try test.openStore()
        #expect(store.positions == [0: 150])
        #expect(try test.applied() == [1, 2])
        try store.take(topic)
        try fresh.openStore().take(topic)
        #expect(try test.contents() == fresh.contents())
        #expect(try test.contents() == Aggregates.expected(topic))
        let (counts, all) = (try StoreReader(test.address).counts(), try StoreReader(fresh.address).counts())
        #expect(counts.received == all.received && counts.new == all.new)
        let shelf = try ReleaseShelf(test.address, timeMilliseconds: 0)
        #expect(try shelf.entries().map(\.id) == (version < 2 ? [] : ["2026-Q1.1"]))
    }

    @Test(arguments: TestDatabase.products, versions)
    func aStoreThatIsReadFromOutsideIsBroughtUpToDateToo(_ product: SQLDatabase.Product, _ version: Int64) throws {
        var topic = TestTopic()
        topic.append(RecordMaker(key: 1, revision: 1))
        let test = try TestDatabase(product)
        try EarlierStore.make(version, in: test, topic, count: 1)
        let before = try test.contents()
        _ = try ReleaseShelf(test.address, timeMilliseconds: 0)
        #expect(try test.applied() == [1, 2])
        #expect(try test.contents() == before)
    }
}

extension TestDatabase {
    /// The versions that were applied to it.
    fileprivate func applied() throws -> [Int64] {
        var versions: [Int64] = []
        try open().query(SQLStatement("read versions", "SELECT version FROM schema_migrations ORDER BY version")) {
            row throws(SQLError) in versions.append(try row.integer(0))
        }
        return versions
    }
}
