import Attribution
import Connections
import JSON

/// What becomes of the parts of a mention when all values are there.
extension EventReader {
    /// Adds the mention that the parts make; none where the event has no identifier or name, and need not have one.
    func resolve(
        _ pending: PendingMention, _ layout: Layout, into event: inout SourceEvent, _ state: inout ReadingState
    ) throws(Fault) {
        let source = Int(pending.source)
        let kind = plans[source].kind
        let field = FieldReference(path: layout.evidencePath(source, state.scope), element: Int(pending.element))
        guard let leading = try text(kind.leadingPart, pending, field, layout, &state), !leading.isEmpty else {
            if !plans[source].neededHasPaths { return }
            throw Fault(.fieldMissing, "\(layout.name(of: field)): expected an identifier (id) beside the scheme")
        }
        let mechanism = try mechanism(pending, field, layout, &state)
        switch kind {
        case .reference:
            guard let scheme = try text(0, pending, field, layout, &state), !scheme.isEmpty else {
                throw Fault(.fieldMissing, "\(layout.name(of: field)): expected a scheme beside the identifier")
            }
            event.references.append(Reference(scheme: scheme, id: leading, mechanism: mechanism, field: field))
        case .named:
            let country = try text(1, pending, field, layout, &state)
            event.named.append(NamedPartner(name: leading, country: country, mechanism: mechanism, field: field))
        }
    }

    private func mechanism(
        _ pending: PendingMention, _ field: FieldReference, _ layout: Layout, _ state: inout ReadingState
    ) throws(Fault) -> Mechanism? {
        guard let stated = try text(MentionSource.Kind.mechanismPart, pending, field, layout, &state) else {
            return nil
        }
        guard let mechanism = Mechanism(name: stated) else {
            throw Fault(.mechanismUnknown, "\(layout.name(of: field)): expected a mechanism of \(Mechanisms.list)")
        }
        return mechanism
    }

    /// What a part of a mention says, by the event and the profile; nil where it is not there.
    private func text(
        _ part: Int, _ pending: PendingMention, _ field: FieldReference, _ layout: Layout,
        _ state: inout ReadingState
    ) throws(Fault) -> UnsafeRawBufferPointer? {
        let (plan, given) = (plans[Int(pending.source)], pending.parts[part])
        guard given.isGiven else {
            if !plan.hasConstant[part] { return nil }
            return sources[Int(pending.source)].parts[part]?.constant.map { state.keep($0) }
        }
        let title = plan.kind.title(part)
        guard given.isText else {
            throw Fault(.fieldKind, "\(layout.name(of: field)): expected \(title) to be a text or a whole number")
        }
        guard plan.isPrepared[part], let source = sources[Int(pending.source)].parts[part] else { return given.text }
        return try source.prepared(
            given.text, "\(layout.name(of: field)): expected \(title) to be on the profile's list", &state)
    }
}
