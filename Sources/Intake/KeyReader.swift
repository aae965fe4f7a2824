import JSON
import Primitives

/// Reads the id of a source record from the Kafka key of a change event: a document with the key's columns, with its
/// schema beside it or not, to which the paths of the profile's key apply as they do to the row.
struct KeyReader {
    private let plan: ExtractionPlan
    private let sources: [FieldSource]
    private let partsCount: Int
    private let pathsCount: Int

    init(_ profile: Profile) {
        let source = profile.fields[.key]
        let paths = profile.keyParts.isEmpty ? source?.paths ?? [] : profile.keyParts
        let payload = SimplePath(steps: [.member("payload")])
        plan = ExtractionPlan(paths + paths.compactMap { $0.below(payload) })
        sources = profile.keyParts.isEmpty ? source.map { [$0] } ?? [] : []
        partsCount = profile.keyParts.count
        pathsCount = max(1, paths.count)
    }

    /// The id in a Kafka key; nil where the key is no such document and is the id itself.
    func recordID(
        _ key: UnsafeRawBufferPointer, _ extractor: Extractor, _ state: inout ReadingState
    ) throws(Fault) -> UnsafeRawBufferPointer? {
        state.begin()
        guard let values = try? extractor.extract(RegistryFraming.document(key), plan), !values.isEmpty else {
            return nil
        }
        var best = Ranked()
        for value in values where value.kind != .null {
            let rank = value.slot % pathsCount
            if partsCount > 0 {
                if let text = state.text(of: value) { state.offerKeyPart(rank, state.keep(text)) }
            } else if let source = sources.first, let text = state.text(of: value),
                let prepared = try source.prepared(text, "key: expected a value that is on the profile's list", &state)
            {
                best.offer(state.keep(prepared), UInt16(clamping: rank))
            }
        }
        return partsCount > 0 ? state.joinedKey(partsCount) : best.isGiven ? best.text : nil
    }
}
