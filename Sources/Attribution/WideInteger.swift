/// An unsigned integer of 320 bits: what exact credit needs for 17 players (see `Credit`), and nothing more.
///
/// Overflow wraps; `Credit` shows why it cannot occur.
struct WideInteger: Comparable {
    private var limbs: InlineArray<5, UInt64>

    init(_ value: UInt64) {
        limbs = InlineArray(repeating: 0)
        limbs[0] = value
    }

    static func + (left: WideInteger, right: WideInteger) -> WideInteger {
        var result = left
        var carry = false
        for index in 0..<5 {
            let (partial, first) = left.limbs[index].addingReportingOverflow(right.limbs[index])
            let (sum, second) = partial.addingReportingOverflow(carry ? 1 : 0)
            result.limbs[index] = sum
            carry = first || second
        }
        return result
    }

    /// The difference; the left side must not be the smaller one.
    static func - (left: WideInteger, right: WideInteger) -> WideInteger {
        var result = left
        var borrow = false
        for index in 0..<5 {
            let (partial, first) = left.limbs[index].subtractingReportingOverflow(right.limbs[index])
            let (difference, second) = partial.subtractingReportingOverflow(borrow ? 1 : 0)
            result.limbs[index] = difference
            borrow = first || second
        }
        return result
    }

    static func * (left: WideInteger, right: UInt64) -> WideInteger {
        var result = left
        var carry: UInt64 = 0
        for index in 0..<5 {
            let (high, low) = left.limbs[index].multipliedFullWidth(by: right)
            let (sum, overflow) = low.addingReportingOverflow(carry)
            result.limbs[index] = sum
            carry = high &+ (overflow ? 1 : 0)
        }
        return result
    }

    static func < (left: WideInteger, right: WideInteger) -> Bool {
        for index in (0..<5).reversed() where left.limbs[index] != right.limbs[index] {
            return left.limbs[index] < right.limbs[index]
        }
        return false
    }

    static func == (left: WideInteger, right: WideInteger) -> Bool {
        for index in 0..<5 where left.limbs[index] != right.limbs[index] { return false }
        return true
    }

    var isZero: Bool { self == WideInteger(0) }

    /// The whole quotient, where it is known to be at most `limit`, and what remains.
    func quotient(dividingBy divisor: WideInteger, atMost limit: UInt64) -> (quotient: UInt64, remainder: WideInteger) {
        var low: UInt64 = 0
        var high = limit
        while low < high {
            let middle = (low + high + 1) / 2
            if divisor * middle <= self { low = middle } else { high = middle - 1 }
        }
        return (low, self - divisor * low)
    }
}
