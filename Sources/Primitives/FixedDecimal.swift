/// Numbers as text with a fixed number of decimals, the same on every machine.
public enum FixedDecimal {
    /// Rounded to the nearest, halves away from 0. What is too large for so many decimals has fewer; 0 stands for what
    /// is no number or too large for any.
    /// - Parameters:
    ///   - places: the decimals, 0 or more.
    ///   - trimmed: true to leave out zeros at the end of the decimals.
    public static func text(_ value: Double, _ places: Int, trimmed: Bool = false) -> String {
        let scaled = (value * power(places)).rounded()
        guard scaled.magnitude < 9e18 else { return places > 0 ? text(value, places - 1, trimmed: trimmed) : "0" }
        let number = Int64(scaled)
        let digits = String(number.magnitude)
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        var decimals = padded.suffix(places)
        if trimmed { while decimals.last == "0" { decimals.removeLast() } }
        let whole = (number < 0 ? "-" : "") + padded.dropLast(places)
        return decimals.isEmpty ? whole : whole + "." + decimals
    }

    /// A power of ten.
    public static func power(_ exponent: Int) -> Double { (0..<exponent).reduce(1) { power, _ in power * 10 } }
}
