extension Suppressor {
    /// Publishes again each complementary figure that is not needed, the dearest first.
    ///
    /// A figure that is needed now is needed when fewer are withheld, so that one pass is enough.
    mutating func publishUnneeded() throws(SuppressionError) {
        let complementary = table.figures.indices.filter { isComplementary($0) }
        let dearest = complementary.sorted { left, right in
            let (l, r) = (table.figures[left].weight, table.figures[right].weight)
            if l != r { return l > r }
            return table.values[left] == table.values[right] ? left < right : table.values[left] > table.values[right]
        }
        for figure in dearest { try publishIfUnneeded(figure) }
    }

    /// Whether a figure was withheld to protect others.
    func isComplementary(_ figure: Int) -> Bool {
        isWithheld[figure] && table.figures[figure].role == .candidate && !table.isSensitive(figure)
    }

    private mutating func publishIfUnneeded(_ figure: Int) throws(SuppressionError) {
        let saved = (certificates, need[figure])
        isWithheld[figure] = false
        need[figure] = Need()
        certificates.removeAll { $0.amount(of: figure) != 0 }
        recount()
        for other in unprotected() where try !prove(other) {
            isWithheld[figure] = true
            need[figure] = saved.1
            certificates = saved.0 + certificates[(saved.0.count { $0.amount(of: figure) == 0 })...]
            recount()
            return
        }
    }

    /// Proves with nothing more withheld that a figure is protected.
    private mutating func prove(_ figure: Int) throws(SuppressionError) -> Bool {
        if need[figure].up > reach[figure].up {
            guard try prove(figure, by: need[figure].up) else { return false }
        }
        if need[figure].down > reach[figure].down {
            guard try prove(figure, by: -need[figure].down) else { return false }
        }
        let missing = need[figure].width - reach[figure].up - reach[figure].down
        guard missing > 0 else { return true }
        if try prove(figure, by: reach[figure].up + missing) { return true }
        return try prove(figure, by: -(reach[figure].down + missing))
    }
}
