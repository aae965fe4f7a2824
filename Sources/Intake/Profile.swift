public import JSON
public import Primitives
public import Text

/// Which fields of a department's events say what (docs/profiles.md). Only these fields are ever read.
public struct Profile: Sendable {
    /// How an event is wrapped.
    public enum Envelope: String, CaseIterable, Sendable {
        /// The payload is the department's document.
        case none
        /// The payload is a CloudEvent (structured mode), or its headers make it one (binary mode).
        case cloudevents
        /// The document, in a CloudEvent or not, is a change event of Debezium; paths are those of the row.
        case debezium
        /// A CloudEvent where headers or `specversion` say so, otherwise the document.
        case auto
    }

    /// The name of the profile.
    public let name: String
    /// SHA-256 of the file's bytes, as 64 hexadecimal digits.
    public let digest: String
    /// The system that sends the events: a part of every outcome key, so that two systems' ids do not collide.
    public let system: String
    /// How events are wrapped.
    public let envelope: Envelope
    /// Where the department's clocks are: instants fall on its days, and local times are its own. Without one, days and
    /// offsets count as they are written.
    public let timeZone: TimeZoneRules?
    /// What must hold for an event to be an outcome; all of them.
    public let conditions: [Condition]
    /// What marks an event of a victim service provider; one is enough, and nothing of the event is kept.
    public let victimServices: [Condition]
    /// The columns of the row of CSV that a message holds; nil where it holds JSON. Each is a member of the document.
    public let columns: [String]?
    /// How files of the department become events, and how rows are written.
    public let files: ProfileFiles
    /// The names for which events are refused, in strict mode; nil without it.
    public let strict: StrictList?
    /// The paths of which the values together are the id of the source record; empty where `fields` has it.
    public let keyParts: [JSONPath]
    /// The fields of the outcome.
    public let fields: [OutcomeField: FieldSource]
    /// Groups with a source each, in ascending order of their codes.
    public let groupCounts: [(code: [UInt8], source: FieldSource)]
    /// The references.
    public let references: [MentionSource]
    /// Partners that are named and not identified.
    public let named: [MentionSource]
    /// Texts that may be searched for partners inside the worker, and never leave it.
    public let search: [JSONPath]
}

/// How files of a department become events, for those who send them to its topic.
public struct ProfileFiles: Sendable {
    /// Selects the elements of a JSON document that are events.
    public var each: JSONPath?
    /// What stands between two fields of a CSV file: `,`, `;`, `|` or `tab`.
    public var delimiter: String?
    /// The encoding of CSV files, by its name in the registry of IANA.
    public var encoding: String?
    /// A SELECT over the CSV files of a folder; each row is an event.
    public var query: String?

    /// Nothing is said.
    public init() {}
}

/// The fields of an outcome that a profile can map.
public enum OutcomeField: String, CaseIterable, Sendable {
    case key, type, occurredOn, count, people, usd, direction, district, groups, revision, retracted, time

    /// True where an outcome cannot be without it.
    public var isRequired: Bool { self == .type || self == .occurredOn }
}

/// A test of the values at a path.
public struct Condition: Sendable, CustomStringConvertible {
    /// What is asked of a value.
    public enum Test: Sendable {
        /// That it is there.
        case exists
        /// That it is one of these texts.
        case oneOf([String])
    }

    /// The values that are looked at.
    public let path: JSONPath
    /// What is asked of them.
    public let test: Test
    /// False where at least one value has to pass; true where none may.
    public let isNegated: Bool

    /// The condition for people: `$.status is finished or done`.
    public var description: String {
        switch test {
        case .exists: "\(path) is \(isNegated ? "not " : "")there"
        case .oneOf(let texts): "\(path) is \(isNegated ? "not " : "")\(texts.joined(separator: " or "))"
        }
    }
}

/// Where a field comes from: the first of its paths that has a value, otherwise the constant.
public struct FieldSource: Sendable {
    /// Paths, the preferred one first.
    public let paths: [JSONPath]
    /// The value where no path has one.
    public let constant: [UInt8]?
    /// What is done to a text before anything else.
    public let steps: TextSteps
    /// Texts that stand for no value.
    public let absent: [[UInt8]]
    /// Replaces values; one that it does not have is a fault, unless there is `otherwise`.
    public let map: ValueMap?
    /// Stands for values that the map does not have.
    public let otherwise: [UInt8]?
    /// How a number or a date is written; nil for the forms of canonical events.
    public let form: ValueForm?
    /// True where an event without a value is skipped, and no fault: of the day alone.
    public let skipsMissing: Bool

    /// Makes a field source.
    public init(
        paths: [JSONPath], constant: [UInt8]? = nil, steps: TextSteps = [], absent: [[UInt8]] = [],
        map: ValueMap? = nil, otherwise: [UInt8]? = nil, form: ValueForm? = nil, skipsMissing: Bool = false
    ) {
        self.paths = paths
        self.constant = constant
        self.steps = steps
        self.absent = absent
        self.map = map
        self.otherwise = otherwise
        self.form = form
        self.skipsMissing = skipsMissing
    }

    /// True where a value is taken as it stands.
    var isPlain: Bool { steps.isEmpty && map == nil && absent.isEmpty && form == nil }
}

/// What values are replaced by.
public enum ValueMap: Sendable {
    /// Those of a list of the profile.
    case list(ByteTable<[UInt8]>)
    /// The two-letter code of the country that a code, a name or an alias means (ISO 3166-1).
    case countries

    /// The name of the map of countries in a profile.
    static let countriesName = "iso-3166-1"
}

/// How a text or a whole number is to be read.
public enum ValueForm: Sendable {
    /// As a day or an instant.
    case date(DateForm)
    /// As a count or an amount.
    case number(DecimalText)

    /// The names of the forms that a field of the outcome can have.
    static func names(of field: OutcomeField?) -> [String] {
        switch field {
        case .occurredOn: DateForm.allCases.map(\.rawValue)
        case .time, .revision: DateForm.allCases.filter(\.hasInstants).map(\.rawValue)
        case .count, .people, .usd, .groups: DecimalText.allCases.map(\.rawValue)
        default: []
        }
    }
}

/// Where mentions of partners come from: parts that belong together; where paths select several elements, one mention
/// for each.
public struct MentionSource: Sendable {
    /// How a partner is mentioned.
    public enum Kind: Sendable, BitwiseCopyable {
        /// By an identifier: scheme, identifier, mechanism.
        case reference
        /// By its name: name, country, mechanism.
        case named
    }

    /// How the partner is mentioned.
    public let kind: Kind
    /// The parts in the order of the kind; nil where the profile does not have one.
    public let parts: [FieldSource?]
}
