/// Why an event became a dead letter. The names are a contract: they stand in the header `city.error.code`, in the
/// metrics and in docs/dead-letters.md, whose table is made of this one.
public enum FaultCode: String, CaseIterable, Sendable {
    case payloadEmpty = "json.empty"
    case malformed = "json.malformed"
    case notUTF8 = "json.not-utf8"
    case tooDeep = "json.too-deep"
    case duplicateKey = "json.duplicate-key"
    case numberRange = "json.number-range"
    case rowEmpty = "csv.empty"
    case rowQuotes = "csv.quotes"
    case rowColumns = "csv.columns"
    case rowsTooMany = "csv.rows"
    case rowEncoding = "csv.encoding"
    case tooLarge = "event.too-large"
    case attributeMissing = "cloudevents.attribute-missing"
    case attributeInvalid = "cloudevents.attribute-invalid"
    case contentType = "cloudevents.content-type"
    case registryFraming = "envelope.schema-registry"
    case changeEvent = "envelope.change-event"
    case otherDepartment = "cloudevents.other-department"
    case fieldMissing = "field.missing"
    case fieldKind = "field.kind"
    case fieldRange = "field.range"
    case fieldDate = "field.date"
    case fieldCode = "field.code"
    case mechanismUnknown = "reference.mechanism-unknown"
    case referencesTooMany = "reference.too-many"
    case classification = "privacy.classification"
    case deniedField = "privacy.denied-field"

    /// The part of the pipeline that refuses with this code.
    public var stage: Stage {
        switch self {
        case .payloadEmpty, .malformed, .notUTF8, .tooDeep, .duplicateKey, .numberRange, .tooLarge: .parse
        case .rowEmpty, .rowQuotes, .rowColumns, .rowsTooMany, .rowEncoding: .parse
        case .attributeMissing, .attributeInvalid, .contentType, .otherDepartment, .registryFraming, .changeEvent:
            .envelope
        case .classification, .deniedField: .privacy
        default: .map
        }
    }

    /// True where the dead letter must not carry the event itself.
    public var withholdsPayload: Bool { stage == .privacy }

    /// What the code means, for the reference.
    public var meaning: String {
        switch self {
        case .payloadEmpty: "The payload is empty or only white space; a withdrawal has no payload at all (null)."
        case .malformed: "The payload is not JSON (RFC 8259), or has content after the document."
        case .notUTF8: "The payload is not valid UTF-8."
        case .tooDeep: "Arrays and objects are nested deeper than `event.depth.max`."
        case .duplicateKey: "An object has the same member twice, so that the event can be read in two ways."
        case .numberRange: "A number is outside what 64 bits hold."
        case .rowEmpty: "There is no row in the payload; a withdrawal has no payload at all (null)."
        case .rowQuotes: "A quote of the row is not closed, not doubled, or in a field without quotes (RFC 4180)."
        case .rowColumns:
            "The row has more or fewer fields than the profile has columns, or names them in another order."
        case .rowsTooMany: "The payload holds more than one row."
        case .rowEncoding: "The row is not text in the profile's encoding, or has NUL bytes."
        case .tooLarge:
            """
            The payload is larger than `event.bytes.max`, or has too much at the paths of the profile; or the record \
            would be larger than `kafka.message.max.bytes` or the topic accepts.
            """
        case .attributeMissing: "A CloudEvents attribute that the specification or the profile requires is not there."
        case .attributeInvalid: "A CloudEvents attribute is not of the form that the specification gives it."
        case .registryFraming:
            "The payload is framed for a schema registry and is not JSON: Avro and Protobuf are not read."
        case .changeEvent: "The payload is not a change event of Debezium, or of an operation that is not known."
        case .contentType: "The content type says that the event or its data is not JSON."
        case .otherDepartment: "The CloudEvents `type` names another department than the worker's."
        case .fieldMissing: "A field that the profile requires is not there."
        case .fieldKind: "A field is of another JSON kind than the profile expects."
        case .fieldRange: "A number is negative or larger than anything a city can report."
        case .fieldDate: "A date is none of the calendar, or not of the form YYYY-MM-DD or RFC 3339."
        case .fieldCode: "A code is not on the profile's list, or holds characters that no code has."
        case .mechanismUnknown: "A reference states a mechanism that the method does not know."
        case .referencesTooMany: "The event has more references than a record can list."
        case .classification: "The `dataclassification` or `dataregulation` is not understood; the event is not kept."
        case .deniedField: "In strict mode: the event holds a field that is on the deny list; it is not kept."
        }
    }

    /// What to do about it, for the reference and for who looks at a dead letter.
    public var advice: String {
        switch self {
        case .payloadEmpty: "Send a null payload with the key, or the event."
        case .malformed: "Mend the sender: one JSON document a message."
        case .notUTF8: "Mend the sender's encoding."
        case .tooDeep: "Flatten it, or raise the setting."
        case .duplicateKey: "Mend the sender."
        case .numberRange: "Send it as a text where it is an identifier."
        case .rowEmpty: "Send a null payload with the key, or the row."
        case .rowQuotes: "Mend the sender: a field with a quote stands in quotes, and each quote in it twice."
        case .rowColumns: "Mend the profile's `columns` where the system has changed, or the sender."
        case .rowsTooMany: "Send each row as a message of its own."
        case .rowEncoding: "State `files.encoding` in the profile, or mend the sender."
        case .tooLarge: "Split it, or raise the setting and the broker's limit."
        case .attributeMissing: "Add it; the message names it."
        case .attributeInvalid: "Mend it; the message names it."
        case .contentType: "Send JSON, one event a message, no `data_base64`."
        case .registryFraming: "Have the producer use its JSON Schema serialiser."
        case .changeEvent: "Read the topic by a profile with another `envelope`, or mend the connector's transforms."
        case .otherDepartment: "Send the event to its own department's topic."
        case .fieldMissing: "Add it, or mend the profile's path."
        case .fieldKind: "Mend the sender, or the profile's path."
        case .fieldRange: "Mend the number; its bounds stand in docs/events.md#the-data."
        case .fieldDate: "Mend the date."
        case .fieldCode: "Add it to the profile's `map`, or mend it."
        case .mechanismUnknown: "Use one of the seven of docs/method.md#terms, or none."
        case .referencesTooMany: "Send at most 256; the rest in an event of its own."
        case .classification: "Use a value of the lists of docs/events.md#the-envelope."
        case .deniedField:
            "Leave the field out at the sender; the message names the path (docs/privacy.md#strict-mode)."
        }
    }
}

/// The part of the pipeline at which an event was refused.
public enum Stage: String, CaseIterable, Sendable {
    case parse, envelope, map, privacy
}

/// What is wrong with one event. The message names the place and what was expected there, and never what was found.
public struct Fault: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kind of fault.
    public let code: FaultCode
    /// Where, as a path of the profile or the name of an attribute, and what was expected.
    public let message: String

    /// Makes a fault.
    public init(_ code: FaultCode, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Code and message.
    public var description: String { "\(code.rawValue): \(message)" }
}

/// Why an event is no outcome, and no fault either.
public enum SkipReason: String, CaseIterable, Sendable {
    /// The profile's `when` says that it is none.
    case notAnOutcome = "not-an-outcome"
    /// It is a row that repeats the names of the columns.
    case headerRow = "header-row"
    /// It states no day, and the profile says that such events are skipped: its format does not ask for one.
    case withoutDay = "without-day"
    /// A tombstone without a key: there is nothing that it could withdraw.
    case tombstoneWithoutKey = "tombstone-without-key"
    /// A row that was there when the connector began to read the table: nothing has happened.
    case snapshot
    /// A change event that names no row: a table was emptied, or a message passed on.
    case withoutRow = "change-without-row"
    /// It is marked as that of a victim service provider: nothing of it is kept.
    case victimService = "victim-service"
}

extension SkipReason {
    /// What it means, for people.
    public var meaning: String {
        switch self {
        case .notAnOutcome: "The profile's `when` says that it is no outcome."
        case .headerRow: "It repeats the names of the columns, as the first row of a file does."
        case .withoutDay: "It states no day, which its format allows, and the profile (`missing: skip`)."
        case .tombstoneWithoutKey: "It withdraws nothing, since it has no key."
        case .snapshot: "The row was there when the connector began to read the table; nothing has happened."
        case .withoutRow: "The change names no row: a table was emptied, or a message was passed on."
        case .victimService: "It is marked as that of a victim service provider, of which nothing is kept."
        }
    }
}
