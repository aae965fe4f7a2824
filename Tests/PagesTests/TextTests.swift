import Charts
import Primitives
import Releases
import Testing

@testable import Pages

@Suite("The texts of the pages")
struct TextTests {
    private static func places(_ text: String) -> Set<Substring> {
        Set(
            text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap {
                $0.split(separator: "}").first
            })
    }

    @Test("have the same keys in all languages, none of them empty, with the same things put in")
    func complete() {
        let (english, spanish) = (PageTexts.english.texts, PageTexts.spanish.texts)
        #expect(Set(english.keys) == Set(spanish.keys))
        #expect(english.count > 400)
        for (key, text) in english {
            #expect(!text.isEmpty)
            #expect(Self.places(text) == Self.places(spanish[key] ?? ""), "\(key)")
        }
    }

    @Test("write numbers with groups, and round halves away from 0")
    func numerals() {
        for (decimal, places, text) in [
            ("1234567", 0, "1,234,567"), ("267.4571", 1, "267.5"), ("0.05", 1, "0.1"), ("999.95", 1, "1,000.0"),
            ("-0.04", 1, "0.0"), ("-1234.5", 0, "-1,235"), ("7", 2, "7.00"), ("abc", 1, "abc"), ("0", 0, "0"),
        ] {
            #expect(Numerals.text(decimal, places: places) == text)
        }
        #expect(Numerals.text("158.40") == "158.4" && Numerals.text("12.0") == "12")
        #expect(FixedDecimal.text(0.05, 1) == "0.1" && FixedDecimal.text(-12.345, 2) == "-12.35")
    }

    @Test("name days, periods and lists as the language does")
    func dates() throws {
        var city = SmallCity()
        let names = PageLanguage.allCases.map { PeriodNames(texts: PageTexts.of($0)) }
        let quarter = try city.release()
        #expect(names.map { $0.span(quarter) } == ["April to June 2026", "abril a junio de 2026"])
        #expect(names.map { $0.short(quarter) } == ["Q2 2026", "T2 de 2026"])
        (city.period, city.days) = ("FY2026", ("2025-10-01", "2026-09-30"))
        let year = try city.release()
        #expect(
            names.map { $0.span(year) } == ["October 2025 to September 2026", "octubre de 2025 a septiembre de 2026"])
        #expect(names.map { $0.short(year) } == ["FY 2026", "AF 2026"])
        (city.period, city.days) = ("2026-03", ("2026-03-01", "2026-03-31"))
        let month = try city.release()
        #expect(names.map { $0.within(month) } == ["In March 2026", "En marzo de 2026"])
        #expect(names[0].partialDate("2023-11") == "November 2023" && names[1].partialDate("1996") == "1996")
        #expect(names[1].partialDate("1996-10-12") == "12 de octubre de 1996")
        let spanish = PageTexts.spanish
        #expect(spanish.list(["salud", "<a href=\"/\">inmigración</a>"]).text.contains("salud e <a"))
        #expect(spanish.list(["salud", "hielo", "vivienda"]).text == "salud, hielo y vivienda")
    }

    @Test("never break out of HTML, whatever is put in")
    func escaping() {
        var random = SplitMix64(seed: 42)
        let parts = ["<", ">", "&", "\"", "'", "a", "é", "\u{202e}", "\u{0}", "مرحبا", "’", "\u{fffe}", "{n}", "&lt;"]
        for _ in 0..<500 {
            let text = (0..<random.within(0...12)).map { _ in random.element(of: parts) ?? "" }.joined()
            let html: HTML = "<p title=\"\(text)\">\(text)</p>"
            let inner = html.text.dropFirst(10).dropLast(4)
            #expect(inner.count { $0 == "<" } == 0 && inner.count { $0 == "\"" } == 1, "seed 42: \(text)")
            #expect(!html.text.unicodeScalars.contains { $0 == "\u{202e}" || $0 == "\u{0}" || $0 == "\u{fffe}" })
        }
        let text = "a & <b> 'c'"
        #expect(HTML(text).text == "a &amp; &lt;b&gt; &#39;c&#39;")
        #expect(PlainText.of(HTML(text)) == text)
    }

    @Test("know every country by its code")
    func countries() {
        let names = PageLanguage.allCases.map { NameTable(texts: PageTexts.of($0), connections: [:]) }
        #expect(names.map { $0.country("KR") } == ["South Korea", "Corea del Sur"])
        #expect(names[0].country("XX") == "XX")
        #expect(names[0].department("parks-and-culture") == "parks and culture")
    }
}
