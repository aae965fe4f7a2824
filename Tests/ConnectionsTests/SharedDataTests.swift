import Connections
import FoundationEssentials
import Testing
import YAML

/// The path of a file below the package, or beside it.
private func path(_ relative: String) -> String {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return "/\(root)/\(relative)"
}

private let passages = path("../shared/data/passages/registry.json")

@Suite struct SharedDataTests {
    @Test(
        .enabled(
            if: FileManager.default.fileExists(atPath: passages), "../shared/data is not there: nothing to test against"
        ))
    func readsTheRegistryOfThePassages() throws {
        let result = RegistryLoader.read(path: passages)
        let registry = try #require(result.registry, "\(result.findings.filter { $0.severity == .error })")
        #expect(registry.connections.count == 164)
        #expect(registry.connections.filter(\.isVerified).count < 105)
        #expect(result.findings.allSatisfy { $0.severity == .warning })
        #expect(RegistryIndex(registry).connection(id: "sat:network:délice-network") != nil)
    }
}

@Suite struct ShippedRegistryTests {
    @Test func sanAntonioIsWholeAndUnverified() throws {
        let result = RegistryLoader.read(path: path("compose/registry/san-antonio.yaml"))
        let registry = try #require(result.registry, "\(result.findings)")
        #expect(registry.connections.count == 25)
        #expect(registry.connections.allSatisfy { !$0.isVerified && !$0.sources.isEmpty })
        #expect(registry.connections.allSatisfy { $0.id.utf8.allSatisfy { $0 < 0x80 } })
        #expect(result.findings.count >= 25)
    }

    @Test func theSampleShowsEveryKindOfRow() throws {
        let result = RegistryLoader.read(path: path("compose/registry/port-meridian.yaml"))
        let registry = try #require(result.registry, "\(result.findings)")
        #expect(Set(registry.connections.map(\.type)) == Set(ConnectionType.allCases))
        #expect(Set(registry.connections.map(\.status)) == Set(ConnectionStatus.allCases))
        #expect(Set(registry.activities.map(\.kind)) == Set(ActivityKind.allCases))
        #expect(
            Set(registry.connections.flatMap { $0.identifiers.map(\.scheme) })
                .isSuperset(of: ["agreement", "grant", "programme", "venue", "partner"]))
        #expect(registry.connections.contains { $0.supersededOn != nil })
        for row in registry.connections where row.isVerified { #expect(row.verifiedBy != row.editedBy) }
        #expect(
            result.findings.allSatisfy {
                $0.severity == .warning && $0.message.hasPrefix("it can give circumstantial")
            },
            "\(result.findings)")
    }
}
