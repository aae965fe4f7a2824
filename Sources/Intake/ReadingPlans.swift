import Attribution
import JSON
import Primitives

/// A condition as reading looks at it.
struct ConditionPlan {
    /// The texts that the value may have; nil where it only has to be there.
    private let values: [[UInt8]]?

    init(_ condition: Condition) {
        values = condition.values?.map { Array($0.utf8) }
    }

    func holds(_ value: ExtractedValue, _ state: inout ReadingState) -> Bool {
        guard let values else { return true }
        guard let text = state.text(of: value) else { return false }
        return values.contains { $0.withUnsafeBytes { $0.holdsSame(as: text) } }
    }
}

/// A reference source as reading looks at it: what its parts have is known without touching them.
struct ReferencePlan: BitwiseCopyable {
    let schemeHasPaths: Bool
    /// By the raw value of `ReferencePart`.
    private(set) var hasConstant = InlineArray<3, Bool>(repeating: false)
    /// By the raw value of `ReferencePart`.
    private(set) var isMapped = InlineArray<3, Bool>(repeating: false)

    init(_ source: ReferenceSource) {
        schemeHasPaths = !source.scheme.paths.isEmpty
        for part in ReferencePart.allCases {
            hasConstant[part.rawValue] = source[part]?.constant != nil
            isMapped[part.rawValue] = source[part]?.map != nil
        }
    }
}

extension ReferenceSource {
    /// Where a part comes from.
    subscript(part: ReferencePart) -> FieldSource? {
        switch part {
        case .scheme: scheme
        case .id: id
        case .mechanism: mechanism
        }
    }
}

/// The names of the mechanisms, for messages and the profile's check.
enum Mechanisms {
    static let names = Mechanism.allCases.map { "\($0.name)" }
    static let list = names.joined(separator: ", ")
}
