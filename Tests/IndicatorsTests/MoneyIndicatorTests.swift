import Connections
import Testing

@testable import Indicators

/// K06 and K07: money that came, and money that went.
@Suite struct MoneyIndicatorTests {
    // MARK: K06

    /// Housing's outcome of $9.00: Mexico gave money with a credit of 5,000 and Korea goods with 2,500, so that $6.00
    /// are Mexico's and $3.00 Korea's. Health's of $1.00: Mexico gave all of it.
    private let gifts = Bench(
        [
            Fact(Part("mx", 5000, gives: .money), Part("kr", 2500, gives: .goods)) { $0.usdCents = 900 },
            Fact(Part("mx", 7105, gives: .money)) { ($0.department, $0.usdCents) = ("health", 100) },
            Fact { $0.usdCents = 5000 },
            Fact(Part("mx", 7105, gives: .money)) { ($0.usdCents, $0.standing) = (7000, .outbound) },
        ], [connection("mx"), connection("kr") { $0.country = "KR" }])

    @Test func fundsAreSharedAmongTheirGivers() throws {
        let table = try gifts.table()
        #expect(try table.told(.foreignFunds, [.form: "grant"]) == "7.0000, n 2")
        #expect(try table.told(.foreignFunds, [.form: "in-kind"]) == "3.0000, n 2")
        #expect(try table.told(.foreignFunds, [.department: "housing", .form: "grant"]) == "6.0000, n 1")
        #expect(try table.told(.foreignFunds, [.department: "housing", .form: "in-kind"]) == "3.0000, n 1")
        #expect(try table.told(.foreignFunds, [.department: "health", .form: "grant"]) == "1.0000, n 1")
        #expect(try table.told(.foreignFunds, [.connection: "mx", .form: "grant"]) == "7.0000, n 2")
        #expect(try table.told(.foreignFunds, [.connection: "mx", .form: "in-kind"]) == "0.0000, n 2")
        #expect(try table.told(.foreignFunds, [.connection: "kr", .form: "in-kind"]) == "3.0000, n 1")
        #expect(!table.slices(.foreignFunds).contains { $0.contains("type") || $0.contains("district") })
    }

    /// A member's own money may come through a network: only `funds_from` can say where it is from.
    @Test(
        arguments: [
            (nil, "not stated: money, n 1"), ("US", "0.0000, n 1"), ("DE", "9.0000, n 1"),
        ] as [(String?, String)])
    func domesticMoneyThroughANetworkIsNoneFromAbroad(fundsFrom: String?, told: String) throws {
        let network = connection("n", .network) { ($0.country, $0.fundsFrom) = ("DE", fundsFrom) }
        let bench = Bench([Fact(Part("n", 7105, gives: .money)) { $0.usdCents = 900 }], [network])
        #expect(try bench.table().told(.foreignFunds, [.form: "grant"]) == told)
    }

    @Test func aPartnerMayPassOnMoneyOfThisCountry() throws {
        let partner = connection("p") { ($0.country, $0.fundsFrom) = ("CH", "US") }
        let bench = Bench([Fact(Part("p", 7105, gives: .money)) { $0.usdCents = 900 }], [partner])
        #expect(try bench.table().told(.foreignFunds, [.form: "grant"]) == "0.0000, n 1")
    }

    @Test func moneyOfUnknownOriginIsNotNone() throws {
        var bench = gifts
        bench.homeCountry = nil
        #expect(try bench.table().told(.foreignFunds, [.form: "grant"]) == "not stated: money, n 2")
        bench = gifts
        bench.connections = [connection("kr") { $0.country = "KR" }]
        let table = try bench.table()
        // Nobody knows whose the grants are, which says nothing of the goods.
        #expect(try table.told(.foreignFunds, [.form: "grant"]) == "not stated: money, n 2")
        #expect(try table.told(.foreignFunds, [.form: "in-kind"]) == "3.0000, n 2")
        #expect(try table.told(.foreignFunds, [.connection: "mx", .form: "grant"]) == "not stated: money, n 2")
    }

    @Test func moneyThatNoOutcomeStatesIsNotNone() throws {
        let table = try Bench([Fact(Part("mx", 7105, gives: .money))], [connection("mx")]).table()
        #expect(try table.told(.foreignFunds, [.form: "grant"]) == "not stated: money, n 0")
        #expect(try table.told(.foreignFunds, [.connection: "mx", .form: "in-kind"]) == "not stated: money, n 0")
        // No outcome brought none, which is a figure.
        #expect(try Bench().table().told(.foreignFunds, [.form: "grant"]) == "0.0000, n 0")
    }

    @Test func theDepartmentsOwnMoneyIsNoneFromAbroad() throws {
        let bench = Bench([Fact(Part("mx", 7105)) { $0.usdCents = 900 }], [connection("mx")])
        #expect(try bench.table().told(.foreignFunds, [.form: "grant"]) == "0.0000, n 1")
    }

    // MARK: K07

    private func costly() throws -> Bench {
        var bench = Bench(
            [Fact(Part("a", 9000)), Fact(Part("a", 9000))],
            [
                connection("a") { $0.annualFeeUSD = 1200 },
                connection("gone") { ($0.annualFeeUSD, $0.status, $0.until) = (900, .ended, PartialDate("2025")) },
            ],
            [
                try activity(.delegation, on: "2026-01-01", "a") { ($0.staffHours, $0.costUSD) = (10, 60) },
                try activity(.exchange, on: "2026-03-31", "a") { $0.costUSD = 40 },
                try activity(.exchange, on: "2025-12-31", "a") { $0.costUSD = 7777 },
                try activity(.exchange, on: "2026-04-01", "a") { $0.staffHours = 7777 },
            ])
        bench.staffCentsPerHour = 5000
        return bench
    }

    /// 10 hours at $50, $60 + $40 in cash and three twelfths of $1,200 are $900; over 1.8 credited outcomes $500.
    @Test func costPerCreditedOutcome() throws {
        #expect(try costly().table().told(.costPerCreditedOutcome) == "500.0000 = 900.0000/1.8000, n 2")
    }

    /// January: $500 + $60 + $100 for no outcome; February: $100 for both.
    @Test func feesAreByTheMonth() throws {
        #expect(try costly().table("2026-01").told(.costPerCreditedOutcome) == "not stated: denominator, n 0")
        #expect(try costly().table("2026-02").told(.costPerCreditedOutcome) == "55.5556 = 100.0000/1.8000, n 2")
    }

    @Test func hoursWithoutARateAreNotFree() throws {
        var bench = try costly()
        bench.staffCentsPerHour = nil
        #expect(try bench.table().told(.costPerCreditedOutcome) == "not stated: staff rate, n 2")
        // In February no hour is logged, and no rate is needed.
        #expect(try bench.table("2026-02").told(.costPerCreditedOutcome) == "55.5556 = 100.0000/1.8000, n 2")
    }

    @Test func costThatNobodyLoggedIsNotNone() throws {
        var bench = try costly()
        bench.connections = [connection("a")]
        #expect(try bench.table("2026-02").told(.costPerCreditedOutcome) == "not stated: cost, n 2")
    }

    @Test func aStatedCostOfNothingIsOne() throws {
        var bench = try costly()
        (bench.connections, bench.activities) = ([connection("a") { $0.annualFeeUSD = 0 }], [])
        #expect(try bench.table().told(.costPerCreditedOutcome) == "0.0000 = 0.0000/1.8000, n 2")
    }

    @Test func theLargestCostsFit() throws {
        var bench = try costly()
        bench.activities = try (1...20).map { number in
            try activity(.exchange, on: "2026-01-\(number + 10)", "a") { ($0.staffHours, $0.costUSD) = (1e12, 1e12) }
        }
        bench.staffCentsPerHour = .max
        #expect(try bench.table().figure(.costPerCreditedOutcome).quantity != nil)
    }
}
