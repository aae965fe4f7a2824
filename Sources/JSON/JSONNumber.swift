/// A number of a document or a query. Equality and order are those of mathematics, whatever the representation.
enum JSONNumber: Sendable, Hashable {
    case integer(Int64)
    case unsigned(UInt64)
    case double(Double)

    func isEqual(_ other: JSONNumber) -> Bool {
        switch (self, other) {
        case (.integer(let left), .integer(let right)): left == right
        case (.unsigned(let left), .unsigned(let right)): left == right
        case (.double(let left), .double(let right)): left == right
        case (.integer(let left), .unsigned(let right)), (.unsigned(let right), .integer(let left)): left == right
        case (.double(let left), .integer(let right)), (.integer(let right), .double(let left)):
            Int64(exactly: left) == right
        case (.double(let left), .unsigned(let right)), (.unsigned(let right), .double(let left)):
            UInt64(exactly: left) == right
        }
    }

    func isLess(_ other: JSONNumber) -> Bool {
        switch (self, other) {
        case (.integer(let left), .integer(let right)): left < right
        case (.integer(let left), .unsigned(let right)): left < right
        case (.unsigned(let left), .integer(let right)): left < right
        case (.unsigned(let left), .unsigned(let right)): left < right
        case (.double(let left), .double(let right)): left < right
        case (.integer(let left), .double(let right)): Self.isLess(left, right)
        case (.unsigned(let left), .double(let right)): Self.isLess(left, right)
        case (.double(let left), .integer(let right)): Self.isLess(left, right)
        case (.double(let left), .unsigned(let right)): Self.isLess(left, right)
        }
    }

    /// An integer is below a number where it is below the next integer at or above that number.
    private static func isLess<Integer: FixedWidthInteger>(_ left: Integer, _ right: Double) -> Bool {
        let ceiling = right.rounded(.up)
        guard let bound = Integer(exactly: ceiling) else { return ceiling > 0 }
        return left < bound
    }

    private static func isLess<Integer: FixedWidthInteger>(_ left: Double, _ right: Integer) -> Bool {
        let floor = left.rounded(.down)
        guard let bound = Integer(exactly: floor) else { return floor < 0 }
        return bound < right
    }
}
