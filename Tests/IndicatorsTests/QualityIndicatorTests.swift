import Evaluation
import Testing

@testable import Indicators

/// K18: how good the claims are.
@Suite struct QualityIndicatorTests {
    /// Three claims: a and b in one outcome, a in another; two of them rest on one origin. Of four outcomes for people
    /// of the city one was abstained from.
    private var city: Bench {
        Bench([
            Fact(Part("a", 4000), Part("b", 3000, origins: 2)), Fact(Part("a", 7105)), Fact(),
            Fact { ($0.standing, $0.parts) = (.abstained, [Part("a", 0)]) },
            Fact { ($0.standing, $0.parts) = (.outbound, [Part("a", 7105)]) },
        ])
    }

    @Test func reviewedClaims() throws {
        var bench = city
        bench.reviewed = Proportion(45, of: 50)
        #expect(try bench.table().told(.claimQuality, [.measure: "upheld"]) == "0.9000 = 45/50, n 50")
    }

    /// By Wilson with z = 1.96 and n = 50: (0.9 + 0.0384 ± 0.0916) / 1.0768.
    @Test func theShareOfUpheldClaimsHasAnInterval() throws {
        var bench = city
        bench.reviewed = Proportion(45, of: 50)
        let table = try bench.table()
        let interval = try #require(try table.figure(.claimQuality, [.measure: "upheld"]).interval)
        #expect(interval.lower == Quantity(7864, over: 10_000))
        #expect(interval.upper == Quantity(9565, over: 10_000))
        #expect(try table.figure(.claimQuality, [.measure: "abstained"]).interval == nil)
    }

    @Test(arguments: [nil, Proportion(0, of: 0)])
    func withoutAReviewNothingIsUpheldOrRefuted(reviewed: Proportion?) throws {
        var bench = city
        bench.reviewed = reviewed
        #expect(try bench.table().told(.claimQuality, [.measure: "upheld"]) == "not stated: reviews, n 0")
    }

    @Test func abstentionsAreAShareOfAllOutcomes() throws {
        #expect(try city.table().told(.claimQuality, [.measure: "abstained"]) == "0.2500 = 1/4, n 4")
        #expect(try Bench().table().told(.claimQuality, [.measure: "abstained"]) == "not stated: denominator, n 0")
    }

    @Test func claimsOnOneSource() throws {
        #expect(try city.table().told(.claimQuality, [.measure: "on one source"]) == "0.6667 = 2/3, n 3")
        #expect(
            try Bench([Fact()]).table().told(.claimQuality, [.measure: "on one source"])
                == "not stated: denominator, n 0")
    }
}
