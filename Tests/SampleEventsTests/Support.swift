import Attribution
import Connections
import Intake
import Primitives
import SampleEvents
import Testing

/// What the pipeline made of a sample event.
enum Outturn: Equatable {
    case outcome(SampleVerdict)
    case retracted
    case skipped(String)
    case fault(String)
}

/// A sample event with what came of it.
struct Judged {
    let event: SampleEvent
    let outturn: Outturn
    /// The connections that carry evidence better than circumstantial, in an attributed outcome.
    var attributed: [ConnectionFacts] = []
    /// The mechanisms by which they do.
    var mechanisms: [Mechanism] = []
    /// Why rules did not fire.
    var misses: [NearMiss.Reason] = []
}

/// Reads and decides sample events, as a worker does.
struct Judge {
    let registry: RegistryIndex
    private let rules: Rules
    private let profile: Profile

    init() throws {
        let root = "\(#filePath)".split(separator: "/").dropLast(3).joined(separator: "/")
        registry = RegistryIndex(try RegistryLoader.load(path: "/\(root)/compose/registry/port-meridian.yaml"))
        rules = try #require(BuiltInRules.reading.rules)
        let bytes = try #require(BuiltInProfiles.bytes(named: "canonical"))
        profile = try #require(ProfileFile.read(bytes, file: "canonical.yaml").profile)
    }

    /// What comes of the events of a department.
    func judge(_ events: [SampleEvent], of department: String) -> [Judged] {
        let reader = EventReader(profile: profile, department: department)
        let decider = Decider(rules: rules, registry: registry, department: department)
        return events.map { judge($0, reader, decider) }
    }

    private func judge(_ event: SampleEvent, _ reader: EventReader, _ decider: Decider) -> Judged {
        let payload = Memory(event.payload)
        let key = Memory(event.key)
        let values = event.headers.map { (Memory(Array($0.name.utf8)), Memory($0.value)) }
        return withExtendedLifetime((payload, key, values)) {
            var headers = EventHeaders()
            for (name, value) in values where name.bytes != nil { headers.take(name: name.bytes!, value: value.bytes) }
            let message = SourceMessage(payload: payload.bytes, key: key.bytes, headers: headers)
            var read = SourceEvent()
            do throws(Fault) {
                if case .skipped(let reason) = try reader.read(message, into: &read) {
                    return Judged(event: event, outturn: .skipped(reason.rawValue))
                }
            } catch {
                return Judged(event: event, outturn: .fault(error.code.rawValue))
            }
            return decided(event, read, decider)
        }
    }

    private func decided(_ event: SampleEvent, _ read: SourceEvent, _ decider: Decider) -> Judged {
        let matcher = ReferenceMatcher(rules: rules, registry: registry)
        var candidates: [Candidate] = []
        for reference in read.references { matcher.match(reference, into: &candidates) }
        var decision = Decision()
        decider.decide(read.outcome, candidates, into: &decision)
        let verdict = SampleVerdict(rawValue: "\(decision.verdict.name)")
        var judged = Judged(event: event, outturn: verdict.map { .outcome($0) } ?? .retracted)
        judged.misses = decision.nearMisses.map(\.reason)
        if verdict == .enabled || verdict == .contributed {
            let reasons = decision.evidence.filter { $0.tier != .circumstantial }
            judged.attributed = reasons.map { registry.connections[$0.connection] }
            judged.mechanisms = reasons.compactMap(\.mechanism)
        }
        return judged
    }
}

/// Bytes at a fixed address, or none, as long as this lives.
private final class Memory {
    let bytes: UnsafeRawBufferPointer?

    init(_ content: [UInt8]?) {
        bytes = content.map { content in
            let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: content.count, alignment: 1)
            memory.copyBytes(from: content)
            return UnsafeRawBufferPointer(memory)
        }
    }

    deinit { bytes?.deallocate() }
}
