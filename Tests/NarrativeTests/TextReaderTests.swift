import Connections
import Testing

@testable import Narrative

/// Who is named in a text, and what it says that they did.
@Suite struct TextReaderTests {
    @Test(arguments: [
        // A place alone; with its organisation, its country, its tie.
        ("Gwangju gave two bells.", ["gwangju nameAlone donated-by"]),
        ("The City of Gwangju gave two bells.", ["gwangju beyondDoubt donated-by"]),
        ("Gwangju, South Korea, gave two bells.", ["gwangju beyondDoubt donated-by"]),
        ("The Korean city of Gwangju donated a bell", ["gwangju beyondDoubt donated-by"]),
        ("Our sister city Gwangju gave a bell", ["gwangju beyondDoubt donated-by"]),
        ("La ciudad hermana, GWANGJU, donó una campana", ["gwangju beyondDoubt donated-by"]),
        // Former spelling, possessive, hyphen.
        ("a gift of a bell from the city of Kwangju", ["gwangju beyondDoubt donated-by"]),
        ("City of Gwangju's mayor gave a bell", ["gwangju beyondDoubt donated-by"]),
        // An organisation needs nothing beside it.
        ("Toyota Motor donated a bus", ["toyota beyondDoubt donated-by"]),
        ("Donated by Toyota Motor.", ["toyota beyondDoubt donated-by"]),
        ("The Mexican Consulate gave a bus", ["mexico beyondDoubt donated-by"]),
        ("The Consulate of Mexico gave a bus", ["mexico beyondDoubt donated-by"]),
        ("The Mexican and Japanese consulates gave a bus", ["mexico beyondDoubt donated-by"]),
        // A state is its consulate where it gave something, and nothing otherwise.
        ("Mexico gave a bus", ["mexico beyondDoubt donated-by"]), ("Clients from Mexico were served", []),
        ("Mexican food was served", []),
        // Listed names did the same.
        (
            "Sister cities Gwangju and Kumamoto gave a bell each",
            [
                "gwangju beyondDoubt donated-by", "kumamoto beyondDoubt donated-by",
            ]
        ),
        // Named, and nothing said of what it did.
        ("The City of Gwangju was there.", ["gwangju beyondDoubt -"]),
        ("Nothing of it", []), ("", []), ("   \n\n ", []),
    ])
    func whoDidWhat(text: String, expected: [String]) throws {
        #expect(try Bench().read(text) == expected)
    }

    @Test(arguments: [
        ("It was not the City of Gwangju that gave a bell", "gwangju beyondDoubt donated-by negated"),
        ("The city hopes the City of Gwangju gave a bell", "gwangju beyondDoubt donated-by planned"),
        ("We gave a bell to the City of Gwangju", "gwangju beyondDoubt - outbound"),
        ("We visited the City of Gwangju", "gwangju beyondDoubt - activity"),
    ])
    func whatTakesItBack(text: String, expected: String) throws {
        #expect(try Bench().read(text) == [expected])
    }

    @Test func aStatementThatHoldsGoesBeforeOneThatIsTakenBack() throws {
        let text = "We hopes the City of Gwangju gave a bell. A gift from the City of Gwangju stands here."
        #expect(
            try Bench().read(text) == [
                "gwangju beyondDoubt donated-by", "gwangju beyondDoubt donated-by planned",
            ])
    }

    @Test(arguments: [
        "Gwangju Street was paved", "Mayor Gwangju gave a speech", "Winston-Gwangju gave a bell",
        "Gwangjuish gave a bell",
        "gwangju99 gave a bell",
    ])
    func whatIsNoName(text: String) throws {
        #expect(try Bench().read(text) == [])
    }

    @Test func aGapGoesAcrossNoBarrierNoMoneyNoSemicolonAndNoSentence() throws {
        let bench = try Bench()
        #expect(bench.read("City of Gwangju will be given") == ["gwangju beyondDoubt -"])
        #expect(bench.read("City of Gwangju $5 gave") == ["gwangju beyondDoubt -"])
        #expect(bench.read("City of Gwangju; it gave") == ["gwangju beyondDoubt -"])
        #expect(bench.read("It was Gwangju. City gave") == ["gwangju nameAlone -"])
        #expect(bench.read("It was Mr. Kim of the City of Gwangju, who gave") == ["gwangju beyondDoubt donated-by"])
        #expect(bench.read("It was the City of Gwangju […] We gave") == ["gwangju beyondDoubt -"])
    }

    @Test func aResultIsNeededWhereNoOutcomeIsKnown() throws {
        let bench = try Bench()
        let text = "A grant from Toyota Motor was received."
        #expect(bench.read(text) == ["toyota beyondDoubt funded-by"])
        #expect(bench.read(text, isOutcomeKnown: false) == ["toyota beyondDoubt funded-by no-result"])
        #expect(bench.read(text + " Two people came.", isOutcomeKnown: false) == ["toyota beyondDoubt funded-by"])
        #expect(bench.read("Toyota Motor paid 5 million dollars") == ["toyota beyondDoubt funded-by"])
        #expect(bench.read("Toyota Motor paid 5 people") == ["toyota beyondDoubt -"])
        // Money beside a result makes nothing less of it.
        let spent = " For 5 million dollars two people came."
        #expect(bench.read(text + spent, isOutcomeKnown: false) == ["toyota beyondDoubt funded-by"])
    }

    @Test(arguments: [
        "paid $5", "paid US$ 5", "paid 5 $", "paid €5", "paid 5 €", "paid £5", "paid USD 5,000", "paid 5 dollars",
        "paid 5 million dollars", "paid 5 millones de pesos",
    ])
    func anAmountIsWrittenInManyWays(text: String) throws {
        let read = try Bench().read("Toyota Motor \(text)", isOutcomeKnown: false)
        #expect(read == ["toyota beyondDoubt funded-by no-result"])
    }

    @Test(arguments: ["worth $5,000", "worth more than 5 million dollars", "valorado en 5 millones de pesos"])
    func whatSomethingIsWorthIsNoMoney(text: String) throws {
        let bench = try Bench()
        #expect(bench.read("Toyota Motor paid \(text)") == ["toyota beyondDoubt -"])
        let told = "A bus \(text), gift of a bell from Toyota Motor"
        #expect(bench.read(told, isOutcomeKnown: false) == ["toyota beyondDoubt donated-by"])
    }

    @Test func aRegionSaysAsMuchAsItsCountryAndThatOfAnotherMakesNoTrap() throws {
        let bench = try Bench()
        #expect(bench.read("Gwangju, Jeolla, gave a bell") == ["gwangju beyondDoubt donated-by"])
        // `{partner} texas` is no name, unless the partner is in the US.
        #expect(bench.read("Paris, Texas, gave a bell") == [])
        #expect(bench.read("Lubbock, Texas, gave a bell") == ["lubbock beyondDoubt donated-by"])
        #expect(bench.read("Lubbock gave a bell") == ["lubbock nameAlone donated-by"])
    }

    @Test(arguments: ["Yamaga, Mexico, gave a bell", "Yamaga (Mexico) gave a bell", "Yamaga in Mexico gave a bell"])
    func aCountryThatSaysWhereIsNoGiver(text: String) throws {
        #expect(try Bench().read(text) == [])
    }

    @Test(arguments: [
        "Mexico gave a bell", "In 1950, Mexico gave a bell", "a gift of a bell from Mexico",
        "Japan, Mexico and others gave a bell",
    ])
    func aCountryThatGaveIsItsConsulate(text: String) throws {
        #expect(try Bench().read(text) == ["mexico beyondDoubt donated-by"])
    }

    @Test func aPartnerAndAnotherCityAreOtherReceivers() throws {
        let bench = try Bench()
        let toPartner = bench.read("The City of Gwangju gave a bell to Toyota Motor")
        #expect(toPartner.contains("gwangju beyondDoubt donated-by other-receiver"))
        let other = "The City of Gwangju gave a bell to the City of"
        #expect(bench.read("\(other) Yamaga") == ["gwangju beyondDoubt donated-by other-receiver"])
        #expect(bench.read("\(other) Port Meridian") == ["gwangju beyondDoubt donated-by"])
        #expect(bench.read("\(other) Greater Port Meridian") == ["gwangju beyondDoubt donated-by"])
        #expect(bench.read("\(other) Yamaga, Port Meridian") == ["gwangju beyondDoubt donated-by other-receiver"])
        #expect(bench.read("\(other) Yamaga. Port Meridian") == ["gwangju beyondDoubt donated-by other-receiver"])
        // Nobody can tell another city from one that has no name.
        #expect(try Bench(home: nil).read("\(other) Yamaga") == ["gwangju beyondDoubt donated-by"])
    }

    @Test func aNameThatSaysMoreThanTheCityNeedsNothingBesideIt() throws {
        let aliases = ["City of Gwangju", "Gwangju City", "Gwangju Hall"].map { RegisteredName($0, country: "KR") }
        let bench = try Bench([connection("gwangju", .sisterCity, "Gwangju", "KR", aliases: aliases)])
        #expect(bench.read("City of Gwangju gave a bell") == ["gwangju beyondDoubt donated-by"])
        #expect(bench.read("Gwangju Hall gave a bell") == ["gwangju beyondDoubt donated-by"])
        #expect(bench.read("Gwangju City gave a bell") == ["gwangju nameAlone donated-by"])
        let comma = try Bench([
            connection("saltillo", .sisterCity, "Saltillo, Coahuila", "MX", aliases: [RegisteredName("Saltillo")]),
            connection("alpine", .sisterCity, "Alpine", "US", aliases: [RegisteredName("Alpine, Brewster County")]),
        ])
        #expect(comma.read("Saltillo, Coahuila, gave a bell") == ["saltillo beyondDoubt donated-by"])
        #expect(comma.read("Saltillo gave a bell") == ["saltillo nameAlone donated-by"])
        #expect(comma.read("Alpine, Brewster County, gave a bell") == ["alpine beyondDoubt donated-by"])
    }

    @Test func oneNameOfTwoConnectionsIsToldApartByTheCountryOrNotAtAll() throws {
        let bench = try Bench()
        #expect(
            bench.read("The city of León gave a bus") == [
                "leon-es ambiguous donated-by", "leon-mx ambiguous donated-by",
            ])
        #expect(bench.read("León in Spain gave a bus") == ["leon-es beyondDoubt donated-by"])
        #expect(bench.read("Leon, Mexico, gave a bus").contains("leon-mx beyondDoubt donated-by"))
    }

    @Test func wordsThatHaveToBeNearAndWordsThatMustNotBe() throws {
        var alias = RegisteredName("Mudeung", country: "KR", kind: .organisation)
        alias.near = ["mountain club", "climbers"]
        alias.notNear = ["grill"]
        let bench = try Bench([connection("gwangju", .sisterCity, "Gwangju", "KR", aliases: [alias])])
        #expect(bench.read("Mudeung gave a tent") == [])
        #expect(bench.read("Mudeung, the mountain club, gave a tent") == ["gwangju beyondDoubt donated-by"])
        #expect(bench.read("Mudeung Grill gave climbers a tent") == [])
        #expect(bench.read("Mudeung gave the mountain clubs a tent") == [])
    }

    @Test func aNameThatIsThatOfACountryIsNoPartner() throws {
        let praia = connection("praia", .sisterCity, "Praia", "CV", aliases: [RegisteredName("Cabo Verde")])
        let bench = try Bench([praia])
        #expect(bench.read("Cabo Verde gave a bell") == ["praia nameAlone donated-by"])
        #expect(bench.read("Our sister city in Cabo Verde gave a bell") == ["praia nameAlone donated-by"])
    }

    @Test func theHomeCityIsNoPartner() throws {
        let nogales = connection("nogales", .sisterCity, "Nogales", "MX")
        let bench = try Bench([nogales], home: "Nogales")
        #expect(bench.read("The City of Nogales gave a bell") == [])
    }

    @Test func withoutACountryAConsulateHasItsNameOnly() throws {
        let bench = try Bench([connection("c", .consulate, "Consulate of the Moon")])
        #expect(bench.read("The Consulate of the Moon gave a bell") == ["c beyondDoubt donated-by"])
    }
}

/// Fields that hold a name and no text.
@Suite struct NameFieldTests {
    @Test(
        arguments: [
            ("Toyota Motor", nil, ["toyota beyondDoubt -"]), ("TOYOTA  MOTOR", nil, ["toyota beyondDoubt -"]),
            // More than the name may be another's.
            ("Toyota Motor Arena", nil, ["toyota nameAlone -"]),
            ("Gwangju", nil, ["gwangju nameAlone -"]), ("Gwangju", "KR", ["gwangju beyondDoubt -"]),
            ("Gwangju", "JP", []), ("Gwangju", "XX", []), ("City of Gwangju", nil, ["gwangju beyondDoubt -"]),
            ("León", "ES", ["leon-es beyondDoubt -"]), ("León", nil, ["leon-es ambiguous -", "leon-mx ambiguous -"]),
            ("Mexican Consulate", "MX", ["mexico beyondDoubt -"]), ("Mexico", "MX", []), ("", nil, []),
            ("Nobody", "MX", []),
        ] as [(String, String?, [String])])
    func whoIsMeant(name: String, country: String?, expected: [String]) throws {
        #expect(try Bench().name(name, country: country) == expected)
    }
}
