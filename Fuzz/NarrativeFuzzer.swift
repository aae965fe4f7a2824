import Attribution
import Connections
import Narrative
import YAML

/// Rules and a registry that texts are read by, made once.
private struct Fixture {
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
}

private nonisolated(unsafe) let fixture = Fixture()

/// libFuzzer's loop, without its `main`: SwiftPM names the program's entry itself.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafePointer<CChar>?>?>,
    _ body: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt

/// The program's entry.
@_cdecl("fuzz_narrative_main")
public func fuzzNarrativeMain(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafePointer<CChar>?>?) -> CInt {
    var (count, arguments) = (count, arguments)
    return runFuzzer(&count, &arguments, fuzzNarrative)
}

/// Texts, names of partners, and phrases of a rules file: whatever the bytes are, reading ends, stays in bounds, and
/// gives the same twice.
private func fuzzNarrative(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    guard size > 1, let fixture else { return 0 }
    let bytes = UnsafeRawBufferPointer(start: data + 1, count: size - 1)
    switch data[0] % 4 {
    case 0: readPhrase(bytes)
    case 1:
        var found: [TextStatement] = []
        fixture.reader.readName(bytes, country: nil, into: &found)
        precondition(found.allSatisfy { (0..<fixture.connections).contains($0.connection) })
    default:
        var once: [TextStatement] = []
        var twice: [TextStatement] = []
        fixture.reader.read(bytes, isOutcomeKnown: data[0] & 4 != 0, into: &once)
        fixture.reader.read(bytes, isOutcomeKnown: data[0] & 4 != 0, into: &twice)
        precondition(once == twice && once.count <= TextReader.statementsMax)
    }
    return 0
}

/// A phrase as a rules file may hold it.
private func readPhrase(_ bytes: UnsafeRawBufferPointer) {
    func scalar(_ text: String) -> YAMLNode { YAMLNode(content: .scalar(text, style: .quoted)) }
    let text = String(decoding: bytes, as: UTF8.self)
    let phrases = YAMLNode(content: .sequence([scalar(text)]))
    let statement = YAMLNode(
        content: .mapping([(scalar("mechanism"), scalar("funded-by")), (scalar("phrases"), phrases)]))
    let words = YAMLNode(content: .mapping([(scalar("gave"), YAMLNode(content: .sequence([scalar("gave")])))]))
    let language = YAMLNode(
        content: .mapping([
            (scalar("words"), words), (scalar("statements"), YAMLNode(content: .sequence([statement]))),
        ]))
    var reader = FieldReader(file: "fuzz")
    let read = LanguageFile.read(language, &reader)
    precondition((read == nil) == reader.hasErrors)
}
