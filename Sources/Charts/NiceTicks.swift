import Primitives

/// Round marks on an axis that starts at 0: steps of 1, 2 or 5 times a power of ten.
///
/// After Heckbert, "Nice Numbers for Graph Labels", Graphics Gems (1990), with the marks counted out as multiples of
/// the step, so that none is off by rounding.
struct NiceTicks: Hashable {
    /// From 0 up to the first mark that is not below the largest value.
    let values: [Double]

    /// The last mark.
    var top: Double { values.last ?? 1 }

    /// Makes the marks.
    /// - Parameters:
    ///   - largest: the largest value; an axis without one goes to 1.
    ///   - count: about how many steps there are to be.
    ///   - isWhole: true where there is nothing between whole numbers.
    init(covering largest: Double, count: Int = 4, isWhole: Bool = false) {
        let largest = largest.isFinite && largest > 1e-300 ? min(largest, 1e300) : 1
        let (mantissa, exponent) = Self.nice(largest / Double(max(1, count)))
        let step: (Double) -> Double =
            isWhole && exponent < 0
            ? { $0 }
            : { exponent >= 0 ? $0 * mantissa * Self.power(exponent) : $0 * mantissa / Self.power(-exponent) }
        var values = [0.0]
        while step(Double(values.count - 1)) < largest, values.count < 100 { values.append(step(Double(values.count))) }
        self.values = values
    }

    /// The nice number next to a value: 1, 2, 5 or 10 times a power of ten.
    private static func nice(_ value: Double) -> (mantissa: Double, exponent: Int) {
        var exponent = 0
        while value >= power(exponent + 1) { exponent += 1 }
        while exponent > -307, value < (exponent > 0 ? power(exponent) : 1 / power(-exponent)) { exponent -= 1 }
        let fraction = exponent >= 0 ? value / power(exponent) : value * power(-exponent)
        return switch fraction {
        case ..<1.5: (1, exponent)
        case ..<3: (2, exponent)
        case ..<7: (5, exponent)
        default: (1, exponent + 1)
        }
    }

    private static func power(_ exponent: Int) -> Double { FixedDecimal.power(exponent) }
}
