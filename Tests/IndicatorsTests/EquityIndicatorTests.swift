import Testing

@testable import Indicators

/// K16: whether a group has its share of what connections made possible.
@Suite struct EquityIndicatorTests {
    /// Reached: 10 people, of them 5 youth and 2 women. All clients: 20 people, of them 8 youth and 10 women. Outcomes
    /// without groups, without people and for people abroad have no part in it.
    private let housing = [
        Fact(Part("a", 7105)) { ($0.people, $0.groups) = (10, ["youth": 5, "women": 2]) },
        Fact { ($0.people, $0.groups) = (10, ["youth": 3, "women": 8]) },
        Fact(Part("a", 7105)) { $0.people = 100 },
        Fact { $0.groups = ["youth": 100] },
        Fact { ($0.people, $0.groups, $0.standing) = (10, ["youth": 9], .outbound) },
    ]

    /// Youth: (5/10) / (8/20) = 1.25. Women: (2/10) / (10/20) = 0.4.
    @Test func theShareOfAGroupOverItsShareOfClients() throws {
        let table = try Bench(housing).table()
        #expect(
            try table.told(.equityLens, [.department: "housing", .group: "youth"]) == "1.2500 = 0.5000/0.4000, n 10")
        #expect(
            try table.told(.equityLens, [.department: "housing", .group: "women"]) == "0.4000 = 0.2000/0.5000, n 10")
        #expect(try table.told(.residentsReached, [.department: "housing", .group: "youth"]) == "5, n 2")
    }

    @Test func aGroupThatWasNotReachedHasNothing() throws {
        var facts = housing
        facts[0].groups = ["women": 2]
        let told = try Bench(facts).table().told(.equityLens, [.department: "housing", .group: "youth"])
        #expect(told == "0.0000 = 0.0000/0.1500, n 10")
    }

    @Test func withoutGroupsItIsNotStated() throws {
        let table = try Bench([Fact { $0.people = 3 }, Fact { $0.groups = ["youth": 1] }]).table()
        #expect(try table.told(.equityLens, [.department: "housing"]) == "not stated: groups, n 0")
        #expect(table.slices(.equityLens) == ["department=housing"])
    }

    @Test func withoutAllOutcomesNobodyKnowsTheClients() throws {
        let told = try Bench([housing[0]]).table().told(.equityLens, [.department: "housing", .group: "youth"])
        #expect(told == "not stated: all outcomes")
    }

    @Test func whereNobodyWasReachedThereIsNoShare() throws {
        let told = try Bench([housing[1]]).table().told(.equityLens, [.department: "housing", .group: "youth"])
        #expect(told == "not stated: denominator")
    }

    @Test func whereNoClientIsOfTheGroupThereIsNoShare() throws {
        let none = Fact(Part("a", 7105)) { ($0.people, $0.groups) = (10, ["youth": 0]) }
        let told = try Bench([none, Fact()]).table().told(.equityLens, [.department: "housing", .group: "youth"])
        #expect(told == "not stated: denominator")
    }
}
