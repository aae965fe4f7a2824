import Testing
import YAML

@testable import Operations

/// Secrets: from files, never shown.
@Suite struct SecretTests {
    private let secret = "0123456789abcdefghijklmnopqrstuv"

    private func configuration(
        _ file: String? = nil, environment: [String: String] = [:], flags: [(key: String, value: String)] = [],
        files: [String: [UInt8]] = [:]
    ) -> Configuration {
        Configuration(
            flags: flags, environment: environment, configurationFile: file == nil ? nil : "city.yaml",
            kafkaNames: ["sasl.password", "ssl.key.password", "ssl.ca.location", "sasl.oauthbearer.config"]
        ) { name in
            name == "city.yaml" ? file.map { Array($0.utf8) } : files[name]
        }
    }

    @Test(arguments: ["", "\n", "\r\n"]) func aSecretFromAFileLessOneLineEnd(end: String) {
        let files = ["/run/key": Array((secret + end).utf8)]
        for configuration in [
            configuration("outcome: {key.file: /run/key}", files: files),
            configuration("outcome:\n  key:\n    file: /run/key\n", files: files),
            configuration(environment: ["CITY_OUTCOME_KEY_FILE": "/run/key"], files: files),
            configuration(flags: [(key: "outcome.key.file", value: "/run/key")], files: files),
        ] {
            #expect(configuration.findings == [])
            #expect(configuration.text("outcome.key") == secret)
            #expect(configuration.text("outcome.key.file") == nil)
        }
    }

    @Test func onlyOneLineEndIsTakenOff() {
        let configuration = configuration("outcome.key.file: k", files: ["k": Array("a \n\n".utf8)])
        #expect(configuration.text("outcome.key") == "a \n")
    }

    @Test func aSecretOfBytesThatAreNoText() {
        let configuration = configuration("outcome.key.file: k", files: ["k": [0xff, 0x00, 0x41]])
        #expect(configuration.text("outcome.key") == "\u{ff}\u{0}A")
    }

    @Test func aKafkaSecretFromAFile() {
        let files = ["p": Array("hush\n".utf8)]
        for configuration in [
            configuration("kafka: {sasl.password.file: p}", files: files),
            configuration(environment: ["CITY_KAFKA_SASL_PASSWORD_FILE": "p"], files: files),
        ] {
            #expect(configuration.findings == [])
            #expect(configuration.kafka["sasl.password"] == "hush")
            #expect(configuration.kafka["sasl.password.file"] == nil)
        }
    }

    @Test func whatGoesOverWhatHoldsForFilesOfSecretsToo() {
        let files = ["k": Array("from file".utf8)]
        let low = "outcome.key.file: k\nkafka.sasl.password.file: k\n"
        let over = configuration(
            low, environment: ["CITY_OUTCOME_KEY": "from variable"],
            flags: [(key: "kafka.sasl.password", value: "from flag")], files: files)
        #expect(over.text("outcome.key") == "from variable")
        #expect(over.kafka["sasl.password"] == "from flag")
        let under = configuration(
            "outcome.key: in the open", environment: ["CITY_OUTCOME_KEY_FILE": "k"], files: files)
        #expect(under.text("outcome.key") == "from file")
        #expect(under.values["outcome.key"]?.origin == "CITY_OUTCOME_KEY_FILE")
    }

    @Test func aFileThatCannotBeRead() {
        let configuration = configuration("\noutcome.key.file: /run/key\n")
        #expect(
            configuration.findings.map(\.description) == [
                "city.yaml:2: outcome.key.file: the file cannot be read; expected a file that holds the secret"
            ])
        #expect(configuration.text("outcome.key") == nil)
    }

    @Test func onlySecretsHaveATwin() {
        #expect(configuration("topics.events.file: x").hasErrors)
        #expect(configuration("kafka.ssl.ca.location.file: x").kafka["ssl.ca.location.file"] == "x")
    }

    @Test func secretsAreMasked() {
        let configuration = configuration(
            "outcome.key: \(secret)\nkafka:\n  sasl.password: \(secret)\n  ssl.ca.location: /etc/ca.pem\n",
            environment: ["CITY_KAFKA_SSL_KEY_PASSWORD": secret])
        let effective = configuration.effective
        #expect(effective.map(\.key) == effective.map(\.key).sorted())
        #expect(
            effective.filter { $0.text == "********" }.map(\.key) == [
                "kafka.sasl.password", "kafka.ssl.key.password", "outcome.key",
            ])
        #expect(!effective.contains { $0.text.contains(secret) || $0.origin.contains(secret) })
        let location = effective.first { $0.key == "kafka.ssl.ca.location" }
        #expect(location?.text == "/etc/ca.pem")
        #expect(location?.origin == "city.yaml:4")
    }

    @Test func noFindingShowsAValue() {
        let configuration = configuration(
            "outcome.kex: \(secret)\ncommit.records: \(secret)\n", environment: ["CITY_OUTCOME_KEX": secret],
            flags: [(key: "outcome.kez", value: secret)])
        #expect(configuration.findings.count == 4)
        #expect(!configuration.findings.contains { $0.description.contains(secret) })
    }

    @Test(
        arguments: [
            "outcome.key", "kafka.sasl.password", "kafka.ssl.key.password", "kafka.ssl.keystore.password",
            "kafka.ssl.key.pem", "kafka.ssl.certificate.pem", "kafka.sasl.oauthbearer.client.secret",
            "kafka.sasl.oauthbearer.config", "kafka.sasl.jaas.config", "kafka.sasl.oauthbearer.client.credentials.x",
            "kafka.sasl.oauthbearer.assertion.private.key.passphrase",
        ])
    func keysThatAreSecret(key: String) {
        #expect(Configuration.isSecret(key))
    }

    @Test(
        arguments: [
            "topics.events", "kafka.bootstrap.servers", "kafka.ssl.key.location", "kafka.sasl.username",
            "kafka.client.id",
            "kafka.sasl.password.file", "kafka.sasl.mechanisms", "unknown.password",
        ])
    func keysThatAreNot(key: String) {
        #expect(!Configuration.isSecret(key))
    }
}
