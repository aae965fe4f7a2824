import Attribution
import Connections
import Narrative
import YAML

extension Fuzzer {
    /// Texts, names of partners, and phrases of a rules file: whatever the bytes are, reading ends, stays in bounds,
    /// and gives the same twice.
    static let narrative = Fuzzer(name: "narrative", bytesMax: 600) {
        guard let fuzzer = NarrativeFuzzer() else { fatalError("the rules cannot be read") }
        return { fuzzer.take($0) }
    }
}

/// Rules and a registry that texts are read by.
private struct NarrativeFuzzer {
    let reader: TextReader
    let connections: Int

    init?() {
        guard let language = RulesFile.read(BuiltInRules.bytes, file: "default").rules?.language else { return nil }
        let rows: [(String, ConnectionType, String, String)] = [
            ("a", .sisterCity, "Gwangju", "KR"), ("b", .sisterCity, "León", "ES"), ("c", .friendshipCity, "León", "MX"),
            ("d", .consulate, "Consulate of Mexico", "MX"), ("e", .network, "C40 Cities", "GB"),
            ("f", .foreignOwnedBusiness, "トヨタ", "JP"), ("g", .internationalOrganisation, "Médecins d'Ici", "FR"),
        ]
        let connections = rows.map { id, type, partner, country in
            var connection = Connection(id: id, type: type, partner: partner)
            connection.country = country
            return connection
        }
        let registry = RegistryIndex(Registry(connections: connections, digest: "fuzz"))
        reader = TextReader(NameIndex(registry, language: language, home: "San Antonio"))
        self.connections = connections.count
    }

    func take(_ input: UnsafeRawBufferPointer) {
        guard let choice = input.first, input.count > 1 else { return }
        let bytes = UnsafeRawBufferPointer(rebasing: input.dropFirst())
        switch choice % 4 {
        case 0: readPhrase(bytes)
        case 1:
            var found: [TextStatement] = []
            reader.readName(bytes, country: nil, into: &found)
            expect(found.allSatisfy { (0..<connections).contains($0.connection) }, "a connection that is none")
        default:
            var once: [TextStatement] = []
            var twice: [TextStatement] = []
            reader.read(bytes, isOutcomeKnown: choice & 4 != 0, into: &once)
            reader.read(bytes, isOutcomeKnown: choice & 4 != 0, into: &twice)
            expect(once == twice, "once \(once), and then \(twice)")
            expect(once.count <= TextReader.statementsMax, "\(once.count) statements")
        }
    }

    /// A phrase as a rules file may hold it.
    private func readPhrase(_ bytes: UnsafeRawBufferPointer) {
        func scalar(_ text: String) -> YAMLNode { YAMLNode(content: .scalar(text, style: .quoted)) }
        let phrases = YAMLNode(content: .sequence([scalar(bytes.text)]))
        let statement = YAMLNode(
            content: .mapping([(scalar("mechanism"), scalar("funded-by")), (scalar("phrases"), phrases)]))
        let words = YAMLNode(content: .mapping([(scalar("gave"), YAMLNode(content: .sequence([scalar("gave")])))]))
        let language = YAMLNode(
            content: .mapping([
                (scalar("words"), words), (scalar("statements"), YAMLNode(content: .sequence([statement]))),
            ]))
        var reader = FieldReader(file: "fuzz")
        let read = LanguageFile.read(language, &reader)
        expect((read == nil) == reader.hasErrors, "read: \(read != nil), with \(reader.findings)")
    }
}
