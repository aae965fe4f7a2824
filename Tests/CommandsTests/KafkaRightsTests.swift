import FoundationEssentials
import Kafka
import Operations
import Testing
import YAML

@testable import Commands

#if canImport(Glibc)
    import Glibc
#endif

/// docs/security.md, the table of rights, and what `check --connect` says without a secured cluster.
@Suite struct KafkaRightsTests {
    private func page() throws -> [Substring] {
        try String(contentsOfFile: path("docs/security.md"), encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
    }

    private func commands(_ user: KafkaUser) throws -> [String] {
        let configuration = ProcessConfiguration(
            arguments: try Arguments([
                "--department", "housing", "--registry", "topic:city.connections", "--activities",
                "topic:city.activities",
            ]), environment: [:]
        ).configuration
        let principal = user == .worker ? "User:housing-worker" : "User:\(user.rawValue)"
        return user.rights(configuration).map { $0.command(brokers: "broker-1:9093", principal: principal) }
    }

    @Test func thePageGrantsWhatTheTableSays() throws {
        let shown = try page().filter { $0.hasPrefix("kafka-acls ") }.map(String.init)
        #expect(shown == (try KafkaUser.allCases.flatMap(commands)))
    }

    @Test func everySnippetIsAccepted() throws {
        let blocks = try page().split { $0.hasPrefix("```") }.map(Array.init).filter { $0.first == "kafka:" }
        #expect(blocks.count == 4)
        for block in blocks {
            let text = block.joined(separator: "\n")
            let configuration = ProcessConfiguration(
                arguments: try Arguments(["--config", "city.yaml"]), environment: [:],
                readFile: { $0 == "city.yaml" ? Array(text.utf8) : Array("x".utf8) }
            ).configuration
            // The files of the snippets are not on this machine, which is said of those that librdkafka reads.
            let others = configuration.findings.filter { !$0.message.hasPrefix("the file cannot be read") }
            #expect(others.isEmpty, "\(others) of \(text)")
            #expect(configuration.kafka["bootstrap.servers"]?.hasPrefix("broker-1:") == true)
        }
    }

    @Test func theRightsFollowTheConfiguration() throws {
        func rights(_ words: [String]) throws -> [KafkaRight.Resource] {
            KafkaUser.worker.rights(
                ProcessConfiguration(
                    arguments: try Arguments(["--department", "health"] + words), environment: [:]
                ).configuration
            ).map(\.resource)
        }
        #expect(
            try rights(["--kafka.group.id", "g", "--topics.events", "e"]) == [
                .topic("e"), .topic("city.kpi.attributions"), .topic("city.health.dead-letters"), .group("g"),
                .transactionalIDs("city-attribution.health."),
            ])
        #expect(
            try rights(["--kafka.transactional.id", "city-attribution.health.3"]).last
                == .transactionalIDs("city-attribution.health."))
        #expect(try rights(["--kafka.transactional.id", "other-3"]).last == .transactionalID("other-3"))
        #expect(try rights(["--delivery", "at-least-once"]).last == .group("city-attribution.health"))
        #expect(
            KafkaUser.worker.name("health") == "health-worker" && KafkaUser.worker.name("parks") == "department-worker")
    }

    @Test func anAbsentBrokerIsSaidAndNoSecretIs() throws {
        let ran = run([
            "check", "--connect", "--as", "kpi-service", "--kafka.bootstrap.servers", "127.0.0.1:1",
            "--kafka.sasl.password", "hunter2",
        ])
        #expect(ran.code == ExitCode.unavailable)
        #expect(ran.output.contains("kafka: 127.0.0.1:1: no connection; check the address"), "\(ran.output)")
        #expect(!(ran.output + ran.errors).contains("hunter2"))
        #expect(run(["check", "--connect", "--as", "nobody"]).code == ExitCode.usage)
    }

    @Test func aFileThatIsNotThereIsFoundWithoutANetwork() {
        let ran = run([
            "check", "--as", "kpi-service", "--kafka.security.protocol", "ssl", "--kafka.ssl.key.location", "/none.key",
        ])
        #expect(ran.code == ExitCode.configuration)
        #expect(ran.output.contains("kafka.ssl.key.location: the file cannot be read; check its name"))
    }

    @Test func whatTLSSaysIsToldToWhoHasToMendIt() {
        func words(_ code: KafkaErrorCode, _ reason: String, _ properties: [String: String] = [:]) -> String {
            ConnectionFault.words(
                KafkaError(code: code, operation: "connect", reason: reason), nil, ClientConfiguration(properties))
        }
        let alert = "Receive failed: error:0A000412:SSL routines::sslv3 alert bad certificate: SSL alert number 42"
        #expect(words(.transport, alert).hasPrefix("TLS: the broker wants a certificate; set "))
        #expect(
            words(.transport, alert, ["ssl.certificate.location": "c"])
                .hasPrefix("TLS: the broker does not accept this client's certificate; "))
        #expect(words(.ssl, "SSL handshake failed: unexpected eof while reading").contains("speaks no TLS there"))
        #expect(words(.transport, "Connection refused").hasPrefix("no connection; "))
        #expect(
            words(
                .authentication, "no",
                ["security.protocol": "sasl_ssl", "sasl.mechanism": "PLAIN", "sasl.username": "u"]
            )
            .hasPrefix("SASL: the broker refuses the user u by PLAIN; "))
        let fault = ConnectionFault()
        fault.note(
            .log(
                level: 3, facility: "SSLCERTVRFY", message: "Certificate (subject=x) verification callback failed: old")
        )
        fault.note(.error(KafkaError(code: .ssl, operation: "connect", reason: "certificate verify failed")))
        #expect(fault.isDecided && fault.words(ClientConfiguration([:])) == "TLS: old")
    }
}

extension ClusterTests {
    @Suite struct ConnectTests {
        /// The embedded cluster grants everything.
        @Test(arguments: targets) func aWorkerThatHasItAll(_ servers: String?) throws {
            let city = try City(servers)
            let own = ["--registry", path("compose/registry/port-meridian.yaml")]
            let ran = run(["check", "--connect"] + own + city.options)
            #expect(ran.code == 0, "\(ran.output)")
            #expect(ran.output.contains("kafka: \(city.servers): a broker answers\n"))
            #expect(ran.output.contains("kafka: health-worker has 5 of the 5 rights that it needs\n"))
            if servers != nil { #expect(try city.read(city.attributions).isEmpty) }
        }

        @Test(arguments: targets) func aTopicThatIsMissing(_ servers: String?) throws {
            // The embedded cluster makes topics that are asked for.
            guard let servers else { return }
            let city = try City(servers, creating: false)
            let ran = run(
                ["check", "--connect", "--registry", path("compose/registry/port-meridian.yaml")] + city.options)
            #expect(ran.code == ExitCode.findings)
            let advice = "there is no such topic; make it with `city-attribution topics --apply`"
            #expect(ran.output.contains("kafka: topic \(city.events): \(advice)"))
        }

        /// A cluster that asks who its clients are: the variable names a worker's configuration, with credentials that
        /// are allowed all that it needs, and nothing else.
        static let secured = getenv("TEST_KAFKA_SECURE_CONFIG").map { String(cString: $0) }

        @Test(.enabled(if: secured != nil, "TEST_KAFKA_SECURE_CONFIG is not set"))
        func aSecuredCluster() throws {
            let file = try #require(ConnectTests.secured)
            let well = run(["check", "--connect", "--config", file])
            #expect(well.code == 0 && well.output.contains(" has 5 of the 5 rights "), "\(well.output)")
            let ill = run(["check", "--connect", "--config", file, "--kafka.group.id", "nobody-may-use-this"])
            #expect(ill.code == ExitCode.findings)
            #expect(ill.output.contains("lacks the right Read"), "\(ill.output)")
            #expect(ill.output.contains("--operation Read --group nobody-may-use-this"))
        }
    }
}
