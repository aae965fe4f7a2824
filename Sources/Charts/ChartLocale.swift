import Primitives

/// How a language writes numbers and months, and its words for what a plot has to say of its own.
public struct ChartLocale: Sendable, Hashable {
    /// Between the whole part and the decimals.
    public var decimalSeparator: String
    /// Between groups of three digits.
    public var groupSeparator: String
    /// Before the percent sign.
    public var percentSpace: String
    /// Behind figures in millions, in thousands of millions and in millions of millions.
    public var magnitudes: [String]
    /// The short names of the twelve months.
    public var months: [String]
    /// Stands before the number of a quarter: `Q` of `Q2`.
    public var quarter: String
    /// Stands before the year of a fiscal year.
    public var fiscalYear: String
    /// The words.
    public var words: Words

    /// Words that stand in plots and tables. All can be replaced, to name the threshold for example.
    public struct Words: Sendable, Hashable {
        /// For a figure that is known and not shown.
        public var withheld = "withheld"
        /// For a figure that is not known.
        public var notStated = "not stated"
        /// In a plot without figures.
        public var noData = "no data"
        /// Heads the column of months, and that of figures.
        public var (month, value) = ("Month", "Value")
        /// Heads the column of quarters, and that of fiscal years.
        public var (quarter, fiscalYear) = ("Quarter", "Fiscal year")
        /// Head the ends of a 95 % interval.
        public var (lower, upper) = ("95% from", "95% to")
        /// Before the names of what a map has no place for.
        public var notOnMap = "Not on the map"
        /// Between the number shown and the number there is, where a terminal is too narrow: `34 of 60`.
        public var of = "of"

        /// The English words.
        public init() {}
    }

    /// Makes a locale out of all that it needs.
    public init(
        decimalSeparator: String, groupSeparator: String, percentSpace: String, magnitudes: [String],
        months: [String], quarter: String, fiscalYear: String, words: Words
    ) {
        self.decimalSeparator = decimalSeparator
        self.groupSeparator = groupSeparator
        self.percentSpace = percentSpace
        self.magnitudes = magnitudes
        self.months = months
        self.quarter = quarter
        self.fiscalYear = fiscalYear
        self.words = words
    }

    /// English as in the United States: `1,234.5`, `45%`, `Sep 2026` (CLDR en).
    public static let english = ChartLocale(
        decimalSeparator: ".", groupSeparator: ",", percentSpace: "", magnitudes: ["M", "B", "T"],
        months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], quarter: "Q",
        fiscalYear: "FY", words: Words())

    /// Spanish as in the United States and Mexico: `1,234.5`, `45 %`, `sep 2026` (CLDR es-US).
    public static let spanish = ChartLocale(
        decimalSeparator: ".", groupSeparator: ",", percentSpace: "\u{a0}",
        magnitudes: ["\u{a0}M", "\u{a0}mil\u{a0}M", "\u{a0}B"],
        months: ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
        quarter: "T", fiscalYear: "AF", words: spanishWords)

    /// Spanish as in Spain: `1.234,5`, `45 %`, `sep 2026` (CLDR es).
    public static let spanishOfSpain = {
        var locale = spanish
        (locale.decimalSeparator, locale.groupSeparator) = (",", ".")
        return locale
    }()

    private static let spanishWords = {
        var words = Words()
        (words.withheld, words.notStated, words.noData) = ("reservado", "no indicado", "sin datos")
        (words.month, words.value, words.notOnMap) = ("Mes", "Valor", "Fuera del mapa")
        (words.lower, words.upper) = ("95\u{a0}% desde", "95\u{a0}% hasta")
        (words.quarter, words.fiscalYear) = ("Trimestre", "Año fiscal")
        words.of = "de"
        return words
    }()
}

extension ChartLocale {
    /// `Sep 2026`, `Q3 2026` or `FY 2026`.
    func name(of month: ChartMonth, _ step: ChartStep = .month) -> String {
        "\(shortName(of: month, step)) \(step.year(of: month))"
    }

    /// `Sep`, `Q3` or `FY`.
    func shortName(of month: ChartMonth, _ step: ChartStep = .month) -> String {
        switch step {
        case .month: months.indices.contains(month.month - 1) ? months[month.month - 1] : String(month.month)
        case .quarter: quarter + String((month.month + 2) / 3)
        case .fiscalYear: fiscalYear
        }
    }

    /// Heads the column of steps.
    func head(_ step: ChartStep) -> String {
        switch step {
        case .month: words.month
        case .quarter: words.quarter
        case .fiscalYear: words.fiscalYear
        }
    }

    /// A figure or the word for why there is none, in full, for tables.
    func full(_ value: ChartValue, _ unit: ChartUnit) -> String {
        switch value {
        case .withheld: words.withheld
        case .notStated: words.notStated
        case .value(let value): value.isFinite ? text(value, unit, .full) : words.notStated
        }
    }

    /// A figure, with millions and more in short: `1.23M`.
    func short(_ value: Double, _ unit: ChartUnit) -> String { text(value, unit, .short) }

    /// A mark of an axis: in short, and without zeros behind its decimals.
    func tick(_ value: Double, _ unit: ChartUnit) -> String { text(value, unit, .tick) }

    private enum Form {
        case full, short, tick
    }

    private func text(_ value: Double, _ unit: ChartUnit, _ form: Form) -> String {
        switch unit {
        case .number(let decimals): number(value, decimals, form)
        case .percent(let decimals): number(value * 100, decimals, form) + percentSpace + "%"
        case .dollars: (value < 0 ? "-$" : "$") + number(value.magnitude, 0, form)
        }
    }

    /// So many decimals, or as many as a small number needs to differ from 0, and a mark from the one below it.
    private func number(_ value: Double, _ decimals: Int, _ form: Form) -> String {
        let size = value.magnitude
        if form != .full, size >= 999_999.5 {
            // A thousand of the one are the next: 999,999,999 is 1B and not 1000M.
            let place = size >= 999_950_000_000 ? 2 : size >= 999_950_000 ? 1 : 0
            let scaled = value / [1e6, 1e9, 1e12][place]
            if scaled.magnitude < 1e6, magnitudes.count > place {
                return fixed(scaled, scaled.magnitude < 10 ? 2 : 1, trimmed: true) + magnitudes[place]
            }
        }
        guard size < 1e15 else { return scientific(value) }
        var places = max(0, decimals)
        // A number that is not 0 is not written as 0.
        while places < 12, size > 0, size * FixedDecimal.power(places) < 0.5 { places += 1 }
        if size > 0, size * FixedDecimal.power(places) < 0.5 { return scientific(value) }
        guard form == .tick else { return fixed(value, places, trimmed: false) }
        // Marks are round: 0.25 is not to become 0.3.
        while places < 15, !Self.isWhole(size * FixedDecimal.power(places)) { places += 1 }
        return fixed(value, places, trimmed: true)
    }

    private static func isWhole(_ value: Double) -> Bool { (value - value.rounded()).magnitude <= 1e-6 * max(1, value) }

    private func fixed(_ value: Double, _ places: Int, trimmed: Bool) -> String {
        let text = FixedDecimal.text(value.magnitude, places, trimmed: trimmed)
        let parts = text.split(separator: ".")
        let isNegative = value < 0 && text.contains { $0 != "0" && $0 != "." }
        var whole = ""
        let digits = Array(parts.first ?? "0")
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { whole += groupSeparator }
            whole.append(digit)
        }
        return (isNegative ? "-" : "") + whole + (parts.count > 1 ? decimalSeparator + parts[1] : "")
    }

    private func scientific(_ value: Double) -> String {
        var mantissa = value
        var exponent = 0
        while mantissa.magnitude >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
        while mantissa.magnitude < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
        return fixed(mantissa, 1, trimmed: true) + "e\(exponent)"
    }
}
