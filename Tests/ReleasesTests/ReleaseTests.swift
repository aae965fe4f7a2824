import Indicators
import Primitives
import TestRecords
import Testing

@testable import Releases

@Suite struct ReleaseTests {
    /// Housing has 3 and 40 people in two districts: the 3 is withheld, and the 40 with it, since their sum is shown.
    private func city() -> ClosingCity {
        var city = ClosingCity()
        city.records = [
            .claim(1, "housing", "placement", "D1", people: 3),
            .claim(2, "housing", "placement", "D2", people: 40),
            .domestic(3, "housing", people: 60),
            .claim(4, "health", "clinic", "D1", people: 90, of: ["x:network:a", "x:sister:c"]),
            .domestic(5, "health", "clinic", people: 70),
        ]
        return city
    }

    @Test func aSmallFigureAndWhatWouldTellItAreWithheld() throws {
        let (release, _) = try city().release("2026-Q1")
        #expect(try release.figure(.residentsReached, [.department: "housing"]).value == .stated("43"))
        for district in ["D1", "D2"] {
            let slice: KeyValuePairs<Dimension, String> = [.department: "housing", .district: district]
            for indicator in [Indicator.residentsReached, .attributedOutcomes] {
                let figure = try release.figure(indicator, slice)
                #expect(figure.value == .withheld && figure.n == nil && figure.numerator == nil)
            }
        }
        #expect(try release.figure(.residentsReached, [.department: "health", .district: "D1"]).value == .stated("90"))
        #expect(release.suppression.primary > 0 && release.suppression.complementary > 0)
    }

    @Test func whatIsReadIsWhatWasWritten() throws {
        let (release, snapshot) = try city().release("2026-Q1")
        #expect(try Release(json: release.json) == release)
        #expect(try Release(json: release.json).json == release.json)
        #expect(try ReleaseSnapshot(json: snapshot.json) == snapshot)
        #expect(release.digest.hasPrefix("sha256:") && release.digest.utf8.count == 71)
    }

    @Test func partsOfARatioKeepTheZerosAtTheirEnd() throws {
        var (release, _) = try city().release("2026-Q1")
        for (index, part) in ["0.4450", "267.5000", "1.0000", "12"].enumerated() {
            (release.figures[index].numerator, release.figures[index].denominator) = (part, part)
        }
        #expect(try Release(json: release.json).figures == release.figures)
        #expect(try Release(json: release.json).json == release.json)
    }

    @Test func digestsOfTheRegistryHaveOneForm() throws {
        #expect(try city().release("2026-Q1").release.registry == "sha256:registry")
    }

    @Test func theOrderOfRecordsChangesNoByte() throws {
        var random = SplitMix64(seed: 4)
        let city = RandomCity.make(&random)
        var shuffled = city
        shuffled.records.shuffle(using: &random)
        var names = ByteInterner()
        for name in ["zzz", "housing", "x:sister:c", "youth", "placement"] { _ = names.id(of: name) }
        #expect(try city.release("2026-Q1").release.json == shuffled.release("2026-Q1", names: names).release.json)
    }

    @Test func aPeriodThatHasNotEndedIsRefused() throws {
        #expect(throws: ReleaseError.periodIsOpen("2027-01")) { try city().release("2027-01") }
        #expect(throws: ReleaseError.periodIsOpen("FY2027")) { try city().release("FY2027") }
    }

    @Test func provisionalFiguresAreThoseOfTheReleaseAndNoRelease() throws {
        let (release, figures) = (try city().release("2026-Q1").release, try city().provisional("2026-Q1"))
        #expect(figures.figures == release.figures && figures.suppression == release.suppression)
        #expect(figures.isProvisional && !release.isProvisional)
        #expect(figures.id == "2026-Q1.provisional" && Release.provisionalPeriod(figures.id) == "2026-Q1")
        #expect(Release.provisionalPeriod(release.id) == nil)
    }

    @Test func provisionalFiguresAreHadOfAPeriodThatHasNotEnded() throws {
        #expect(try city().provisional("FY2027").figure(.attributedOutcomes).value == .stated("0"))
    }

    @Test func provisionalFiguresGiveNothingAwayThatAReleaseWithheld() throws {
        var city = city()
        try city.close("2026-Q1")
        // With the first month the withheld people of the second would follow from the quarter.
        city.records.append(.claim(6, "housing", "placement", "D1", people: 30, on: "2026-01-10"))
        let figures = try city.provisional("2026-Q1")
        #expect(try figures.figure(.residentsReached, [.department: "housing"]).value == .stated("73"))
        let slice: KeyValuePairs<Dimension, String> = [.department: "housing", .district: "D1"]
        #expect(try figures.figure(.residentsReached, slice).value == .withheld)
    }

    @Test func aHigherThresholdWithholdsMore() throws {
        let (ten, _) = try city().release("2026-Q1")
        let (fifty, _) = try city().release("2026-Q1", threshold: 50)
        #expect(try ten.figure(.residentsReached, [.department: "housing"]).value == .stated("43"))
        #expect(try fifty.figure(.residentsReached, [.department: "housing"]).value == .withheld)
    }

    // MARK: Restatements

    @Test func aReleaseNamesTheOneItRestatesAndShowsTheDifference() throws {
        var city = city()
        let first = try city.close("2026-Q1")
        #expect(first.id == "2026-Q1.1" && first.restates == nil && first.changes.isEmpty)
        city.records.append(.claim(9, "health", "clinic", "D1", people: 200))
        let second = try city.close("2026-Q1")
        #expect(second.id == "2026-Q1.2" && second.restates == "2026-Q1.1")
        let change = try #require(
            second.changes.first {
                $0.indicator == .residentsReached && $0.slice == Slice([.department: "health"])
            })
        #expect(change.before == .stated("90") && change.after == .stated("290"))
    }

    @Test func twoReleasesSubtractedTellOfNobody() throws {
        var city = city()
        let first = try city.close("2026-Q1")
        // Four people came late: 90 and then 94 would tell of them.
        city.records.append(.claim(9, "health", "clinic", "D1", people: 4))
        let second = try city.close("2026-Q1")
        #expect(try first.figure(.residentsReached, [.department: "health"]).value == .stated("90"))
        #expect(try second.figure(.residentsReached, [.department: "health"]).value == .withheld)
        // What did not change is published as before.
        #expect(try second.figure(.residentsReached, [.department: "housing"]).value == .stated("43"))
    }

    @Test func aMonthOfAReleasedQuarterDoesNotTellTheOthers() throws {
        var city = ClosingCity()
        city.records = [
            .claim(1, "housing", "placement", "D1", people: 30, on: "2026-01-10"),
            .claim(2, "housing", "placement", "D1", people: 5, on: "2026-02-10"),
            .claim(3, "housing", "placement", "D1", people: 50, on: "2026-03-10"),
            .domestic(4, "housing", people: 100, on: "2026-01-11"),
            .domestic(5, "housing", people: 100, on: "2026-02-11"),
            .domestic(6, "housing", people: 100, on: "2026-03-11"),
        ]
        let slice: KeyValuePairs<Dimension, String> = [.department: "housing"]
        #expect(try city.close("2026-Q1").figure(.residentsReached, slice).value == .stated("85"))
        let months = try ["2026-01", "2026-02", "2026-03"].map {
            try city.close($0).figure(.residentsReached, slice).value
        }
        #expect(months[1] == .withheld)
        // With the quarter and both other months the 5 would follow.
        #expect(months.filter { $0 == .withheld }.count >= 2)
    }

    @Test func csvIsNoFormula() throws {
        var city = city()
        city.records.append(.claim(8, "=cmd", "a,b", "\\\"q", people: 500))
        let lines = try city.release("2026-Q1").release.csv.split(separator: "\r\n").map(String.init)
        #expect(lines[0].hasPrefix("release,indicator,department,type,district,"))
        #expect(lines.contains { $0.hasPrefix("2026-Q1.1,K02,'=cmd,\"a,b\",,") })
        #expect(lines.contains { $0.contains(",\"\"\"q\",") })
    }
}
