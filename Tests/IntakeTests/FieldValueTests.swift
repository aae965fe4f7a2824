import Primitives
import Testing

@testable import Intake

/// Numbers, money, dates and codes of an outcome.
@Suite struct FieldValueTests {
    private func read(_ member: String, _ value: String) throws -> Result<Taken, Fault> {
        let text =
            member == "occurredOn"
            ? data().replacing("\"2026-03-04\"", with: value) : data(outcome: ",\"\(member)\":\(value)")
        return try Intaker(builtIn: "canonical").read(Sent(event(text), headers: structured))
    }

    private func code(_ member: String, _ value: String) throws -> FaultCode? {
        switch try read(member, value) {
        case .success: nil
        case .failure(let fault): fault.code
        }
    }

    @Test(arguments: [("1", 1), ("1000000000", 1_000_000_000), ("3.0", 3), ("2e3", 2000)])
    func counts(text: String, count: Int64) throws {
        #expect(try read("count", text).get().count == count)
        #expect(try read("people", text).get().people == count)
    }

    @Test func nobodyReachedIsACountOfPeople() throws {
        #expect(try read("people", "0").get().people == 0)
        #expect(try read("people", "-0").get().people == 0)
        #expect(try code("count", "0") == .fieldRange)
    }

    @Test(
        arguments: [
            "-1", "-1.0", "1000000001", "1e10", "0.5", "9223372036854775807", "-9223372036854775808",
            "9223372036854775808", "18446744073709551615", "1e308", "-1e308", "1e-300",
        ])
    func countsOutOfBounds(text: String) throws {
        #expect(try code("count", text) == .fieldRange)
        #expect(try code("people", text) == .fieldRange)
    }

    @Test(arguments: ["\"1\"", "true", "false", "{}", "[]", "[1]", "{\"a\":1}"])
    func countsOfAnotherKind(text: String) throws {
        #expect(try code("count", text) == .fieldKind)
        #expect(try code("people", text) == .fieldKind)
        #expect(try code("usd", text) == .fieldKind)
    }

    @Test(
        arguments: [
            ("0", 0), ("12000", 1_200_000), ("0.01", 1), ("0.1", 10), ("19.99", 1999), ("1.10", 110),
            ("12000.50", 1_200_050),
            ("1e3", 100_000), ("100000000000", 10_000_000_000_000), ("99999999999.99", 9_999_999_999_999), ("-0", 0),
            ("-0.0", 0),
        ])
    func moneyInCents(text: String, cents: Int64) throws {
        #expect(try read("usd", text).get().usdCents == cents)
    }

    @Test(
        arguments: [
            "-1", "-0.01", "0.001", "19.999", "100000000000.01", "100000000001", "1e12", "1e308", "9223372036854775807",
            "-9223372036854775808", "-9000000000000000000", "92233720368547759", "-92233720368547759",
            "18446744073709551615",
        ])
    func moneyOutOfBounds(text: String) throws {
        #expect(try code("usd", text) == .fieldRange)
    }

    @Test func allCentsOfAThousandDollars() {
        for cents in 0...100_000 {
            let text = "\(cents / 100)." + (cents % 100 < 10 ? "0" : "") + "\(cents % 100)"
            if Double(text).flatMap(Values.cents) != Int64(cents) { Issue.record("\(text)") }
        }
    }

    @Test(
        arguments: [
            ("2026-03-04", "2026-03-04"), ("2024-02-29", "2024-02-29"), ("2026-03-04T23:59:59-06:00", "2026-03-04"),
            ("2026-03-04T00:30:00.123456789+05:30", "2026-03-04"), ("2026-03-04t00:30:00z", "2026-03-04"),
        ])
    func days(text: String, day: String) throws {
        #expect(try read("occurredOn", "\"\(text)\"").get().occurredOn == day)
    }

    @Test(
        arguments: [
            "2026-02-29", "2026-13-01", "2026-00-10", "0000-01-01", "26-03-04", "2026-3-4", "04/03/2026", "20260304",
            "2026-03-04T", "2026-03-04T25:00:00Z", "2026-03-04T10:00:00", "2026-03-04 10:00:00Z", "yesterday", "", " ",
            "2026-03-04Z", "+2026-03-04", "2026-03-0４",
        ])
    func datesThatAreNone(text: String) throws {
        guard case .failure(let fault) = try read("occurredOn", "\"\(text)\"") else {
            Issue.record("taken in: \(text)")
            return
        }
        #expect(fault.code == .fieldDate)
        #expect(fault.message == "$.data.outcome.occurredOn: expected a day such as 2026-03-04")
    }

    @Test func aDateOfAnotherKind() throws {
        #expect(try code("occurredOn", "20260304") == .fieldDate)
        #expect(try code("occurredOn", "{}") == .fieldKind)
        #expect(try code("occurredOn", "1.5") == .fieldKind)
    }

    @Test(arguments: ["shelter-placement", "A.b_c:d/e-9", "0", String(repeating: "x", count: 64)])
    func codes(text: String) throws {
        let type = event(data().replacing("\"t\"", with: "\"\(text)\""))
        #expect(try Intaker(builtIn: "canonical").taken(Sent(type)).type == text)
        #expect(
            try Intaker(builtIn: "canonical").taken(Sent(event(data(",\"district\":\"\(text)\"")))).district == text)
    }

    @Test(
        arguments: [
            "two words", "José", "a,b", "a;b", "<b>", "a\\u0000", "a\\nb", "a@b.example", "(210)", "#1",
            String(repeating: "x", count: 65),
        ])
    func whatCannotBeACode(text: String) throws {
        // The fixture's own type comes first; a second member of the name would be a duplicate.
        let district = event(data(",\"district\":\"\(text)\""))
        let fault = try Intaker(builtIn: "canonical").fault(Sent(district))
        #expect(fault.code == .fieldCode)
        let type = event(data().replacing("\"t\"", with: "\"\(text)\""))
        #expect(try Intaker(builtIn: "canonical").fault(Sent(type)).code == .fieldCode)
    }

    @Test func anEmptyTypeIsMissing() throws {
        let type = event(data().replacing("\"t\"", with: "\"\""))
        #expect(try [.fieldCode, .fieldMissing].contains(Intaker(builtIn: "canonical").fault(Sent(type)).code))
    }

    @Test func wholeNumbers() {
        func number(_ text: String) -> Int64? { Array(text.utf8).withUnsafeBytes { Values.wholeNumber($0) } }
        #expect(number("0") == 0)
        #expect(number("999999999999999999") == 999_999_999_999_999_999)
        for text in ["", "-1", "+1", "1.0", " 1", "1000000000000000000", "0x1"] {
            #expect(number(text) == nil, "\(text)")
        }
    }
}
