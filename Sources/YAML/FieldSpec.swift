/// What one key of a mapping may hold; a table of these is the one description of a file format.
public struct FieldSpec: Sendable {
    /// What a value has to be.
    public indirect enum Kind: Sendable {
        /// A piece of text (any scalar), not empty.
        case text
        /// A piece of text (any scalar), empty or not.
        case anyText
        /// A whole number within bounds.
        case integer(ClosedRange<Int>)
        /// A number within bounds.
        case number(ClosedRange<Double>)
        /// `true` or `false`.
        case boolean
        /// A day, `YYYY-MM-DD`.
        case date
        /// One of the texts listed.
        case enumeration([String])
        /// A text of a form that a function knows; the first argument says what is expected, as in "a duration such as
        /// 200ms".
        case form(String, @Sendable (String) -> Bool)
        /// A list with every item of a kind.
        case list(Kind)
        /// A mapping with known keys.
        case mapping([FieldSpec])
        /// A mapping with free keys and every value of a kind.
        case table(Kind)
        /// The first of the kinds whose shape (scalar, list, mapping) is that of the value.
        case either([Kind])
        /// Any value.
        case anything
    }

    /// The key.
    public let name: String
    /// What its value has to be.
    public let kind: Kind
    /// True where the key must be there with a value that is not null.
    public let isRequired: Bool
    /// One line for the reference documentation; may be empty.
    public let summary: String

    /// Makes a specification of one key.
    public init(_ name: String, _ kind: Kind, required: Bool = false, summary: String = "") {
        self.name = name
        self.kind = kind
        isRequired = required
        self.summary = summary
    }
}

extension FieldSpec.Kind {
    /// A whole number of any size.
    public static var integer: FieldSpec.Kind { .integer(Int.min...Int.max) }

    /// A number of any size.
    public static var number: FieldSpec.Kind {
        .number(-Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude)
    }

    /// What is expected, for messages and documentation: "a whole number of at least 1".
    public var expectation: String {
        switch self {
        case .text, .anyText: "a text"
        case .integer(let range): "a whole number" + FieldSpec.Kind.bounds(range, Int.min, Int.max)
        case .number(let range):
            "a number"
                + FieldSpec.Kind.bounds(range, -Double.greatestFiniteMagnitude, Double.greatestFiniteMagnitude)
        case .boolean: "true or false"
        case .date: "a date as YYYY-MM-DD"
        case .enumeration(let values): "one of \(values.joined(separator: ", "))"
        case .form(let expected, _): expected
        case .list(let kind): "a list, each item \(kind.expectation)"
        case .mapping(let fields): "a mapping with the keys \(fields.map(\.name).joined(separator: ", "))"
        case .table(let kind): "a mapping, each value \(kind.expectation)"
        case .either(let kinds): kinds.map(\.expectation).joined(separator: ", or ")
        case .anything: "any value"
        }
    }

    private static func bounds<Value: Comparable>(_ range: ClosedRange<Value>, _ least: Value, _ most: Value) -> String
    {
        switch (range.lowerBound > least, range.upperBound < most) {
        case (true, true): " from \(range.lowerBound) to \(range.upperBound)"
        case (true, false): " of at least \(range.lowerBound)"
        case (false, true): " of at most \(range.upperBound)"
        case (false, false): ""
        }
    }
}
