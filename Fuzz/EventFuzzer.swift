import Attribution
import Connections
import Indicators
import Intake
import JSON
import Pipeline
import Primitives

extension Fuzzer {
    /// Messages: the name of a profile, headers and the key in lines, an empty line, the payload. An event is decided
    /// the same twice, its record is one that the KPI service takes, and a fault quotes nothing of it.
    static let event = Fuzzer(name: "event", bytesMax: 1500, dictionary: "event") {
        let fuzzers = EventFuzzer.all
        return { bytes in
            let (profile, rest) = bytes.divided(at: "\n")
            guard let rest, let fuzzer = fuzzers[profile.text] else { return }
            fuzzer.take(rest)
        }
    }
}

private enum EventFuzzer {
    /// By the names of the profiles; those that begin with `strict-` refuse what the deny list has.
    static var all: [String: MessageFuzzer] {
        let text = BuiltInRules.reading.rules
        var all: [String: MessageFuzzer] = [:]
        for name in BuiltInProfiles.names {
            guard let bytes = BuiltInProfiles.bytes(named: name), let rules = text else { continue }
            let strict = Array("strict: true\n".utf8) + bytes
            for (name, bytes) in [(name, bytes), ("strict-" + name, strict)] {
                guard let profile = ProfileFile.read(bytes, file: name).profile else { continue }
                all[name] = MessageFuzzer(profile, rules)
            }
        }
        return all
    }
}

/// Has messages decided by a profile.
final class MessageFuzzer {
    private let first: EventProcessor
    private let second: EventProcessor
    private let reader = RecordReader()
    private let extractor = Extractor(maximumBytes: 1 << 22)
    /// What faults may name: the text of a profile that is fuzzed itself.
    private let given: String

    init(_ profile: Profile, _ rules: Rules, given: String = "") {
        self.given = given
        let engine = Engine(
            profile: profile, rules: rules, registry: MessageFuzzer.registry, city: "port-meridian",
            department: "health", secret: Array("a secret for fuzzing, of some length".utf8))
        first = EventProcessor(engine: engine, topic: "events")
        second = EventProcessor(engine: engine, topic: "events")
    }

    static let registry: RegistryIndex = {
        let rows = [
            ("px:sister-city:haewon", ConnectionType.sisterCity, "Haewon", "KR"),
            ("px:network:league", .network, "League of Clinics", "GB"),
            ("px:consulate:mx", .consulate, "Consulate of Mexico", "MX"),
        ].map { id, type, partner, country in
            var connection = Connection(id: id, type: type, partner: partner)
            connection.country = country
            connection.identifiers = [ConnectionIdentifier(scheme: "grant", id: "G-" + country)]
            return connection
        }
        return RegistryIndex(Registry(connections: rows, digest: "fuzz"))
    }()

    /// Takes a message as text.
    func take(_ bytes: UnsafeRawBufferPointer) {
        let (head, body) = bytes.message
        var message = SourceMessage(payload: body, partition: 3, offset: 7)
        for line in head {
            if line.name.elementsEqual("key".utf8) {
                message.key = line.value
            } else {
                message.headers.take(name: line.name, value: line.value)
            }
        }
        take(message)
    }

    private func take(_ message: SourceMessage) {
        let processed = first.process(message)
        let record = Array(first.record.bytes)
        // The same in memory that need not be copied, and as the second event of a processor.
        let payload = message.payload.map { Array($0) + Array(repeating: UInt8(ascii: "0"), count: Extractor.padding) }
        var padded = message
        let again = payload.withBytes(lessBehind: Extractor.padding) { bytes in
            padded.payload = bytes
            padded.isPadded = bytes != nil
            return second.process(padded)
        }
        expect("\(again)" == "\(processed)", "once \(processed), and then \(again)")
        expect(second.record.bytes.elementsEqual(record), "the record differs the second time")
        switch processed {
        case .deadLetter(let fault):
            expect(!fault.message.isEmpty, "a fault says what was expected")
            expect(fault.message.unicodeScalars.allSatisfy { $0.value >= 0x20 }, "a fault holds a control: \(fault)")
            Marker.expectNone(in: fault.message, "the fault", unlessIn: given)
        case .record: expectGood(record)
        case .skipped, .unpublished: expect(record.isEmpty, "there is a record of what has none")
        }
        _ = first.account(of: message)
    }

    private func expectGood(_ record: [UInt8]) {
        record.withUnsafeBytes { record in
            expect((try? extractor.document(record)) != nil, "the record is no JSON: \(record.text)")
            do throws(RecordFault) {
                _ = try reader.read(record)
            } catch {
                fatalError("found: the KPI service refuses the record: \(error): \(record.text)")
            }
        }
    }
}

extension Optional<[UInt8]> {
    fileprivate func withBytes<Result>(
        lessBehind padding: Int, _ body: (UnsafeRawBufferPointer?) -> Result
    ) -> Result {
        guard let bytes = self else { return body(nil) }
        return bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0.dropLast(padding))) }
    }
}
