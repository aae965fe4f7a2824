import Testing

@testable import Charts

@Suite("Numbers and months of a language")
struct LocaleTests {
    @Test("are written as the language writes them")
    func formats() {
        let (english, spanish, spain) = (ChartLocale.english, ChartLocale.spanish, ChartLocale.spanishOfSpain)
        #expect(english.full(.value(1_234_567), .count) == "1,234,567")
        #expect(spain.full(.value(1_234_567.25), .number(decimals: 1)) == "1.234.567,3")
        #expect(english.full(.value(0.456), .percent(decimals: 0)) == "46%")
        #expect(spanish.full(.value(0.456), .percent(decimals: 1)) == "45.6\u{a0}%")
        #expect(english.full(.value(-1200), .dollars) == "-$1,200")
        #expect(english.short(1_230_000, .dollars) == "$1.23M")
        #expect(english.short(999_999_999, .count) == "1B")
        #expect(spanish.short(2_500_000_000, .count) == "2.5\u{a0}mil\u{a0}M")
        #expect(english.short(12, .number(decimals: 1)) == "12.0")
        #expect(english.tick(12, .number(decimals: 1)) == "12")
        #expect(english.tick(0.25, .count) == "0.25")
        #expect(english.name(of: ChartMonth(year: 2026, month: 9)) == "Sep 2026")
        #expect(spanish.name(of: ChartMonth(year: 2025, month: 13)) == "ene 2026")
    }

    @Test("never show a number that is not 0 as 0, nor fail on any number")
    func tinyAndHuge() {
        for value in [1e-3, 1e-9, 1e-30, .leastNonzeroMagnitude, 1e15, 1e30, 1e308] {
            let (full, short) = (
                ChartLocale.english.full(.value(value), .count), ChartLocale.english.short(value, .count)
            )
            #expect(full.contains { ("1"..."9").contains($0) }, "\(full)")
            #expect(short.contains { ("1"..."9").contains($0) } && short.count <= 20, "\(short)")
        }
        #expect(ChartLocale.english.full(.value(.nan), .count) == "not stated")
        #expect(ChartLocale.english.full(.value(-0.0), .number(decimals: 1)) == "0.0")
    }
}
