import Connections
import Narrative
import Primitives
import Testing

@testable import Attribution

/// Whole texts, decided by the built-in rules. The sentences were written for this test.
@Suite struct TextDecisionTests {
    private static let rows: [Connection] = [
        partner("gwangju", .sisterCity, "Gwangju", "KR"), partner("cork", .sisterCity, "Cork", "IE"),
        partner("mexico", .consulate, "Consulate General of Mexico in Port Meridian", "MX"),
        partner("ahlgren", .internationalOrganisation, "Ahlgren Foundation", "SE"),
        partner("taemun", .foreignOwnedBusiness, "Taemun Motors", "KR"),
        partner("rotterdam", .agreement, "Rotterdam", "NL"), partner("c40", .network, "C40", nil),
    ]

    private static func partner(_ id: String, _ type: ConnectionType, _ name: String, _ country: String?) -> Connection
    {
        connection(id) { row in
            row.type = type
            row.partner = name
            row.country = country
            row.names = [RegisteredName(name, country: country)]
            row.since = PartialDate("1985")
        }
    }

    private func decide(_ text: String, isOutcomeKnown: Bool) throws -> Told {
        let bench = try Bench(Self.rows)
        let language = try #require(bench.rules.language)
        let matcher = NameMatcher(
            registry: bench.registry, names: NameIndex(bench.registry, language: language, home: "Port Meridian"))
        var candidates: [Candidate] = []
        Array(text.utf8).withUnsafeBytes {
            matcher.match($0, FieldReference(path: 0, element: 0), isOutcomeKnown: isOutcomeKnown, into: &candidates)
        }
        return bench.decide(candidates)
    }

    @Test(arguments: [
        ("The two fire engines are a gift of our sister city Gwangju.", "gwangju donated-by"),
        ("Gwangju, South Korea, donated 4,000 masks to the fire department.", "gwangju donated-by"),
        ("Los cubrebocas fueron donados por la ciudad hermana de Gwangju.", "gwangju donated-by"),
        ("La Ciudad de Cork, Irlanda, obsequió 600 robles que ya están plantados.", "cork donated-by"),
        ("The clinic was funded by the Ahlgren Foundation.", "ahlgren funded-by"),
        ("Con una subvención de la Ahlgren Foundation se atendió a 1,376 menores.", "ahlgren funded-by"),
        ("Some 100 doses were administered at the Mexican Consulate on Saturday.", "mexico delivered-at"),
        ("Se aplicaron 486 vacunas en las instalaciones del Consulado General de México.", "mexico delivered-at"),
        ("Firefighters from our sister city Gwangju helped to fight the fire.", "gwangju staffed-by"),
        (
            "Nineteen firefighters, trained at the academy of our sister city Gwangju, rescued two people.",
            "gwangju trained-under"
        ),
        ("The water square was modelled on one of the City of Rotterdam.", "rotterdam designed-from"),
        ("A working group convened by C40 led to 1,930 tenants with a lower tariff.", "c40 convened-by"),
        ("The playground was donated by the Republic of Korea and the Ahlgren Foundation.", "ahlgren donated-by"),
        ("The hall was built thanks to a collaboration with the City of Cork.", "cork convened-by"),
    ])
    func whatCounts(text: String, expected: String) throws {
        let told = try decide(text, isOutcomeKnown: false)
        #expect(told.verdict == "enabled" || told.verdict == "contributed", "\(told)")
        let parts = expected.split(separator: " ")
        #expect(told.evidence.contains { $0.hasPrefix("\(parts[0]) named/\(parts[1]) T2") }, "\(told)")
    }

    @Test(arguments: [
        "Gwangju gave two bells.", "The delegation of the City of Gwangju visited the park.",
        "The mayor signed a sister city agreement with Cork, Ireland.",
        "Port Meridian sent 2,000 blankets to its sister city Gwangju.",
        "The City of Gwangju plans to donate a fire engine.", "The fire engine was not donated by the City of Gwangju.",
        "The city hopes to receive 20,000 masks from the City of Gwangju.",
        "Taemun Motors presented the league with a check for $25,000.", "Clients from Mexico and Korea were housed.",
        "Spanish and Korean are spoken at the clinic, where 40 patients were seen.",
        "The clinic on Gwangju Street saw 400 patients.", "Cork boards were installed in 40 classrooms.",
        "A direct flight to Cork was announced at the ceremony with the City of Cork.",
        "El consulado mexicano ofrecerá vacunas a 200 personas.",
        "Port Meridian capacitó a 45 bomberos de la ciudad hermana de Gwangju.",
        "Since its inception the Ahlgren Foundation has funded 9,000 homes.",
        "The park was built by the county; meanwhile the City of Cork opened a museum of its own.", "", "Nothing.",
    ])
    func whatDoesNotCount(text: String) throws {
        let told = try decide(text, isOutcomeKnown: false)
        #expect(told.verdict == "abstained" || told.verdict == "domestic", "\(told)")
        #expect(told.credit.isEmpty)
    }

    @Test func whatIsSaidOfAnOutcomeNeedsNoResultInTheText() throws {
        let text = "Supported by a grant from Taemun Motors."
        #expect(try decide(text, isOutcomeKnown: true).verdict == "enabled")
        let training = "Staff were trained by the Ahlgren Foundation."
        #expect(try decide(training, isOutcomeKnown: true).verdict == "contributed")
        #expect(try decide(training, isOutcomeKnown: false).verdict == "abstained")
    }

    @Test func aTextTwiceChangesNothingAndNorDoesAnUnrelatedConnection() throws {
        let text = "The two fire engines are a gift of our sister city Gwangju."
        let once = try decide(text, isOutcomeKnown: true)
        #expect(try decide(text + " " + text, isOutcomeKnown: true) == once)
        #expect(try decide(text + " Nothing else is said here.", isOutcomeKnown: true) == once)
    }
}
