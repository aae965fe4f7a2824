import CRdKafka

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Properties of a client, by librdkafka's names (its `CONFIGURATION.md`), such as `bootstrap.servers`.
///
/// Its description shows no secrets.
public struct ClientConfiguration: Sendable, Equatable {
    /// The properties as they were set.
    public private(set) var properties: [String: String]

    /// Makes a configuration of properties.
    public init(_ properties: [String: String]) {
        self.properties = properties
    }

    /// The value of a property, if set.
    public subscript(name: String) -> String? {
        get { properties[name] }
        set { properties[name] = newValue }
    }

    /// Sets a property where it is not set.
    public mutating func setDefault(_ name: String, _ value: String) {
        if properties[name] == nil {
            properties[name] = value
        }
    }

    /// Whether a property may hold a secret: its value belongs into no log and no message.
    ///
    /// So may one of an unknown name, which may be a misspelt one.
    public static func isSecret(_ name: String) -> Bool {
        guard propertyNames.contains(name) else { return true }
        return ["password", "secret", "key.pem", "ssl_key", "oauthbearer.config"]
            .contains { name.contains($0) }
    }

    /// The names of all properties that the linked librdkafka knows and text can set, sorted, with aliases.
    ///
    /// Taken from its own table of them: a dump of a configuration leaves out what has no value.
    public static let propertyNames: [String] = {
        var start: UnsafeMutablePointer<CChar>?
        var size = 0
        guard let stream = open_memstream(&start, &size) else { return [] }
        rd_kafka_conf_properties_show(stream)
        fclose(stream)
        defer { free(start) }
        let table = String(decoding: UnsafeRawBufferPointer(start: start, count: size), as: UTF8.self)
        let names = table.split(separator: "\n").compactMap { line -> String? in
            guard let bar = line.firstIndex(of: "|"), !line.contains("see dedicated API") else { return nil }
            let name = line[..<bar].prefix { $0 != " " }
            return name == "Property" || name.hasPrefix("-") || name.isEmpty ? nil : String(name)
        }
        return Set(names + [tokenFile]).sorted()
    }()

    /// A property of this binding, which librdkafka does not know: the file of the token for SASL/OAUTHBEARER, a JSON
    /// Web Token. It is read at the start, and again when four fifths of the token's time have passed.
    public static let tokenFile = "sasl.oauthbearer.token.file"

    /// The mechanism of SASL, where there is one.
    public var saslMechanism: String? {
        guard self["security.protocol"]?.lowercased().hasPrefix("sasl_") == true else { return nil }
        return self["sasl.mechanism"] ?? self["sasl.mechanisms"] ?? "GSSAPI"
    }

    /// Whether brokers are to be shown a token.
    var authenticatesByToken: Bool { saslMechanism == "OAUTHBEARER" }

    /// Without a source of tokens a client would wait for ever.
    func checkTokenSource() throws(KafkaError) {
        let isGiven =
            self[ClientConfiguration.tokenFile] != nil || self["sasl.oauthbearer.method"]?.lowercased() == "oidc"
            || self["enable.sasl.oauthbearer.unsecure.jwt"] == "true"
        guard !authenticatesByToken || isGiven else {
            throw KafkaError(
                code: .invalidArgument, operation: "make a Kafka client",
                reason: "the mechanism OAUTHBEARER needs \(ClientConfiguration.tokenFile), the file of a token, or "
                    + "sasl.oauthbearer.method=oidc")
        }
    }
}

extension ClientConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The properties by name, secrets as `***`.
    public var description: String {
        let shown = properties.sorted { $0.key < $1.key }
            .map { "\($0.key)=\(ClientConfiguration.isSecret($0.key) ? "***" : $0.value)" }
        return "[\(shown.joined(separator: ", "))]"
    }

    /// As `description`.
    public var debugDescription: String { description }

    /// Shows no children, so that no dump holds a secret.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension ClientConfiguration {
    /// librdkafka's own configuration of these properties; the caller owns it.
    func makeNative() throws(KafkaError) -> OpaquePointer {
        let native: OpaquePointer = rd_kafka_conf_new()
        for (name, value) in properties.sorted(by: { $0.key < $1.key }) where name != ClientConfiguration.tokenFile {
            if let reason = ClientConfiguration.refusal(of: name, value, in: native) {
                rd_kafka_conf_destroy(native)
                throw KafkaError(code: .invalidArgument, operation: "set the property \(name)", reason: reason)
            }
        }
        return native
    }

    /// Sets a property; why librdkafka refuses it, if it does, without the value of a secret.
    static func refusal(of name: String, _ value: String, in native: OpaquePointer) -> String? {
        var message = [CChar](repeating: 0, count: 512)
        switch rd_kafka_conf_set(native, name, value, &message, message.count) {
        case RD_KAFKA_CONF_OK: return nil
        case RD_KAFKA_CONF_UNKNOWN: return "no such property"
        default:
            return isSecret(name) ? "the value is not valid (not shown)" : text(message)
        }
    }
}

/// The text in a buffer that C has filled.
func text(_ buffer: [CChar]) -> String {
    String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

extension ClientConfiguration {
    /// The subject of the token in the file of tokens, of a client that authenticates by such; nil where it cannot be
    /// read.
    public var tokenSubject: String? {
        guard authenticatesByToken, let path = self[ClientConfiguration.tokenFile] else { return nil }
        return (try? BearerToken.read(path))?.subject
    }

    /// Whether the linked librdkafka takes part in SCRAM as RFC 5802 says. Before 2.6.1 it sends its nonce twice, which
    /// brokers refuse from Kafka 3.8.1 on.
    public static var speaksStrictSCRAM: Bool { rd_kafka_version() >= 0x0206_01ff }
}
