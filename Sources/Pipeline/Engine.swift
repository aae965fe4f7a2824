public import Attribution
public import Connections
public import Intake
public import Narrative

/// Everything that decides about an event: the same engine and the same events give the same records.
///
/// Immutable and shared between threads; each thread makes an `EventProcessor` of its own from it.
public struct Engine: Sendable {
    /// Which outcomes are published.
    public enum Publish: String, Sendable {
        /// All, so that a share of the department's success can be stated.
        case all
        /// Those that are not plainly domestic, and corrections, which may take an earlier attribution back.
        case attributed
    }

    /// The version of this program, as records name it.
    public static let version = "0.1.0"

    /// How events are read.
    public let profile: Profile
    /// What reasons are worth.
    public let rules: Rules
    /// The connections, as known on the as-of day.
    public let registry: RegistryIndex
    /// The names of the connections; nil where the rules say nothing of language, and names are not looked up.
    public let names: NameIndex?
    /// The city's name in records.
    public let city: String
    /// The department.
    public let department: String
    /// The secret behind the outcome keys.
    public let secret: [UInt8]
    /// Which outcomes are published.
    public let publish: Publish
    /// Bounds on one event.
    public let limits: EventLimits

    /// Makes an engine.
    public init(
        profile: Profile, rules: Rules, registry: RegistryIndex, city: String, department: String, secret: [UInt8],
        publish: Publish = .all, limits: EventLimits = EventLimits()
    ) {
        self.profile = profile
        self.rules = rules
        self.registry = registry
        names = rules.language.map { NameIndex(registry, language: $0, home: registry.city?.name) }
        self.city = city
        self.department = department
        self.secret = secret
        self.publish = publish
        self.limits = limits
    }
}
