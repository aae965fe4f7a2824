import Primitives

/// The calibration table with a plot made of characters.
enum CalibrationText {
    /// The columns from 0 to 1.
    private static let width = 51

    static func lines(_ table: CalibrationTable) -> [String] {
        guard let error = table.expectedError else {
            return ["Calibration: no case that can be decided by itself has a strength."]
        }
        let scale = (0...4).map { "\($0 == 4 ? "1" : FixedText.of(Double($0) / 4))" }
        var axis = Array(repeating: Character(" "), count: width + 3)
        for (place, text) in scale.enumerated() {
            for (offset, character) in text.enumerated() { axis[place * (width - 1) / 4 + offset] = character }
        }
        let cases = FixedText.count(table.count, "case")
        return [
            "Calibration: strength against the share of positive labels",
            "\(cases) with a strength, expected calibration error \(FixedText.of(error))",
            "strength".padded(to: 11) + "cases" + "positive".aligned(to: 20) + "   " + String(axis).trimmed,
        ]
            + table.bins.map { bin in
                "\(bin.from)-\(bin.to)".padded(to: 11) + String(bin.positive.total).aligned(to: 5)
                    + FixedText.share(bin.positive).aligned(to: 20) + "   " + plot(bin)
            } + ["o: positive share with its interval; |: mean strength; *: both. Well calibrated is where they agree."]
    }

    /// One bin on the line from 0 to 1.
    private static func plot(_ bin: CalibrationTable.Bin) -> String {
        func column(_ value: Double) -> Int { Int((value * Double(width - 1)).rounded()) }
        var line = Array(repeating: Character("."), count: width)
        if let interval = bin.positive.interval {
            for place in column(interval.lower)...column(interval.upper) { line[place] = "-" }
        }
        let (share, strength) = (column(bin.positive.share ?? 0), column(bin.meanStrength))
        line[strength] = "|"
        line[share] = share == strength ? "*" : "o"
        return String(line)
    }
}
