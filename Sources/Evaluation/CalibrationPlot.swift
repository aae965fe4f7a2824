/// The calibration table as an SVG image: strength to the right, share of positive labels upwards, with Wilson
/// intervals, the diagonal on which a well calibrated method lies, and the number of cases of each bin.
///
/// Readable on light and on dark ground, without scripts and without fonts of its own; the same table gives the same
/// bytes.
public enum CalibrationPlot {
    // The square of the plot within an image of 560 by 600.
    private static let (left, top, side) = (72.0, 48.0, 440.0)

    /// The image.
    public static func svg(_ table: CalibrationTable) -> String {
        var lines = head(table) + grid()
        lines.append(
            "<line class=\"diagonal\" x1=\"\(x(0))\" y1=\"\(y(0))\" x2=\"\(x(1))\" y2=\"\(y(1))\"/>")
        for bin in table.bins { lines += mark(bin) }
        if table.bins.isEmpty {
            lines.append("<text x=\"\(x(0.5))\" y=\"\(y(0.75))\" text-anchor=\"middle\">no case has a strength</text>")
        }
        lines.append("</svg>")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func x(_ value: Double) -> String { FixedText.of(left + value * side, 1) }
    private static func y(_ value: Double) -> String { FixedText.of(top + (1 - value) * side, 1) }

    private static func head(_ table: CalibrationTable) -> [String] {
        var description = "Each point is the cases of one range of strength: their mean strength, and the share with a "
        description += "positive label, with its 95 % Wilson interval. On the diagonal strengths mean what they say."
        if let error = table.expectedError {
            description += " \(table.count) cases, expected calibration error \(FixedText.of(error))."
        }
        for bin in table.bins {
            description += " \(bin.from) to \(bin.to): \(bin.positive.count) of \(bin.positive.total)."
        }
        return [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 560 600\" width=\"560\" height=\"600\" "
                + "role=\"img\" aria-labelledby=\"calibration-title calibration-desc\">",
            "<title id=\"calibration-title\">Calibration: strength against the share of positive labels</title>",
            "<desc id=\"calibration-desc\">\(description)</desc>", style,
            "<rect class=\"ground\" width=\"560\" height=\"600\"/>",
            "<text x=\"\(x(0.5))\" y=\"28\" text-anchor=\"middle\">Strength against the share of positive labels"
                + "</text>",
        ]
    }

    private static let style = """
        <style>
        text { font: 14px sans-serif; fill: #1b1f24; }
        .ground { fill: #ffffff; }
        .grid { stroke: #d5d9de; }
        .diagonal { stroke: #5a626b; stroke-dasharray: 6 5; }
        .interval { stroke: #0b5cad; stroke-width: 2; }
        .point { fill: #0b5cad; }
        @media (prefers-color-scheme: dark) {
        text { fill: #e6e9ec; }
        .ground { fill: #14171a; }
        .grid { stroke: #3a4047; }
        .diagonal { stroke: #a0a8b0; }
        .interval { stroke: #7cb7ff; }
        .point { fill: #7cb7ff; }
        }
        </style>
        """

    /// Lines at each fifth, the numbers beside them, and what they count.
    private static func grid() -> [String] {
        var lines: [String] = []
        for fifth in 0...5 {
            let value = Double(fifth) / 5
            let text = FixedText.of(value, 1)
            let base = FixedText.of(top + (1 - value) * side + 5, 1)
            lines += [
                "<line class=\"grid\" x1=\"\(x(value))\" y1=\"\(y(0))\" x2=\"\(x(value))\" y2=\"\(y(1))\"/>",
                "<line class=\"grid\" x1=\"\(x(0))\" y1=\"\(y(value))\" x2=\"\(x(1))\" y2=\"\(y(value))\"/>",
                "<text x=\"\(x(value))\" y=\"508\" text-anchor=\"middle\">\(text)</text>",
                "<text x=\"64\" y=\"\(base)\" text-anchor=\"end\">\(text)</text>",
            ]
        }
        return lines + [
            "<text x=\"64\" y=\"534\" text-anchor=\"end\">n</text>",
            "<text x=\"\(x(0.5))\" y=\"572\" text-anchor=\"middle\">strength</text>",
            "<text x=\"20\" y=\"\(y(0.5))\" text-anchor=\"middle\" transform=\"rotate(-90 20 \(y(0.5)))\">"
                + "share of positive labels</text>",
        ]
    }

    /// A bin: interval with its ends, point, and number of cases.
    private static func mark(_ bin: CalibrationTable.Bin) -> [String] {
        guard let share = bin.positive.share, let interval = bin.positive.interval else { return [] }
        let middle = left + bin.meanStrength * side
        func end(_ value: Double) -> String {
            "<line class=\"interval\" x1=\"\(FixedText.of(middle - 5, 1))\" y1=\"\(y(value))\" "
                + "x2=\"\(FixedText.of(middle + 5, 1))\" y2=\"\(y(value))\"/>"
        }
        let center = x((Double(bin.place) + 0.5) / Double(CalibrationTable.binCount))
        return [
            "<line class=\"interval\" x1=\"\(x(bin.meanStrength))\" y1=\"\(y(interval.lower))\" "
                + "x2=\"\(x(bin.meanStrength))\" y2=\"\(y(interval.upper))\"/>",
            end(interval.lower), end(interval.upper),
            "<circle class=\"point\" cx=\"\(x(bin.meanStrength))\" cy=\"\(y(share))\" r=\"5\"/>",
            "<text x=\"\(center)\" y=\"534\" text-anchor=\"middle\">\(bin.positive.total)</text>",
        ]
    }
}
