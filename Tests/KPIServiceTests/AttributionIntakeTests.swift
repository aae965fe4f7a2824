import Kafka
import Operations
import Pipeline
import Primitives
import SQLDatabase
import Store
import TestDatabases
import TestRecords
import Testing

@testable import KPIService

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The service against a cluster: embedded, or that of `TEST_KAFKA_BOOTSTRAP_SERVERS`.
@Suite(.serialized) struct AttributionIntakeTests {
    @Test(arguments: TestDatabase.products)
    func aRestartGoesOnWhereTheStoreStands(_ product: SQLDatabase.Product) throws {
        let (topic, test) = (try RecordTopic(partitions: 3), try TestDatabase(product))
        var random = SplitMix64(seed: 11)
        let history = (0..<1200).map { _ in RecordMaker.random(&random, outcomes: 150) }
        try topic.send(Array(history[..<500]))
        let first = Service(topic, test.address)
        try first.waitUntilCaughtUp()
        #expect(first.stop() == .stopped)
        try topic.send(Array(history[500...]))
        let second = Service(topic, test.address)
        try second.waitUntilCaughtUp()
        #expect(second.progress.now.counts.received == 700)
        #expect(second.stop() == .stopped)
        let clean = try TestDatabase(.sqlite)
        let whole = Service(topic, clean.address)
        try whole.waitUntilCaughtUp()
        #expect(whole.progress.now.counts.received == 1200)
        #expect(whole.progress.now.lag.values.allSatisfy { $0 == 0 })
        #expect(whole.stop() == .stopped)
        #expect(try StoreContents.lines(of: test.address) == StoreContents.lines(of: clean.address))
    }

    @Test func aReplayOfAnOlderEventDoesNotBringBackWhatWasWithdrawn() throws {
        let (topic, test) = (try RecordTopic(partitions: 1), try TestDatabase(.sqlite))
        var (older, withdrawn) = (RecordMaker(key: 1, revision: 5), RecordMaker(key: 1, decision: "retracted"))
        (older.eventOffset, withdrawn.eventOffset) = (5, 50)
        try topic.send([withdrawn])
        try topic.send([older, RecordMaker(key: 2, revision: 6)], isReadAgain: true)
        let service = Service(topic, test.address)
        try service.waitUntilCaughtUp()
        #expect(service.stop() == .stopped)
        let lines = try StoreContents.lines(of: test.address)
        #expect(lines.contains { $0.contains("outcomes: 1") } && !lines.contains { $0.contains("outcomes: 2") })
        #expect(service.progress.now.counts.superseded == 1)
    }

    @Test func renewedCredentialsOpenTheTopicAnewAndEachRecordCountsOnce() throws {
        let (topic, test) = (try RecordTopic(partitions: 3), try TestDatabase(.sqlite))
        // The cluster asks for no password; that the file has changed is what is seen.
        let secret = test.path + "-secret"
        #expect(Files.write([48], to: secret))
        defer { unlink(secret) }
        let service = Service(topic, test.address, [("kafka.ssl.key.password.file", secret)])
        for part in 0..<3 {
            try topic.send((0..<100).map { RecordMaker(key: 100 * part + $0, revision: 1) })
            try service.wait { $0.counts.received >= 100 * part + 1 }
            #expect(Files.write([UInt8(49 + part)], to: secret))
            try service.wait(forLine: "Renewed credentials are in use.", times: part + 1)
        }
        try service.wait { $0.counts.received >= 300 }
        #expect(service.stop() == .stopped)
        #expect(service.progress.now.counts.received == 300)
        #expect(!service.log.text.contains("intake_interrupted"))
    }

    @Test func aStoreWhoseFolderIsNotThereEndsIt() throws {
        let (topic, test) = (try RecordTopic(partitions: 1), try TestDatabase(.sqlite))
        let service = Service(topic, test.path + "-folder/store.db")
        #expect(service.waitForEnd() == .failed)
        #expect(service.log.text.contains("there is no folder \(test.path)-folder: make it"))
    }

    @Test func anotherServiceOnTheStoreEndsTheFirst() throws {
        let (topic, test) = (try RecordTopic(partitions: 1), try TestDatabase(.sqlite))
        try topic.send([RecordMaker(key: 1, revision: 1)])
        let first = Service(topic, test.address)
        try first.waitUntilCaughtUp()
        let second = Service(topic, test.address)
        try second.waitUntilCaughtUp()
        // It notices also while there is nothing to write.
        #expect(first.waitForEnd() == .failed)
        try topic.send([RecordMaker(key: 2, revision: 1)])
        try second.wait { $0.counts.received == 1 }
        #expect(first.log.text.contains("another process has opened the database"))
        #expect(second.stop() == .stopped)
    }

    @Test(.enabled(if: RecordTopic.isEmbedded, "a cluster of its own is needed for a topic of the same name"))
    func aTopicThatWasMadeAnewIsNotMixedIn() throws {
        let (topic, test) = (try RecordTopic(partitions: 1), try TestDatabase(.sqlite))
        try topic.send((1...5).map { RecordMaker(key: $0, revision: 1) })
        let first = Service(topic, test.address)
        try first.waitUntilCaughtUp()
        #expect(first.stop() == .stopped)
        let other = try RecordTopic(partitions: 1, name: topic.name)
        try other.send([RecordMaker(key: 9, revision: 1)])
        let second = Service(other, test.address)
        #expect(second.waitForEnd() == .failed)
        #expect(second.log.text.contains("made anew"))
    }

    /// `kill -9` at random moments of a process that takes in corrections, retractions and duplicates.
    @Test(arguments: TestDatabase.products)
    func killsAtRandomChangeNothing(_ product: SQLDatabase.Product) throws {
        let (topic, test) = (try RecordTopic(partitions: 4), try TestDatabase(product))
        let seed: UInt64 = 2026
        var random = SplitMix64(seed: seed)
        let history = (0..<12_000).map { _ in RecordMaker.random(&random, outcomes: 3000) }
        for part in 0..<6 {
            try topic.send(Array(history[(2000 * part)..<(2000 * part + 2000)]))
            let service = try ServiceProcess(topic, test.address)
            usleep(UInt32(20_000 + random.below(400_000)))
            service.kill()
        }
        let last = Service(topic, test.address)
        try last.waitUntilCaughtUp()
        #expect(last.stop() == .stopped)
        let clean = try TestDatabase(.sqlite)
        let whole = Service(topic, clean.address)
        try whole.waitUntilCaughtUp()
        #expect(whole.progress.now.counts.received == 12_000)
        #expect(whole.stop() == .stopped)
        #expect(
            try StoreContents.lines(of: test.address) == StoreContents.lines(of: clean.address), "seed \(seed)")
        #expect(try StoreReader(test.address).counts().received == 12_000)
    }
}
