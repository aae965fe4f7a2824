import Indicators
import Suppression

/// What has to be withheld of a release, given all that is public already.
struct ReleaseProblem {
    let problem: SuppressionProblem
    /// The place of each candidate's figure in the problem.
    private let candidates: [(population: Population, figure: Int)]

    /// - Parameters:
    ///   - snapshot: that of the new release; its lists of what is published and withheld are not read.
    ///   - populations: what its figures are about, each once, in an order that is always the same.
    ///   - earlier: the releases that speak of some of the same months.
    init(
        _ snapshot: ReleaseSnapshot, _ populations: [Population], after earlier: [ReleaseSnapshot],
        threshold: Int
    ) throws(SuppressionError) {
        var incidence = Incidence()
        var figures: [Suppression.Figure] = []
        let now = SnapshotIncidence(snapshot, &incidence)
        var candidates: [(population: Population, figure: Int)] = []
        for population in populations {
            guard let members = now.members[population] else { continue }
            candidates.append((population, figures.count))
            figures.append(Suppression.Figure(added: members, role: .candidate, weight: population.weight))
        }
        figures += ReleaseProblem.remainders(of: populations, now)
        var identities = now.identities
        let released = Set(populations)
        for release in earlier {
            let then = SnapshotIncidence(release, &incidence)
            identities += then.identities
            for population in release.published {
                figures.append(Suppression.Figure(added: then.members[population] ?? [], role: .published))
            }
            for population in release.withheld {
                figures.append(Suppression.Figure(added: then.members[population] ?? [], role: .withheld))
            }
            guard release.period == snapshot.period else { continue }
            for population in release.published where released.contains(population) {
                if let change = ReleaseProblem.difference(now.members[population], then.members[population]) {
                    figures.append(change)
                }
            }
        }
        for identity in identities {
            figures.append(
                Suppression.Figure(added: identity.added, subtracted: identity.subtracted, role: .published))
        }
        self.candidates = candidates
        problem = try SuppressionProblem(cells: incidence.counts, figures: figures, threshold: threshold)
    }

    /// What is left of a population when what is shown of it is taken away: outcomes that no connection had a part in,
    /// and people who are not in a group.
    private static func remainders(
        of populations: [Population], _ incidence: SnapshotIncidence
    ) -> [Suppression.Figure] {
        var figures: [Suppression.Figure] = []
        for population in populations {
            guard let all = incidence.members[population] else { continue }
            if population.part == .received {
                let attributed = incidence.members[population.with(.attributed)] ?? []
                let abstained = incidence.members[population.with(.abstained)] ?? []
                let rest = Set(all).subtracting(attributed)
                figures.append(Suppression.Figure(added: rest.sorted(), role: .derived))
                if !abstained.isEmpty {
                    figures.append(
                        Suppression.Figure(added: rest.subtracting(abstained).sorted(), role: .derived))
                }
            }
            if case .group = population.people {
                var whole = population
                whole.people = .grouped
                let people = Set(incidence.members[whole] ?? [])
                figures.append(Suppression.Figure(added: people.sorted(), subtracted: all.sorted(), role: .derived))
            }
        }
        return figures
    }

    /// What is new in a population, less what is gone; nil where nothing is.
    private static func difference(_ now: [Int]?, _ then: [Int]?) -> Suppression.Figure? {
        let (now, then) = (Set(now ?? []), Set(then ?? []))
        guard now != then else { return nil }
        return Suppression.Figure(
            added: now.subtracting(then).sorted(), subtracted: then.subtracting(now).sorted(), role: .derived)
    }

    /// Decides which of the populations are withheld.
    static func solve(
        _ snapshot: ReleaseSnapshot, _ populations: [Population], after earlier: [ReleaseSnapshot], threshold: Int
    ) throws(ReleaseError) -> (withheld: Set<Population>, counts: SuppressionCounts) {
        let (problem, result): (ReleaseProblem, SuppressionResult)
        do throws(SuppressionError) {
            problem = try ReleaseProblem(snapshot, populations, after: earlier, threshold: threshold)
            result = try problem.problem.suppress()
        } catch {
            throw .suppression("\(error)")
        }
        return try problem.decisions(of: result)
    }

    private func decisions(
        of result: SuppressionResult
    ) throws(ReleaseError) -> (withheld: Set<Population>, counts: SuppressionCounts) {
        guard result.unprotected.isEmpty else { throw .unprotected(result.unprotected.count) }
        var counts = SuppressionCounts()
        var withheld: Set<Population> = []
        counts.populations = candidates.count
        for (population, figure) in candidates {
            switch result.decisions[figure] {
            case .primary:
                counts.primary += 1
                withheld.insert(population)
            case .complementary:
                counts.complementary += 1
                withheld.insert(population)
            default: break
            }
        }
        return (withheld, counts)
    }
}

extension Population {
    /// What withholding it costs: totals are worth more than details, and what one looks for more than what it is a
    /// share of.
    fileprivate var weight: Int {
        var weight = 100
        if department >= 0 { weight /= 2 }
        if type >= 0 { weight /= 4 }
        if district >= 0 { weight /= 5 }
        switch tie {
        case .any: break
        case .connection: weight /= 5
        case .type: weight /= 3
        case .country: weight /= 4
        }
        if case .group = people { weight /= 6 }
        switch part {
        case .attributed, .outbound: break
        case .received: weight = weight * 3 / 4
        case .abstained: weight /= 4
        }
        return max(1, weight)
    }
}
