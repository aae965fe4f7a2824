import Attribution
import Connections
import FoundationEssentials
import Intake
import Primitives
import Testing

@testable import Pipeline

/// The example of README.md comes out as it is shown there.
@Suite struct ReadmeTests {
    private let root: String
    private let blocks: [String]

    init() throws {
        var components = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        components.removeLast(3)
        root = components.joined(separator: "/")
        let page = try String(contentsOfFile: root + "/README.md", encoding: .utf8)
        var blocks: [String] = []
        var block: String?
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == "```json" {
                block = ""
            } else if line == "```", let whole = block {
                blocks.append(whole)
                block = nil
            } else {
                block? += line.drop { $0 == " " }
            }
        }
        self.blocks = blocks
    }

    @Test func theRecordOfTheExample() throws {
        try #require(blocks.count == 2)
        let profileFile = try #require(BuiltInProfiles.bytes(named: "canonical"))
        let engine = Engine(
            profile: try #require(ProfileFile.read(profileFile, file: "canonical").profile),
            rules: try #require(BuiltInRules.reading.rules),
            registry: RegistryIndex(try RegistryLoader.load(path: root + "/compose/registry/port-meridian.yaml")),
            city: "port-meridian", department: "health", secret: Array(repeating: 7, count: 32))
        let processor = EventProcessor(engine: engine, topic: "city.health.events")
        let event = Array(blocks[0].utf8)
        let processed = event.withUnsafeBytes {
            processor.process(SourceMessage(payload: $0, partition: 3, offset: 812))
        }
        guard case .record = processed else {
            Issue.record("expected a record, not \(processed)")
            return
        }
        // Keys and digests are shortened in the page.
        let shown = try #require(members(of: blocks[1]))
        #expect(members(of: processor.record.text()) == shown)
    }

    /// What stands from the type of the outcome to the place of the event.
    private func members(of record: String) -> String? {
        let bytes = Array(record.utf8)
        func place(_ text: String) -> Int? { bytes.indices.first { bytes[$0...].starts(with: Array(text.utf8)) } }
        guard let start = place("\"type\":\"vaccination"), let end = place(",\"eventDigest\"") else { return nil }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }
}
