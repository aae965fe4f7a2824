import Kafka

/// Why no broker answers, in the words of who has to mend it. For the thread that polls the client.
final class ConnectionFault {
    private var error: KafkaError?
    /// What is wrong with a broker's certificate, which librdkafka tells in its log alone.
    private var certificate: String?

    /// True once somebody has judged: waiting longer would change nothing.
    var isDecided: Bool { error?.isRefusal ?? false }

    /// Takes what a client says.
    func note(_ event: ClientEvent) {
        switch event {
        case .error(let error):
            // That all brokers are down is said after what each of them said.
            if error.code != .allBrokersDown, !isDecided { self.error = error }
        case .log(_, "SSLCERTVRFY", let text):
            if let start = text.firstRange(of: "callback failed: ") { certificate = String(text[start.upperBound...]) }
        default: break
        }
    }

    /// What is wrong, and what to do.
    func words(_ client: ClientConfiguration) -> String {
        guard let error else {
            return "no broker answered; check kafka.bootstrap.servers, and that nothing between blocks the port"
        }
        return ConnectionFault.words(error, certificate, client)
    }

    /// What an error of a connection means, and what to do.
    static func words(_ error: KafkaError, _ certificate: String?, _ client: ClientConfiguration) -> String {
        if let certificate { return "TLS: \(certificate)" }
        let reason = error.reason
        if error.isRefusal, error.code != .authentication { return "TLS: " + tls(reason, client) }
        switch error.code {
        case .resolve: return "the host name cannot be resolved; check kafka.bootstrap.servers and the DNS: \(reason)"
        case .authentication: return "SASL: " + sasl(reason, client)
        case .transport:
            return "no connection; check the address, that the broker runs, and that kafka.security.protocol "
                + "(\(client["security.protocol"] ?? "plaintext")) is that of its listener: \(reason)"
        case .invalidArgument where reason.contains("key values mismatch"):
            return "the key in ssl.key.location is not that of the certificate in ssl.certificate.location: \(reason)"
        default: return error.description
        }
    }

    private static func sasl(_ reason: String, _ client: ClientConfiguration) -> String {
        let mechanism = client.saslMechanism ?? ""
        if mechanism == "OAUTHBEARER" {
            return "the token is not accepted; check kafka.sasl.oauthbearer.token.file and what the brokers expect of "
                + "tokens: \(reason)"
        }
        let isOld = mechanism.hasPrefix("SCRAM-") && !ClientConfiguration.speaksStrictSCRAM
        return "the broker refuses the user \(client["sasl.username"] ?? "") by \(mechanism); check "
            + "kafka.sasl.username, the file of kafka.sasl.password.file, and that the cluster knows the user"
            + (isOld
                ? ". This program runs with a librdkafka before 2.6.1, which brokers from Kafka 3.8.1 on refuse by "
                    + "SCRAM whatever the password: take a newer one, or another mechanism" : "") + ": \(reason)"
    }

    private static func tls(_ reason: String, _ client: ClientConfiguration) -> String {
        let isShown = ["ssl.certificate.location", "ssl.certificate.pem", "ssl.keystore.location"]
            .contains { client[$0] != nil }
        let meaning: String?
        if reason.contains("alert certificate expired") {
            meaning = "this client's certificate has expired; renew it"
        } else if reason.contains("alert") {
            // Brokers on Java say no more of it than that.
            meaning =
                isShown
                ? "the broker does not accept this client's certificate; check its dates, and that the cluster trusts "
                    + "who signed it (the broker's log says which)"
                : "the broker wants a certificate; set kafka.ssl.certificate.location and kafka.ssl.key.location"
        } else if reason.contains("wrong version number") || reason.contains("unexpected eof") {
            meaning = "the broker speaks no TLS there; check the port and kafka.security.protocol"
        } else {
            meaning = nil
        }
        return meaning.map { "\($0): \(reason)" } ?? reason
    }
}
