/// An exact amount: a fraction of whole numbers, so that sums and shares agree to the last digit.
public struct Quantity: Hashable, Sendable {
    /// The numerator.
    public let numerator: Int64
    /// The denominator, at least 1.
    public let denominator: Int64

    /// Makes a whole number.
    public init(_ value: Int64) { (numerator, denominator) = (value, 1) }

    /// Makes a fraction; nil where the denominator is not above 0.
    public init?(_ numerator: Int64, over denominator: Int64) {
        guard denominator > 0 else { return nil }
        (self.numerator, self.denominator) = (numerator, denominator)
    }

    /// The nearest double.
    public var double: Double { Double(numerator) / Double(denominator) }

    /// The amount with so many decimals at most 9, halves away from zero: `0.40`, `-1.5`.
    public func decimal(places: Int) -> String {
        let places = min(max(places, 0), 9)
        var scale: Int64 = 1
        for _ in 0..<places { scale *= 10 }
        // Whole part and remainder apart, so that the product with the scale fits.
        let sign = numerator < 0 ? "-" : ""
        let magnitude = numerator.magnitude
        let divisor = denominator.magnitude
        var whole = magnitude / divisor
        let (high, low) = (magnitude % divisor).multipliedFullWidth(by: scale.magnitude)
        var (fraction, rest) = divisor.dividingFullWidth((high, low))
        // Twice the rest need not fit.
        if rest >= divisor - rest { fraction += 1 }
        if fraction == scale.magnitude { (whole, fraction, rest) = (whole + 1, 0, 0) }
        let isZero = whole == 0 && fraction == 0
        guard places > 0 else { return (isZero ? "" : sign) + String(whole) }
        let digits = String(fraction)
        let zeros = String(repeating: "0", count: places - digits.utf8.count)
        return (isZero ? "" : sign) + "\(whole).\(zeros)\(digits)"
    }
}
