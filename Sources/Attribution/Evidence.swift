public import Connections
public import Narrative

/// Where in the event a reason was read: a path of the profile and, under a wildcard, the element that matched.
public struct FieldReference: Comparable, Hashable, Sendable {
    /// The place of the path in the profile's list of paths.
    public let path: Int
    /// The index that stands for the wildcard of the path; 0 where it has none.
    public let element: Int

    /// Makes a field reference.
    public init(path: Int, element: Int) {
        self.path = path
        self.element = element
    }

    /// The order of paths in the profile, then of elements.
    public static func < (left: FieldReference, right: FieldReference) -> Bool {
        (left.path, left.element) < (right.path, right.element)
    }
}

/// A match of something in the event with a connection of the registry, before it is judged.
///
/// References make candidates through `ReferenceMatcher`, names and texts through `NameMatcher`.
public struct Candidate: Sendable {
    /// How the match was made.
    public enum Kind: Sendable {
        /// By an identifier whose scheme the rules accept as documentary.
        case documentary
        /// By an identifier of any other scheme.
        case otherIdentifier
        /// By a name: how sure it is who is meant, and why what is said of it gives no evidence.
        case named(TextStatement.Certainty, Obstacle?)
    }

    /// The place of the connection in the registry index.
    public let connection: Int
    /// How the match was made.
    public let kind: Kind
    /// What the connection did, where the event says so.
    public let mechanism: Mechanism?
    /// Where it was read.
    public let field: FieldReference
    /// The entry of the registry that matched, an identifier or the names of a connection: its validity and its origin.
    public let identifier: IdentifierEntry

    /// Makes a candidate.
    public init(
        connection: Int, kind: Kind, mechanism: Mechanism?, field: FieldReference, identifier: IdentifierEntry
    ) {
        self.connection = connection
        self.kind = kind
        self.mechanism = mechanism
        self.field = field
        self.identifier = identifier
    }

    /// True where a name matched and no identifier.
    var isByName: Bool {
        if case .named = kind { return true }
        return false
    }
}

/// One reason that one connection had a part in the outcome (docs/method.md, section 5); never the text that matched.
public struct Evidence: Sendable {
    /// The place of the connection in the registry index.
    public let connection: Int
    /// The rule that fired, by its place in `Rules.rules`.
    public let rule: Int
    /// How good the reason is.
    public let tier: Tier
    /// What the connection did, where the event says so.
    public let mechanism: Mechanism?
    /// Where it was read.
    public let field: FieldReference
    /// The strength of the rule, in basis points.
    public let strength: Int
    /// What the reason goes back to: reasons of one origin count once.
    public let origin: [UInt8]
}

/// A rule that almost fired, and why it did not.
public struct NearMiss: Sendable, Equatable {
    /// Why a rule did not fire.
    public enum Reason: UInt8, CaseIterable, Sendable {
        case ended, notStarted, outOfScope, noMechanism, unverified, proposed, scheme, belowThreshold
        case ambiguous, nameAlone, negated, planned, outbound, activity, aggregate, otherReceiver, noResult, weak

        /// The name in records.
        public var name: StaticString {
            switch self {
            case .ended: "ended"
            case .notStarted: "not-started"
            case .outOfScope: "out-of-scope"
            case .noMechanism: "no-mechanism"
            case .unverified: "unverified"
            case .proposed: "proposed"
            case .scheme: "scheme-not-documentary"
            case .belowThreshold: "below-threshold"
            case .ambiguous: "ambiguous"
            case .nameAlone: "name-alone"
            case .negated: "negated"
            case .planned: "planned"
            case .outbound: "outbound"
            case .activity: "activity-only"
            case .aggregate: "aggregate"
            case .otherReceiver: "other-receiver"
            case .noResult: "no-result"
            case .weak: "weak"
            }
        }

        /// Why a text that names a partner gives no evidence.
        init(_ obstacle: Obstacle) {
            self =
                switch obstacle {
                case .negated: .negated
                case .planned: .planned
                case .outbound: .outbound
                case .activity: .activity
                case .aggregate: .aggregate
                case .otherReceiver: .otherReceiver
                case .noResult: .noResult
                case .weak: .weak
                }
        }
    }

    /// The place of the connection in the registry index.
    public let connection: Int
    /// The rule that would have fired, by its place in `Rules.rules`.
    public let rule: Int
    /// Why it did not.
    public let reason: Reason
    /// The day that decided, in days since 1970-01-01: of the end, or of the start.
    public let day: Int32?
}

/// The share of one connection.
public struct CreditShare: Sendable, Equatable {
    /// The place of the connection in the registry index.
    public let connection: Int
    /// Its share in basis points; 0 for those beyond the strongest 16.
    public var basisPoints: Int
}
