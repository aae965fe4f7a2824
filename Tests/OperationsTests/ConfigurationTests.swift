import Testing
import YAML

@testable import Operations

/// The configuration of a process: where values come from, and what is refused.
@Suite struct ConfigurationTests {
    /// A configuration of a file `city.yaml` and further files by name.
    private func configuration(
        _ file: String? = nil, environment: [String: String] = [:], flags: [(key: String, value: String)] = [],
        overrides: [String: String] = [:], files: [String: String] = [:]
    ) -> Configuration {
        Configuration(
            flags: flags, environment: environment, configurationFile: file == nil ? nil : "city.yaml",
            overrides: overrides,
            kafkaNames: ["bootstrap.servers", "session.timeout.ms", "sasl.password", "ssl.key.password", "ssl.ca.pem"]
        ) { name in
            (name == "city.yaml" ? file : files[name]).map { Array($0.utf8) }
        }
    }

    private func origin(_ key: String, _ configuration: Configuration) -> String? { configuration.values[key]?.origin }

    // MARK: Precedence

    @Test func defaults() {
        let configuration = configuration()
        #expect(configuration.findings == [])
        #expect(configuration.text("kafka.bootstrap.servers") == "localhost:9092")
        #expect(configuration.text("topics.attributions") == "city.kpi.attributions")
        #expect(configuration.text("delivery") == "exactly-once")
        #expect(configuration.milliseconds("commit.interval") == 200)
        #expect(configuration.integer("commit.records") == 10_000)
        #expect(configuration.text("log.level") == "info")
        #expect(configuration.milliseconds("shutdown.grace") == 20_000)
        #expect(configuration.text("log.format") == nil)
        #expect(configuration.text("department") == nil)
        #expect(configuration.integer("department") == 0)
        #expect(origin("delivery", configuration) == "default")
    }

    @Test func aFlagOverTheEnvironmentOverTheFileOverTheDefault() {
        let file = "commit:\n  records: 20\n"
        let environment = ["CITY_COMMIT_RECORDS": "30"]
        let flags = [(key: "commit.records", value: "40")]
        let steps = [
            (configuration(), 10_000, "default"),
            (configuration(overrides: ["commit.records": "15"]), 15, "default"),
            (configuration(file, overrides: ["commit.records": "15"]), 20, "city.yaml:2"),
            (configuration(file, environment: environment), 30, "CITY_COMMIT_RECORDS"),
            (configuration(file, environment: environment, flags: flags), 40, "--commit.records"),
            (configuration(flags: flags), 40, "--commit.records"),
        ]
        for (configuration, value, origin) in steps {
            #expect(configuration.integer("commit.records") == value)
            #expect(self.origin("commit.records", configuration) == origin)
            #expect(configuration.findings == [])
        }
    }

    @Test func theLastOfTwoFlagsCounts() {
        let flags = [(key: "log.level", value: "debug"), (key: "log.level", value: "error")]
        #expect(configuration(flags: flags).text("log.level") == "error")
    }

    @Test func kafkaInTheSameOrder() {
        let file = "kafka: {session.timeout.ms: 1000, bootstrap.servers: 'file:1'}"
        let configuration = configuration(
            file, environment: ["CITY_KAFKA_SESSION_TIMEOUT_MS": "2000"],
            flags: [(key: "kafka.bootstrap.servers", value: "flag:1")])
        #expect(configuration.kafka == ["session.timeout.ms": "2000", "bootstrap.servers": "flag:1"])
    }

    // MARK: The file

    @Test func nestedAndDottedKeysAreTheSame() {
        let files = [
            "topics:\n  events: e\ncommit:\n  interval: 5s\nkafka:\n  session:\n    timeout:\n      ms: 7\n",
            "topics.events: e\ncommit.interval: 5s\nkafka.session.timeout.ms: 7\n",
            "topics: {events: e}\ncommit: {interval: 5s}\nkafka: {session.timeout: {ms: 7}}\n",
            #"{"topics": {"events": "e"}, "commit.interval": "5s", "kafka": {"session.timeout.ms": 7}}"#,
        ]
        for file in files {
            let configuration = configuration(file)
            #expect(configuration.findings == [])
            #expect(configuration.text("topics.events") == "e")
            #expect(configuration.milliseconds("commit.interval") == 5000)
            #expect(configuration.kafka["session.timeout.ms"] == "7")
        }
    }

    @Test func nothingIsInterpolated() {
        let configuration = configuration("topics: {events: '${HOME} $(id) %{x} ~'}")
        #expect(configuration.text("topics.events") == "${HOME} $(id) %{x} ~")
    }

    @Test func anEmptyFileAndEmptyKeysSayNothing() {
        for file in ["", "# nothing\n", "topics:\n", "topics: {events: }\n"] {
            #expect(configuration(file).findings == [])
            #expect(configuration(file).text("topics.events") == nil)
        }
    }

    @Test func aFileThatIsNotThere() {
        let configuration = Configuration(
            flags: [], environment: [:], configurationFile: "city.yaml", kafkaNames: []
        ) { _ in nil }
        #expect(configuration.hasErrors)
        #expect(
            configuration.findings.map(\.description) == [
                "city.yaml: the file cannot be read; check --config and its rights"
            ])
    }

    @Test func aFileThatIsNoYAML() {
        #expect(configuration("a: [").findings.first?.file == "city.yaml")
        #expect(configuration("a: 1\na: 2\n").hasErrors)
    }

    @Test func listsAreNoValues() {
        for (file, line) in [("- a\n", 1), ("\ntopics: {events: [a]}\n", 2), ("a", 1)] {
            let finding = configuration(file).findings.first
            #expect(finding?.line == line)
            #expect(finding?.message == "expected keys and single values, no list")
        }
    }

    // MARK: What is not known

    @Test func anUnknownKeyIsAnErrorInItsLineWithASuggestion() {
        let file = "topics:\n  events: e\n  atributions: a\n"
        #expect(
            configuration(file).findings.map(\.description) == [
                "city.yaml:3: topics.atributions: the key is not known; did you mean topics.attributions?"
            ])
        #expect(configuration(file).hasErrors)
        let flag = configuration(flags: [(key: "log.levle", value: "info")])
        #expect(
            flag.findings.map(\.description) == [
                "command line: log.levle: the key is not known; did you mean log.level?"
            ])
        let far = configuration("zzzzzzzzzzzz: 1").findings.first?.message
        #expect(far?.hasPrefix("the key is not known; expected one of department, city, topics.events, ") == true)
    }

    @Test func anUnknownVariableIsAWarningWithASuggestion() {
        let configuration = configuration(environment: [
            "CITY_LOG_LEVLE": "info", "PATH": "/bin", "CITYLOG": "x", "LOG_LEVEL": "debug",
        ])
        #expect(
            configuration.findings.map(\.description) == [
                "environment: CITY_LOG_LEVLE: the variable is not known; did you mean CITY_LOG_LEVEL?"
            ])
        #expect(configuration.findings.first?.severity == .warning)
        #expect(!configuration.hasErrors)
        #expect(configuration.text("log.level") == "info")
    }

    // MARK: Wrong kinds

    @Test(
        arguments: [
            ("commit.records", "many", "expected a whole number from 1 to 1000000"),
            ("commit.records", "0", "expected a whole number from 1 to 1000000"),
            ("commit.records", "1.5", "expected a whole number from 1 to 1000000"),
            ("commit.interval", "200", "expected a duration such as 200ms, 20s or 5m, from 1ms to 1m"),
            ("commit.interval", "2m", "expected a duration such as 200ms, 20s or 5m, from 1ms to 1m"),
            ("shutdown.grace", "-1s", "expected a duration such as 200ms, 20s or 5m, from 100ms to 10m"),
            ("delivery", "at-most-once", "expected one of exactly-once, at-least-once"),
            ("log.level", "INFO", "expected one of debug, info, warning, error"),
            ("as.of", "2026-02-30", "expected a date as YYYY-MM-DD"),
            ("topics.events", "", "expected a text"),
        ])
    func aWrongValueIsRefusedWhereverItStands(key: String, value: String, message: String) {
        let variable = Setting.environmentName(of: key)
        let cases = [
            (configuration("\(key): '\(value)'"), "city.yaml:1: \(key): \(message)"),
            (configuration(environment: [variable: value]), "environment: \(key): \(message)"),
            (configuration(flags: [(key: key, value: value)]), "command line: \(key): \(message)"),
        ]
        for (configuration, finding) in cases {
            #expect(configuration.findings.map(\.description) == [finding])
            #expect(configuration.hasErrors)
            // What was there before stays.
            #expect(configuration.text(key) == Setting.named(key)?.standard)
        }
    }

    @Test func defaultsAreOfTheirKinds() {
        for setting in Setting.all {
            if let standard = setting.standard { #expect(setting.kind.accepts(standard), "\(setting.key)") }
            #expect(setting.summary.hasSuffix("."), "\(setting.key)")
        }
        #expect(Set(Setting.all.map(\.key)).count == Setting.all.count)
        #expect(Set(Setting.all.map { Setting.environmentName(of: $0.key) }).count == Setting.all.count)
    }

    @Test func environmentNames() {
        #expect(Setting.environmentName(of: "kafka.bootstrap.servers") == "CITY_KAFKA_BOOTSTRAP_SERVERS")
        #expect(Setting.environmentName(of: "a-b.c") == "CITY_A_B_C")
    }

    @Test func findingsOfLaterChecksStandWhereTheValueDoes() {
        var configuration = configuration("\nprofile: none.yaml\n", environment: ["CITY_RULES": "r"])
        configuration.report("profile", "no such file")
        configuration.report("rules", "no such file", severity: .warning)
        configuration.report("registry", "the key is missing")
        #expect(
            configuration.findings.map(\.description) == [
                "city.yaml:2: profile: no such file", "environment: rules: no such file",
                "configuration: registry: the key is missing",
            ])
    }
}
