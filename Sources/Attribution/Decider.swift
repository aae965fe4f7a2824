public import Connections
import Narrative
import Primitives

/// Decides one outcome after the other, by the steps of docs/method.md, section 3.
///
/// Pure: the same facts, candidates, rules and registry give the same decision, in whatever order the candidates come.
/// It keeps only working memory, for one thread.
public final class Decider {
    /// Reasons that a record lists, at most, and near misses likewise; the first ones in their order.
    public static let listedMax = 64

    private let rules: Rules
    private let registry: RegistryIndex
    private let inScope: [Bool]
    private let corroboration: Corroboration
    private var strengths: [Int] = []
    private var shares: [Int] = []
    private var players: [CreditShare] = []
    private var credit = CreditMemory()

    /// Makes a decider for one department's outcomes.
    public init(rules: Rules, registry: RegistryIndex, department: String) {
        self.rules = rules
        self.registry = registry
        inScope = registry.scope(of: department)
        corroboration = Corroboration(rules: rules, registry: registry, department: department)
    }

    /// Decides an outcome.
    ///
    /// - Parameters:
    ///   - outcome: what occurred and when.
    ///   - candidates: the matches of the event with the registry, in any order.
    ///   - decision: receives the result; its former content is forgotten.
    public func decide(_ outcome: Outcome, _ candidates: [Candidate], into decision: inout Decision) {
        if outcome.isRetracted { return decision.retract() }
        decision.reset()
        guard !candidates.isEmpty, let day = outcome.occurredOn else { return }
        // Names last: an identifier of the same connection can be their second source.
        for candidate in candidates where !candidate.isByName { judge(candidate, outcome, on: day, into: &decision) }
        for candidate in candidates where candidate.isByName { judge(candidate, outcome, on: day, into: &decision) }
        keepOneForEachOrigin(&decision.evidence)
        weigh(&decision, domestic: rules.domesticStrength(ofType: outcome.type))
        arrangeNearMisses(&decision.nearMisses)
        if decision.evidence.count > Decider.listedMax { shorten(&decision) }
    }

    /// Steps 3 to 6: valid then, in scope and verified, mechanism stated, tier.
    private func judge(
        _ candidate: Candidate, _ outcome: Outcome, on day: CivilDate, into decision: inout Decision
    ) {
        let facts = registry.connections[candidate.connection]
        let term = facts.term(on: day)
        let rule = rule(for: candidate, outcome, on: day, decision)
        func miss(_ reason: NearMiss.Reason, _ date: CivilDate? = nil) {
            decision.nearMisses.append(
                NearMiss(connection: candidate.connection, rule: rule, reason: reason, day: date?.daysSinceEpoch))
        }
        if let (reason, date) = outsideValidity(facts, candidate.identifier, on: day) { return miss(reason, date) }
        if !inScope[candidate.connection] { return miss(.outOfScope) }
        let doubt: NearMiss.Reason? =
            if term?.status == .proposed {
                .proposed
            } else if term?.isVerified != true {
                .unverified
            } else {
                self.doubt(candidate, rule)
            }
        if let doubt { miss(doubt) }
        let fired = doubt == nil ? rule : rules.circumstantial
        decision.evidence.append(
            Evidence(
                connection: candidate.connection, rule: fired, tier: rules.rules[fired].tier,
                mechanism: candidate.mechanism, field: candidate.field, strength: rules.rules[fired].strength,
                origin: candidate.identifier.origin))
    }

    /// The rule that fires where nothing is in its way.
    private func rule(
        for candidate: Candidate, _ outcome: Outcome, on day: CivilDate, _ decision: borrowing Decision
    ) -> Int {
        guard candidate.isByName else {
            return candidate.mechanism.map { rules.documentary($0) } ?? rules.circumstantial
        }
        if let mechanism = candidate.mechanism { return rules.named(mechanism) ?? rules.circumstantial }
        guard let corroborated = rules.corroborated else { return rules.circumstantial }
        let hasDocument = decision.evidence.contains {
            $0.connection == candidate.connection && $0.tier == .documentary
                && $0.origin != candidate.identifier.origin
        }
        return hasDocument || corroboration.supports(candidate.connection, outcome, on: day)
            ? corroborated : rules.circumstantial
    }

    /// What keeps a match of a verified connection from counting in full.
    private func doubt(_ candidate: Candidate, _ rule: Int) -> NearMiss.Reason? {
        switch candidate.kind {
        case .documentary: candidate.mechanism == nil ? .noMechanism : nil
        case .otherIdentifier: candidate.mechanism == nil ? .noMechanism : .scheme
        case .named(.ambiguous, _): .ambiguous
        case .named(.nameAlone, _): .nameAlone
        case .named(.beyondDoubt, let obstacle?): NearMiss.Reason(obstacle)
        case .named(.beyondDoubt, nil): rule == rules.circumstantial ? .noMechanism : nil
        }
    }

    /// Step 3, for the connection and for the identifier that matched, which may have been in use for a part of it.
    private func outsideValidity(
        _ facts: ConnectionFacts, _ identifier: IdentifierEntry, on day: CivilDate
    ) -> (NearMiss.Reason, CivilDate?)? {
        if let term = facts.term(on: day), term.status == .ended, term.period.until == nil { return (.ended, nil) }
        for validity in [facts.validity(on: day), identifier.validity(on: day)] {
            switch validity {
            case .valid: continue
            case .ended(let end): return (.ended, end)
            case .notStarted(let start): return (.notStarted, start)
            }
        }
        return nil
    }

    /// Step 7: reasons of one connection that go back to one origin count once; the strongest stands for them.
    private func keepOneForEachOrigin(_ evidence: inout [Evidence]) {
        if evidence.count < 2 { return }
        evidence.sort { left, right in
            if left.connection != right.connection { return left.connection < right.connection }
            if left.tier != right.tier { return left.tier < right.tier }
            if left.strength != right.strength { return left.strength > right.strength }
            if left.origin != right.origin { return left.origin.lexicographicallyPrecedes(right.origin) }
            if left.rule != right.rule { return left.rule < right.rule }
            if left.field != right.field { return left.field < right.field }
            return (left.mechanism?.rawValue ?? .max) < (right.mechanism?.rawValue ?? .max)
        }
        var kept = 0
        for index in evidence.indices {
            let reason = evidence[index]
            let known = evidence[..<kept].contains {
                $0.connection == reason.connection && $0.origin == reason.origin
            }
            if !known {
                evidence[kept] = reason
                kept += 1
            }
        }
        evidence.removeLast(evidence.count - kept)
    }

    /// Steps 8 and 9, and the credit.
    private func weigh(_ decision: inout Decision, domestic: Int) {
        players.removeAll(keepingCapacity: true)
        var all = NoisyOr()
        var start = 0
        while start < decision.evidence.count {
            let connection = decision.evidence[start].connection
            var own = NoisyOr()
            var end = start
            while end < decision.evidence.count, decision.evidence[end].connection == connection {
                if decision.evidence[end].tier != .circumstantial {
                    own.add(decision.evidence[end].strength)
                    all.add(decision.evidence[end].strength)
                }
                end += 1
            }
            if own.strength > 0 { players.append(CreditShare(connection: connection, basisPoints: own.strength)) }
            start = end
        }
        decision.strength = all.strength
        if players.isEmpty {
            if !decision.evidence.isEmpty { (decision.verdict, decision.tier) = (.abstained, .circumstantial) }
            return
        }
        guard all.strength >= rules.contributedFrom else { return fallShort(&decision) }
        decision.verdict = all.strength >= rules.enabledFrom ? .enabled : .contributed
        decision.tier = decision.evidence.lazy.map(\.tier).min()
        share(&decision, domestic: domestic)
    }

    private func fallShort(_ decision: inout Decision) {
        for reason in decision.evidence where reason.tier != .circumstantial {
            decision.nearMisses.append(
                NearMiss(connection: reason.connection, rule: reason.rule, reason: .belowThreshold, day: nil))
        }
    }

    /// The strongest connections and the city itself share the outcome; the other connections are listed with nothing.
    private func share(_ decision: inout Decision, domestic: Int) {
        // Connections stand in ascending order of id, which also breaks ties between equal strengths.
        let sharing = min(players.count, rules.connectionsMax)
        if sharing < players.count {
            players.sort { ($1.basisPoints, $0.connection) < ($0.basisPoints, $1.connection) }
            players[..<sharing].sort { $0.connection < $1.connection }
        }
        strengths.removeAll(keepingCapacity: true)
        for player in players[..<sharing] { strengths.append(player.basisPoints) }
        strengths.append(domestic)
        credit.share(strengths, into: &shares)
        for (place, player) in players.enumerated() {
            decision.credit.append(
                CreditShare(connection: player.connection, basisPoints: place < sharing ? shares[place] : 0))
        }
        decision.domesticBasisPoints = shares[sharing]
        if sharing < players.count { decision.credit.sort { $0.connection < $1.connection } }
    }

    /// Of too many reasons the best one of each connection that has credit stays, and then as many others as there is
    /// room for, all in their order.
    private func shorten(_ decision: inout Decision) {
        var credited = Set(decision.credit.lazy.filter { $0.basisPoints > 0 }.map(\.connection))
        let isBest = decision.evidence.map { credited.remove($0.connection) != nil }
        var room = Decider.listedMax - isBest.count { $0 }
        var kept: [Evidence] = []
        for (reason, isBest) in zip(decision.evidence, isBest) {
            if isBest {
                kept.append(reason)
            } else if room > 0 {
                kept.append(reason)
                room -= 1
            }
        }
        decision.evidence = kept
    }

    private func arrangeNearMisses(_ misses: inout [NearMiss]) {
        if misses.count < 2 { return }
        misses.sort {
            ($0.connection, $0.rule, $0.reason.rawValue, $0.day ?? .min)
                < ($1.connection, $1.rule, $1.reason.rawValue, $1.day ?? .min)
        }
        var kept = 1
        for index in 1..<misses.count where misses[index] != misses[kept - 1] {
            misses[kept] = misses[index]
            kept += 1
        }
        misses.removeLast(misses.count - min(kept, Decider.listedMax))
    }
}
