import Indicators
import Primitives
import SQLDatabase
import TestDatabases
import TestRecords
import Testing

@testable import Store

@Suite struct OutcomeStoreTests {
    private static var claim: RecordMaker {
        RecordMaker(
            key: 7, revision: 5, decision: "enabled", credit: [("x:sister:a", 7105)])
    }

    @Test(arguments: TestDatabase.products) func anOutcomeIsCountedOnce(_ product: SQLDatabase.Product) throws {
        let test = try TestDatabase(product)
        let store = try test.openStore()
        var topic = TestTopic()
        topic.append(Self.claim)
        topic.append(Self.claim)
        let counts = try store.take(topic)
        #expect(counts.new == 1 && counts.superseded == 1 && counts.received == 2)
        let state = try StoreReader(test.address).state(
            from: MonthNumber(year: 2026, month: 3), to: MonthNumber(year: 2026, month: 3))
        #expect(state.aggregates.cells.values.map(\.outcomes) == [1, 1, 1])
        #expect(state.aggregates.cells.values.map(\.people) == [3, 3, 3])
        #expect(state.aggregates.credit.values.map(\.basisPoints) == [7105])
        #expect(state.positions == [0: 2] && store.positions == [0: 2])
        #expect(state.counts == counts)
    }

    @Test(arguments: TestDatabase.products) func aReplayChangesNothing(_ product: SQLDatabase.Product) throws {
        let test = try TestDatabase(product)
        let store = try test.openStore()
        var topic = TestTopic()
        topic.append(Self.claim)
        try store.take(topic)
        let contents = try test.contents()
        // From the same offsets, and from later ones as after a topic was filled anew.
        #expect(try store.take(topic) == TakenCounts())
        topic.append(Self.claim)
        let sequence = try StoreReader(test.address).sequence()
        let counts = try store.take(topic)
        #expect(counts.superseding == 0 && counts.superseded == 1 && counts.new == 0)
        #expect(try test.contents() == contents)
        // Nor does a feed show it again.
        #expect(try StoreReader(test.address).sequence() == sequence)
    }

    @Test(arguments: TestDatabase.products)
    func aCorrectionSupersedesAndARetractionWithdraws(_ product: SQLDatabase.Product) throws {
        let test = try TestDatabase(product)
        let store = try test.openStore()
        var (topic, corrected, older, retraction) = (TestTopic(), Self.claim, Self.claim, Self.claim)
        topic.append(Self.claim)
        try store.take(topic)
        corrected.revision = 6
        corrected.people = 20
        topic.append(corrected)
        try store.take(topic)
        #expect(try test.contents().contains { $0.contains("people: 20") })
        older.revision = 4
        older.people = 99
        topic.append(older)
        #expect(try store.take(topic).superseded == 1)
        #expect(try !test.contents().contains { $0.contains("people: 99") })
        retraction.decision = "retracted"
        retraction.revision = 7
        topic.append(retraction)
        try store.take(topic)
        #expect(try test.contents().isEmpty)
        // A tombstone of the source has no revision: its place decides.
        retraction.revision = nil
        topic.append(Self.claim)
        topic.append(retraction)
        try store.take(topic)
        #expect(try test.contents().isEmpty)
    }

    @Test(arguments: TestDatabase.products) func whatIsNoRecordIsListedAndPassedOver(_ product: SQLDatabase.Product)
        throws
    {
        let test = try TestDatabase(product)
        let store = try test.openStore()
        var topic = TestTopic()
        topic.append(Array("{\"name\":\"Ada\"}".utf8))
        topic.append(nil)
        topic.append(Self.claim)
        let counts = try store.take(topic)
        #expect(counts.refused == 1 && counts.tombstones == 1 && counts.new == 1)
        var refusals: [String] = []
        try test.open().query(
            SQLStatement("read refusals", "SELECT topic_partition, record_offset, path, expectation FROM refusals")
        ) { row throws(SQLError) in
            refusals.append(
                "\(try row.integer(0)):\(try row.integer(1)) \(try row.text(2)) \(try row.text(3))")
        }
        #expect(refusals == ["0:0 type expected org.city.attribution.v1"])
    }

    @Test(arguments: TestDatabase.products) func anotherWriterEndsThisOne(_ product: SQLDatabase.Product) throws {
        let test = try TestDatabase(product)
        let (first, second) = (try test.openStore(), try test.openStore())
        var topic = TestTopic()
        topic.append(Self.claim)
        #expect {
            try first.take(topic)
        } throws: { error in
            if case StoreError.fenced = error { true } else { false }
        }
        #expect(try test.contents().isEmpty)
        #expect(try second.take(topic).new == 1)
    }

    @Test(arguments: TestDatabase.products) func anotherTopicIsRefused(_ product: SQLDatabase.Product) throws {
        let test = try TestDatabase(product)
        _ = try test.openStore()
        #expect {
            try test.openStore(topic: "city.other")
        } throws: { error in
            "\(error)".contains("city.kpi.attributions")
        }
        _ = try test.openStore()
    }

    @Test(arguments: TestDatabase.products) func aFeedGoesOnWhereItWas(_ product: SQLDatabase.Product) throws {
        let test = try TestDatabase(product)
        let store = try test.openStore()
        var topic = TestTopic()
        for key in 1...5 { topic.append(RecordMaker(key: key, revision: 1)) }
        try store.take(topic)
        func keys(after sequence: Int64, limit: Int = 100) throws -> [(Int64, String)] {
            var found: [(Int64, String)] = []
            try StoreReader(test.address).records(after: sequence, limit: limit) { sequence, record in
                let text = String(decoding: record, as: UTF8.self)
                found.append((sequence, String(text.split(separator: "\"key\":\"")[1].prefix(32))))
            }
            return found
        }
        let first = try keys(after: 0, limit: 3)
        #expect(first.map(\.1) == (1...3).map(RecordMaker.digits))
        topic.append(RecordMaker(key: 2, revision: 2))
        try store.take(topic)
        // What was superseded comes again, with its new record.
        #expect(try keys(after: first[2].0).map(\.1) == [4, 5, 2].map(RecordMaker.digits))
    }

    @Test(arguments: TestDatabase.products)
    func whatWasBegunIsStoredOrToldOfByTheNextCall(_ product: SQLDatabase.Product) throws {
        let test = try TestDatabase(product)
        let first = try test.openStore()
        var topic = TestTopic()
        for key in 1...4 { topic.append(RecordMaker(key: key, revision: 1)) }
        #expect(try first.begin(topic, 0..<2) == TakenCounts())
        #expect(first.positions == [:])
        // Records that are under way are passed over, as stored ones are.
        #expect(try first.begin(topic, 0..<3).new == 2)
        #expect(first.positions == [0: 2])
        #expect(try first.finish().new == 1)
        #expect(try first.finish() == TakenCounts())
        #expect(first.positions == [0: 3])
        let second = try test.openStore()
        #expect(try first.begin(topic, 3..<4) == TakenCounts())
        #expect {
            try first.finish()
        } throws: { error in
            if case StoreError.fenced = error { true } else { false }
        }
        #expect(first.positions == [0: 3])
        #expect(try second.take(topic).new == 1)
    }

    /// What is under way is over before the store is gone, with the memory that it works on.
    @Test(arguments: TestDatabase.products) func aStoreThatIsDroppedEndsWhatItBegan(_ product: SQLDatabase.Product)
        throws
    {
        let test = try TestDatabase(product)
        var topic = TestTopic()
        topic.append(Self.claim)
        for turn in 0..<20 {
            _ = try test.openStore().begin(topic)
            let positions = try test.openStore().positions
            #expect(positions == [0: Int64(turn + 1)])
            topic.append(Self.claim)
        }
    }

    /// Histories with corrections, retractions, duplicates and rubbish, cut into transactions at random, with the store
    /// opened anew at times.
    @Test(arguments: TestDatabase.products, [UInt64(1), 2, 3])
    func anyHistoryComesToTheSumOfWhatCounts(_ product: SQLDatabase.Product, _ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var topic = TestTopic()
        for _ in 0..<600 {
            if random.onceIn(40) {
                topic.append(random.onceIn(2) ? nil : [UInt8](repeating: 0x7b, count: 3), partition: 0)
            }
            let record = RecordMaker.random(&random, outcomes: 80)
            // All records of an outcome are in one partition.
            for _ in 0...(random.onceIn(5) ? 1 : 0) { topic.append(record, partition: Int32(record.key % 3)) }
        }
        let test = try TestDatabase(product)
        var store = try test.openStore()
        var start = 0
        while start < topic.records.count {
            let end = min(topic.records.count, start + 1 + random.below(90))
            // Some are read while others are being written.
            if random.onceIn(2) { try store.begin(topic, start..<end) } else { try store.take(topic, start..<end) }
            // Some are delivered again.
            start = random.onceIn(4) ? max(0, end - random.below(30)) : end
            if random.onceIn(5) {
                _ = try store.finish()
                store = try test.openStore()
            }
        }
        _ = try store.finish()
        #expect(try test.contents() == Aggregates.expected(topic), "seed \(seed)")
    }
}
