import FoundationEssentials
import Kafka
import Operations
import Testing

@testable import Pipeline

/// Credentials that are renewed in their files. The embedded cluster asks for none: there a change of files is what has
/// clients exchanged, whatever stands in them.
@Suite(.serialized) struct CredentialTests {
    /// A folder of its own, which goes with it.
    private final class Folder {
        let path: String

        init() throws {
            path = FileManager.default.temporaryDirectory.path + "/" + Harness.unique("credentials")
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func write(_ name: String, _ text: String) -> String {
            #expect(Files.write(Array(text.utf8), to: "\(path)/\(name)"))
            return "\(path)/\(name)"
        }
    }

    private func configuration(_ pairs: [(String, String)]) -> Configuration {
        Configuration(
            flags: pairs, environment: [:], configurationFile: nil, kafkaNames: ClientConfiguration.propertyNames,
            readFile: Files.read)
    }

    // The watch

    @Test func aChangeCountsOnceItHasStoodForASecondLook() {
        let (old, half, new) =
            (["a": [1], "b": [1]], ["a": [2], "b": [1]], ["a": [2], "b": [2]])
            as (CredentialFiles.Digests, CredentialFiles.Digests, CredentialFiles.Digests)
        var watch = CredentialWatch(old, intervalMilliseconds: 10_000, now: 0)
        #expect(!watch.isDue(now: 9999) && watch.isDue(now: 10_000))
        let looks = [
            watch.look(old, now: 10_000), watch.look(half, now: 20_000), watch.look(new, now: 21_000),
            watch.look(new, now: 22_000),
        ]
        #expect(looks == [false, false, false, true])
        #expect(watch.changes(new) == ["a", "b"])
        watch.took(new)
        #expect(watch.changes(new).isEmpty && !watch.isDue(now: 31_999) && watch.isDue(now: 32_000))
    }

    @Test func whatWasRefusedIsTriedAgainLaterAndAnythingElseAtOnce() {
        let (old, bad, good): (CredentialFiles.Digests, CredentialFiles.Digests, CredentialFiles.Digests) =
            (["a": [1]], ["a": [2]], ["a": [3]])
        var watch = CredentialWatch(old, intervalMilliseconds: 10_000, now: 0)
        _ = watch.look(bad, now: 10_000)
        let first = watch.look(bad, now: 11_000)
        watch.refuse(bad, now: 11_000, retryMilliseconds: 60_000)
        let looks = [watch.look(bad, now: 21_000), watch.look(bad, now: 71_000)]
        watch.refuse(bad, now: 71_000, retryMilliseconds: 60_000)
        let others = [watch.look(good, now: 81_000), watch.look(good, now: 82_000)]
        #expect(first && looks == [false, true] && others == [false, true])
    }

    @Test func withoutFilesNobodyLooks() {
        #expect(!CredentialWatch([:], intervalMilliseconds: 1, now: 0).isDue(now: 1_000_000))
        #expect(CredentialFiles(configuration([("kafka.ssl.ca.location", "probe")])).isEmpty)
    }

    // The files

    @Test func filesAndFoldersOfCredentialsAreWatched() throws {
        let folder = try Folder()
        let (key, password) = (folder.write("key.pem", "one"), folder.write("password", "hush\n"))
        let authorities = try Folder()
        _ = authorities.write("a.pem", "one")
        let files = CredentialFiles(
            configuration([
                ("kafka.ssl.key.location", key), ("kafka.sasl.password.file", password),
                ("kafka.ssl.ca.location", authorities.path), ("outcome.key.file", key),
                ("kafka.sasl.oauthbearer.token.file", key),
            ]))
        let before = files.digests()
        #expect(before.keys.sorted() == ["sasl.password", "ssl.ca.location", "ssl.key.location"])
        #expect(before.values.allSatisfy { $0.count == 32 })
        for (property, change) in [
            ("ssl.ca.location", { _ = authorities.write("b.pem", "two") }),
            ("sasl.password", { _ = folder.write("password", "hist\n") }),
            ("ssl.key.location", { try? FileManager.default.removeItem(atPath: key) }),
        ] {
            let was = files.digests()
            change()
            let now = files.digests()
            #expect(now.keys.filter { now[$0] != was[$0] } == [property])
        }
        #expect(files.renewed(["sasl.password": "hush", "acks": "all"]) == ["sasl.password": "hist", "acks": "all"])
        try FileManager.default.removeItem(atPath: password)
        #expect(files.renewed(["sasl.password": "hush"]) == ["sasl.password": "hush"])
    }

    // Workers

    @Test(.timeLimit(.minutes(2)), arguments: Harness.targets)
    func clientsAreExchangedAndEveryEventIsTakenOnce(_ servers: String?) throws {
        let harness = try Harness(servers)
        let folder = try Folder()
        // The cluster asks for no password, so that any will do, and a change of the file alone is what is seen.
        let secret = folder.write("secret", "0")
        let run = try harness.startWorker(
            [
                "kafka.ssl.key.password.file": secret, "commit.records": "100",
                // The embedded cluster keeps no offsets of transactions, so that a new client would begin anew.
                "delivery": servers == nil ? "at-least-once" : "exactly-once",
            ], credentialMilliseconds: 100)
        let parts = 6
        for part in 0..<parts {
            try harness.produce(
                (0..<200).map { ("\(part)-\($0)", Harness.event("\(part)-\($0)")) }
                    as [(key: String?, payload: String?)])
            try harness.wait(run, forEvents: 200 * part + 50)
            _ = folder.write("secret", "\(part + 1)")
            for _ in 0..<400 where harness.logged("credentials_changed") <= part { Pause.milliseconds(50) }
        }
        try harness.wait(run, forEvents: 200 * parts)
        run.stop.request()
        #expect(run.join() == .stopped)
        #expect(harness.logged("credentials_changed") == parts)
        #expect(run.progress.now.credentialsRenewed == parts && run.progress.now.credentialsRefused == 0)
        #expect(run.worker.counters.received == 200 * parts)
        let records = try harness.read(harness.attributions)
        #expect(records.count == 200 * parts)
        #expect(Set(records.map(\.key)).count == 200 * parts)
        #expect(!harness.allLines.contains { $0.contains("transaction_aborted") })
    }

    // The trial

    private func renewal(_ pairs: [(String, String)], _ lines: LogLines) -> CredentialRenewal {
        let configuration = configuration(pairs)
        let log = Log(format: .json, sink: { lines.add($0) })
        return CredentialRenewal(
            CredentialFiles(configuration), configuration.kafka, intervalMilliseconds: 0, log: log)
    }

    @Test func whatCannotBeLoadedIsRefusedOnceWithTheReasonAndWithoutItsContent() throws {
        let (folder, lines) = (try Folder(), LogLines())
        let key = folder.write("key.pem", "one")
        var renewal = renewal(
            [
                ("kafka.bootstrap.servers", "127.0.0.1:1"), ("kafka.security.protocol", "ssl"),
                ("kafka.ssl.key.location", key),
            ], lines)
        _ = folder.write("key.pem", "hush")
        let looks = (0..<4).map { _ in renewal.look() }
        #expect(looks == [.nothing, .refused, .nothing, .nothing])
        #expect(lines.all.count == 1)
        let line = try #require(lines.all.first)
        #expect(line.contains("\"event\":\"credentials_refused\"") && line.contains("ssl.key.location failed"))
        #expect(!line.contains("hush"))
        _ = folder.write("key.pem", "one")
        #expect(renewal.look() == .nothing)
    }

    @Test func whatNoBrokerHasJudgedIsTriedAgain() throws {
        let (folder, lines) = (try Folder(), LogLines())
        let secret = folder.write("secret", "0")
        var renewal = renewal(
            [("kafka.bootstrap.servers", "127.0.0.1:1"), ("kafka.ssl.key.password.file", secret)], lines)
        _ = folder.write("secret", "1")
        let looks = (0..<3).map { _ in renewal.look() }
        #expect(looks == [.nothing, .refused, .refused])
    }

    @Test func whatBrokersAcceptIsRenewed() throws {
        let (folder, lines) = (try Folder(), LogLines())
        let cluster = try EmbeddedCluster(brokers: 1)
        let secret = folder.write("secret", "0")
        var renewal = renewal(
            [("kafka.bootstrap.servers", cluster.bootstrapServers), ("kafka.ssl.key.password.file", secret)], lines)
        _ = folder.write("secret", "1")
        let looks = (0..<3).map { _ in renewal.look() }
        #expect(looks == [.nothing, .renewed(["ssl.key.password"]), .nothing])
    }
}
