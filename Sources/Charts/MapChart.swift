/// Countries shaded by a figure, with the home city: the partners of a city, for example.
public struct MapChart: Chart {
    /// A country or territory.
    public struct Place: Sendable, Hashable {
        /// Its code (ISO 3166-1 alpha-2).
        public let code: String
        /// Its name.
        public let name: String
        /// Its figure.
        public let value: ChartValue

        /// Makes a place.
        public init(code: String, name: String, _ value: ChartValue) {
            self.code = code
            self.name = name
            if case .value = value, value.drawn == nil { self.value = .notStated } else { self.value = value }
        }
    }

    /// The city whose map it is.
    public struct Home: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// Degrees to the east.
        public let longitude: Double
        /// Degrees to the north.
        public let latitude: Double

        /// Makes a city; a place that is not on Earth is moved to its nearest.
        public init(_ name: String, longitude: Double, latitude: Double) {
            self.name = name
            self.longitude = longitude.isFinite ? min(180, max(-180, longitude)) : 0
            self.latitude = latitude.isFinite ? min(90, max(-90, latitude)) : 0
        }
    }

    /// What names and explains the plot.
    public let text: ChartText
    /// The outlines.
    public let world: WorldMap
    /// Heads the names in the table.
    public let nameHead: String
    /// The places; of two with the same code, the last.
    public let places: [Place]
    /// The city.
    public let home: Home?
    /// How the figures are written.
    public let unit: ChartUnit

    /// Makes a plot.
    public init(
        _ text: ChartText, world: WorldMap, nameHead: String, places: [Place], home: Home? = nil,
        unit: ChartUnit = .count
    ) {
        self.text = text
        self.world = world
        self.nameHead = nameHead
        self.places = places
        self.home = home
        self.unit = unit
    }

    /// The places with the largest figures first, then those without, each in the order of their names.
    var ranked: [Place] {
        places.sorted {
            let (left, right) = ($0.value.drawn ?? -1, $1.value.drawn ?? -1)
            return left == right ? ($0.name, $0.code) < ($1.name, $1.code) : left > right
        }
    }

    /// The same data as an HTML `<table>`.
    public func table(locale: ChartLocale = .english) -> String {
        var table = HTMLTable(text.title, heads: [nameHead, locale.words.value])
        for place in ranked { table.add(place.name, [locale.cell(place.value, unit)]) }
        return table.finished()
    }
}
