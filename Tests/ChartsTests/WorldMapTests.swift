import Foundation
import Testing

@testable import Charts

@Suite("Outlines of countries in a shapefile")
struct WorldMapTests {
    /// A shapefile of triangles, as the format's description says.
    static func shapes(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 100)
        (bytes[2], bytes[3], bytes[32]) = (0x27, 0x0a, 5)
        for record in 0..<count {
            bytes += big(UInt32(record + 1)) + big(56)
            bytes += little(5) + [UInt8](repeating: 0, count: 32) + little(1) + little(4) + little(0)
            for (x, y) in [(0.0, 0.0), (10, 0), (10, 10), (0, 0)] { bytes += double(x + Double(record)) + double(y) }
        }
        return bytes
    }

    static func attributes(_ codes: [String]) -> [UInt8] {
        var bytes = little(0) + little(UInt32(codes.count)) + little(97 | 9 << 16) + [UInt8](repeating: 0, count: 20)
        for (name, length) in [("name", 4), ("iso_a2", 4)] {
            var field = Array(name.utf8) + [UInt8](repeating: 0, count: 32 - name.utf8.count)
            (field[11], field[16]) = (67, UInt8(length))
            bytes += field
        }
        bytes.append(13)
        for code in codes { bytes += Array(" long\(code)    ".utf8.prefix(9)) }
        return bytes
    }

    private static func big(_ value: UInt32) -> [UInt8] { little(value.byteSwapped) }
    private static func little(_ value: UInt32) -> [UInt8] {
        [0, 8, 16, 24].map { (shift: UInt32) in UInt8(truncatingIfNeeded: value >> shift) }
    }
    private static func double(_ value: Double) -> [UInt8] {
        let bits = value.bitPattern
        return little(UInt32(truncatingIfNeeded: bits)) + little(UInt32(truncatingIfNeeded: bits >> 32))
    }

    @Test("are read with their codes")
    func reads() throws {
        let polygons = try #require(Shapefile.polygons(Self.shapes(3)))
        #expect(polygons.count == 3 && polygons[2].count == 1 && polygons[2][0].count == 4)
        #expect(polygons[2][0][1].longitude == 12 && polygons[2][0][2].latitude == 10)
        #expect(Shapefile.column("iso_a2", of: Self.attributes(["MX", "", "JP"])) == ["MX", "", "JP"])
        #expect(Shapefile.column("none", of: Self.attributes(["MX"])) == nil)
    }

    @Test("that are damaged are refused, or read as a file that ends sooner, wherever the damage is")
    func damage() {
        let (shapes, attributes) = (Self.shapes(2), Self.attributes(["MX", "JP"]))
        for count in 0..<shapes.count {
            let isWhole = count == 100 || count == 220
            #expect((Shapefile.polygons(Array(shapes[..<count])) != nil) == isWhole, "\(count) bytes")
        }
        for count in 0..<attributes.count {
            #expect(Shapefile.column("iso_a2", of: Array(attributes[..<count])) == nil, "\(count) bytes")
        }
        // Any one byte wrong: no trap, and never more than there is.
        for place in shapes.indices {
            for value in [0, 1, 127, 255] as [UInt8] {
                var wrong = shapes
                wrong[place] = value
                #expect((Shapefile.polygons(wrong)?.count ?? 0) <= 2)
            }
        }
        for place in attributes.indices {
            for value in [0, 1, 127, 255] as [UInt8] {
                var wrong = attributes
                wrong[place] = value
                #expect((Shapefile.column("iso_a2", of: wrong)?.count ?? 0) <= 115)
            }
        }
    }

    @Test("are loaded from a folder; without the files, or with unlike ones, there is no map")
    func loads() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("charts-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(WorldMap.load(from: folder.path) == nil)
        try Data(Self.shapes(2)).write(to: folder.appendingPathComponent("world.shp"))
        #expect(WorldMap.load(from: folder.path) == nil)
        try Data(Self.attributes(["MX"])).write(to: folder.appendingPathComponent("world.dbf"))
        #expect(WorldMap.load(from: folder.path) == nil)
        try Data(Self.attributes(["MX", "JP"])).write(to: folder.appendingPathComponent("world.dbf"))
        #expect(WorldMap.load(from: folder.path)?.outlines.map(\.code) == ["MX", "JP"])
    }

    @Test("have Crimea with Ukraine, as the United Nations do")
    func crimea() {
        let crimea = ChartMaker.square(33, 44.5, 2)
        let world = WorldMap(outlines: [
            ("RU", ChartMaker.square(60, 50, 20) + crimea), ("UA", ChartMaker.square(26, 47, 5)),
        ])
        #expect(world.outlines.map { $0.rings.count } == [1, 2])
        #expect(world.outlines[1].rings[1].first?.longitude == 33)
    }

    @Test(
        "of Debian's package make a map of the whole world in less than 150 kB",
        .enabled(if: WorldMap.load() != nil, "needs the package r-cran-spdata"))
    func package() throws {
        let world = try #require(WorldMap.load())
        let codes = Set(world.outlines.map(\.code))
        #expect(codes.count > 170 && codes.isSuperset(of: ["US", "MX", "FR", "NO", "XK", "FJ", "RU", "JP"]))
        let ukraine = world.outlines.filter { $0.code == "UA" }.flatMap(\.rings).joined()
        #expect(ukraine.contains { $0.latitude < 45 }, "Crimea is a ring of its own")
        #expect(codes.isDisjoint(with: SmallPlaces.places.keys) && !codes.contains("AQ"))
        var places = codes.filter { !$0.isEmpty }.sorted().enumerated().map {
            MapChart.Place(
                code: $0.element, name: $0.element, $0.offset % 9 == 0 ? .withheld : .value(Double($0.offset)))
        }
        places += SmallPlaces.places.keys.sorted().map { MapChart.Place(code: $0, name: $0, .notStated) }
        let chart = MapChart(
            ChartMaker.text, world: world, nameHead: "Country", places: places,
            home: .init("Los Angeles", longitude: -118.2, latitude: 34.1))
        for layout in ChartLayout.allCases {
            let svg = chart.svg(layout)
            let parts = SVGElements(svg)
            #expect(svg.utf8.count < 150_000 && parts.isWellFormed && parts.outside.isEmpty)
            for place in places { #expect(parts.titles.contains { $0.hasPrefix("\(place.name): ") }, "\(place.code)") }
        }
    }
}
