import Primitives
import Testing

@testable import Text

@Suite struct CountryTests {
    private func code(_ name: String) -> String? {
        var reader = CountryReader()
        return Array(name.utf8).withUnsafeBytes { reader.country($0) }.map {
            String(decoding: $0.alpha2, as: UTF8.self)
        }
    }

    @Test func holdsAllOfISO3166() {
        #expect(Countries.all.count == 249)
        #expect(Set(Countries.all.map { [UInt8]($0.alpha2) }).count == 249)
        #expect(Set(Countries.all.map { [UInt8]($0.alpha3) }).count == 249)
        #expect(Set(Countries.all.map(\.name)).count == 249)
        for country in Countries.all {
            for code in [country.alpha2, country.alpha3] { #expect(code.allSatisfy { (0x41...0x5a).contains($0) }) }
        }
        let codes = Countries.all.map { String(decoding: $0.alpha2, as: UTF8.self) }
        #expect(codes == codes.sorted())
    }

    @Test func everyNameStandsOnce() {
        #expect(Countries.byKey.count == Countries.list.keys.count)
        var seen: Set<[UInt8]> = []
        for entry in Countries.list.keys where !seen.insert(entry.key).inserted {
            Issue.record("\(String(decoding: entry.key, as: UTF8.self)) stands twice")
        }
        #expect(seen.count > 249 * 4)
    }

    @Test func findsEveryCountryByItsCodesAndName() {
        for country in Countries.all {
            let alpha2 = String(decoding: country.alpha2, as: UTF8.self)
            for name in [alpha2, alpha2.lowercased(), String(decoding: country.alpha3, as: UTF8.self), country.name] {
                #expect(code(name) == alpha2, "\(name)")
                #expect(code("  " + name.uppercased() + "\u{a0}") == alpha2, "\(name)")
            }
        }
    }

    @Test(arguments: [
        ("Burma", "MM"), ("Dem. Rep. Congo", "CD"), ("Congo", "CG"), ("Korea, North", "KP"), ("KOREA, SOUTH", "KR"),
        ("Ivory Coast", "CI"), ("Cote d'Ivoire", "CI"), ("CÔTE D’IVOIRE", "CI"), ("Vietnam", "VN"), ("Turkiye", "TR"),
        ("Turkey", "TR"), ("Swaziland", "SZ"), ("U.K.", "GB"), ("England", "GB"), ("U.S.A.", "US"), ("usa", "US"),
        ("Russia", "RU"), ("Czech Republic", "CZ"), ("Macedonia", "MK"), ("México", "MX"), ("Alemania", "DE"),
        ("Japón", "JP"), ("Corea del Sur", "KR"), ("España", "ES"), ("Perú", "PE"), ("EE.UU.", "US"), ("Georgia", "GE"),
        ("Trinidad & Tobago", "TT"), ("St. Lucia", "LC"), ("Guinea–Bissau", "GW"), ("Hong  Kong", "HK"),
        ("Curacao", "CW"),
        ("Me\u{301}xico", "MX"), ("Antigua-Barbuda", "AG"), ("Gambia, The", "GM"), ("Gaza Strip", "PS"), ("Laos", "LA"),
    ])
    func findsWhatDepartmentsWrite(_ name: String, _ expected: String) {
        #expect(code(name) == expected)
    }

    @Test(arguments: [
        "", " ", "Soviet Union", "Yugoslavia", "Texas", "XX", "ZZZ", "Korea", "U", "-", "Mexicoo", "New Mexico",
    ])
    func findsNothingElse(_ name: String) {
        #expect(code(name) == nil)
    }

    @Test func bytesThatAreNoName() {
        var reader = CountryReader()
        for bytes in [[0xff], [0x4d, 0xc3], [UInt8](repeating: 0x61, count: 10_000), [0xe2, 0x80, 0x99]] {
            #expect(bytes.withUnsafeBytes { reader.country($0) } == nil)
        }
    }

    @Test func codesAsTheyAreWritten() throws {
        var reader = CountryReader()
        let country = try #require(Array("Mexico".utf8).withUnsafeBytes { reader.country($0) })
        #expect(country.alpha2.holdsSame(as: "MX") && country.alpha3.holdsSame(as: "MEX"))
        #expect(country.name == "Mexico")
    }
}
