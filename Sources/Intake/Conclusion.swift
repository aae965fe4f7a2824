import Attribution
import JSON
import Primitives

/// What an event is when all of it has been read.
extension EventReader {
    /// A withdrawal counts whatever else the event holds; otherwise the conditions decide, and what they let through
    /// must be whole.
    func conclude(
        _ layout: Layout, _ change: ChangeEvent?, _ event: inout SourceEvent, _ state: inout ReadingState
    ) throws(Fault) -> Disposition {
        if !event.outcome.isRetracted, let reason = skipReason(state) {
            // What may have been an outcome before the change has to be withdrawn.
            guard change?.mayHaveBeen(state.allConditionsHeld) == true else { return .skipped(reason) }
            event.outcome.isRetracted = true
        }
        if let fault = state.fault, !event.outcome.isRetracted { throw fault }
        for (field, value) in constants where !state.has(field) { try event.set(field, constant: value, &state) }
        guard !event.recordID.isEmpty else {
            throw Fault(.fieldMissing, "\(name(of: .key, layout, state.scope)): expected the id of the source record")
        }
        if event.outcome.isRetracted { return .retraction }
        if event.outcome.type.isEmpty {
            throw Fault(
                .fieldMissing, "\(name(of: .type, layout, state.scope)): expected the code of the kind of outcome")
        }
        if event.outcome.occurredOn == nil {
            throw Fault(.fieldMissing, "\(name(of: .occurredOn, layout, state.scope)): expected the day of the outcome")
        }
        for index in 0..<state.mentions.count { try resolve(state.mentions[index], layout, into: &event, &state) }
        return .outcome
    }

    /// Why the event is no outcome, by the profile; nil where it is one. A day that is wrong is not missing.
    private func skipReason(_ state: borrowing ReadingState) -> SkipReason? {
        if !state.allConditionsHold { return .notAnOutcome }
        return skipsWithoutDay && state.fault == nil && !state.has(.occurredOn) ? .withoutDay : nil
    }

    private func name(of field: OutcomeField, _ layout: Layout, _ scope: Scope) -> String {
        for targets in layout.targets {
            for target in targets where target.scope == scope {
                switch target.purpose {
                case .field(field): return layout.names[Int(target.path)].text()
                case .keyPart where field == .key: return layout.names[Int(target.path)].text()
                default: break
                }
            }
        }
        return "outcome.\(field.rawValue)"
    }
}
