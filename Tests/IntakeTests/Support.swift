import Attribution
import Connections
import JSON
import Primitives
import Testing

@testable import Intake

/// Bytes at fixed addresses of exactly their length, as long as this lives.
final class Memory {
    private var kept: [UnsafeMutableRawBufferPointer] = []

    deinit {
        for bytes in kept { bytes.deallocate() }
    }

    func keep(_ bytes: some Collection<UInt8>) -> UnsafeRawBufferPointer {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        memory.copyBytes(from: bytes)
        kept.append(memory)
        return UnsafeRawBufferPointer(memory)
    }

    func keep(_ text: String) -> UnsafeRawBufferPointer { keep(Array(text.utf8)) }

    /// A text, and what keeps it.
    func kept(_ text: String) -> (bytes: UnsafeRawBufferPointer, owner: Memory) { (keep(text), self) }
}

/// What was read of an event, in texts of its own.
struct Taken: Equatable, CustomStringConvertible {
    var disposition: Disposition
    var recordID = ""
    var type = ""
    var occurredOn: String?
    var count: Int64 = 1
    var people: Int64?
    var usdCents: Int64?
    var direction = Direction.inbound
    var district: String?
    var groups: [String] = []
    var revision: Int64?
    var time: String?
    var references: [String] = []

    /// Nothing was read.
    init(_ disposition: Disposition) {
        self.disposition = disposition
    }

    init(_ disposition: Disposition, _ event: SourceEvent, _ reader: EventReader) {
        func text(_ bytes: UnsafeRawBufferPointer) -> String { String(decoding: bytes, as: UTF8.self) }
        self.disposition = disposition
        if case .skipped = disposition { return }
        recordID = text(event.recordID)
        type = text(event.outcome.type)
        occurredOn = event.outcome.occurredOn?.description
        count = event.outcome.count
        people = event.outcome.people
        usdCents = event.outcome.usdCents
        direction = event.outcome.direction
        district = event.outcome.district.map(text)
        groups = event.outcome.groups.map { "\(text($0.code)) \($0.people)" }
        revision = event.revision
        time = event.time?.description
        references = event.references.map { reference in
            var field = ByteBuffer()
            reader.write(reference.field, into: &field)
            let mechanism = reference.mechanism.map { "\($0.name)" } ?? "-"
            return "\(text(reference.scheme)) \(text(reference.id)) \(mechanism) \(field.text())"
        }
    }

    var description: String {
        "\(disposition) id=\(recordID) type=\(type) on=\(occurredOn ?? "-") count=\(count) people=\(people ?? -1) "
            + "cents=\(usdCents ?? -1) \(direction) district=\(district ?? "-") \(groups) "
            + "revision=\(revision ?? -1) time=\(time ?? "-") \(references)"
    }
}

/// A message as a test writes it.
struct Sent {
    var payload: [UInt8]?
    var key: String?
    var headers: [(String, String)] = []

    init(_ payload: String?, key: String? = nil, headers: [(String, String)] = []) {
        self.payload = payload.map { Array($0.utf8) }
        self.key = key
        self.headers = headers
    }

    init(bytes: [UInt8], headers: [(String, String)] = []) {
        payload = bytes
        self.headers = headers
    }
}

/// A reader for a department's events by a profile.
struct Intaker {
    let reader: EventReader

    init(_ profile: Profile, department: String = "housing", limits: EventLimits = EventLimits()) {
        reader = EventReader(profile: profile, department: department, limits: limits)
    }

    /// A reader by a built-in profile.
    init(builtIn name: String, department: String = "housing") throws {
        let bytes = try #require(BuiltInProfiles.bytes(named: name))
        self.init(try #require(ProfileFile.read(bytes, file: name).profile), department: department)
    }

    /// A reader by a profile in a text.
    init(_ profile: String, limits: EventLimits = EventLimits(), sourceLocation: SourceLocation = #_sourceLocation)
        throws
    {
        let reading = ProfileFile.read(Array(profile.utf8), file: "profile.yaml")
        self.init(
            try #require(reading.profile, "\(reading.findings)", sourceLocation: sourceLocation), limits: limits)
    }

    /// What comes of a message.
    func read(_ sent: Sent) -> Result<Taken, Fault> {
        let memory = Memory()
        var headers = EventHeaders()
        for (name, value) in sent.headers { headers.take(name: memory.keep(name), value: memory.keep(value)) }
        let message = SourceMessage(
            payload: sent.payload.map { memory.keep($0) }, key: sent.key.map { memory.keep($0) }, headers: headers)
        var event = SourceEvent()
        return withExtendedLifetime(memory) {
            do throws(Fault) {
                return .success(Taken(try reader.read(message, into: &event), event, reader))
            } catch {
                return .failure(error)
            }
        }
    }

    /// What was read of a message that must not be refused.
    func taken(_ sent: Sent, sourceLocation: SourceLocation = #_sourceLocation) throws -> Taken {
        switch read(sent) {
        case .success(let taken): return taken
        case .failure(let fault):
            Issue.record("refused: \(fault)", sourceLocation: sourceLocation)
            throw fault
        }
    }

    /// The fault of a message that must be refused.
    func fault(_ sent: Sent, sourceLocation: SourceLocation = #_sourceLocation) throws -> Fault {
        switch read(sent) {
        case .success(let taken):
            Issue.record("taken in: \(taken)", sourceLocation: sourceLocation)
            throw Fault(.malformed, "not refused")
        case .failure(let fault): return fault
        }
    }
}

/// The header of structured mode.
let structured = [("content-type", "application/cloudevents+json; charset=UTF-8")]

/// The data of a canonical event with everything in it.
let wholeData = """
    {"outcome":{"type":"shelter-placement","occurredOn":"2026-03-04","count":2,"people":3,"usd":12000.5,
     "direction":"inbound"},"district":"D7","groups":{"youth":2,"women":1},"revision":4,
     "references":[{"scheme":"grant","id":"PRM-2025-114","mechanism":"funded-by"},
                   {"scheme":"venue","id":"VDS-01","mechanism":"delivered-at"},
                   {"scheme":"partner","id":77}],
     "named":[{"name":"Consulado General de México","country":"MX","mechanism":"convened-by"}],
     "narrative":"…"}
    """

/// The least data of a canonical event, with members added to the data and to its outcome.
func data(_ members: String = "", outcome: String = "") -> String {
    #"{"outcome":{"type":"t","occurredOn":"2026-03-04"\#(outcome)}\#(members)}"#
}

/// A canonical event in structured mode, with attributes beside the required ones.
func event(_ data: String, _ attributes: String = "") -> String {
    #"{"specversion":"1.0","id":"e-1","source":"/shelters","type":"org.city.housing.shelter-placement.recorded""#
        + #"\#(attributes),"data":\#(data)}"#
}
