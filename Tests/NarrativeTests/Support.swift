import Connections
import Narrative
import Primitives
import Testing
import YAML

/// A small language: enough to show what each part of it does.
let smallLanguage = """
    words:
      determiners: [the, our]
      conjunctions: [and, y]
      abbreviations: [st, mr]
      numbers: [two, dos]
      barriers: [will]
      currencies: [dollars, usd, pesos]
      values: [worth, valorado]
      gave: [gave, donated, handed over, dono]
    derived_names:
      consulate: ["{people} consulate", "consulate of {country}"]
    not_names: ["{partner} street|texas", "mayor {partner}"]
    certain: ["city of {partner}", "{partner} ...2 {country}", "{country} city of {partner}"]
    representations: ["{partner} ...2 consulates"]
    locations: ["in|en {partner}"]
    regions: { US: [texas], KR: [jeolla] }
    ties: ["sister city|cities", "ciudad hermana"]
    statements:
      - mechanism: donated-by
        phrases: ["{partner} ...3 <gave>", "gift ...4 from {partner}", "<gave> by {partner}"]
      - mechanism: funded-by
        needs_result: true
        phrases: ["grant from {partner}", "{partner} paid ...1 {money}"]
    results: ["{number} ...1 people"]
    vetoes:
      - { means: negated, phrases: ["not ..3 {statement}"] }
      - { means: planned, phrases: ["hopes ..3 {statement}", "to {statement}"] }
      - { means: outbound, phrases: ["gave ...4 to {partner}"] }
      - { means: activity, phrases: ["visited {partner}"] }
      - means: other-receiver
        phrases: ["{statement} ...4 to {connection}", "{statement} ...4 to the city of {elsewhere}"]
      - { means: no-result, phrases: ["{money} ...2 {statement}"] }
    """

/// The language of a text, which must have no errors.
func language(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Language {
    var reader = FieldReader(file: "rules.yaml")
    let node = try YAMLDocument.parse(Array(text.utf8), file: "rules.yaml")
    reader.check(node, LanguageFile.fields)
    let language = LanguageFile.read(node, &reader)
    return try #require(language, "\(reader.findings)", sourceLocation: sourceLocation)
}

/// A connection with names; those of the partner are its own.
func connection(
    _ id: String, _ type: ConnectionType, _ partner: String, _ country: String? = nil, aliases: [RegisteredName] = []
) -> Connection {
    var connection = Connection(id: id, type: type, partner: partner)
    connection.country = country
    connection.names = [RegisteredName(partner, country: country)]
    connection.aliases = aliases
    connection.since = PartialDate("1980")
    connection.verified = true
    return connection
}

/// The connections that tests speak of.
let connections = [
    connection("gwangju", .sisterCity, "Gwangju", "KR", aliases: [RegisteredName("Kwangju", country: "KR")]),
    connection("kumamoto", .sisterCity, "Kumamoto", "JP"),
    connection("leon-es", .sisterCity, "León", "ES"), connection("leon-mx", .friendshipCity, "León", "MX"),
    connection("mexico", .consulate, "Consulate General of Mexico in Port Meridian", "MX"),
    connection("paris", .sisterCity, "Paris", "FR"), connection("lubbock", .sisterCity, "Lubbock", "US"),
    connection("toyota", .foreignOwnedBusiness, "Toyota Motor (plant)", "JP"),
]

/// A reader of texts over connections.
struct Bench {
    let registry: RegistryIndex
    let reader: TextReader

    init(_ rows: [Connection] = connections, language text: String = smallLanguage, home: String? = "Port Meridian")
        throws
    {
        registry = RegistryIndex(Registry(connections: rows, digest: "test"))
        reader = TextReader(NameIndex(registry, language: try language(text), home: home))
    }

    /// What a text says, as `id certainty mechanism obstacle`.
    func read(_ text: String, isOutcomeKnown: Bool = true) -> [String] {
        var statements: [TextStatement] = []
        Array(text.utf8).withUnsafeBytes {
            reader.read($0, isOutcomeKnown: isOutcomeKnown, into: &statements)
        }
        return statements.map(told)
    }

    /// Whom a name means.
    func name(_ text: String, country: String? = nil) -> [String] {
        var statements: [TextStatement] = []
        Array(text.utf8).withUnsafeBytes { name in
            Array((country ?? "").utf8).withUnsafeBytes { code in
                reader.readName(name, country: country == nil ? nil : code, into: &statements)
            }
        }
        return statements.map(told)
    }

    private func told(_ statement: TextStatement) -> String {
        let mechanism = statement.mechanism.map { "\($0.name)" } ?? "-"
        let obstacle = statement.obstacle.map { " \($0.name)" } ?? ""
        return "\(registry.connections[statement.connection].id) \(statement.certainty) \(mechanism)\(obstacle)"
    }
}
