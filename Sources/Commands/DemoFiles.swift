import Glibc
import Operations
import SampleEvents

/// What the demonstration leaves behind: registry, events and records, to look at with the other commands.
struct DemoFiles: Sendable {
    let folder: String

    /// Makes the folder and writes the registry; nil where that fails.
    init?(folder: String) {
        self.folder = folder
        guard mkdir(folder, 0o755) == 0 || errno == EEXIST else { return nil }
        guard Files.write(SampleRegistry.bytes, to: "\(folder)/\(SampleRegistry.name)") else { return nil }
    }

    var registry: String { "\(folder)/\(SampleRegistry.name)" }
    var records: String { "\(folder)/records.ndjson" }

    func events(of department: String) -> String { "\(folder)/\(department).ndjson" }

    /// Writes the events that are whole in their payload: CloudEvents in structured mode, well formed.
    func write(_ events: [SampleEvent], of department: String) {
        var content: [UInt8] = []
        for event in events {
            guard let payload = event.payload, event.isStructuredAndWhole else { continue }
            content += payload + [10]
        }
        _ = Files.write(content, to: self.events(of: department))
    }

    func write(_ records: DemoRecords) {
        var content: [UInt8] = []
        for payload in records.payloads { content += payload + [10] }
        _ = Files.write(content, to: self.records)
    }
}

extension SampleEvent {
    /// True where the payload alone tells all, on one line.
    fileprivate var isStructuredAndWhole: Bool {
        if case .malformed = expectation { return false }
        return headers.contains { header in
            header.name == "content-type" && header.value.starts(with: Array("application/cloudevents+json".utf8))
        } && payload?.contains(10) == false
    }
}
