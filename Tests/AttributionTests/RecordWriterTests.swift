import Connections
import JSON
import Primitives
import Testing

@testable import Attribution

/// Records as they stand on the topic.
@Suite struct RecordWriterTests {
    private let key = "0123456789abcdef0123456789abcdef"

    @Test func theWholeExample() throws {
        let bench = try Bench([
            connection("sat:consulate:mexico") {
                $0.identifiers = [ConnectionIdentifier(scheme: "grant", id: "PRM-2025-114", origin: "PRM 2025/114")]
            },
            connection("sat:venue:old") {
                $0.until = PartialDate("2020")
                $0.identifiers = [ConnectionIdentifier(scheme: "venue", id: "VDS-01")]
            },
        ])
        let record = try write(
            bench, [Stated("grant", "PRM-2025-114", .fundedBy), Stated("venue", "VDS-01", .deliveredAt)]
        ) { outcome, origin, memory in
            outcome.people = 3
            outcome.usdCents = 1_200_000
            outcome.district = memory.keep("D7")
            outcome.groups = [(memory.keep("youth"), 2), (memory.keep("women"), 1)]
            origin.time = Timestamp("2026-03-04T15:04:05Z")
            origin.revision = 7
            origin.digest = memory.keep(Array(repeating: 0xab, count: 32))
        }
        let expected =
            #"{"specversion":"1.0","id":"0123456789abcdef0123456789abcdef-3-812","source":"/city/san-antonio/housing","#
            + #""type":"org.city.attribution.v1","subject":"0123456789abcdef0123456789abcdef","#
            + #""time":"2026-03-04T15:04:05Z","datacontenttype":"application/json","data":{"#
            + #""outcome":{"key":"0123456789abcdef0123456789abcdef","department":"housing","type":"shelter-placement","#
            + #""occurredOn":"2026-03-04","count":1,"people":3,"usd":12000,"direction":"inbound","district":"D7","#
            + #""groups":{"youth":2,"women":1},"revision":"00000000000000000007","retracted":false},"#
            + #""decision":"enabled","tier":"T1","#
            + #""credit":[{"connection":"sat:consulate:mexico","basisPoints":7105}],"domesticBasisPoints":2895,"#
            + #""evidence":[{"connection":"sat:consulate:mexico","rule":"reference/funded-by","tier":"T1","#
            + #""mechanism":"funded-by","field":"$.data.references[0]","strength":0.9,"origin":"PRM 2025/114"}],"#
            + #""nearMisses":[{"connection":"sat:venue:old","rule":"reference/delivered-at","reason":"ended","#
            + #""on":"2020-12-31"}],"provenance":{"topic":"city.housing.events","partition":3,"offset":812,"#
            + #""eventDigest":"sha256:\#(String(repeating: "ab", count: 32))","rules":"sha256:\#(bench.rules.digest)","#
            + #""registry":"sha256:test","profile":"sha256:feed","engine":"1.0.0"}}}"#
        #expect(record == expected)
    }

    @Test func aDomesticRecordIsMinimal() throws {
        let bench = try Bench([connection("a")])
        let record = try write(bench, [])
        let expected =
            #"{"specversion":"1.0","id":"0123456789abcdef0123456789abcdef-3-812","source":"/city/san-antonio/housing","#
            + #""type":"org.city.attribution.v1","subject":"0123456789abcdef0123456789abcdef","#
            + #""time":"2026-03-04T00:00:00Z","datacontenttype":"application/json","data":{"#
            + #""outcome":{"key":"0123456789abcdef0123456789abcdef","department":"housing","type":"shelter-placement","#
            + #""occurredOn":"2026-03-04","count":1,"direction":"inbound","revision":"","retracted":false},"#
            + #""decision":"domestic","credit":[],"domesticBasisPoints":10000,"#
            + #""provenance":{"topic":"city.housing.events","partition":3,"offset":812,"#
            + #""rules":"sha256:\#(bench.rules.digest)","registry":"sha256:test","profile":"sha256:feed","#
            + #""engine":"1.0.0"}}}"#
        #expect(record == expected)
    }

    @Test func aWithdrawalSaysSoAndDecidesNothing() throws {
        let bench = try Bench([connection("a")])
        let record = try write(bench, [Stated("grant", "grant-a", .fundedBy)]) { outcome, _, _ in
            outcome = Outcome()
            outcome.isRetracted = true
        }
        let expected =
            #"{"specversion":"1.0","id":"0123456789abcdef0123456789abcdef-3-812","source":"/city/san-antonio/housing","#
            + #""type":"org.city.attribution.v1","subject":"0123456789abcdef0123456789abcdef","#
            + #""datacontenttype":"application/json","data":{"outcome":{"key":"0123456789abcdef0123456789abcdef","#
            + #""department":"housing","revision":"","retracted":true},"decision":"retracted","#
            + #""provenance":{"topic":"city.housing.events","partition":3,"offset":812,"#
            + #""rules":"sha256:\#(bench.rules.digest)","registry":"sha256:test","profile":"sha256:feed","#
            + #""engine":"1.0.0"}}}"#
        #expect(record == expected)
    }

    @Test func aWithdrawalCarriesNoMeasures() throws {
        let record = try write(Bench([connection("a")]), []) { outcome, _, memory in
            outcome.isRetracted = true
            outcome.people = 123
            outcome.usdCents = 98_700
            outcome.district = memory.keep("D-secret")
        }
        #expect(record.contains(#""occurredOn":"2026-03-04","revision":"","retracted":true"#))
        for measure in ["people", "usd", "count", "district", "D-secret"] { #expect(!record.contains(measure)) }
    }

    @Test func textsAreEscaped() throws {
        let quote = "q\"\\\u{1}\u{7f}é"
        let bench = try Bench([
            connection("a") {
                $0.identifiers = [ConnectionIdentifier(scheme: "grant", id: "g", origin: "o\"\\")]
            }
        ])
        let record = try write(bench, [Stated("grant", "g", .fundedBy)], topic: quote) { outcome, origin, memory in
            outcome.type = memory.keep(quote)
            outcome.district = memory.keep(quote)
            outcome.groups = [(memory.keep(quote), 1)]
            origin.traceparent = memory.keep("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
            origin.tracestate = memory.keep(#"vendor="1\"#)
        }
        let parsed = try Parsed(record)
        #expect(parsed.text("$.data.outcome.type") == quote)
        #expect(parsed.text("$.data.outcome.district") == quote)
        #expect(parsed.text("$.data.provenance.topic") == quote)
        #expect(parsed.text("$.data.evidence[0].origin") == "o\"\\")
        #expect(parsed.text("$.traceparent") == "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
        #expect(parsed.text("$.tracestate") == #"vendor="1\"#)
        #expect(record.contains(#"{"q\"\\\u0001"#))
    }

    @Test func bytesThatAreNoTextBecomeReplacements() throws {
        let record = try write(Bench([connection("a")]), []) { outcome, _, memory in
            outcome.type = memory.keep([0x61, 0xff, 0x62])
        }
        #expect(try Parsed(record).text("$.data.outcome.type") == "a\u{fffd}b")
    }

    @Test(arguments: [(0, "0"), (5, "0.05"), (50, "0.50"), (100, "1"), (123_456_789, "1234567.89")])
    func moneyIsInDollars(cents: Int64, text: String) throws {
        let record = try write(Bench([connection("a")]), []) { outcome, _, _ in outcome.usdCents = cents }
        #expect(record.contains("\"usd\":\(text),\"direction\""))
    }

    @Test(arguments: [(1, "0.0001"), (9000, "0.9"), (5500, "0.55"), (10_000, "1"), (1230, "0.123"), (0, "0")])
    func strengthsAreDecimals(basisPoints: Int, text: String) {
        var buffer = ByteBuffer()
        buffer.append(strength: basisPoints)
        #expect(buffer.text() == text)
    }

    @Test func recordsFollowOneAnotherInABuffer() throws {
        let bench = try Bench([connection("a")])
        let one = try write(bench, [])
        #expect(try write(bench, [], times: 2) == one + one)
    }

    @Test func creditAndTheDomesticShareAreTheWhole() throws {
        let seed: UInt64 = 9500
        var generator = SplitMix64(seed: seed)
        let bench = try Bench((100..<130).map { connection("c\($0)") })
        let writer = RecordWriter(run: Self.run(), rules: bench.rules, registry: bench.registry)
        let decider = Decider(rules: bench.rules, registry: bench.registry, department: "housing")
        let all = bench.candidates(
            (100..<130).flatMap { number in
                ([nil] + Mechanism.allCases.map { $0 }).map { Stated("grant", "grant-c\(number)", $0) }
            })
        let extractor = Extractor(maximumBytes: 1 << 20)
        let plan = ExtractionPlan(
            try ["$.data.credit[*].basisPoints", "$.data.domesticBasisPoints"].map { try SimplePath($0) })
        var decision = Decision()
        var buffer = ByteBuffer()
        var outcome = Outcome()
        outcome.occurredOn = CivilDate("2026-03-04")
        for round in 0..<10_000 {
            let candidates = (0..<Int.random(in: 0...6, using: &generator)).compactMap { _ in
                all.randomElement(using: &generator)
            }
            decider.decide(outcome, candidates, into: &decision)
            buffer.clear()
            Array(key.utf8).withUnsafeBytes { key in
                writer.write(outcome, key: key, decision, EventOrigin(partition: 0, offset: 0), into: &buffer) {
                    $1.append("$")
                }
            }
            let values = try extractor.extract(buffer.bytes, plan)
            let sum = values.reduce(0) { $0 + $1.integer }
            let domestic = values.filter { $0.slot == 1 }.count
            if sum != 10_000 || domestic != 1 {
                Issue.record("seed \(seed), round \(round): the shares sum to \(sum)")
                return
            }
        }
    }

    // MARK: Help

    private static func run(topic: String = "city.housing.events") -> RunIdentity {
        RunIdentity(
            city: "san-antonio", department: "housing", topic: topic, profileDigest: "feed", engine: "1.0.0")
    }

    /// The record of an outcome on 4 March 2026 at partition 3, offset 812.
    private func write(
        _ bench: Bench, _ references: [Stated], topic: String = "city.housing.events", times: Int = 1,
        _ change: (inout Outcome, inout EventOrigin, TextMemory) -> Void = { _, _, _ in }
    ) throws -> String {
        let memory = TextMemory()
        var outcome = Outcome()
        outcome.type = memory.keep("shelter-placement")
        outcome.occurredOn = CivilDate("2026-03-04")
        var origin = EventOrigin(partition: 3, offset: 812)
        change(&outcome, &origin, memory)
        var decision = Decision()
        Decider(rules: bench.rules, registry: bench.registry, department: "housing").decide(
            outcome, bench.candidates(references), into: &decision)
        let writer = RecordWriter(run: Self.run(topic: topic), rules: bench.rules, registry: bench.registry)
        var buffer = ByteBuffer()
        for _ in 0..<times {
            writer.write(outcome, key: memory.keep(key), decision, origin, into: &buffer) { field, buffer in
                buffer.append(utf8: "$.data.references[\(field.element)]")
            }
        }
        return withExtendedLifetime(memory) { buffer.text() }
    }
}

/// Texts at fixed addresses, as long as this lives.
private final class TextMemory {
    private var kept: [UnsafeMutableRawBufferPointer] = []

    deinit {
        for text in kept { text.deallocate() }
    }

    func keep(_ text: String) -> UnsafeRawBufferPointer { keep(Array(text.utf8)) }

    func keep(_ bytes: [UInt8]) -> UnsafeRawBufferPointer {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        memory.copyBytes(from: bytes)
        kept.append(memory)
        return UnsafeRawBufferPointer(memory)
    }
}

/// A record read back.
private struct Parsed {
    private let document: [UInt8]

    init(_ text: String) throws {
        document = Array(text.utf8)
        let plan = ExtractionPlan([SimplePath()])
        let extractor = Extractor(maximumBytes: 1 << 20)
        let count = try document.withUnsafeBytes { try extractor.extract($0, plan).count }
        try #require(count == 1)
    }

    func text(_ path: String) -> String? {
        guard let path = try? SimplePath(path) else { return nil }
        let extractor = Extractor(maximumBytes: 1 << 20)
        return document.withUnsafeBytes { try? extractor.extract($0, ExtractionPlan([path])).first?.string() }
    }
}
