import Connections
import JSON
import Primitives
import YAML

@testable import Commands

extension Fuzzer {
    /// Registry files: findings in the file, or a registry that says the same once it was published row by row.
    static let registry = Fuzzer(
        name: "registry", bytesMax: 2500, dictionary: "registry",
        folders: ["schemas/examples/registry", "compose/registry"]
    ) {
        { bytes in
            let reading = RegistryLoader.read([RegistryDocument(name: "file", bytes: Array(bytes))])
            reading.findings.expectGood(ofFile: bytes, isRead: reading.registry != nil)
            let entries = reading.entries
            let isSame =
                RegistryDifference(from: entries.connections, to: entries.connections).isEmpty
                && RegistryDifference(from: entries.activities, to: entries.activities).isEmpty
            expect(isSame, "a registry differs from itself")
            guard let registry = reading.registry else { return }
            _ = RegistryIndex(registry.asOf(CivilDate(daysSinceEpoch: 20_000)))
            expectReadsBack(registry, entries)
        }
    }

    /// As `registry publish` sends it, and a worker reads it from topics.
    private static func expectReadsBack(_ registry: Registry, _ entries: RegistryEntries) {
        let connections = entries.connections.map {
            RegistryDocument(name: $0.id, bytes: RegistryPublish.value($0), form: .connection)
        }
        let activities = entries.activities.map {
            RegistryDocument(name: $0.id, bytes: RegistryPublish.value($0), form: .activity)
        }
        guard !connections.isEmpty else { return }
        let again = RegistryLoader.read(connections + activities)
        guard let read = again.registry else { fatalError("found: refused in topics: \(again.findings)") }
        let named = registry.connections.map { row in
            var row = row
            row.city = row.city ?? registry.city?.name
            row.state = row.state ?? registry.city?.state
            return row
        }
        expect(read.connections == named, "connections read back as others")
        expect(read.activities == registry.activities, "activities read back as others")
    }
}
