import Indicators
import Primitives
import TestDatabases
import TestRecords
import Testing

@testable import SQLDatabase
@testable import Store

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

@Suite struct WriterClaimTests {
    /// A writer that comes while the one before commits waits for it, and then has to know what that one named last.
    @Test(.needsPostgres) func whatTheOneBeforeNamedLastIsKnown() throws {
        let test = try TestDatabase(.postgres)
        var topic = TestTopic()
        topic.append(RecordMaker(key: 1))
        try test.openStore().take(topic)
        let before = try test.open()
        try before.begin(.readCommitted)
        try before.execute(SQLStatement("hold the claim", "UPDATE facts SET value = value WHERE name = 'writer'"))
        try before.execute(
            SQLStatement("add a name", "INSERT INTO names SELECT count(*), ? FROM names"), [.bytes(Array("late".utf8))])
        var other = RecordMaker(key: 2)
        other.type = "later"
        topic.append(other)
        let records = topic.records
        let address = test.address
        // A thread of its own, and a wait without end: other tests may keep everything else from running for long.
        let after = Locked<Result<TakenCounts, any Error>?>(nil)
        let thread = Threads.start {
            var options = SQLOptions()
            options.lockTimeoutMilliseconds = 0
            let taken = Result {
                var topic = TestTopic()
                topic.records = records
                let store = try OutcomeStore(address, topic: TestDatabase.topic, options, timeMilliseconds: 0)
                return try store.take(topic)
            }
            after.withLock { $0 = taken }
        }
        var held: Int64 = 0
        try before.query(SQLStatement("find this connection", "SELECT pg_backend_pid()")) { row throws(SQLError) in
            held = try row.integer(0)
        }
        let look = try test.open()
        var waiting: Int64 = 0
        for _ in 0..<3000 where waiting == 0 {
            usleep(10_000)
            try look.query(
                SQLStatement(
                    "find who waits",
                    "SELECT count(*) FROM pg_stat_activity WHERE CAST(? AS INTEGER) = ANY (pg_blocking_pids(pid))"),
                [.integer(held)]
            ) { row throws(SQLError) in waiting = try row.integer(0) }
        }
        #expect(waiting == 1)
        try before.commit()
        Threads.join(thread)
        #expect(try after.withLock { $0 }?.get().new == 1)
        #expect(try test.contents().contains { $0.contains("later") })
    }
}
