import Kafka
import Pipeline
import Testing

@testable import Commands

extension ClusterTests {
    /// The embedded cluster does not keep what transactions commit of offsets: these need a real one.
    @Suite(.enabled(if: external != nil, "TEST_KAFKA_BOOTSTRAP_SERVERS is not set"))
    struct ReplayOnceTests {
        private func replay(_ city: City, _ words: String...) -> Ran {
            run(["replay"] + city.options + ["--department", city.department] + words)
        }

        private func sent(_ ran: Ran) throws -> Int {
            let words = try #require(ran.output.split(separator: "\n").first, "\(ran.errors)")
                .split(separator: ": ")[1].split(separator: " ")
            return words[0] == "no" ? 0 : try #require(Int(words[0]))
        }

        /// 200 letters of two codes in all partitions.
        private func cityWithLetters() throws -> City {
            let city = try City(external)
            for partition in 0..<4 {
                let letters = (0..<50).map {
                    City.letter("k\(partition)-\($0)", code: $0 % 5 == 0 ? "field.date" : "field.code", of: city)
                }
                try city.send(letters, to: city.deadLetters, partition: Int32(partition))
            }
            return city
        }

        @Test func nothingIsSentTwice() throws {
            let city = try cityWithLetters()
            #expect(try sent(replay(city, "--code", "field.date", "--dry-run")) == 40)
            #expect(try sent(replay(city, "--code", "field.date")) == 40)
            #expect(try sent(replay(city, "--code", "field.date")) == 0)
            // Letters of the other code stand before the last ones that were sent.
            #expect(try sent(replay(city, "--rate", "2000")) == 160)
            let rest = replay(city)
            #expect(try sent(rest) == 0 && rest.code == 0)
            #expect(
                rest.output.contains("       200  sent or told of by an earlier replay; --again takes them once more"))
            #expect(try city.read(city.events).count == 200)
            // What is named is sent, once.
            #expect(try sent(replay(city, "--from", "2:10", "--to", "2:14")) == 5)
            #expect(try sent(replay(city, "--from", "2:10", "--to", "2:14")) == 0)
            #expect(try sent(replay(city, "--from", "2:10", "--to", "2:14", "--again")) == 5)
            #expect(try sent(replay(city, "--again", "--dry-run")) == 200)
            #expect(try sent(replay(city, "--again")) == 200)
            #expect(try sent(replay(city)) == 0)
            #expect(try city.read(city.events).count == 410)
            try city.send([City.letter("new", of: city)], to: city.deadLetters, partition: 0)
            #expect(try sent(replay(city)) == 1)
        }

        /// What a replay does up to its last commit, and then no more.
        @Test func whatAKilledReplayLeftOpenIsSentOnce() throws {
            let city = try cityWithLetters()
            #expect(try sent(replay(city, "--code", "field.date")) == 40)
            let configuration = ProcessConfiguration(
                arguments: try Arguments(city.options + ["--department", city.department]), environment: [:]
            ).configuration
            let cluster = DepartmentCluster(configuration, department: city.department)
            let client = cluster.settings.transactionalWriter("city-attribution.\(city.department).replay")
            var killed = try TransactionalSender(client, topic: city.events)
            try "half".withCString { text in
                let bytes = UnsafeRawBufferPointer(start: text, count: 4)
                for _ in 0..<7 {
                    try killed.send(
                        key: bytes, payload: bytes, headers: HeaderList(capacity: 1), timestampMilliseconds: nil)
                }
            }
            // The next one ends the transaction that is open, and whoever opened it.
            #expect(try sent(replay(city)) == 160)
            let error = #expect(throws: KafkaError.self) { try killed.commit { _ in } }
            #expect(error?.isFatal == true)
            let keys = try city.read(city.events).map(\.key)
            #expect(keys.count == 200 && Set(keys).count == 200 && !keys.contains("half"))
        }
    }
}
