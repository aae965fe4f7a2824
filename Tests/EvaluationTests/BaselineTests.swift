import Connections
import Evaluation
import Testing

@Suite struct BaselineTests {
    private let baselines = Baselines(cities: ["Vellmar", "Río Tarn", "San Luis"])

    @Test(arguments: [
        "Mexican firefighters came", "los bomberos mexicanos", "a gift from Japan.", "donated by the CÔTE D’IVOIRE",
        "by the UAE and the clinic", "the U.K. sent it", "in Vellmar", "el puente de Rio Tarn", "San Luis, again",
        "from the Republic of Korea", "dos médicos españoles", "Qatar’s largesse", "Costa Rican nurses",
    ])
    func findsForeignWords(_ text: String) {
        #expect(baselines.says(.foreignWord, of: text))
    }

    @Test(arguments: [
        "", "housed in the city", "no US agency is in it", "the United States of America", "San Antonio", "Luis San",
        "an Indianapolis clinic", "Puerto Rico", "germane to us", "Vellmarian", "it is the CA, or LA, as I am told",
    ])
    func findsNoneElsewhere(_ text: String) {
        #expect(!baselines.says(.foreignWord, of: text))
    }

    @Test(arguments: [
        "its Sister Cities", "our sister city’s gift", "the consulate", "los cónsules", "an exchange", "la embajada",
        "the mayor of Praia", "ciudades hermanas", "the agreement", "a network", "el convenio", "delegates met",
    ])
    func findsTieWords(_ text: String) {
        #expect(baselines.says(.tieWords, of: text))
    }

    @Test(arguments: ["", "her sister and the city", "the mayor spoke", "Mexico", "changed", "ciudad y hermana"])
    func findsNoTieElsewhere(_ text: String) {
        #expect(!baselines.says(.tieWords, of: text))
    }

    @Test func alwaysSaysYes() {
        #expect(baselines.says(.alwaysYes, of: ""))
    }

    @Test func takesTheCitiesOfARegistry() throws {
        let text = """
            connections:
              - {id: a, type: sister_city, partner: Tarn, names: [Tarnwick], status: active, since: 2001}
              - {id: b, type: network, partner: Harbours, status: active, verified: true, since: 2001}
            """
        let reading = RegistryLoader.read([RegistryDocument(name: "r.yaml", bytes: Array(text.utf8))])
        let baselines = Baselines(try #require(reading.registry, "\(reading.findings)"))
        #expect(baselines.says(.foreignWord, of: "Tarnwick") && baselines.says(.foreignWord, of: "Tarn"))
        #expect(!baselines.says(.foreignWord, of: "Harbours"))
    }

    @Test func measuresPassagesAndLeavesEventsOut() throws {
        let cases = [
            labelled("a", .enabled, text: "from Japan"), labelled("b", .none, text: "from Japan"),
            labelled("c", .enabled, text: "here"), labelled("d", .enabled, decidable: false, text: "Japan"),
            LabelledCase(id: "e", department: "d", content: .event([]), label: .enabled),
        ].map { JudgedCase($0, verdict: .domestic) }
        let figures = EvaluationResult(run, cases, baselines: baselines).baselines
        #expect(figures.map(\.baseline) == [.foreignWord, .tieWords, .alwaysYes])
        #expect(figures[0].decidable.precision == Proportion(1, of: 2) && figures[0].all.recall == Proportion(2, of: 3))
        #expect(figures[2].all.count == 4 && figures[2].decidable.recall == Proportion(2, of: 2))
    }
}
