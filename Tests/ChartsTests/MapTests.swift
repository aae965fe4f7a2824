import Foundation
import Primitives
import Testing

@testable import Charts

@Suite("The world map")
struct MapTests {
    @Test("lies where the Equal Earth projection says")
    func projection() {
        let edge = EqualEarth.project(180, 0)
        #expect((edge.x - 2.70663).magnitude < 1e-4 && edge.y == 0)
        #expect((EqualEarth.project(0, 90).y - 1.31737).magnitude < 1e-4)
        // The sphere of radius 1 has an area of 4π; so must its image have.
        var area = 0.0
        for step in 0..<2000 {
            let (low, high) = (-90 + Double(step) * 0.09, -90 + Double(step + 1) * 0.09)
            let width = EqualEarth.project(180, (low + high) / 2).x * 2
            area += width * (EqualEarth.project(0, high).y - EqualEarth.project(0, low).y)
        }
        #expect((area - 4 * Double.pi).magnitude < 1e-3)
    }

    @Test("cuts a country at its edge in two, both inside the image, whatever the sign of its longitudes")
    func antimeridian() {
        let map = MapOutline(width: 960, tolerance: 0)
        let world = ChartMaker.world.outlines
        // The edge is at 169° W; this square goes from 179° E across it to 159° W.
        let across = map.rings(ChartMaker.square(179, 0, 22))
        #expect(across.count == 2)
        let widths = across.map { ring in (ring.map(\.x).max() ?? 0) - (ring.map(\.x).min() ?? 0) }
        #expect(widths.allSatisfy { $0 < 60 })
        #expect(across.joined().allSatisfy { (-0.01...960.01).contains($0.x) && (0...map.height).contains($0.y) })
        // 180° itself is no edge.
        #expect(map.rings(world[1].rings).count == 2 && map.rings(ChartMaker.square(175, 0, 8)).count == 1)
        #expect(!world.contains { $0.code == "AQ" })
    }

    @Test("simplifies a line within its tolerance and keeps its ends")
    func simplification() {
        var line: [(x: Double, y: Double)] = []
        for place in 0...100 { line.append((Double(place), place == 50 ? 5 : Double(place % 2) / 10)) }
        let short = Simplification.simplified(line, tolerance: 0.3)
        #expect(short.count < 10)
        #expect(short.first?.x == 0 && short.last?.x == 100)
        #expect(short.contains { $0.x == 50 && $0.y == 5 })
        #expect(Simplification.simplified(line, tolerance: 0).count == line.count)
    }

    @Test("has at most five classes with round limits, and every figure in the one whose name says so")
    func classes() {
        let locale = ChartLocale.english
        let many = MapClasses([1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 15, 18, 31, 42])
        #expect(many.names(.count, locale) == ["1", "2–4", "5–9", "10–19", "20–42"])
        #expect([1, 4, 5, 19, 42].map(many.place) == [0, 1, 2, 3, 4])
        #expect(MapClasses([3, 3]).names(.count, locale) == ["3"])
        #expect(MapClasses([3, 8]).names(.count, locale) == ["3–7", "8"])
        for seed in 0..<200 as Range<UInt64> {
            var maker = ChartMaker(seed: seed)
            let scale = maker.scale()
            let values = (0..<40).compactMap { _ in maker.value(scale).drawn }
            let classes = MapClasses(values)
            #expect(classes.limits.count < MapClasses.countMax && classes.limits == classes.limits.sorted())
            let shades = (0...classes.limits.count).map(classes.shade)
            #expect(Set(shades).count == shades.count && shades.allSatisfy { (0..<5).contains($0) }, "seed \(seed)")
            let used = Set(values.map(classes.place))
            #expect(used.contains(0) && used.contains(classes.limits.count), "seed \(seed)")
        }
    }

    @Test("shades countries, and shows each place: as an outline, as a dot where it is small, or by name")
    func placesAreShown() {
        for seed in 0..<80 as Range<UInt64> {
            var maker = ChartMaker(seed: seed)
            let chart = maker.map()
            let svg = chart.svg()
            let parts = SVGElements(svg)
            for place in chart.places {
                let words = Markup.plain("\(place.name): \(ChartLocale.english.full(place.value, chart.unit))")
                let isShown =
                    parts.titles.contains(words) || parts.titles.contains { $0.contains(words) }
                    || parts.texts.contains { $0.contains(words) }
                #expect(isShown, "seed \(seed), \(place.code)")
            }
        }
        let chart = MapChart(
            ChartMaker.text, world: ChartMaker.world, nameHead: "Country",
            places: [
                .init(code: "AA", name: "Large", .value(3)), .init(code: "CC", name: "Tiny", .value(1)),
                .init(code: "SG", name: "Singapore", .withheld), .init(code: "DD", name: "Hidden", .withheld),
                .init(code: "XX", name: "Bodies", .value(1)),
            ])
        let parts = SVGElements(chart.svg())
        #expect(parts.drawn.filter { $0.title == "Tiny: 1" }.map(\.name) == ["path", "circle"])
        #expect(parts.drawn.filter { $0.title == "Large: 3" }.map(\.styles) == [["country", "k5"]])
        #expect(parts.drawn.filter { $0.title == "Hidden: withheld" }.allSatisfy { $0.attributes["fill"] != nil })
        #expect(parts.drawn.filter { $0.title == "Singapore: withheld" }.map(\.name) == ["rect"])
        #expect(parts.texts.contains("Not on the map: Bodies: 1"))
    }

    @Test("knows small places that are on Earth")
    func smallPlaces() {
        #expect(SmallPlaces.places.count == 66)
        #expect(SmallPlaces.places["SG"]?.latitude == 1.4)
        for (code, place) in SmallPlaces.places {
            #expect(code.count == 2 && (-180...180).contains(place.longitude) && (-60...70).contains(place.latitude))
        }
    }
}
