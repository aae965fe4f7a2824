import Primitives

@testable import Charts

/// Plots of all kinds out of a seed: short and long names, none to many figures, tiny to huge ones.
struct ChartMaker {
    var random: SplitMix64

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    static let text = ChartText(id: "plot 1", title: "A <title> & \"more\"", description: "What can be seen")

    mutating func name() -> String {
        let names = [
            "Housing", "Oficina de Asuntos de Inmigrantes", "<b>&amp;\"'", "都市外交局 국제협력과",
            "Memorandum of understanding with the Metropolitan Government on disaster preparedness and recovery",
            "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihungsbehörde", "WWWWMMMM @@@@ %%%%", "i",
            "e\u{301}\u{0}\u{7}\u{200b}🏙️",
        ]
        return random.element(of: names) ?? ""
    }

    mutating func value(_ scale: Double) -> ChartValue {
        switch random.below(9) {
        case 0: .withheld
        case 1: .notStated
        case 2: .value(0)
        case 3 where random.onceIn(20): .value(random.element(of: [.nan, .infinity, -3, -.infinity]) ?? 0)
        default: .value((Double(random.below(1000)) * scale).rounded(.up))
        }
    }

    mutating func scale() -> Double { random.element(of: [1, 0.01, 1e-9, 1000, 1e9, 1e15, 1e200, 1e300]) ?? 1 }

    mutating func months() -> [ChartMonth] {
        let first = ChartMonth(year: 2020 + random.below(5), month: random.within(1...12))
        let count = random.element(of: [0, 1, 2, 3, 9, 18, 24, 36, 60]) ?? 1
        return (0..<count).map { first.adding($0) }
    }

    mutating func columns() -> ColumnChart {
        let (months, scale) = (months(), scale())
        let series = (0..<random.within(0...12)).map { _ in
            ColumnChart.Series(name(), (0..<random.within(0...60)).map { _ in value(scale) })
        }
        return ColumnChart(Self.text, months: months, series: series, unit: unit())
    }

    mutating func unit() -> ChartUnit {
        random.element(of: [.count, .number(decimals: 1), .dollars, .percent(decimals: 1)]) ?? .count
    }

    mutating func bars() -> BarChart {
        let scale = scale()
        let bars = (0..<random.below(15)).map { _ in
            BarChart.Bar(name(), value(scale), isMuted: random.onceIn(5))
        }
        return BarChart(Self.text, nameHead: "Connection", bars: bars, unit: unit())
    }

    mutating func shares() -> ShareChart {
        let months = months()
        let series = (0..<random.below(13)).map { _ in
            ShareChart.Series(
                name(),
                months.indices.map { _ in
                    let share = Double(random.below(1001)) / 1000
                    let interval = max(-0.1, share - 0.1)...share + 0.2
                    return random.onceIn(6)
                        ? ShareChart.Point(value(1)) : ShareChart.Point(.value(share), interval: interval)
                })
        }
        return ShareChart(
            Self.text, months: months, series: series, target: random.onceIn(2) ? (0.9, name()) : nil,
            decimals: random.below(2))
    }

    mutating func ratios() -> RatioChart {
        let rows = (0..<random.below(12)).map { _ in
            RatioChart.Row(
                name(), random.onceIn(3) ? value(scale()) : .value(Double(random.within(1...400)) / 100))
        }
        return RatioChart(
            Self.text, nameHead: "Group", rows: rows, sides: (less: "less than its share of clients", more: name()))
    }

    mutating func sparkline() -> Sparkline {
        let (months, scale) = (months(), scale())
        return Sparkline(Self.text, months: months, values: months.map { _ in value(scale) }, unit: unit())
    }

    /// A world of a few squares: one across the antimeridian, one tiny, one without a code.
    static let world = WorldMap(
        outlines: [
            ("AA", square(0, 0, 20)), ("BB", square(172, -10, 20)), ("CC", square(40, 40, 0.5)),
            ("", square(-60, 0, 15)),
            ("AQ", square(0, -80, 15)), ("DD", square(100, 60, 19)), ("EE", square(-100, 20, 19)),
        ])

    static func square(_ longitude: Double, _ latitude: Double, _ side: Double) -> [Shapefile.Ring] {
        let wrapped = { (value: Double) in value > 180 ? value - 360 : value }
        return [
            [(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)].map {
                (wrapped(longitude + Double($0.0) * side), latitude + Double($0.1) * side)
            }
        ]
    }

    mutating func map(of world: WorldMap = ChartMaker.world) -> MapChart {
        let scale = scale()
        let places = ["AA", "BB", "CC", "DD", "EE", "SG", "TO", "WS", "XX", "FR"].compactMap { code in
            random.onceIn(4) ? nil : MapChart.Place(code: code, name: name(), value(scale))
        }
        let home = MapChart.Home(
            name(), longitude: Double(random.within(-180...180)), latitude: Double(random.within(-90...90)))
        return MapChart(
            Self.text, world: world, nameHead: "Country", places: places, home: random.onceIn(3) ? nil : home,
            unit: unit())
    }

    mutating func all() -> [any Chart] {
        [columns(), bars(), shares(), ratios(), sparkline(), map()]
    }

    mutating func locale() -> ChartLocale {
        var locale: ChartLocale = random.element(of: [.english, .spanish, .spanishOfSpain]) ?? .english
        if random.onceIn(3) { locale.words.withheld = name() }
        return locale
    }
}
