public import JSON
public import Primitives

/// Which fields of a department's events say what (docs/profiles.md). Only these fields are ever read.
public struct Profile: Sendable {
    /// How an event is wrapped.
    public enum Envelope: String, CaseIterable, Sendable {
        /// The payload is the department's document.
        case none
        /// The payload is a CloudEvent (structured mode), or its headers make it one (binary mode).
        case cloudevents
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
    /// What must hold for an event to be an outcome; all of them.
    public let conditions: [Condition]
    /// The fields of the outcome.
    public let fields: [OutcomeField: FieldSource]
    /// The references.
    public let references: [ReferenceSource]
}

/// The fields of an outcome that a profile can map.
public enum OutcomeField: String, CaseIterable, Sendable {
    case key, type, occurredOn, count, people, usd, direction, district, groups, revision, retracted, time

    /// True where an outcome cannot be without it.
    public var isRequired: Bool { self == .type || self == .occurredOn }
}

/// A test of one value.
public struct Condition: Sendable {
    /// The value that is looked at.
    public let path: SimplePath
    /// The texts that it may have; nil where it only has to be there.
    public let values: [String]?
}

/// Where a field comes from: the first of its paths that has a value, otherwise the constant.
public struct FieldSource: Sendable {
    /// Paths, the preferred one first.
    public let paths: [SimplePath]
    /// The value where no path has one.
    public let constant: [UInt8]?
    /// Replaces values; one that is not in it is a fault, unless there is `otherwise`.
    public let map: ByteTable<[UInt8]>?
    /// Stands for values that the map does not have.
    public let otherwise: [UInt8]?

    /// Makes a field source.
    public init(
        paths: [SimplePath], constant: [UInt8]? = nil, map: ByteTable<[UInt8]>? = nil, otherwise: [UInt8]? = nil
    ) {
        self.paths = paths
        self.constant = constant
        self.map = map
        self.otherwise = otherwise
    }
}

/// Where references come from; under a wildcard, one for each element.
public struct ReferenceSource: Sendable {
    /// The kind of identifier.
    public let scheme: FieldSource
    /// The identifier.
    public let id: FieldSource
    /// What the connection did.
    public let mechanism: FieldSource?
}
