import Primitives
import Testing

@testable import Attribution

/// 320-bit integers against decimal arithmetic by hand.
@Suite struct WideIntegerTests {
    @Test func operationsAgreeWithDecimalArithmetic() {
        let seed: UInt64 = 8100
        var generator = SplitMix64(seed: seed)
        for _ in 0..<60 {
            var (left, decimalLeft) = pair(&generator)
            var (right, decimalRight) = pair(&generator)
            #expect(decimal(left) == decimalLeft.digits, "seed \(seed)")
            #expect((left < right) == (decimalLeft < decimalRight), "seed \(seed)")
            if left < right {
                swap(&left, &right)
                swap(&decimalLeft, &decimalRight)
            }
            #expect(decimal(left + right) == (decimalLeft + decimalRight).digits, "seed \(seed)")
            #expect(decimal(left - right) == (decimalLeft - decimalRight).digits, "seed \(seed)")
            let factor = generator.next() >> UInt64.random(in: 0...63, using: &generator)
            let small = WideInteger(generator.next()) * generator.next()
            let smallDecimal = decimal(small)
            #expect(
                decimal(small * factor) == (Decimal(digits: smallDecimal) * Decimal(factor)).digits, "seed \(seed)")
        }
    }

    @Test func carriesRunThroughAllLimbs() {
        var power = WideInteger(1)
        for _ in 0..<4 { power = power * (1 << 32) * (1 << 32) }
        let ones = power - WideInteger(1)
        #expect(ones + WideInteger(1) == power)
        #expect(ones < power)
        #expect(!(power < ones))
        #expect(decimal(power).count == 78)
        #expect((power - power).isZero)
        #expect(!power.isZero)
    }

    @Test func divisionGivesQuotientAndRemainder() {
        let seed: UInt64 = 8200
        var generator = SplitMix64(seed: seed)
        for _ in 0..<200 {
            let divisor = WideInteger(generator.next() | 1) * generator.next() + WideInteger(1)
            let quotient = UInt64.random(in: 0...10_000, using: &generator)
            let remainder = WideInteger(generator.next() >> 1)
            let number = divisor * quotient + remainder
            let result = number.quotient(dividingBy: divisor, atMost: 10_000)
            if remainder < divisor {
                #expect(result.quotient == quotient, "seed \(seed)")
                #expect(result.remainder == remainder, "seed \(seed)")
            }
        }
        let seven = WideInteger(7)
        #expect(WideInteger(0).quotient(dividingBy: seven, atMost: 9).quotient == 0)
        #expect(WideInteger(63).quotient(dividingBy: seven, atMost: 9).quotient == 9)
        #expect(WideInteger(69).quotient(dividingBy: seven, atMost: 9).remainder == WideInteger(6))
    }

    /// The same number both ways, of up to 300 bits.
    private func pair(_ generator: inout SplitMix64) -> (WideInteger, Decimal) {
        var wide = WideInteger(generator.next())
        var decimal = Decimal(0)
        decimal = Decimal(digits: self.decimal(wide))
        for _ in 0..<Int.random(in: 0...3, using: &generator) {
            let factor = generator.next() >> 6
            let summand = generator.next()
            wide = wide * factor + WideInteger(summand)
            decimal = decimal * Decimal(factor) + Decimal(summand)
        }
        return (wide, decimal)
    }

    /// The decimal digits of a number, the last one first.
    private func decimal(_ number: WideInteger) -> [UInt8] {
        var powers = [WideInteger(1)]
        while powers.count < 96 { powers.append(powers[powers.count - 1] * 10) }
        var rest = number
        var digits: [UInt8] = []
        for power in powers.reversed() {
            let (digit, remainder) = rest.quotient(dividingBy: power, atMost: 9)
            digits.insert(UInt8(digit), at: 0)
            rest = remainder
        }
        return Decimal(digits: digits).digits
    }
}

/// Schoolbook arithmetic on decimal digits, the last one first, without leading zeros.
private struct Decimal: Equatable {
    let digits: [UInt8]

    init(digits: [UInt8]) {
        var digits = digits
        while digits.last == 0 { digits.removeLast() }
        self.digits = digits
    }

    init(_ number: UInt64) {
        self.init(digits: String(number).utf8.reversed().map { $0 - 48 })
    }

    static func + (left: Decimal, right: Decimal) -> Decimal {
        var digits: [UInt8] = []
        var carry: UInt8 = 0
        for place in 0...max(left.digits.count, right.digits.count) {
            let sum = left[place] + right[place] + carry
            digits.append(sum % 10)
            carry = sum / 10
        }
        return Decimal(digits: digits)
    }

    static func - (left: Decimal, right: Decimal) -> Decimal {
        var digits: [UInt8] = []
        var borrow: UInt8 = 0
        for place in 0..<left.digits.count {
            let difference = left[place] + 10 - right[place] - borrow
            digits.append(difference % 10)
            borrow = difference < 10 ? 1 : 0
        }
        return Decimal(digits: digits)
    }

    static func * (left: Decimal, right: Decimal) -> Decimal {
        var sums = Array(repeating: 0, count: left.digits.count + right.digits.count + 1)
        for (place, digit) in left.digits.enumerated() {
            for (other, factor) in right.digits.enumerated() { sums[place + other] += Int(digit) * Int(factor) }
        }
        for place in sums.indices.dropLast() {
            sums[place + 1] += sums[place] / 10
            sums[place] %= 10
        }
        return Decimal(digits: sums.map { UInt8($0) })
    }

    static func < (left: Decimal, right: Decimal) -> Bool {
        if left.digits.count != right.digits.count { return left.digits.count < right.digits.count }
        return left.digits.reversed().lexicographicallyPrecedes(right.digits.reversed())
    }

    private subscript(place: Int) -> UInt8 { place < digits.count ? digits[place] : 0 }
}
