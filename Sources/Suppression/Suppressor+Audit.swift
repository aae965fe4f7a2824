extension Suppressor {
    /// The result, from the decisions and the certificates alone: each is checked against all that is published.
    mutating func audit() -> SuppressionResult {
        certificates.removeAll { !$0.holds(withheld: isWithheld) }
        recount()
        var unprotected: [SuppressionResult.Unprotected] = []
        var intervals: [ClosedRange<Int>?] = []
        for figure in table.figures.indices {
            let need = fullNeed(figure)
            let isShown = table.figures[figure].role == .derived && !table.isSensitive(figure)
            let interval = table.values[figure] - reach[figure].down...table.values[figure] + reach[figure].up
            intervals.append(!isWithheld[figure] || isShown ? nil : interval)
            if !need.isMet(by: reach[figure]) {
                let pins = pinnedBy[figure, default: []].sorted()
                unprotected.append(.init(figure: figure, interval: interval, pinnedBy: pins))
            }
        }
        let withheldNow = table.figures.indices.filter { isWithheld[$0] && table.figures[$0].role == .candidate }
        return SuppressionResult(
            decisions: table.figures.indices.map { decision($0) }, intervals: intervals, unprotected: unprotected,
            peopleWithheld: withheldNow.reduce(0) { $0 + table.values[$1] })
    }

    private func decision(_ figure: Int) -> SuppressionResult.Decision {
        switch table.figures[figure].role {
        case .published: .published
        case .withheld, .derived: .notReleased
        case .candidate where !isWithheld[figure]: .published
        case .candidate: table.isSensitive(figure) ? .primary : .complementary
        }
    }
}
