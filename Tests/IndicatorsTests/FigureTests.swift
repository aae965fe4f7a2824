import Connections
import Testing

@testable import Indicators

/// Slices and figures.
@Suite struct FigureTests {
    @Test func aSliceIsWrittenInTheOrderOfDimensions() {
        let slice = Slice([.type: "placement", .department: "housing"])
        #expect(slice.text == "department=housing,type=placement")
        #expect(slice == Slice([.department: "housing", .type: "placement"]))
        #expect(slice[.type] == "placement")
        #expect(slice[.group] == nil)
        #expect(Slice().text == "")
    }

    @Test func aSliceOfPairsIsTheSame() {
        #expect(Slice([(.type, "placement"), (.department, "housing")]).text == "department=housing,type=placement")
    }

    @Test(
        arguments: [
            (.percent, 2, 5, "40.00"), (.percent, 1, 3, "33.33"), (.usd, 1, 8, "0.13"), (.people, 5, 1, "5"),
            (.creditedOutcomes, 18_105, 10_000, "1.8105"), (.days, 30, 1, "30.0"), (.ratio, 5, 4, "1.250"),
            (.percent, .max, .max, "100.00"), (.percent, .max - 1, .max / 2, "200.00"),
        ] as [(IndicatorUnit, Int64, Int64, String)])
    func amountsAreShownByTheirUnit(unit: IndicatorUnit, numerator: Int64, denominator: Int64, text: String) throws {
        #expect(unit.text(try #require(Quantity(numerator, over: denominator))) == text)
    }

    @Test func slicesAreOrderedByDimensionsAndThenByValues() {
        let ordered = [
            Slice(), Slice([.department: "b"]), Slice([.department: "c"]), Slice([.connection: "a"]),
            Slice([.department: "a", .type: "a"]), Slice([.department: "a", .type: "b"]),
        ]
        #expect(Array(ordered.reversed()).sorted() == ordered)
        #expect(!(ordered[1] < ordered[1]))
    }

    @Test func aRatioOfNothingIsNotStated() {
        let figure = Figure.ratio(.shareOfSuccess, Slice(), 0, over: 0)
        #expect(figure.value == .notStated(.denominator))
        #expect(figure.quantity == nil && figure.numerator == nil && figure.denominator == nil)
    }

    @Test func theFeeOfNetworksIsMoney() throws {
        let table = try Bench([], [connection("n", .network)]).table()
        #expect(try table.figure(.networkActivity, [.measure: "fee per outcome"]).unit == .usd)
        #expect(try table.figure(.networkActivity, [.measure: "active memberships"]).unit == .percent)
        #expect(try table.figure(.attributedOutcomes).unit == .outcomes)
    }

    @Test func numbersOfIndicatorsAreDistinctAndEachHasAFigureOfAnEmptyCity() throws {
        #expect(Set(Indicator.allCases.map(\.rawValue)).count == 18)
        let told = Set(try Bench().table().figures.map(\.indicator))
        // These are by department, and there is none.
        #expect(told == Set(Indicator.allCases).subtracting([.residentsReached, .shareOfSuccess, .equityLens]))
    }
}
