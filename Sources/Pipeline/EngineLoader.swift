public import Attribution
public import Connections
public import Intake
public import Operations
import Primitives
public import YAML

/// The files that decide about events.
public struct EngineInputs: Sendable {
    /// How events are read.
    public let profile: Profile
    /// What reasons are worth.
    public let rules: Rules
    /// The connections, as known on the as-of day.
    public let registry: Registry
}

/// Loads what decides about events, as a configuration names it: profile, rules, registry and secret.
public enum EngineLoader {
    /// What stands in for the department's secret where nothing is published and nobody has given one: `run` and
    /// `explain` on a file. Keys made with it are no pseudonyms.
    public static let trialSecret = Array("city-attribution trial secret: not for publishing".utf8)

    /// The engine, or nil with at least one error among the findings. Everything is looked at before anything is said.
    ///
    /// - Parameters:
    ///   - configuration: the configuration; its own findings are not repeated.
    ///   - rows: what the topics held that the configuration names for the registry; nil where nobody has looked.
    ///   - allowsTrialSecret: true where an engine may be made without `outcome.key`.
    public static func load(
        _ configuration: Configuration, rows: RegistryRowsOfTopics? = nil, allowsTrialSecret: Bool = false
    ) -> (engine: Engine?, findings: [Finding]) {
        var configuration = configuration
        let before = configuration.findings.count
        let (inputs, found) = inputs(&configuration, rows: rows)
        let secret = secret(&configuration, allowsTrialSecret)
        let department = configuration.text("department")
        if department == nil {
            configuration.report("department", "the key is missing; expected the name of the department")
        } else if let department, !isName(department) {
            configuration.report("department", "expected lower-case letters, digits and -, as in a topic's name")
        }
        let findings = Array(configuration.findings[before...]) + found
        guard !findings.contains(where: { $0.severity == .error }), let department, let inputs, let secret
        else { return (nil, findings) }
        var limits = EventLimits()
        limits.bytes = configuration.integer("event.bytes.max")
        limits.depth = configuration.integer("event.depth.max")
        let engine = Engine(
            profile: inputs.profile, rules: inputs.rules, registry: RegistryIndex(inputs.registry),
            city: city(configuration, inputs.registry), department: department, secret: secret,
            publish: configuration.text("publish").flatMap(Engine.Publish.init) ?? .all,
            limits: limits)
        return (engine, findings)
    }

    /// What a configuration names, or nil with a finding that says why, here or in the configuration: an error, or a
    /// warning where a registry of topics was not looked at.
    ///
    /// - Parameter rows: what the topics held that the configuration names for the registry; nil where nobody has
    ///   looked.
    public static func inputs(
        _ configuration: inout Configuration, rows: RegistryRowsOfTopics? = nil
    ) -> (inputs: EngineInputs?, findings: [Finding]) {
        let profile = profile(&configuration)
        let rules = rules(&configuration)
        let registry = registry(&configuration, rows)
        let findings =
            profile.findings + rules.findings + registry.findings.filter { $0.severity == .error }
        guard !findings.contains(where: { $0.severity == .error }), let profile = profile.profile,
            let rules = rules.rules, let registry = registry.registry
        else { return (nil, findings) }
        return (EngineInputs(profile: profile, rules: rules, registry: known(registry, configuration)), findings)
    }

    /// The same engine with the registry that a configuration's sources hold now, or nil with at least one error among
    /// the findings.
    ///
    /// - Parameter rows: what the topics held that the configuration names for the registry.
    static func renew(
        _ engine: Engine, _ configuration: Configuration, rows: RegistryRowsOfTopics
    ) -> (engine: Engine?, findings: [Finding]) {
        var configuration = configuration
        let before = configuration.findings.count
        let (registry, found) = registry(&configuration, rows)
        let findings = Array(configuration.findings[before...]) + found
        guard let registry, !findings.contains(where: { $0.severity == .error }) else { return (nil, findings) }
        let newer = Engine(
            profile: engine.profile, rules: engine.rules, registry: RegistryIndex(known(registry, configuration)),
            city: city(configuration, registry), department: engine.department, secret: engine.secret,
            publish: engine.publish, limits: engine.limits)
        return (newer, findings)
    }

    /// The registry as it was known on the day that a configuration names.
    private static func known(_ registry: Registry, _ configuration: Configuration) -> Registry {
        configuration.text("as.of").flatMap { CivilDate($0) }.map { registry.asOf($0) } ?? registry
    }

    private static func city(_ configuration: Configuration, _ registry: Registry) -> String {
        slug(configuration.text("city") ?? registry.city?.name ?? "city")
    }

    /// A name as a segment of a path: `San Antonio` is `san-antonio`.
    public static func slug(_ name: String) -> String {
        let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return words.isEmpty ? "city" : words.joined(separator: "-")
    }

    private static func isName(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 &- 97 < 26 || $0 &- 48 < 10 || $0 == UInt8(ascii: "-") }
    }

    /// The profile that a configuration names; nil with at least one error among its findings or those of the
    /// configuration.
    public static func profile(_ configuration: inout Configuration) -> (profile: Profile?, findings: [Finding]) {
        let name = configuration.text("profile") ?? "canonical"
        if let bytes = BuiltInProfiles.bytes(named: name) { return ProfileFile.read(bytes, file: name) }
        if let bytes = Files.read(name) { return ProfileFile.read(bytes, file: name) }
        configuration.report(
            "profile",
            "the file cannot be read; expected one of \(BuiltInProfiles.names.joined(separator: ", ")), or a file")
        return (nil, [])
    }

    private static func rules(_ configuration: inout Configuration) -> (rules: Rules?, findings: [Finding]) {
        let name = configuration.text("rules") ?? BuiltInRules.name
        if name == BuiltInRules.name { return BuiltInRules.reading }
        if let bytes = Files.read(name) { return RulesFile.read(bytes, file: name) }
        configuration.report("rules", "the file cannot be read; expected \(BuiltInRules.name), or a file")
        return (nil, [])
    }

    /// All of the registry, its log included; nil where a part is missing or wrong, or a topic was not looked at.
    public static func registry(
        _ configuration: inout Configuration, _ rows: RegistryRowsOfTopics?
    ) -> (registry: Registry?, findings: [Finding]) {
        guard configuration.text("registry") != nil else {
            configuration.report(
                "registry",
                "the key is missing; expected the file or folder of the registry of connections, or topic:NAME")
            return (nil, [])
        }
        guard let connections = documents("registry", &configuration, rows),
            let activities = documents("activities", &configuration, rows)
        else { return (nil, []) }
        let refused = connections.findings + activities.findings
        guard refused.isEmpty else { return (nil, refused) }
        let reading = RegistryLoader.read(connections.documents + activities.documents)
        return (reading.registry, reading.findings)
    }

    /// The documents of a key; nil where they cannot be had, which the configuration's findings then say.
    private static func documents(
        _ key: String, _ configuration: inout Configuration, _ rows: RegistryRowsOfTopics?
    ) -> (documents: [RegistryDocument], findings: [Finding])? {
        guard let source = configuration.text(key).map({ RegistrySource($0) }) else { return ([], []) }
        switch source {
        case .path(let path): return RegistryLoader.documents(path: path, key: key)
        case .topic(let name):
            guard let found = rows?[key] else {
                configuration.report(
                    key, "the topic was not looked at, since that takes a network", severity: .warning)
                return nil
            }
            if key == "registry", found.isEmpty {
                configuration.report(key, "the topic \(name) holds no connection; publish the registry there first")
                return nil
            }
            return (found, [])
        }
    }

    private static func secret(_ configuration: inout Configuration, _ allowsTrial: Bool) -> [UInt8]? {
        guard let text = configuration.text("outcome.key") else {
            if allowsTrial { return trialSecret }
            configuration.report(
                "outcome.key",
                "the key is missing; expected outcome.key.file with at least \(OutcomeKeyMaker.secretBytesMin) random "
                    + "bytes: head -c 32 /dev/urandom > outcome.key, the same file for all workers of the department")
            return nil
        }
        guard text.utf8.count >= OutcomeKeyMaker.secretBytesMin else {
            configuration.report(
                "outcome.key", "the secret is too short; expected at least \(OutcomeKeyMaker.secretBytesMin) bytes")
            return nil
        }
        return Array(text.utf8)
    }
}
