import Attribution
import JSON
import Primitives

/// A condition as reading looks at it.
struct ConditionPlan {
    /// The texts that the value may have; nil where it only has to be there.
    private let values: [[UInt8]]?
    /// True where no value may pass.
    let isNegated: Bool

    init(_ condition: Condition) {
        isNegated = condition.isNegated
        switch condition.test {
        case .exists: values = nil
        case .oneOf(let texts): values = texts.map { Array($0.utf8) }
        }
    }

    /// Whether a value passes the test, the negation left aside.
    func passes(_ value: ExtractedValue, _ state: inout ReadingState) -> Bool {
        guard let values else { return true }
        guard let text = state.text(of: value) else { return false }
        return values.contains { $0.withUnsafeBytes { $0.holdsSame(as: text) } }
    }
}

extension FieldSource {
    /// The text that stands for a value, as the profile has it read.
    ///
    /// - Returns: nil where the value stands for none.
    /// - Throws: a fault for a value without a text, and one that the map does not have.
    func prepared(_ value: ExtractedValue, _ place: Place, _ state: inout ReadingState) throws(Fault)
        -> UnsafeRawBufferPointer?
    {
        guard let text = state.text(of: value) else {
            throw Fault(.fieldKind, "\(place.name): expected a text or a whole number")
        }
        return try prepared(text, "\(place.name): expected a value that is on the profile's list", &state)
    }

    /// The same for a text.
    func prepared(
        _ text: UnsafeRawBufferPointer, _ message: @autoclosure () -> String, _ state: inout ReadingState
    ) throws(Fault) -> UnsafeRawBufferPointer? {
        guard let text = state.text(text, after: steps) else { throw Fault(.fieldCode, message()) }
        if absent.contains(where: { $0.withUnsafeBytes { $0.holdsSame(as: text) } }) { return nil }
        switch map {
        case nil: return text
        case .countries: if let code = state.country(text) { return code }
        case .list(let table): if let replaced = table[text] { return state.keep(replaced) }
        }
        if let otherwise { return state.keep(otherwise) }
        throw Fault(.fieldCode, message())
    }
}
