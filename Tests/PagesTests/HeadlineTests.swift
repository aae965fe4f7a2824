import Indicators
import Releases
import Testing

@testable import Pages

@Suite("The headline")
struct HeadlineTests {
    private func headline(_ total: String?, _ departments: [String], _ language: PageLanguage) throws -> String {
        var city = SmallCity()
        city.figures =
            (total.map { ["\"indicator\":\"K01\",\($0)"] } ?? [])
            + departments.enumerated().map {
                "\"indicator\":\"K01\",\"slice\":{\"department\":\"d\($0.offset)\"},\($0.element)"
            }
        let release = try city.release()
        let context = PageContext(
            ReleaseIndex(release, history: [], successor: nil), language, route: .release(release.id))
        return PlainText.of(Headline(context: context).main { HTML($1) })
    }

    @Test("says none, one and many in both languages")
    func counts() throws {
        #expect(
            try headline("\"value\":1423,\"n\":1423", ["\"value\":1400", "\"value\":23", "\"value\":0"], .english)
                == "Between April and June 2026, international connections helped make 1,423 outcomes of two city "
                + "departments possible.")
        #expect(
            try headline("\"value\":1423,\"n\":1423", ["\"value\":1400", "\"value\":23"], .spanish)
                == "Entre abril y junio de 2026, las conexiones internacionales ayudaron a lograr 1,423 resultados de "
                + "dos departamentos de la ciudad.")
        #expect(
            try headline("\"value\":1,\"n\":1", ["\"value\":1"], .english)
                == "Between April and June 2026, international connections helped make one outcome of one city "
                + "department possible.")
        #expect(
            try headline("\"value\":1,\"n\":1", ["\"value\":1"], .spanish)
                == "Entre abril y junio de 2026, las conexiones internacionales ayudaron a lograr un resultado de un "
                + "departamento de la ciudad.")
        #expect(
            try headline("\"value\":0,\"n\":0", ["\"value\":0"], .english)
                == "Between April and June 2026, no outcome could be shown to rest on an international connection.")
    }

    @Test("says withheld and not stated as what they are, and no number of departments that cannot be seen")
    func absent() throws {
        let withheld = try headline("\"value\":null,\"withheld\":true", [], .english)
        #expect(withheld.contains("is withheld, so that nobody can be recognized") && !withheld.contains("0 outcomes"))
        #expect(try headline("\"value\":null,\"missing\":\"people\"", [], .spanish).contains("no se indica"))
        #expect(try headline(nil, [], .english).contains("is not stated"))
        let partly = try headline(
            "\"value\":12,\"n\":12", ["\"value\":12", "\"value\":null,\"withheld\":true"], .english)
        #expect(partly.contains("12 outcomes possible"))
    }
}

@Suite("Stories")
struct StoryTests {
    private func stories(_ city: SmallCity) throws -> [String] {
        let release = try city.release()
        let context = PageContext(
            ReleaseIndex(release, history: [], successor: nil), .english, route: .brief(release.id))
        return Story.all(context).map(\.connection.id)
    }

    @Test("are told of connections all of whose figures are shown, by credit and decided share")
    func chosen() throws {
        // The agreement has the most credit, and a department that is withheld; the consulate is withheld itself.
        #expect(try stories(SmallCity()) == ["pm:sister-city:a", "pm:network:b \"<&"])
    }

    @Test("are never told from a withheld population, whichever it is")
    func neverWithheld() throws {
        let all = SmallCity.figures
        for (place, figure) in all.enumerated() where figure.contains("sister-city:a") {
            var city = SmallCity()
            let head = figure.firstRange(of: ",\"value\"").map { figure[..<$0.lowerBound] } ?? ""
            city.figures[place] = head + ",\"value\":null,\"withheld\":true"
            #expect(try !stories(city).contains("pm:sister-city:a"), "\(figure)")
        }
    }

    @Test("are never of a single outcome, nor of evidence that is no document")
    func neverSingle() throws {
        var city = SmallCity()
        city.figures = city.figures.map { $0.replacing("\"value\":6,\"n\":6", with: "\"value\":1,\"n\":1") }
        #expect(try !stories(city).contains("pm:sister-city:a"))
        city = SmallCity()
        city.connections[0] = city.connections[0].replacing("T1 funded-by", with: "T2 funded-by")
        #expect(try !stories(city).contains("pm:sister-city:a"))
    }

    @Test("are at most one of each kind of tie")
    func kinds() throws {
        var city = SmallCity()
        city.connections[1] = city.connections[1].replacing("\"network\"", with: "\"sister_city\"")
        #expect(try stories(city) == ["pm:sister-city:a"])
    }
}
