public import Indicators
public import Primitives
import Store

/// What stores hold, with names in place of numbers: equal where two stores come to the same.
public enum StoreContents {
    /// Every sum of a store as a line, sorted.
    public static func lines(of address: String) throws -> [String] {
        let state = try StoreReader(address).state(from: MonthNumber(value: 0), to: MonthNumber(value: 100_000))
        return state.aggregates.described(state.names)
    }
}

extension Aggregates {
    /// Every entry as a line, with names in place of numbers, sorted.
    public func described(_ names: ByteInterner) -> [String] {
        func text(_ part: PartKey) -> String { "\(part.month) \(names.text(part.department)) \(part.standing)" }
        func text(_ aspect: CellKey.Aspect) -> String {
            switch aspect {
            case .type(let type): "type \(names.text(type))"
            case .district(let district): "district \(names.text(district))"
            case .connections(let connections): "connections \(names.text(connections))"
            }
        }
        var lines = cells.map { "cell \(text($0.key.part)) \(text($0.key.aspect)): \($0.value)" }
        lines += credit.map {
            "credit \(text($0.key.part)) \(names.text($0.key.connections)) "
                + "\(names.text($0.key.connection)): \($0.value)"
        }
        lines += groups.map { "group \(text($0.key.part)) \(names.text($0.key.group)): \($0.value)" }
        lines += days.map {
            "day \(names.text($0.key.connection)) \(names.text($0.key.department)) \($0.key.day): \($0.value)"
        }
        lines += evidence.map {
            "evidence \($0.key.month) \(names.text($0.key.department)) \(names.text($0.key.connection)) "
                + "\(names.text($0.key.kind)): \($0.value)"
        }
        lines += versions.map { "version \($0.key.month) \(names.text($0.key.versions)): \($0.value)" }
        return lines.sorted()
    }
}
