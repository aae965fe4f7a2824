import CRdKafka

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// What librdkafka asks for on its own threads: a token, and an opinion about a broker's certificate.
extension ClientCallbacks {
    func registerTokens(with configuration: OpaquePointer) {
        rd_kafka_conf_set_oauthbearer_token_refresh_cb(configuration) { client, _, opaque in
            guard let client, let path = ClientCallbacks.of(opaque)?.tokenFile else { return }
            ClientCallbacks.renewToken(of: client, path)
        }
    }

    /// Reads the token anew. librdkafka asks for it at the start, when four fifths of its time have passed, and ten
    /// seconds after a failure.
    private static func renewToken(of client: OpaquePointer, _ path: String) {
        do throws(BearerToken.Refusal) {
            let token = try BearerToken.read(path)
            var message = [CChar](repeating: 0, count: 512)
            let code = rd_kafka_oauthbearer_set_token(
                client, token.text, token.endMilliseconds, token.subject, nil, 0, &message, message.count)
            guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return }
            // librdkafka's reason may quote a part of a token with letters that none may have.
            let isOver = token.endMilliseconds <= Int64(time(nil)) * 1000
            throw BearerToken.Refusal(
                reason: isOver
                    ? "\(path): the token has expired; expected that it is renewed there before"
                    : "\(path): librdkafka does not accept the token")
        } catch {
            rd_kafka_oauthbearer_set_token_failure(client, error.reason)
        }
    }

    /// Says of a broker's certificate that is refused why it is; librdkafka itself does not.
    func registerVerification(with configuration: OpaquePointer) {
        rd_kafka_conf_set_ssl_cert_verify_cb(configuration) {
            _, broker, _, error, _, _, _, message, size, _ in
            guard let error, error.pointee != 0 else { return 1 }
            let name = broker.map { String(cString: $0) } ?? ""
            let reason = ClientCallbacks.certificateFault(error.pointee, broker: name)
            if let message {
                let copied = reason.utf8.prefix(max(0, size - 1))
                for (index, byte) in copied.enumerated() { message[index] = CChar(bitPattern: byte) }
                message[copied.count] = 0
            }
            return 0
        }
    }

    /// What OpenSSL's number of a fault of a certificate (`X509_V_ERR_…`) means, and what to do.
    static func certificateFault(_ code: Int32, broker: String) -> String {
        let host = broker.prefix(while: { $0 != ":" })
        return switch code {
        case 9: "the broker's certificate is not valid yet; compare the clocks of this machine and the broker"
        case 10: "the broker's certificate has expired; the cluster has to renew it"
        case 2, 18, 19, 20, 21:
            "no certificate authority that this client trusts has signed the broker's certificate; expected that "
                + "ssl.ca.location names the cluster's"
        case 23: "the broker's certificate was revoked"
        case 62, 64:
            "the broker's certificate is for another host than \(host); expected a name in kafka.bootstrap.servers, "
                + "or advertised by the brokers, that stands in the certificate"
        default: "the broker's certificate is refused by OpenSSL with the code \(code)"
        }
    }
}
