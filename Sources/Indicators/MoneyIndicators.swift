import Connections
import Primitives

/// K06 and K07: money that came, and money that went.
struct MoneyIndicators {
    private let totals: PopulationTotals
    private let inputs: IndicatorInputs
    private let ties: Ties
    private(set) var figures: [Figure] = []

    init(_ totals: PopulationTotals, _ inputs: IndicatorInputs, _ ties: Ties) {
        (self.totals, self.inputs, self.ties) = (totals, inputs, ties)
        for population in totals.sums.keys where population.part == .attributed && population.window == .period {
            addFunds(population)
        }
        if totals.sums[Population(.attributed)] == nil { addFunds(Population(.attributed)) }
        addCost()
    }

    /// By department or by connection, and for all.
    private mutating func addFunds(_ population: Population) {
        guard population.people == .all, population.type < 0, population.district < 0 else { return }
        switch population.tie {
        case .any: break
        case .connection: guard population.department < 0 else { return }
        default: return
        }
        let sums = totals[population]
        for (form, cents, unknown) in [
            ("grant", sums.grantCentsAbroad, sums.grantCentsOfUnknownOrigin),
            ("in-kind", sums.inKindCentsAbroad, sums.inKindCentsOfUnknownOrigin),
        ] {
            // No outcome brought no money.
            let isTold =
                sums.cells.outcomes == 0 || sums.cells.outcomesWithMoney > 0 && (unknown == 0 || cents > 0)
            let slice = Slice(population.slice(inputs.names).parts + [Slice.Part(dimension: .form, value: form)])
            let value = Quantity(cents, over: 100)
            figures.append(
                Figure(
                    .foreignFunds, slice, isTold ? value.map { .stated($0) } ?? .notStated(.money) : .notStated(.money),
                    n: sums.cells.outcomesWithMoney, populations: [population]))
        }
    }

    /// Hours at their rate, cash, and the fees of the months of the period, over K04.
    private mutating func addCost() {
        let population = Population(.attributed)
        let credit = totals[population].credit.basisPoints
        let outcomes = totals[population].cells.outcomes
        func append(_ value: Figure.Value, _ cents: Int64?) {
            figures.append(
                Figure(
                    .costPerCreditedOutcome, Slice(), value,
                    numerator: cents.flatMap { Quantity($0, over: 100) },
                    denominator: cents.flatMap { _ in Quantity(credit, over: 10_000) }, n: outcomes,
                    populations: [population]))
        }
        switch cost() {
        case .failure(let missing): append(.notStated(missing), nil)
        case .success(let cents):
            // (cents / 100) / (credit / 10,000)
            guard let value = Quantity(cents * 100, over: credit) else {
                return append(.notStated(.denominator), nil)
            }
            append(.stated(value), cents)
        }
    }

    private enum Cost {
        case success(Int64)
        case failure(MissingInput)
    }

    private func cost() -> Cost {
        var (hours, cash, isLogged) = (0.0, 0.0, false)
        for activity in inputs.registry.activities where inputs.period.contains(activity.on) {
            if let value = activity.staffHours { (hours, isLogged) = (hours + value, true) }
            if let value = activity.costUSD { (cash, isLogged) = (cash + value, true) }
        }
        let fees = ties.active.compactMap(\.annualFeeUSD)
        cash += fees.reduce(0, +) * Double(inputs.period.months) / 12
        guard isLogged || !fees.isEmpty else { return .failure(.cost) }
        if hours > 0, inputs.staffCentsPerHour == nil { return .failure(.staffRate) }
        let cents = (cash * 100 + hours * Double(inputs.staffCentsPerHour ?? 0)).rounded()
        // A hundred times as many have to fit.
        return .success(Int64(exactly: min(cents, 9e15)) ?? 0)
    }
}
