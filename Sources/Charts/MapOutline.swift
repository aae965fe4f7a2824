/// A country on an image.
struct TracedCountry: Sendable {
    /// Its code.
    let code: String
    /// The data of its path as land without a figure: nothing where it is too small to be seen.
    let land: String
    /// The data of its path where it has a figure.
    let shape: String
    /// The middle of its largest part, and how large that is across.
    let center: (x: Double, y: Double, size: Double)?

    init(code: String, _ outline: [Shapefile.Ring], _ map: MapOutline) {
        self.code = code
        let rings = map.rings(outline)
        // What vanished by simplification still has its place.
        let all = rings.isEmpty ? MapOutline(width: map.width, tolerance: 0).rings(outline) : rings
        land = MapOutline.data(rings)
        shape = MapOutline.data(all)
        center = MapOutline.center(all)
    }
}

/// Outlines of countries as they come to lie on an image.
struct MapOutline {
    /// The width of the map in units of the image.
    let width: Double
    /// How far a simplified line may be from the true one, in units of the image.
    let tolerance: Double

    init(width: Double, tolerance: Double) { (self.width, self.tolerance) = (width, tolerance) }

    /// The map of a layout.
    init(_ layout: ChartLayout) {
        self.init(width: layout == .wide ? 960 : 360, tolerance: layout == .wide ? 0.3 : 0.35)
    }

    /// The meridian in the middle: so the edge of the map runs through the Bering Strait, and parts no more land than
    /// an island of it.
    private static let middle = 11.0
    private static let (north, south) = (84.0, -56.5)
    // Room for a mark at the upper edge, in units of the image.
    private static let margin = 9.0

    private var scale: Double { width / 2 / EqualEarth.halfWidth }

    /// The height of the map, without Antarctica.
    var height: Double { point(0, Self.south).y }

    /// The place of a point.
    func point(_ longitude: Double, _ latitude: Double) -> (x: Double, y: Double) {
        var turned = longitude - Self.middle
        if turned < -180 { turned += 360 }
        if turned > 180 { turned -= 360 }
        return projected(turned, latitude)
    }

    private func projected(_ turned: Double, _ latitude: Double) -> (x: Double, y: Double) {
        let place = EqualEarth.project(turned, min(Self.north, max(Self.south, latitude)))
        return (width / 2 + place.x * scale, Self.margin + (EqualEarth.project(0, Self.north).y - place.y) * scale)
    }

    /// The rings of a country on the image, cut at the edge of the map, without those too small to be seen.
    func rings(_ rings: [Shapefile.Ring]) -> [[(x: Double, y: Double)]] {
        rings.flatMap { ring in
            parts(of: ring).map { part in
                Simplification.simplified(part.map { projected($0.longitude, $0.latitude) }, tolerance: tolerance)
            }
        }.filter { $0.count > 3 }
    }

    /// A ring turned to the middle of the map; one that crosses the edge is cut there in two.
    ///
    /// Longitudes go on without a jump first (181, not -179), and what then lies beyond an edge comes in at the other.
    private func parts(of ring: Shapefile.Ring) -> [Shapefile.Ring] {
        var turned: Shapefile.Ring = []
        for point in ring {
            var longitude = point.longitude - Self.middle
            if let last = turned.last {
                while longitude - last.longitude > 180 { longitude -= 360 }
                while longitude - last.longitude < -180 { longitude += 360 }
            }
            turned.append((longitude, point.latitude))
        }
        return [-360.0, 0, 360].compactMap { shift in
            let moved = turned.map { (longitude: $0.longitude + shift, latitude: $0.latitude) }
            let cut = Self.cut(Self.cut(moved, at: -180, keepsAbove: true), at: 180, keepsAbove: false)
            return cut.count > 2 ? cut : nil
        }
    }

    /// The part of a ring on one side of a meridian (Sutherland and Hodgman, 1974).
    private static func cut(_ ring: Shapefile.Ring, at edge: Double, keepsAbove: Bool) -> Shapefile.Ring {
        guard var last = ring.last else { return [] }
        let isInside = { (longitude: Double) in keepsAbove ? longitude >= edge : longitude <= edge }
        if ring.allSatisfy({ isInside($0.longitude) }) { return ring }
        var kept: Shapefile.Ring = []
        for point in ring {
            if isInside(point.longitude) != isInside(last.longitude) {
                let share = (edge - last.longitude) / (point.longitude - last.longitude)
                kept.append((edge, last.latitude + share * (point.latitude - last.latitude)))
            }
            if isInside(point.longitude) { kept.append(point) }
            last = point
        }
        return kept
    }

    /// The middle of the largest ring, and how large that is across.
    static func center(_ rings: [[(x: Double, y: Double)]]) -> (x: Double, y: Double, size: Double)? {
        let largest = rings.map { (ring: $0, area: area($0)) }.max { $0.area.magnitude < $1.area.magnitude }
        guard let ring = largest?.ring, let area = largest?.area, area.magnitude > 1e-9 else { return nil }
        var (x, y) = (0.0, 0.0)
        for (a, b) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
            let cross = a.x * b.y - b.x * a.y
            x += (a.x + b.x) * cross
            y += (a.y + b.y) * cross
        }
        return (x / (6 * area), y / (6 * area), area.magnitude.squareRoot())
    }

    private static func area(_ ring: [(x: Double, y: Double)]) -> Double {
        zip(ring, ring.dropFirst() + ring.prefix(1)).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y } / 2
    }

    /// The data of a path: absolute to begin a ring, then relative, in tenths of a unit.
    static func data(_ rings: [[(x: Double, y: Double)]]) -> String {
        var data = ""
        for ring in rings {
            var last = (x: 0, y: 0)
            for (place, point) in ring.dropLast().enumerated() {
                let next = (x: Int((point.x * 10).rounded()), y: Int((point.y * 10).rounded()))
                if place == 0 {
                    data += "M\(tenths(next.x)) \(tenths(next.y))l"
                } else if next != last {
                    let y = tenths(next.y - last.y)
                    data += tenths(next.x - last.x) + (y.hasPrefix("-") ? y : " " + y) + " "
                }
                last = next
            }
            if data.last == " " { data.removeLast() }
            data += "z"
        }
        return data
    }

    private static func tenths(_ value: Int) -> String {
        let (whole, rest) = value.magnitude.quotientAndRemainder(dividingBy: 10)
        return (value < 0 ? "-" : "") + (whole == 0 && rest > 0 ? "" : String(whole)) + (rest == 0 ? "" : ".\(rest)")
    }
}
