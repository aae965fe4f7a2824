import Testing

@testable import Commands

extension ClusterTests {
    @Suite struct TopicsTests {
        @Test func looksAtTopics() throws {
            let city = try City(creating: false)
            let none = run(["topics"] + city.options)
            #expect(none.code == 1 && none.errors.isEmpty)
            #expect(none.output.split(separator: "\n").allSatisfy { $0.hasSuffix(": missing; create it with --apply") })
            for topic in [city.events, city.attributions, city.deadLetters, city.indicators] { try city.create(topic) }
            for words in [[], ["--apply"]] {
                let all = run(["topics"] + words + city.options)
                #expect(all.code == 0 && all.errors.isEmpty && all.output.split(separator: "\n").count == 4)
                #expect(all.output.hasPrefix("\(city.events): 4 partitions, "), "\(all.output)")
            }
        }

        /// The embedded cluster lets nobody create topics by the protocol.
        @Test(.enabled(if: external != nil, "TEST_KAFKA_BOOTSTRAP_SERVERS is not set"))
        func whatWasCreatedIsThereAtOnce() throws {
            for _ in 0..<5 {
                let city = try City(external, creating: false)
                let made = run(["topics", "--apply", "--partitions=3"] + city.options)
                #expect(made.code == 0 && made.errors.isEmpty && made.output.contains(": created, 3 partitions, "))
                let seen = run(["topics"] + city.options)
                #expect(seen.code == 0 && seen.output.split(separator: "\n").count == 4)
            }
        }
    }
}
