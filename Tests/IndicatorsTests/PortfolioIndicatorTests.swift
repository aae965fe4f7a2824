import Connections
import Primitives
import Testing

@testable import Indicators

/// K10 to K15: the connections themselves. The quarter ends on 31 March 2026.
@Suite struct PortfolioIndicatorTests {
    // MARK: K10

    private func built(_ id: String, since: String, _ change: (inout Connection) -> Void = { _ in }) -> Connection {
        connection(id) {
            $0.since = PartialDate(since)
            $0.agreement = AgreementReference(reference: "R-1")
            change(&$0)
        }
    }

    @Test func connectionsBuilt() throws {
        let bench = Bench(
            [],
            [
                built("first", since: "2026-01-01"), built("last", since: "2026-03-31") { $0.type = .network },
                built("before", since: "2025-12-31"), built("after", since: "2026-04-01"),
                built("unsigned", since: "2026-02-01") { $0.agreement = nil },
                built("proposed", since: "2026-02-01") { $0.status = .proposed },
                built("unverified", since: "2026-02-01") { $0.status = .unverified },
            ])
        let table = try bench.table()
        #expect(try table.told(.connectionsBuilt) == "2, n 2")
        #expect(try table.figure(.connectionsBuilt).listed == ["first", "last"])
        #expect(try table.told(.connectionsBuilt, [.connectionType: "network"]) == "1, n 1")
        #expect(try Bench().table().told(.connectionsBuilt) == "0, n 0")
    }

    /// A date that is known to the year begins on 1 January (docs/method.md, section 3).
    @Test func aStartThatIsKnownToTheYearIsItsFirstDay() throws {
        let bench = Bench([], [built("a", since: "2026")])
        #expect(try bench.table("2026-Q1").told(.connectionsBuilt) == "1, n 1")
        #expect(try bench.table("2026-Q2").told(.connectionsBuilt) == "0, n 0")
    }

    // MARK: K11

    /// Twelve months that end with the quarter begin on 1 April 2025.
    @Test func connectionsMaintained() throws {
        let bench = Bench(
            [], [connection("a"), connection("b"), connection("c"), connection("n", .network)],
            [
                try activity(.exchange, on: "2025-04-01", "a") { $0.isTwoWay = true },
                try activity(.exchange, on: "2025-03-31", "b") { $0.isTwoWay = true },
                try activity(.exchange, on: "2026-01-01", "c") { $0.isTwoWay = false },
                try activity(.exchange, on: "2026-01-02", "c"),
                try activity(.exchange, on: "2026-04-01", "n") { $0.isTwoWay = true },
            ])
        let table = try bench.table()
        #expect(try table.told(.connectionsMaintained) == "0.2500 = 1/4, n 4")
        #expect(try table.told(.connectionsMaintained, [.connectionType: "sister_city"]) == "0.3333 = 1/3, n 3")
        #expect(try table.told(.connectionsMaintained, [.connectionType: "network"]) == "0.0000 = 0/1, n 1")
    }

    @Test func aLogThatDoesNotSayWhoActedIsNotSilence() throws {
        let bench = Bench([], [connection("a")], [try activity(.exchange, on: "2026-01-01", "a")])
        #expect(try bench.table().told(.connectionsMaintained) == "not stated: log, n 1")
        #expect(
            try bench.table().told(.connectionsMaintained, [.connectionType: "sister_city"]) == "not stated: log, n 1")
    }

    @Test func sharesOfNoConnectionsAreNotStated() throws {
        let table = try Bench([], [], [activity(.exchange, on: "2026-01-01", "a") { $0.isTwoWay = true }]).table()
        for indicator in [Indicator.connectionsMaintained, .connectionsManaged, .dormantConnections] {
            #expect(try table.told(indicator) == "not stated: denominator, n 0")
        }
    }

    // MARK: K12

    @Test func connectionsManaged() throws {
        func managed(_ id: String, _ change: (inout Connection) -> Void = { _ in }) -> Connection {
            connection(id) {
                ($0.holder, $0.statesScope, $0.reviewOn) = ("Office", true, CivilDate("2026-03-31"))
                change(&$0)
            }
        }
        let bench = Bench(
            [],
            [
                managed("a"), managed("past") { $0.reviewOn = CivilDate("2026-03-30") },
                managed("unreviewed") { $0.reviewOn = nil }, managed("unscoped") { $0.statesScope = false },
                managed("unowned") { $0.holder = nil },
                managed("dormant") { ($0.status, $0.holder) = (.dormant, "Clerk") },
                managed("proposed") { $0.status = .proposed },
            ])
        let table = try bench.table()
        #expect(try table.told(.connectionsManaged) == "0.3333 = 2/6, n 6")
        #expect(try table.told(.connectionsManaged, [.holder: "Office"]) == "0.2500 = 1/4, n 4")
        #expect(try table.told(.connectionsManaged, [.holder: "Clerk"]) == "1.0000 = 1/1, n 1")
        #expect(try table.told(.connectionsManaged, [.holder: ""]) == "0.0000 = 0/1, n 1")
    }

    // MARK: K13

    private func outcome(_ id: String, _ department: String, _ date: String = "2026-02-10") -> Fact {
        Fact(Part(id, 7105)) { ($0.department, $0.day) = (department, date) }
    }

    /// a works with three departments, b with housing alone and c, which is in no registry, with housing and health.
    @Test func connectionsCoordinated() throws {
        let bench = Bench(
            [
                outcome("a", "housing"), outcome("a", "housing"), outcome("a", "health"), outcome("a", "transport"),
                outcome("b", "housing"), outcome("b", "health", "2025-12-31"), outcome("b", "health", "2026-04-01"),
                outcome("c", "housing"), outcome("c", "health"),
            ], [connection("a"), connection("b")])
        let table = try bench.table()
        #expect(try table.told(.connectionsCoordinated) == "0.6667 = 2/3, n 3")
        #expect(
            try table.told(.connectionsCoordinated, [.department: "health", .otherDepartment: "housing"])
                == "0.6667 = 2/3, n 3")
        #expect(
            try table.told(.connectionsCoordinated, [.department: "health", .otherDepartment: "transport"])
                == "0.3333 = 1/3, n 3")
        #expect(table.slices(.connectionsCoordinated).count == 4)
    }

    @Test func withoutAnOutcomeThereIsNothingToCoordinate() throws {
        let told = try Bench([], [connection("a")]).table().told(.connectionsCoordinated)
        #expect(told == "not stated: denominator, n 0")
    }

    // MARK: K14

    /// The 24 months that end with the quarter begin on 1 April 2024.
    private func quiet() throws -> Bench {
        Bench(
            [outcome("outcome", "housing", "2024-04-01"), outcome("old", "housing", "2024-03-31")],
            [
                connection("outcome"), connection("old"), connection("met", .network), connection("needed", .network),
                connection("young") { $0.since = PartialDate("2024-04-02") },
                connection("grown") { $0.since = PartialDate("2024-04-01") },
                connection("undated") { $0.since = nil },
            ],
            [
                try activity(.delegation, on: "2024-04-01", "met"), try activity(.delegation, on: "2024-03-31", "old"),
                try activity(.need, on: "2026-01-01", "needed"), try activity(.delegation, on: "2026-04-01", "grown"),
            ])
    }

    @Test func dormantConnectionsAreListedByName() throws {
        let table = try quiet().table()
        #expect(try table.told(.dormantConnections) == "0.6000 = 3/5, n 5")
        #expect(try table.figure(.dormantConnections).listed == ["grown", "needed", "old"])
        #expect(try table.told(.dormantConnections, [.connectionType: "network"]) == "0.5000 = 1/2, n 2")
        #expect(try table.figure(.dormantConnections, [.connectionType: "network"]).listed == ["needed"])
    }

    @Test func withoutALogNobodyIsCalledDormant() throws {
        var bench = try quiet()
        bench.activities = [try activity(.need, on: "2026-01-01", "needed")]
        #expect(try bench.table().told(.dormantConnections) == "not stated: log, n 5")
        #expect(try bench.table().figure(.dormantConnections).listed == [])
    }

    // MARK: K15

    /// Two networks of $5,000 and $1,000 a year: $12,000 in two years. Three outcomes in them, one of both networks.
    private func networks() -> Bench {
        Bench(
            [
                Fact(Part("n1", 4000), Part("n2", 4000)) { $0.day = "2024-04-01" },
                outcome("n1", "housing", "2026-03-31"), outcome("n1", "health"),
                outcome("n1", "health", "2024-03-31"), outcome("n2", "health", "2026-04-01"), outcome("a", "health"),
            ],
            [
                connection("n1", .network) { $0.annualFeeUSD = 5000 },
                connection("n2", .network) { $0.annualFeeUSD = 1000 }, connection("a"),
            ])
    }

    @Test func networkActivity() throws {
        let table = try networks().table()
        #expect(try table.told(.networkActivity, [.measure: "active memberships"]) == "1.0000 = 2/2, n 2")
        #expect(try table.told(.networkActivity, [.measure: "fee per outcome"]) == "4000.0000 = 12000.0000/3, n 3")
    }

    @Test func aNetworkWithoutAnOutcomeIsNamed() throws {
        var bench = networks()
        bench.facts.removeFirst()
        let figure = try bench.table().figure(.networkActivity, [.measure: "active memberships"])
        #expect(figure.told == "0.5000 = 1/2, n 2")
        #expect(figure.listed == ["n2"])
    }

    @Test func aFeeThatIsNotStatedIsNotNone() throws {
        var bench = networks()
        bench.connections[1].annualFeeUSD = nil
        #expect(try bench.table().told(.networkActivity, [.measure: "fee per outcome"]) == "not stated: fees, n 3")
        bench.connections[1].annualFeeUSD = 0
        #expect(
            try bench.table().told(.networkActivity, [.measure: "fee per outcome"])
                == "3333.3333 = 10000.0000/3, n 3")
    }

    @Test func withoutOutcomesOrMembershipsThereIsNoShare() throws {
        var bench = networks()
        bench.facts = []
        let table = try bench.table()
        #expect(try table.told(.networkActivity, [.measure: "active memberships"]) == "0.0000 = 0/2, n 2")
        #expect(
            try table.figure(.networkActivity, [.measure: "fee per outcome"]).value == .notStated(.denominator))
        bench.connections = []
        #expect(
            try bench.table().told(.networkActivity, [.measure: "active memberships"]) == "not stated: denominator, n 0"
        )
    }
}
