import Indicators
import Primitives
import TestDatabases
import TestRecords
import Testing

@testable import SQLDatabase
@testable import Store

@Suite struct WriterClaimTests {
    /// A writer that comes while the one before commits waits for it, and then has to know what that one named last.
    @Test(.needsPostgres) func whatTheOneBeforeNamedLastIsKnown() async throws {
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
        let after = Task.detached {
            var topic = TestTopic()
            topic.records = records
            let store = try OutcomeStore(address, topic: TestDatabase.topic, timeMilliseconds: 0)
            return try store.take(topic)
        }
        var held: Int64 = 0
        try before.query(SQLStatement("find this connection", "SELECT pg_backend_pid()")) { row throws(SQLError) in
            held = try row.integer(0)
        }
        let look = try test.open()
        var waiting: Int64 = 0
        for _ in 0..<3000 where waiting == 0 {
            try await Task.sleep(for: .milliseconds(10))
            try look.query(
                SQLStatement(
                    "find who waits",
                    "SELECT count(*) FROM pg_stat_activity WHERE CAST(? AS INTEGER) = ANY (pg_blocking_pids(pid))"),
                [.integer(held)]
            ) { row throws(SQLError) in waiting = try row.integer(0) }
        }
        #expect(waiting == 1)
        try before.commit()
        #expect(try await after.value.new == 1)
        #expect(try test.contents().contains { $0.contains("later") })
    }
}
