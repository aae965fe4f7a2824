import Canary
import Intake
import Kafka
import Operations
import Primitives
import Testing

@testable import Pipeline

/// A worker on one profile, with the markers of its events and what it wrote.
private struct CanaryRun {
    let name: String
    let isStrict: Bool
    let variants: Variants
    let harness: Harness
    let run: Harness.Run
    private let sent: Int

    /// Sends the events, and starts the worker.
    init(
        _ profile: String, _ variants: Variants, isStrict: Bool, _ servers: String?, sharing other: Harness?
    ) throws {
        name = "\(profile)\(isStrict ? ", strict" : ""), seed \(variants.markers.seed)"
        self.isStrict = isStrict
        self.variants = variants
        harness = try Harness(servers, sharing: other)
        sent = try harness.produce(variants.messages)
        // Strict mode logs as text, and its dead letters hold at most so much.
        run = try harness.startWorker(
            isStrict ? [:] : ["kafka.message.max.bytes": "1048576"],
            engine: try Harness.engine(profile: profile, isStrict: isStrict),
            // Of every event a line, be it a repeat.
            log: harness.log(isStrict ? .text : .json, least: .debug, windowMilliseconds: 0))
    }

    func end() throws {
        try harness.wait(run, forEvents: sent)
        run.stop.request()
        #expect(run.join() == .stopped, "\(name)")
    }
}

/// Nothing that stands in an event and is not the profile's to give out leaves a worker.
@Suite(.serialized) struct CanaryTests {
    @Test func everyProfileHasAnEvent() {
        for profile in BuiltInProfiles.names {
            #expect(Formats.events(of: profile) != nil, "expected an event of \(profile) in Tests/Canary/Formats.swift")
        }
        #expect(Set(DenyWords.all.map(\.category)) == Set(DenyList.builtIn.categories.map(\.name)))
    }

    @Test func markersAreFound() {
        var markers = Markers(seed: 7)
        let (word, digits) = (markers.word("w"), markers.digits("d"))
        let hex = word.utf8.map { String($0, radix: 16) }
        let forms = [
            word, word.lowercased(), word.uppercased(), String(word.dropFirst(6)), String(word.dropLast(12)),
            hex.joined(), hex.map { "%\($0)" }.joined(), hex.map { "\\u00\($0)" }.joined(), "-\(digits)", "0.\(digits)",
        ]
        for form in forms { #expect(!markers.found(in: Array("a \(form) b".utf8)).isEmpty, "\(form)") }
        #expect(markers.found(in: Array("a 123456789012345 b".utf8)).isEmpty)
    }

    /// All workers at once, since they wait more than they work.
    @Test(.timeLimit(.minutes(3)), arguments: Harness.targets)
    func noMarkerLeaves(_ servers: String?) throws {
        var runs: [CanaryRun] = []
        for profile in BuiltInProfiles.names {
            let variants = Variants(profile: profile, Markers(seed: UInt64.random(in: .min ... .max)))
            for isStrict in [false, true] {
                let shared = runs.first?.harness
                runs.append(try CanaryRun(profile, variants, isStrict: isStrict, servers, sharing: shared))
            }
        }
        for canary in runs { try canary.end() }
        for canary in runs { try look(canary) }
    }

    private func look(_ canary: CanaryRun) throws {
        let records = try canary.harness.read(canary.harness.attributions)
        let dead = try canary.harness.read(canary.harness.deadLetters)
        expectNone(canary, in: records.flatMap { $0.everything }, "the topic of records")
        expectNone(canary, in: canary.harness.allLines.map { Array($0.utf8) }, "the log")
        let own = dead.flatMap { letter in letter.headers.filter { DeadLetterHeader(rawValue: $0.key) != nil } }
        expectNone(canary, in: own.map { Array("\($0.key)=\($0.value)".utf8) }, "the headers of dead letters")
        // That the search finds what is there: a dead letter holds the event as it was received.
        let isFound = dead.contains { canary.variants.markers.isThere(in: $0.payload ?? []) }
        #expect(isFound, "\(canary.name)")
        expectWithheld(dead, canary)
        expectFates(records, dead, canary)
    }

    private func expectNone(_ canary: CanaryRun, in texts: [[UInt8]], _ place: String) {
        let found = canary.variants.markers.found(in: Array(texts.joined(separator: [10])))
        #expect(found.isEmpty, "\(place), \(canary.name)")
    }

    /// What is withheld for privacy has its key and the worker's headers, and nothing else.
    private func expectWithheld(_ dead: [Harness.Stored], _ canary: CanaryRun) {
        for letter in dead {
            let code = FaultCode(rawValue: letter.headers[DeadLetterHeader.code.rawValue] ?? "")
            let withheld = letter.headers[DeadLetterHeader.withheld.rawValue]
            #expect(code?.withholdsPayload == (withheld == "privacy"), "\(canary.name)")
            if withheld != nil { #expect(letter.payload == nil, "\(canary.name)") }
            guard withheld == "privacy" else { continue }
            let own = letter.headers.keys.allSatisfy { DeadLetterHeader(rawValue: $0) != nil }
            #expect(own, "\(canary.name)")
        }
    }

    /// What has to become of the messages that are not spoilt.
    private func expectFates(_ records: [Harness.Stored], _ dead: [Harness.Stored], _ canary: CanaryRun) {
        let letters = Dictionary(dead.map { ($0.key ?? "", $0) }) { first, _ in first }
        for message in canary.variants.messages {
            let header = letters[message.key ?? "none"]?.headers[DeadLetterHeader.code.rawValue]
            let code = header.flatMap { FaultCode(rawValue: $0) }
            switch message.expected {
            case .outcome: #expect(code == (canary.isStrict ? .deniedField : nil), "\(message.name), \(canary.name)")
            case .victimService: #expect(code == nil, "\(message.name), \(canary.name)")
            case .withheld: #expect(code == .classification, "\(message.name), \(canary.name)")
            case .any: break
            }
        }
        let outcomes = canary.variants.messages.count { $0.expected == .outcome }
        #expect(outcomes > 0 && (canary.isStrict || records.count > outcomes), "\(canary.name)")
        let counts = [canary.variants.messages.count, canary.variants.markers.count, records.count, dead.count]
        print("canary: \(canary.name): messages, markers, records, dead letters: \(counts)")
    }
}

extension Harness.Stored {
    /// Key, payload and headers.
    var everything: [[UInt8]] {
        [Array((key ?? "").utf8), payload ?? []] + headers.map { Array("\($0.key)=\($0.value)".utf8) }
    }
}

extension Harness {
    /// Sends messages with headers of their own.
    /// - Returns: how many the cluster has: a real one refuses what is larger than a topic's `max.message.bytes`.
    func produce(_ messages: [CanaryMessage]) throws -> Int {
        let configuration = ClientConfiguration(["bootstrap.servers": servers, "message.max.bytes": "20000000"])
        let producer = try Producer(configuration) { _ in }
        let topic = try producer.topic(events)
        for message in messages {
            var headers = HeaderList(capacity: 8)
            for (name, value) in message.headers { headers.add(name, value) }
            let key = message.key.map { Array($0.utf8) }
            try Harness.withBytes(key) { key in
                try Harness.withBytes(message.payload) { payload in
                    try producer.produce(to: topic, key: key, payload: payload, headers: headers)
                }
            }
        }
        try producer.flush(timeoutMilliseconds: 30_000)
        let refused = producer.takeDeliveryFailures()
        #expect(refused.isEmpty || embedded == nil && refused.firstError?.code == .messageSizeTooLarge)
        return messages.count - refused.count
    }
}
