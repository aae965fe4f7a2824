import Primitives
import Testing

/// Numbers and amounts in text.
@Suite struct DecimalTextTests {
    private func whole(_ form: DecimalText, _ text: String, isSigned: Bool = false) -> Int64? {
        Array(text.utf8).withUnsafeBytes { form.wholeNumber($0, isSigned: isSigned) }
    }

    private func cents(_ form: DecimalText, _ text: String, isSigned: Bool = false) -> Int64? {
        Array(text.utf8).withUnsafeBytes { form.cents($0, isSigned: isSigned) }
    }

    @Test func wholeNumbers() {
        for (form, text, expected) in [
            (DecimalText.plain, "1234", 1234), (.plain, " 12 ", 12), (.plain, "\t0\r\n", 0), (.plain, "007", 7),
            (.plain, "999999999999999999", 999_999_999_999_999_999), (.thousands, "1,234", 1234),
            (.thousands, "1234", 1234),
            (.thousands, "12,345,678", 12_345_678), (.thousands, "999,999,999,999,999,999", 999_999_999_999_999_999),
            (.thousandsEuropean, "1.234", 1234), (.thousandsEuropean, "123", 123),
        ] as [(DecimalText, String, Int64)] {
            #expect(whole(form, text) == expected, "\(form) \(text)")
        }
    }

    @Test func amounts() {
        for (form, text, expected) in [
            (DecimalText.plain, "1234", 123_400), (.plain, "$1234.5", 123_450), (.plain, "0.01", 1),
            (.plain, "19.99", 1999),
            (.thousands, "$1,234.50", 123_450), (.thousands, "1,234.50", 123_450), (.thousands, " $12 ", 1200),
            (.thousands, "1234.05", 123_405), (.thousandsEuropean, "1.234,50", 123_450),
            (.thousandsEuropean, "0,5", 50),
            (.thousandsEuropean, "1.234.567", 123_456_700), (.plain, "90071992547409.93", 9_007_199_254_740_993),
        ] as [(DecimalText, String, Int64)] {
            #expect(cents(form, text) == expected, "\(form) \(text)")
        }
    }

    @Test(arguments: [
        "plain|", "plain| ", "plain|1,234", "plain|12.345", "plain|1.", "plain|.5", "plain|+1", "plain|1 2",
        "plain|1e3",
        "plain|$", "plain|$$1", "plain|-1", "plain|(1)", "plain|NaN", "plain|0x1", "plain|１", "plain|$ 1", "plain|1$",
        "thousands|1,23", "thousands|1,2345", "thousands|1234,567", "thousands|,123", "thousands|1,,234",
        "thousands|1,234,",
        "thousands|0,123", "thousands|1.234,50", "thousands|1,234.567", "thousands|1.234", "thousands|12,34.50",
        "thousands-european|1,234.50", "thousands-european|1,234", "thousands-european|12.34",
        "thousands-european|0.123",
        "plain|9999999999999999999", "thousands|1,000,000,000,000,000,000,000", "plain|999999999999999999",
    ])
    func refusesWhatIsNoAmount(_ row: String) throws {
        let parts = row.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        let form = try #require(DecimalText(rawValue: parts[0]))
        #expect(cents(form, parts[1]) == nil)
    }

    @Test func onlyAmountsHaveDecimalsAndASign() {
        for text in ["1.0", "$1", "1.00", "1,5"] {
            #expect(whole(.plain, text) == nil && whole(.thousands, text) == nil)
        }
    }

    @Test func negativeNumbersWhereTheyCount() {
        #expect(whole(.plain, "-12", isSigned: true) == -12)
        #expect(whole(.thousands, "(1,234)", isSigned: true) == -1234)
        #expect(cents(.thousands, "-$1,234.50", isSigned: true) == -123_450)
        #expect(cents(.thousands, " ($1,234.50) ", isSigned: true) == -123_450)
        #expect(cents(.plain, "12.50", isSigned: true) == 1250)
        for text in ["--1", "(1", "1)", "(-1)", "()", "-", "-(1)", "$-1", "("] {
            #expect(cents(.plain, text, isSigned: true) == nil, "\(text)")
        }
        #expect(whole(.plain, "-12") == nil && cents(.plain, "(12)") == nil)
    }

    @Test func everyAmountIsReadBack() {
        let seed: UInt64 = 1234
        var generator = SplitMix64(seed: seed)
        for _ in 0..<5000 {
            let value = Int64(generator.next() >> UInt64(generator.within(8...63)))
            let (dollars, rest) = (value / 100, value % 100)
            let decimals = (rest < 10 ? "0" : "") + String(rest)
            #expect(cents(.plain, "\(dollars).\(decimals)") == value, "seed \(seed)")
            #expect(cents(.thousands, "$\(grouped(dollars, ",")).\(decimals)") == value, "seed \(seed)")
            #expect(cents(.thousandsEuropean, "\(grouped(dollars, ".")),\(decimals)") == value, "seed \(seed)")
            #expect(whole(.thousands, grouped(dollars, ",")) == dollars, "seed \(seed)")
        }
    }

    @Test func bytesAtRandomNeverTrap() {
        var generator = SplitMix64(seed: 77)
        let bytes = Array("0123456789,.-$() \u{0}€".utf8)
        for _ in 0..<20_000 {
            let text = (0..<generator.below(12)).map { _ in bytes[generator.below(bytes.count)] }
            text.withUnsafeBytes { text in
                for form in DecimalText.allCases {
                    guard let amount = form.cents(text), let number = form.wholeNumber(text) else { continue }
                    #expect(amount == number * 100)
                }
            }
        }
    }

    private func grouped(_ value: Int64, _ separator: String) -> String {
        var text = ""
        for (place, digit) in String(value).reversed().enumerated() {
            text = "\(digit)\(place > 0 && place % 3 == 0 ? separator : "")" + text
        }
        return text
    }
}
