import TestThreads
import Testing

@testable import Kafka

/// Tokens for SASL/OAUTHBEARER, as far as a client looks into them.
@Suite(.ownThread) struct BearerTokenTests {
    // {"alg":"none"} and {"sub":"housing-worker","exp":1796103823}
    private let header = "eyJhbGciOiJub25lIn0"
    private let payload = "eyJzdWIiOiJob3VzaW5nLXdvcmtlciIsImV4cCI6MTc5NjEwMzgyM30"

    @Test(arguments: ["", "\n", "\r\n"]) func endAndSubject(_ end: String) throws {
        let token = try BearerToken(Array("\(header).\(payload).c2ln\(end)".utf8))
        #expect(token.text == "\(header).\(payload).c2ln")
        #expect(token.endMilliseconds == 1_796_103_823_000)
        #expect(token.subject == "housing-worker")
    }

    @Test(
        arguments: [
            "", "secret", "a.b", "a.b.c.d", "a.!.c", "e30.e30.", "e30.W10.", "e30.eyJleHAiOiJ4In0.",
            "e30.eyJleHAiOi0xfQ.",
        ])
    func whatIsNoTokenIsRefusedAndNotQuoted(_ text: String) {
        #expect { try BearerToken(Array(text.utf8)) } throws: { error in
            let reason = (error as? BearerToken.Refusal)?.reason ?? ""
            return reason.hasPrefix("expected a ") && !reason.contains("secret")
        }
    }

    @Test func base64url() throws {
        #expect(BearerToken.decode("AP_-"[...].utf8) == [0, 255, 254])
        #expect(BearerToken.decode("AA"[...].utf8) == [0])
        #expect(BearerToken.decode("A+/="[...].utf8) == nil)
    }

    @Test func withoutASourceOfTokensNoClientIsMade() {
        let properties = ["security.protocol": "sasl_ssl", "sasl.mechanism": "OAUTHBEARER"]
        #expect { _ = try Admin(ClientConfiguration(properties)) { _ in } } throws: { error in
            (error as? KafkaError)?.reason.contains("needs sasl.oauthbearer.token.file") == true
        }
        let named = ClientConfiguration(properties.merging(["sasl.oauthbearer.token.file": "/none"]) { $1 })
        #expect(named.findings().isEmpty && named.tokenSubject == nil)
        #expect(named.description.contains("sasl.oauthbearer.token.file=/none"))
        #expect(throws: Never.self) { _ = try Admin(named) { _ in } }
    }

    @Test func whatIsWrongWithABrokersCertificate() {
        #expect(ClientCallbacks.certificateFault(10, broker: "b:9093").contains("has expired"))
        #expect(ClientCallbacks.certificateFault(62, broker: "b:9093").contains("another host than b; "))
        for code in [18, 19, 20, 21] as [Int32] {
            #expect(ClientCallbacks.certificateFault(code, broker: "").contains("ssl.ca.location"))
        }
        #expect(ClientCallbacks.certificateFault(99, broker: "").contains("the code 99"))
    }
}
