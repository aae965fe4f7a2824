import CSimdJSON

/// The values that a document holds at the paths of a plan: those at simple paths in document order, values of one
/// place in order of slots; behind them those of each query that is more, in order of slots and then as RFC 9535
/// orders them.
///
/// They point into the memory of the extractor and are valid until it is used again or freed.
public struct ExtractedValues: RandomAccessCollection {
    private let values: UnsafeBufferPointer<csj_value>

    init(start: UnsafePointer<csj_value>?, count: Int) {
        values = UnsafeBufferPointer(start: start, count: count)
    }

    /// 0.
    public var startIndex: Int { 0 }

    /// The number of values.
    public var endIndex: Int { values.count }

    /// The value at a place in document order.
    public subscript(position: Int) -> ExtractedValue {
        ExtractedValue(values[position])
    }
}

/// A value of a document: what it is, where it was found, and its bytes in the memory of the extractor.
public struct ExtractedValue {
    /// The JSON type of a value, and for numbers how exactly it is known.
    public enum Kind: UInt8, Sendable, Hashable {
        /// `null`
        case null
        /// `true`
        case `true`
        /// `false`
        case `false`
        /// A number written without fraction and exponent, within `Int64`; `-0` is 0.
        case integer
        /// Such a number above `Int64.max`, within `UInt64`.
        case unsigned
        /// Any other number, as the nearest double.
        case double
        /// A string.
        case string
        /// An object.
        case object
        /// An array.
        case array
    }

    private let value: csj_value

    init(_ value: csj_value) {
        self.value = value
    }

    /// The path, as its place in the list that the plan was made of.
    public var slot: Int { Int(value.slot) }

    /// What the value is.
    public var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: value.kind)) ?? .null }

    /// The number of kind `integer`; 0 for every other kind.
    public var integer: Int64 { kind == .integer ? Int64(bitPattern: value.bits) : 0 }

    /// The number of kind `integer` where it is not negative, or `unsigned`; 0 for every other value.
    public var unsigned: UInt64 {
        switch kind {
        case .unsigned: value.bits
        case .integer: UInt64(exactly: Int64(bitPattern: value.bits)) ?? 0
        default: 0
        }
    }

    /// The number of any of the three kinds, rounded to the nearest double; 0 for every other kind.
    public var double: Double {
        switch kind {
        case .integer: Double(Int64(bitPattern: value.bits))
        case .unsigned: Double(value.bits)
        case .double: Double(bitPattern: value.bits)
        default: 0
        }
    }

    /// The members or elements of an object or array, up to 16,777,215; 0 for every other kind.
    public var childCount: Int { kind == .object || kind == .array ? Int(value.bits) : 0 }

    /// The unescaped UTF-8 bytes of a string; empty for every other kind.
    public var text: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: value.text, count: Int(value.text_length))
    }

    /// What the first segment of the path that may select several nodes (a wildcard, slice, filter or list) chose here:
    /// the array index, or the ordinal of the object member from 0; 0 for a path without such a segment. So values of
    /// several paths that go through the same segment can be brought together.
    ///
    /// For a descendant segment (`..`) it is a number for each node that the segment selects, ascending in document
    /// order.
    public var element: Int { Int(value.element) }

    /// The unescaped name of the member that the last such segment chose; nil where it chose an array element, and for
    /// a path without one.
    public var key: UnsafeRawBufferPointer? {
        guard let key = value.key else { return nil }
        return UnsafeRawBufferPointer(start: key, count: Int(value.key_length))
    }

    /// The string as Swift text; empty for every other kind. Allocates: not for the hot path.
    public func string() -> String {
        String(decoding: text, as: UTF8.self)
    }
}
