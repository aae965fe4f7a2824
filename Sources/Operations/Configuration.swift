import Primitives
public import YAML

/// The configuration of a process: defaults, a YAML file over them, the environment over that, flags over all.
///
/// Values are taken as they are; nothing in them is expanded or interpolated.
public struct Configuration: Sendable {
    /// A value and where it comes from.
    public struct Value: Sendable, Equatable {
        /// The text.
        public let text: String
        /// `default`, `file:line`, the name of the variable, or the flag.
        public let origin: String
    }

    /// The values by key, those under `kafka` included with that prefix.
    public private(set) var values: [String: Value] = [:]
    /// The files that secrets came from, by the key of the secret, for who has to read them again.
    public private(set) var secretFiles: [String: String] = [:]
    /// What is wrong, and what deserves a look.
    public private(set) var findings: [Finding] = []

    /// Reads a configuration.
    ///
    /// - Parameters:
    ///   - flags: `--key value` pairs of the command line, in their order, without the dashes.
    ///   - environment: the variables of the process.
    ///   - configurationFile: the YAML file, or nil.
    ///   - overrides: defaults that differ from the table, such as the department of an executable.
    ///   - kafkaNames: the properties that the Kafka library knows.
    ///   - readFile: the content of a file, or nil where it cannot be read.
    public init(
        flags: [(key: String, value: String)], environment: [String: String], configurationFile: String?,
        overrides: [String: String] = [:], kafkaNames: [String], readFile: (String) -> [UInt8]?
    ) {
        for setting in Setting.all {
            if let standard = overrides[setting.key] ?? setting.standard {
                values[setting.key] = Value(text: standard, origin: "default")
            }
        }
        values["kafka.bootstrap.servers"] = Value(text: "localhost:9092", origin: "default")
        if let configurationFile { take(file: configurationFile, readFile(configurationFile)) }
        take(environment: environment, kafkaNames)
        for (key, value) in flags { set(key, value, origin: "--\(key)", line: 0) }
        resolveSecretFiles(readFile)
    }

    /// True where something is wrong.
    public var hasErrors: Bool { findings.contains { $0.severity == .error } }

    /// The text of a key, or nil.
    public func text(_ key: String) -> String? { values[key]?.text }

    /// Whether somebody has set a key, be it to what it would be otherwise.
    public func isSet(_ key: String) -> Bool { values[key].map { $0.origin != "default" } ?? false }

    /// The whole number of a key; 0 where there is none.
    public func integer(_ key: String) -> Int { values[key].flatMap { Int($0.text) } ?? 0 }

    /// The duration of a key in milliseconds; 0 where there is none.
    public func milliseconds(_ key: String) -> Int { values[key].flatMap { Milliseconds.value($0.text) } ?? 0 }

    /// What goes to librdkafka: the keys under `kafka` without that prefix.
    public var kafka: [String: String] {
        var properties: [String: String] = [:]
        for (key, value) in values where key.hasPrefix("kafka.") {
            properties[String(key.dropFirst("kafka.".count))] = value.text
        }
        return properties
    }

    /// Every key with its value and origin, in alphabetical order; secrets are masked.
    public var effective: [(key: String, text: String, origin: String)] {
        values.sorted { $0.key < $1.key }.map { key, value in
            let isHidden = Configuration.isSecret(key) && value.origin != "default"
            return (key, isHidden ? "********" : value.text, value.origin)
        }
    }

    /// Adds a finding of a check that this type cannot make.
    public mutating func report(_ key: String, _ message: String, severity: Finding.Severity = .error) {
        let place = values[key].map { Configuration.place($0.origin) } ?? (file: "configuration", line: 0)
        findings.append(
            Finding(file: place.file, line: place.line, key: key, severity: severity, message: message))
    }

    /// True for a key whose value must not be shown: those of the table, and of librdkafka what holds a credential.
    public static func isSecret(_ key: String) -> Bool {
        if let setting = Setting.named(key) { return setting.isSecret }
        let words = key.split(separator: ".")
        guard words.first == "kafka", words.last != "file", words.last != "location" else { return false }
        return ["password", "passphrase", "secret", "pem", "jaas", "credential"].contains { key.contains($0) }
            || (key.hasPrefix("kafka.sasl.oauthbearer.") && key.hasSuffix("config"))
    }

    private mutating func take(file: String, _ bytes: [UInt8]?) {
        guard let bytes else {
            findings.append(
                Finding(file: file, line: 0, key: "", message: "the file cannot be read; check --config and its rights")
            )
            return
        }
        do throws(YAMLError) {
            flatten(try YAMLDocument.parse(bytes, file: file), file: file, path: "")
        } catch {
            findings.append(Finding(error))
        }
    }

    /// `a: {b: 1}` and `a.b: 1` say the same.
    private mutating func flatten(_ node: YAMLNode, file: String, path: String) {
        if node.isNull { return }
        guard case .mapping(let members) = node.content else {
            if let text = node.scalar, !path.isEmpty {
                set(path, text, origin: "\(file):\(node.line)", line: node.line)
            } else {
                findings.append(
                    Finding(file: file, line: node.line, key: path, message: "expected keys and single values, no list")
                )
            }
            return
        }
        for (key, value) in members {
            flatten(value, file: file, path: FieldReader.join(path, key.scalar ?? ""))
        }
    }

    private mutating func take(environment: [String: String], _ kafkaNames: [String]) {
        var keys: [String: String] = [:]
        for setting in Setting.all {
            keys[Setting.environmentName(of: setting.key)] = setting.key
            if setting.isSecret { keys[Setting.environmentName(of: setting.key + ".file")] = setting.key + ".file" }
        }
        for name in kafkaNames {
            keys[Setting.environmentName(of: "kafka.\(name)")] = "kafka.\(name)"
            keys[Setting.environmentName(of: "kafka.\(name).file"), default: "kafka.\(name).file"] =
                "kafka.\(name).file"
        }
        for (name, value) in environment.sorted(by: { $0.key < $1.key }) where name.hasPrefix("CITY_") {
            if let key = keys[name] {
                set(key, value, origin: name, line: 0)
            } else {
                let near = NearestName.of(name, in: keys.keys.sorted())
                let advice = near.map { "did you mean \($0)?" } ?? "`city-attribution config` lists the keys"
                findings.append(
                    Finding(
                        file: "environment", line: 0, key: name, severity: .warning,
                        message: "the variable is not known; \(advice)"))
            }
        }
    }

    private mutating func set(_ key: String, _ text: String, origin: String, line: Int) {
        let place = Configuration.place(origin)
        func finding(_ message: String) {
            findings.append(Finding(file: place.file, line: place.line, key: key, message: message))
        }
        if key.hasPrefix("kafka.") {
            // librdkafka itself judges its properties, see ClientConfiguration.findings().
            assign(key, Value(text: text, origin: origin))
            return
        }
        let secretTwin = key.hasSuffix(".file") ? Setting.named(String(key.dropLast(".file".count))) : nil
        guard let setting = Setting.named(key) ?? secretTwin.flatMap({ $0.isSecret ? $0 : nil }) else {
            return finding(FieldReader.unknown(key, Setting.all.map(\.key) + ["kafka.bootstrap.servers"]))
        }
        if secretTwin == nil, !setting.kind.accepts(text) {
            return finding("expected \(setting.kind.expectation)")
        }
        assign(key, Value(text: text, origin: origin))
    }

    /// A secret that is stated takes the place of a file that was named for it before.
    private mutating func assign(_ key: String, _ value: Value) {
        values[key] = value
        if Configuration.isSecret(key) { values[key + ".file"] = nil }
    }

    /// `x.file` gives the value of the secret `x`: the content of the file less one line end.
    private mutating func resolveSecretFiles(_ readFile: (String) -> [UInt8]?) {
        for (key, value) in values.sorted(by: { $0.key < $1.key }) where key.hasSuffix(".file") {
            let target = String(key.dropLast(".file".count))
            guard Configuration.isSecret(target) else { continue }
            values[key] = nil
            guard let bytes = readFile(value.text) else {
                let place = Configuration.place(value.origin)
                findings.append(
                    Finding(
                        file: place.file, line: place.line, key: key,
                        message: "the file cannot be read; expected a file that holds the secret"))
                continue
            }
            values[target] = Value(text: Configuration.secret(bytes), origin: value.origin)
            secretFiles[target] = value.text
        }
    }

    /// The secret in the content of a file: less one line end.
    ///
    /// Secrets may be any bytes: one that is no UTF-8 is taken by its bytes, each as the character of that number.
    public static func secret(_ content: [UInt8]) -> String {
        var bytes = content
        if bytes.last == 10 { bytes.removeLast() }
        if bytes.last == 13 { bytes.removeLast() }
        return String(validating: bytes, as: UTF8.self)
            ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    private static func place(_ origin: String) -> (file: String, line: Int) {
        if let colon = origin.lastIndex(of: ":"), let line = Int(origin[origin.index(after: colon)...]) {
            return (String(origin[..<colon]), line)
        }
        return (origin.hasPrefix("CITY_") ? "environment" : origin.hasPrefix("--") ? "command line" : origin, 0)
    }
}

extension Setting.Kind {
    /// True where a text is a value of this kind.
    public func accepts(_ text: String) -> Bool {
        switch self {
        case .text, .file: !text.isEmpty
        case .integer(let range): Int(text).map { range.contains($0) } ?? false
        case .duration(let range): Milliseconds.value(text).map { range.contains($0) } ?? false
        case .choice(let values): values.contains(text)
        case .date: CivilDate(text) != nil
        case .source: text.hasPrefix("topic:") ? TopicName.isValid(text.dropFirst(6)) : !text.isEmpty
        }
    }
}
