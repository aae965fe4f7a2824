extension Suppressor {
    /// Withholds figures until every one that is withheld is protected, or cannot be.
    ///
    /// For each end of the range of a figure the cheapest table is sought in which the figure is there (Kelly, Golden
    /// and Assad, Networks 22, 1992; Fischetti and Salazar, Management Science 47, 2001): the figures that differ in it
    /// are withheld, and it is the proof.
    mutating func withholdComplements() throws(SuppressionError) {
        var waiting = unprotected()
        while !waiting.isEmpty {
            for figure in waiting {
                // Downwards first for positive values: what that needs may turn out to be less.
                let first = table.values[figure] < 0
                try extend(figure, upwards: first)
                try extend(figure, upwards: !first)
                try widen(figure)
            }
            waiting = unprotected()
        }
    }

    /// Makes the range of a figure wide enough, wherever it is widened.
    private mutating func widen(_ figure: Int) throws(SuppressionError) {
        func missing() -> Int { need[figure].width - reach[figure].up - reach[figure].down }
        guard missing() > 0 else { return }
        if try prove(figure, by: reach[figure].up + missing()) { return }
        if try prove(figure, by: -(reach[figure].down + missing())) { return }
        for upwards in [true, false] where missing() > 0 {
            try withholdAsFarAs(reach[figure].distance(upwards: upwards) + missing(), figure, upwards: upwards)
        }
        need[figure].width -= max(0, missing())
    }

    /// Makes the range of a figure reach to an end, or as near as can be.
    private mutating func extend(_ figure: Int, upwards: Bool) throws(SuppressionError) {
        let needed = need[figure].distance(upwards: upwards)
        guard needed > reach[figure].distance(upwards: upwards) else { return }
        if try withhold(figure, by: upwards ? needed : -needed) { return }
        if try raiseFloor(figure, upwards: upwards) { return try extend(figure, upwards: upwards) }
        try withholdAsFarAs(needed, figure, upwards: upwards)
        if upwards {
            need[figure].up = min(need[figure].up, reach[figure].up)
        } else {
            need[figure].down = min(need[figure].down, reach[figure].down)
        }
    }

    /// Withholds so that a figure's range reaches as near to a distance as can be.
    private mutating func withholdAsFarAs(_ distance: Int, _ figure: Int, upwards: Bool) throws(SuppressionError) {
        if try withhold(figure, by: upwards ? distance : -distance) { return }
        var nearest = try reachable(figure, upwards: upwards, most: distance)
        while nearest > reach[figure].distance(upwards: upwards) {
            if try withhold(figure, by: upwards ? nearest : -nearest) { return }
            nearest -= 1
        }
    }

    /// How far a figure can differ if every candidate is withheld; notes what keeps it from going further.
    private mutating func reachable(
        _ figure: Int, upwards: Bool, most distance: Int
    ) throws(SuppressionError) -> Int {
        let table = table
        var model = PerturbationModel(table, cells: table.openCells) { table.freedom($0) }
        pinnedBy[figure, default: []].formUnion([])
        do throws(PerturbationModel.Failure) {
            let solution = try model.extreme(of: figure, upwards: upwards)
            let reachable = abs(solution.amount(of: figure))
            guard reachable < Double(distance) - 1e-5 else { return distance }
            let given = solution.binding.filter { $0 != figure && table.figures[$0].role != .candidate }
            pinnedBy[figure, default: []].formUnion(given)
            return Int((reachable + 1e-5).rounded(.down))
        } catch {
            if case .unbounded = error { return distance }
            _ = try error.asMissing(figure)
            return 0
        }
    }

    /// The least absolute value that a figure can have when nothing is known but which figures are 0: each positive
    /// figure within it has a person. Where that is more than 1, the promised range begins there and is as wide.
    /// - Returns: whether that changed what is needed of this end.
    private mutating func raiseFloor(_ figure: Int, upwards: Bool) throws(SuppressionError) -> Bool {
        guard table.isSensitive(figure), upwards == (table.values[figure] < 0), floors[figure] == 1 else {
            return false
        }
        let (table, size) = (table, abs(table.values[figure]))
        var model = PerturbationModel(table, cells: table.openCells) { other in
            table.isKnownPositive(other) ? .free(falling: Double(table.values[other] - 1)) : table.freedom(other)
        }
        for floor in 1..<size {
            do throws(PerturbationModel.Failure) {
                let amount = table.values[figure] > 0 ? floor - size : size - floor
                let solution = try model.cheapest(moving: figure, by: amount)
                // Where the search gives up, the floor is not known, and the figure will count as not protected.
                if try model.wholeNumbers(moving: figure, by: amount, from: solution) == nil { floors[figure] = 1 }
                break
            } catch {
                _ = try error.asMissing(figure)
                floors[figure] = floor + 1
            }
        }
        need[figure] = fullNeed(figure)
        return floors[figure] > 1
    }
}
