import Glibc

/// The outlines of the world's countries, read where a package of the system has put them.
///
/// Natural Earth at 1:110 million (public domain), in the package `r-cran-spdata` (CC0) of Debian: a shapefile with the
/// codes of ISO 3166-1 alpha-2.
public struct WorldMap: Sendable {
    /// The rings of each country, by its code; land without a code of its own is under an empty one.
    let outlines: [(code: String, rings: [Shapefile.Ring])]
    /// The same as they come to lie on an image of each layout: worked out once, since it takes milliseconds.
    let traced: [ChartLayout: [TracedCountry]]

    /// Where Debian's package has the shapefile.
    public static let systemFolder = "/usr/lib/R/site-library/spData/shapes"

    // The files have some 200 kB; larger ones are of another map.
    private static let bytesMax = 4 << 20

    /// Reads the outlines; nil where they are not there, or are damaged. Antarctica is left out.
    /// - Parameter folder: where `world.shp` and `world.dbf` are.
    public static func load(from folder: String = systemFolder) -> WorldMap? {
        guard let shapes = file("\(folder)/world.shp"), let attributes = file("\(folder)/world.dbf"),
            let polygons = Shapefile.polygons(shapes), let codes = Shapefile.column("iso_a2", of: attributes),
            polygons.count == codes.count
        else { return nil }
        return WorldMap(outlines: zip(codes, polygons).map { (code: $0, rings: $1) })
    }

    init(outlines: [(code: String, rings: [Shapefile.Ring])]) {
        let crimea = outlines.filter { $0.code == "RU" }.flatMap(\.rings).filter(Self.isCrimea)
        self.outlines = outlines.filter { $0.code != "AQ" }.map { code, rings in
            switch code {
            case "RU": (code, rings.filter { !Self.isCrimea($0) })
            case "UA": (code, rings + crimea)
            default: (code, rings)
            }
        }
        let outlines = self.outlines
        traced = Dictionary(
            uniqueKeysWithValues: ChartLayout.allCases.map { layout in
                let map = MapOutline(layout)
                return (layout, outlines.map { TracedCountry(code: $0, $1, map) })
            })
    }

    /// Natural Earth draws who holds a place. This map follows the General Assembly of the United Nations (resolution
    /// 68/262), for which Crimea is part of Ukraine.
    private static func isCrimea(_ ring: Shapefile.Ring) -> Bool {
        ring.allSatisfy { (32...37).contains($0.longitude) && (44...47).contains($0.latitude) }
    }

    private static func file(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "rbe") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: bytesMax + 1)
        let count = fread(&bytes, 1, bytes.count, file)
        guard ferror(file) == 0, (1...bytesMax).contains(count) else { return nil }
        return Array(bytes[..<count])
    }
}
