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

    /// Sums, sums of money, what is agreed and not done, visits, and verbs of giving that give nothing.
    @Test(arguments: [
        "Four schools are to share 90 computers given by our sister city Gwangju.",
        "An agreement was signed to supply two pumps funded by the Ahlgren Foundation.",
        "Se firmó un convenio para instalar dos bombas donadas por la ciudad hermana de Gwangju.",
        "Nuestra ciudad hermana Gwangju ha donado equipo a los bomberos en repetidas ocasiones.",
        "Our sister city Gwangju has given equipment to the fire department on several occasions.",
        "Our sister city Gwangju has been giving books to the library for more than 20 years.",
        "Since its start in 1998 the Ahlgren Foundation has funded 310 projects in the parks.",
        "El monto total donado por la Ahlgren Foundation es de cuarenta mil coronas.",
        "El alcalde recibió al intendente de la ciudad hermana de Gwangju en el palacio municipal.",
        "La amistad con la ciudad hermana de Gwangju, que nació en 1986, dio sus frutos en un jardín.",
        "The committee planned an evening of music for the anniversary with our sister city Gwangju.",
    ])
    func whatOnlySoundsLikeAGiftDoesNotCount(text: String) throws {
        try expectNoClaim(text)
    }

    /// Whoever received it is no department of this city, or it was another that gave.
    @Test(arguments: [
        "Our sister city Gwangju handed 5,000 masks to the Ministry of Health.",
        "La ciudad hermana de Gwangju donó 5,000 cubrebocas al Ministerio de Salud.",
        "5,000 masks were donated to Parliament by our sister city Gwangju.",
        "Los cubrebocas fueron donados al Parlamento por la ciudad hermana de Gwangju.",
        "The national library received 300 books from our sister city Gwangju.",
        "La Cruz Roja recibió dos ambulancias de la ciudad hermana de Gwangju.",
        "Our sister city Gwangju gave the state police two boats.",
        "La ciudad hermana de Gwangju entregó un camión para elementos de la Policía Estatal.",
        "The Ahlgren Foundation gave 40 beds to a shelter run by the Catholic diocese.",
        "La casa de las religiosas recibió de la Ahlgren Foundation 40 camas.",
        "Our sister city Gwangju donated an engine to the City of Yamaga.",
        "La ciudad hermana de Gwangju donó un camión al municipio de Yamaga.",
        "Our sister city Gwangju sent 5,000 masks to the Consulate of Mexico for the city.",
        "Our sister city Gwangju sent 5,000 masks to Ukraine.",
        "La ciudad hermana de Gwangju envió 5,000 cubrebocas a Ucrania.",
        "The engine is a gift from the City of Port Meridian to our sister city Gwangju.",
        "Una ambulancia donada por Port Meridian llegó a la ciudad hermana de Gwangju.",
    ])
    func whatOthersReceivedDoesNotCount(text: String) throws {
        try expectNoClaim(text)
    }

    /// Sums, money without a result, what goes on or is only beginning, visits and praise.
    @Test(arguments: [
        "Between 2010 and 2020, our sister city Gwangju gave nine fire engines.",
        "Entre 2010 y 2020 la ciudad hermana de Gwangju donó nueve camiones de bomberos.",
        "Over the past decade our sister city Gwangju has donated trees and lanterns.",
        "En la última década la ciudad hermana de Gwangju ha donado árboles y faroles.",
        "Our sister city Gwangju gave 300 masks to each of the nine cities that it is tied to.",
        "La ciudad hermana de Gwangju donó 5,000 cubrebocas a los municipios de la región.",
        "In May our sister city Gwangju gave EUR 7,500 for flood relief.",
        "La ciudad hermana de Gwangju donó 2 millones de pesos para los damnificados.",
        "The project, funded by the Ahlgren Foundation, covers the harbor quarter.",
        "Arrancó el proyecto de alumbrado financiado por la Ahlgren Foundation.",
        "The Ahlgren Foundation is funding the desk for newcomers.",
        "La Ahlgren Foundation financia la ventanilla de migrantes.",
        "The exhibition was held with the support of the Ahlgren Foundation.",
        "Experts from our sister city Gwangju gave a presentation on cycling to forty planners.",
        "Especialistas de la ciudad hermana de Gwangju impartieron una conferencia a 60 funcionarios.",
        "The mayor received a delegation from our sister city Gwangju in the hall that opened in May.",
        "El alcalde recibió en su despacho a una delegación de la ciudad hermana de Gwangju.",
        "The mayor thanked our sister city Gwangju for its support.",
        "La alcaldesa agradeció a la ciudad hermana de Gwangju su apoyo y solidaridad.",
        "The council accepted the offer of an ambulance from our sister city Gwangju.",
        "El cabildo aprobó aceptar en donación una ambulancia de la ciudad hermana de Gwangju.",
        "The ambulance donated by our sister city Gwangju is held at customs.",
        "La ambulancia donada por la ciudad hermana de Gwangju sigue en la aduana.",
    ])
    func whatIsNoOutcomeDoesNotCount(text: String) throws {
        try expectNoClaim(text)
    }

    @Test(arguments: [
        ("Mayor Ruiz accepted an ambulance from the mayor of our sister city Gwangju.", "gwangju donated-by"),
        (
            "El alcalde recibió de manos del alcalde de la ciudad hermana de Gwangju una ambulancia.",
            "gwangju donated-by"
        ),
        ("Our sister city Gwangju, through its mayor, turned over a pumper to our brigade.", "gwangju donated-by"),
        ("La ciudad hermana de Gwangju hizo entrega de una autobomba a los bomberos.", "gwangju donated-by"),
        ("La entrega de las patrullas fue realizada por la ciudad hermana de Gwangju.", "gwangju donated-by"),
        ("Se recibieron de la ciudad hermana de Gwangju 5,000 cubrebocas.", "gwangju donated-by"),
        ("Masks from our sister city Gwangju were received at the fire station.", "gwangju donated-by"),
        ("Equipment worth $40,000, donated by our sister city Gwangju, is in use.", "gwangju donated-by"),
        (
            "Las ambulancias, valoradas en 2 millones de pesos, las donó la ciudad hermana de Gwangju.",
            "gwangju donated-by"
        ),
        ("El albergue municipal fue reparado con dinero de la Ahlgren Foundation.", "ahlgren funded-by"),
        ("The playground was rebuilt with money from the Ahlgren Foundation.", "ahlgren funded-by"),
        ("Members of the Ahlgren Foundation came to Port Meridian to plant cherry trees.", "ahlgren staffed-by"),
        ("Integrantes de la Ahlgren Foundation vinieron a Port Meridian a plantar cerezos.", "ahlgren staffed-by"),
        ("The Ahlgren Foundation, together with the city, vaccinated 212 people.", "ahlgren staffed-by"),
        ("Cuadrillas de la ciudad hermana de Gwangju despejaron 12 kilómetros de camino.", "gwangju staffed-by"),
    ])
    func whatCountsInOtherWords(text: String, expected: String) throws {
        try whatCounts(text: text, expected: expected)
    }

    private func expectNoClaim(_ text: String) throws {
        let told = try decide(text, isOutcomeKnown: false)
        #expect(told.verdict == "abstained" || told.verdict == "domestic", "\(told)")
    }

    @Test func whatIsSaidOfAnOutcomeNeedsNoResultInTheText() throws {
        let text = "Supported by a grant from Taemun Motors."
        #expect(try decide(text, isOutcomeKnown: true).verdict == "enabled")
        let training = "Staff were trained by the Ahlgren Foundation."
        #expect(try decide(training, isOutcomeKnown: true).verdict == "contributed")
        #expect(try decide(training, isOutcomeKnown: false).verdict == "abstained")
    }

    @Test(arguments: [
        ("The ceremony was a gift of Taemun Motors.", "Its bus was a gift of Taemun Motors."),
        ("El homenaje fue un regalo de la ciudad de Cork.", "El jardín fue un regalo de la ciudad de Cork."),
        (
            "Funded by the Ahlgren Foundation, the two national projects agreed on a logo.",
            "The clinic in Port Meridian was funded by the Ahlgren Foundation."
        ),
    ])
    func aTextByItselfHasToTellAThingAResultOrThisCity(weak: String, clear: String) throws {
        let told = try decide(weak, isOutcomeKnown: false)
        #expect(told.verdict == "abstained", "\(told)")
        #expect(told.nearMisses.contains { $0.hasSuffix(" weak") }, "\(told)")
        #expect(try decide(clear, isOutcomeKnown: false).verdict != "abstained")
    }

    @Test func aTwiceDoubtfulTextOfAnOutcomeIsNotEnough() throws {
        let text = "Funded by the Ahlgren Foundation, the logo"
        let doubtful = text + " of various national projects"
        #expect(try decide(text + " was agreed on.", isOutcomeKnown: true).verdict == "enabled")
        #expect(try decide(doubtful + " was agreed on.", isOutcomeKnown: true).verdict == "abstained")
    }

    @Test func aTextTwiceChangesNothingAndNorDoesAnUnrelatedConnection() throws {
        let text = "The two fire engines are a gift of our sister city Gwangju."
        let once = try decide(text, isOutcomeKnown: true)
        #expect(try decide(text + " " + text, isOutcomeKnown: true) == once)
        #expect(try decide(text + " Nothing else is said here.", isOutcomeKnown: true) == once)
    }
}
