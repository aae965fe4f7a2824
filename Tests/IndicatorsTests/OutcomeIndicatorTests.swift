import Connections
import Testing

@testable import Indicators

/// K01 to K05 and K17: outcomes, people, shares and credit.
@Suite struct OutcomeIndicatorTests {
    /// The first quarter of a city. Housing: two attributed placements, one domestic, one abstained from; one domestic
    /// repair. Health: one attributed clinic without a count of people, and one for people abroad. Two more clinics lie
    /// a day outside the quarter.
    static let city = Bench(
        [
            Fact(Part("a", 7105)) { ($0.people, $0.district, $0.groups) = (3, "D1", ["youth": 2]) },
            Fact(Part("a", 4000), Part("b", 2000)) { ($0.standing, $0.people) = (.contributed, 2) },
            Fact(),
            Fact { ($0.standing, $0.parts) = (.abstained, [Part("a", 0)]) },
            Fact { $0.type = "repair" },
            Fact(Part("b", 5000)) { ($0.department, $0.type) = ("health", "clinic") },
            Fact(Part("b", 5000)) { ($0.department, $0.type, $0.standing) = ("health", "clinic", .outbound) },
            Fact(Part("b", 5000)) { ($0.department, $0.type, $0.day) = ("health", "clinic", "2025-12-31") },
            Fact(Part("b", 5000)) { ($0.department, $0.type, $0.day) = ("health", "clinic", "2026-04-01") },
        ], [connection("a"), connection("b", .network) { $0.country = "KR" }])

    // MARK: K01

    @Test func attributedOutcomesAreDistinctOutcomes() throws {
        let table = try Self.city.table()
        #expect(try table.told(.attributedOutcomes) == "3, n 3")
        #expect(try table.told(.attributedOutcomes, [.department: "housing"]) == "2, n 2")
        #expect(try table.told(.attributedOutcomes, [.department: "health"]) == "1, n 1")
        #expect(try table.told(.attributedOutcomes, [.department: "housing", .type: "placement"]) == "2, n 2")
        #expect(try table.told(.attributedOutcomes, [.department: "housing", .district: "D1"]) == "1, n 1")
    }

    /// a has two of the outcomes and b has two, of which one is the same: 2 + 2 is more than 3.
    @Test func anOutcomeOfTwoConnectionsCountsForBothAndOnceForAll() throws {
        let table = try Self.city.table()
        #expect(try table.told(.attributedOutcomes, [.connection: "a"]) == "2, n 2")
        #expect(try table.told(.attributedOutcomes, [.connection: "b"]) == "2, n 2")
        #expect(try table.told(.attributedOutcomes, [.department: "housing", .connection: "b"]) == "1, n 1")
        #expect(try table.told(.attributedOutcomes, [.connectionType: "network"]) == "2, n 2")
        #expect(try table.told(.attributedOutcomes, [.country: "KR"]) == "2, n 2")
        #expect(try table.told(.attributedOutcomes, [.country: "MX"]) == "2, n 2")
    }

    @Test func whereNothingWasAttributedTheNumberIsKnown() throws {
        let table = try Self.city.table()
        #expect(try table.told(.attributedOutcomes, [.department: "housing", .type: "repair"]) == "0, n 0")
    }

    @Test func abstentionsAreCountedApart() throws {
        let table = try Self.city.table()
        #expect(try table.figure(.attributedOutcomes).abstained == 1)
        #expect(try table.figure(.attributedOutcomes, [.department: "housing"]).abstained == 1)
        #expect(try table.figure(.attributedOutcomes, [.department: "health"]).abstained == 0)
        #expect(try table.figure(.attributedOutcomes, [.connection: "a"]).abstained == 1)
        #expect(try table.figure(.attributedOutcomes, [.connectionType: "network"]).abstained == nil)
    }

    @Test func aPeriodWithDomesticOutcomesAloneHasEachFigureOnce() throws {
        let table = try Bench([Fact()]).table()
        #expect(try table.told(.attributedOutcomes) == "0, n 0")
        #expect(try table.told(.creditedOutcomes) == "0.0000 = 0/10000, n 0")
        #expect(try table.told(.domesticShare) == "not stated: denominator, n 0")
        #expect(try table.told(.shareOfSuccess, [.department: "housing"]) == "0.0000 = 0/1, n 1")
    }

    @Test func aPeriodWithoutOutcomesHasNone() throws {
        let table = try Self.city.table("2025-Q1")
        #expect(try table.told(.attributedOutcomes) == "0, n 0")
        #expect(try table.told(.domesticShare) == "not stated: denominator, n 0")
    }

    @Test func aConnectionThatIsNotInTheRegistryCountsUnderItsID() throws {
        var bench = Self.city
        bench.connections = []
        let table = try bench.table()
        #expect(try table.told(.attributedOutcomes) == "3, n 3")
        #expect(try table.told(.attributedOutcomes, [.connection: "b"]) == "2, n 2")
        #expect(try table.told(.creditedOutcomes, [.connection: "b"]) == "0.7000 = 7000/10000, n 2")
        #expect(!table.slices(.attributedOutcomes).contains { $0.contains("connectionType") || $0.contains("country") })
    }

    // MARK: K02

    @Test func peopleAreCountedByDepartmentAlone() throws {
        let table = try Self.city.table()
        // 3 + 2, over two outcomes.
        #expect(try table.told(.residentsReached, [.department: "housing"]) == "5, n 2")
        #expect(try table.told(.residentsReached, [.department: "housing", .district: "D1"]) == "3, n 1")
        #expect(try table.told(.residentsReached, [.department: "housing", .type: "repair"]) == "0, n 0")
        #expect(try table.told(.residentsReached, [.department: "housing", .group: "youth"]) == "2, n 2")
        #expect(
            table.slices(.residentsReached).allSatisfy { $0.hasPrefix("department=") && !$0.contains("connection") })
    }

    @Test func peopleThatNoOutcomeStatesAreNotNone() throws {
        let table = try Self.city.table()
        #expect(try table.told(.residentsReached, [.department: "health"]) == "not stated: people, n 0")
    }

    // MARK: K03

    @Test func shareOfSuccess() throws {
        let table = try Self.city.table()
        #expect(try table.told(.shareOfSuccess, [.department: "housing"]) == "0.4000 = 2/5, n 5")
        #expect(
            try table.told(.shareOfSuccess, [.department: "housing", .type: "placement"]) == "0.5000 = 2/4, n 4")
        #expect(try table.told(.shareOfSuccess, [.department: "housing", .type: "repair"]) == "0.0000 = 0/1, n 1")
        #expect(try table.figure(.shareOfSuccess, [.department: "housing"]).abstained == 1)
    }

    @Test func aDepartmentThatPublishesAttributedOutcomesOnlyHasNoShare() throws {
        let table = try Self.city.table()
        #expect(try table.told(.shareOfSuccess, [.department: "health"]) == "not stated: all outcomes")
        #expect(
            try table.told(.shareOfSuccess, [.department: "health", .type: "clinic"]) == "not stated: all outcomes")
    }

    @Test func thereIsNoShareOfAllDepartments() throws {
        #expect(try Self.city.table().slices(.shareOfSuccess).allSatisfy { $0.hasPrefix("department=") })
    }

    // MARK: K04 and K05

    /// 7,105 + (4,000 + 2,000) + 5,000 = 18,105 basis points; what is left of 30,000 is 11,895.
    @Test func creditAndTheDomesticShare() throws {
        let table = try Self.city.table()
        #expect(try table.told(.creditedOutcomes) == "1.8105 = 18105/10000, n 3")
        #expect(try table.told(.creditedOutcomes, [.department: "housing"]) == "1.3105 = 13105/10000, n 2")
        #expect(try table.told(.creditedOutcomes, [.department: "health"]) == "0.5000 = 5000/10000, n 1")
        #expect(try table.told(.creditedOutcomes, [.connection: "a"]) == "1.1105 = 11105/10000, n 2")
        #expect(try table.told(.creditedOutcomes, [.connection: "b"]) == "0.7000 = 7000/10000, n 2")
        #expect(
            try table.told(.creditedOutcomes, [.department: "housing", .connection: "b"]) == "0.2000 = 2000/10000, n 1")
        #expect(try table.told(.creditedOutcomes, [.connectionType: "network"]) == "0.7000 = 7000/10000, n 2")
        #expect(try table.told(.creditedOutcomes, [.country: "MX"]) == "1.1105 = 11105/10000, n 2")
        #expect(try table.told(.domesticShare) == "0.3965 = 11895/30000, n 3")
        // 2,895 + 4,000 of 20,000.
        #expect(try table.told(.domesticShare, [.department: "housing"]) == "0.3448 = 6895/20000, n 2")
        #expect(try table.told(.domesticShare, [.department: "health"]) == "0.5000 = 5000/10000, n 1")
    }

    // MARK: K17

    @Test func outcomesForPeopleAbroadStandApart() throws {
        let table = try Self.city.table()
        #expect(try table.told(.outboundContribution) == "1, n 1")
        #expect(try table.told(.outboundContribution, [.department: "health"]) == "1, n 1")
        #expect(table.slices(.outboundContribution) == ["", "department=health"])
    }

    @Test func withoutAReportOfThemTheyAreNotNone() throws {
        #expect(try Bench([Fact()]).table().told(.outboundContribution) == "not stated: outbound outcomes, n 0")
    }
}
