extension MapChart {
    private typealias Spot = (place: Place, x: Double, y: Double)

    private static let namesMax = 6

    /// An `<svg>` element that scales to the width it is given.
    public func svg(_ layout: ChartLayout = .wide, locale: ChartLocale = .english) -> String {
        let map = MapOutline(layout)
        var drawing = Drawing(text, layout, width: map.width)
        let classes = MapClasses(places.compactMap(\.value.drawn))
        let byCode = Dictionary(places.map { ($0.code, $0) }, uniquingKeysWith: { $1 })
        var land = ""
        var centers: [String: (x: Double, y: Double, size: Double)] = [:]
        var drawn: [(place: Place, shape: String)] = []
        for country in world.traced[layout] ?? [] {
            guard let place = byCode[country.code] else {
                land += country.land
                continue
            }
            centers[country.code] = country.center
            drawn.append((place, country.shape))
        }
        if !land.isEmpty { drawing.outline(land, "land") }
        for (place, shape) in drawn { shade(place, shape, classes, in: &drawing, locale) }
        var spots: [Spot] = []
        var small: [Spot] = []
        var missing: [Place] = []
        let radius = layout == .wide ? 5.0 : 4
        for place in ranked where byCode[place.code] == place {
            if let center = centers[place.code] {
                spots.append((place, center.x, center.y))
                // A country this small has a dot too.
                if center.size < radius * 1.4 { small.append(spots[spots.count - 1]) }
            } else if let point = SmallPlaces.places[place.code].map({ map.point($0.longitude, $0.latitude) }) {
                spots.append((place, point.x, point.y))
                small.append(spots[spots.count - 1])
            } else {
                missing.append(place)
            }
        }
        // The largest figure last, so that no other covers it.
        for spot in small.reversed() { dot(spot, radius, classes, in: &drawing, locale) }
        drawHomeAndNames(layout == .wide ? spots : [], map, in: &drawing, locale)
        var y = map.height + 12
        y += Legend(entries: legendEntries(classes, locale)).drawRows(
            in: &drawing, x: 4, y: y, width: drawing.width - 8)
        if places.isEmpty {
            drawing.label(locale.words.noData, 4, y + 14, .start, "quiet")
            y += Legend.rowHeight
        }
        drawing.height = drawMissing(missing, at: y, in: &drawing, locale)
        return drawing.finished()
    }

    private func title(_ place: Place, _ locale: ChartLocale) -> String {
        "\(place.name): \(locale.full(place.value, unit))"
    }

    private func shade(
        _ place: Place, _ data: String, _ classes: MapClasses, in drawing: inout Drawing, _ locale: ChartLocale
    ) {
        let title = title(place, locale)
        switch place.value {
        case .value(let value):
            drawing.outline(data, "country k\(classes.shade(classes.place(value)) + 1)", title: title)
        case .withheld:
            drawing.outline(data, "withheld", isHatched: true, title: title)
        case .notStated: drawing.outline(data, "unstated", title: title)
        }
    }

    private func dot(
        _ spot: Spot, _ radius: Double, _ classes: MapClasses, in drawing: inout Drawing, _ locale: ChartLocale
    ) {
        let title = title(spot.place, locale)
        let x = min(max(spot.x, 6), drawing.width - 6)
        switch spot.place.value {
        case .value(let value):
            drawing.circle(x, spot.y, radius, "spot k\(classes.shade(classes.place(value)) + 1)", title: title)
        case .withheld: drawing.hatched(x - radius, spot.y - radius, radius * 2, radius * 2, title: title)
        case .notStated: drawing.diamond(x, spot.y, title: title, size: radius)
        }
    }

    /// The city, and the names of the places with the largest figures where they cover none of the others.
    private func drawHomeAndNames(
        _ spots: [Spot], _ map: MapOutline, in drawing: inout Drawing, _ locale: ChartLocale
    ) {
        var taken: [(x: ClosedRange<Double>, y: ClosedRange<Double>)] = []
        if let home {
            let point = map.point(home.longitude, home.latitude)
            let x = min(max(point.x, 9), drawing.width - 9)
            Marker.star(in: &drawing, x, point.y, title: home.name)
            taken.append((x - 9...x + 9, point.y - 9...point.y + 9))
        }
        var shown = 0
        for spot in spots {
            guard shown < Self.namesMax, let value = spot.place.value.drawn else { break }
            let label = "\(spot.place.name) \(locale.short(value, unit))"
            let half = TextFit.width(label, size: 13, isStrong: true) / 2 + 3
            let x = min(max(spot.x, half), drawing.width - half)
            let box = (x: x - half...x + half, y: spot.y - 20...spot.y - 4)
            let isFree = !taken.contains { $0.x.overlaps(box.x) && $0.y.overlaps(box.y) }
            guard isFree, half * 2 < drawing.width / 3, box.y.lowerBound > 0 else { continue }
            taken.append(box)
            drawing.label(label, x, spot.y - 8, .middle, "strong halo")
            shown += 1
        }
    }

    private func legendEntries(_ classes: MapClasses, _ locale: ChartLocale) -> [(sign: Legend.Sign, name: String)] {
        var entries: [(sign: Legend.Sign, name: String)] = []
        if places.contains(where: { $0.value.drawn != nil }) {
            entries = classes.names(unit, locale).enumerated().map { (.mapClass(classes.shade($0.offset)), $0.element) }
        }
        if places.contains(where: { $0.value == .withheld }) { entries.append((.withheld, locale.words.withheld)) }
        if places.contains(where: { $0.value == .notStated }) { entries.append((.notStated, locale.words.notStated)) }
        if let home { entries.append((.home, home.name)) }
        return entries
    }

    /// The places that have neither an outline nor a known position, by name.
    /// - Returns: where the image ends.
    private func drawMissing(
        _ missing: [Place], at y: Double, in drawing: inout Drawing, _ locale: ChartLocale
    ) -> Double {
        guard !missing.isEmpty else { return y + 4 }
        let names = missing.map { title($0, locale) }.joined(separator: "; ")
        let all = "\(locale.words.notOnMap): \(names)"
        let lines = TextFit.lines(all, to: drawing.width - 8, size: 13, max: 3)
        for (row, line) in lines.enumerated() {
            drawing.label(line, 4, y + 14 + Double(row) * 16, .start, "quiet", whole: row == 0 ? all : nil)
        }
        return y + Double(lines.count) * 16 + 8
    }
}
