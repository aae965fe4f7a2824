import Operations
import Testing

@testable import Commands

@Suite struct ConfigurationCommandTests {
    @Test func printsTheEffectiveConfiguration() throws {
        let folder = try Folder()
        let file = folder.write("city.yaml", "department: housing\nkafka:\n  sasl.password: opensesame\npublish: all\n")
        let ran = run(
            ["config", "--config", file, "--publish", "attributed"],
            environment: ["CITY_COMMIT_RECORDS": "500", "CITY_OUTCOME_KEY": "12345678901234567890123456789012"])
        #expect(ran.code == 0 && ran.errors.isEmpty)
        let lines = ran.output.split(separator: "\n").map { $0.split(separator: " ", maxSplits: 1).map(String.init) }
        let origins = Dictionary(
            uniqueKeysWithValues: lines.map { ($0[0], $0[1].split(separator: " ").joined(separator: " ")) })
        #expect(origins["department:"] == "housing # \(file):1")
        #expect(origins["kafka.sasl.password:"] == "******** # \(file):3")
        #expect(origins["outcome.key:"] == "******** # CITY_OUTCOME_KEY")
        #expect(origins["publish:"] == "attributed # --publish")
        #expect(origins["commit.records:"] == "500 # CITY_COMMIT_RECORDS")
        #expect(origins["delivery:"] == "exactly-once # default")
        #expect(!ran.output.contains("opensesame") && !ran.output.contains("123456"))
    }

    @Test func theFileMayBeNamedByAVariable() throws {
        let folder = try Folder()
        let file = folder.write("city.yaml", "department: transport\n")
        let ran = run(["config"], environment: ["CITY_CONFIG": file])
        #expect(ran.code == 0 && ran.errors.isEmpty && ran.output.contains("department: transport "))
        let other = folder.write("other.yaml", "department: housing\n")
        #expect(
            run(["config", "--config=\(other)"], environment: ["CITY_CONFIG": file]).output.contains(
                "department: housing "))
        #expect(run(["config"], environment: ["CITY_CONFIG": ""]).code == 0)
        #expect(run(["config"], environment: ["CITY_CONFIG": "/nowhere"]).code == 78)
    }

    @Test func quotesWhatYAMLWouldReadOtherwise() {
        let output = run(["config", "--city", "a: b #c", "--kafka.client.id=\"x\"\\\n"]).output
        #expect(output.contains("city: \"a: b #c\" "))
        #expect(output.contains(#"kafka.client.id: "\"x\"\\\n" "#))
    }

    @Test func aWorkerKnowsItsDepartment() throws {
        let arguments = try Arguments([])
        let read = ProcessConfiguration(
            arguments: arguments, environment: [:], overrides: ["department": "health"], readFile: { _ in nil })
        #expect(read.configuration.text("department") == "health" && read.configuration.findings.isEmpty)
    }

    @Test func readsTheEnvironmentOfTheProcess() {
        #expect(ProcessConfiguration.environment()["PATH"]?.isEmpty == false)
    }
}

@Suite struct CheckCommandTests {
    @Test func saysEverythingAtOnce() throws {
        let folder = try Folder()
        let file = folder.write(
            "city.yaml",
            "departmant: health\ncommit.interval: soon\nkafka:\n  acks: seven\n  sesion.timeout.ms: 1\n"
                + "profile: nowhere\n"
        )
        let ran = run(["check", "--config", file], environment: ["CITY_PUBLISHED": "all"])
        #expect(ran.code == 78)
        let lines = ran.output.split(separator: "\n").map(String.init)
        let starts = [
            "\(file):1: departmant: the key is not known; did you mean department?",
            "\(file):2: commit.interval: expected a duration", "\(file):4: kafka.acks: ",
            "\(file):5: kafka.sesion.timeout.ms: no such property; did you mean kafka.session.timeout.ms?",
            "\(file):6: profile: the file cannot be read", "configuration: department: the key is missing",
            "configuration: registry: the key is missing", "configuration: outcome.key: warning: the key is missing",
            "environment: CITY_PUBLISHED: warning: the variable is not known; did you mean CITY_PUBLISH?",
        ]
        for start in starts { #expect(lines.contains { $0.hasPrefix(start) }, "\(start) in \(ran.output)") }
        #expect(lines.last == "7 errors, 2 warnings")
    }

    @Test func warningsAreNoFailure() {
        let ran = run(["check", "--department=health", "--registry", fixture("registry.yaml")])
        #expect(ran.code == 0 && ran.output.hasSuffix("\n0 errors, 1 warning\n"), "\(ran.output)")
        let key = String(repeating: "k", count: 32)
        let whole = run([
            "check", "--department=health", "--registry", fixture("registry.yaml"), "--outcome.key=\(key)",
        ])
        #expect(whole.code == 0 && whole.output == "0 errors, 0 warnings\n")
    }

    @Test func showsWarningsOfTheRegistry() {
        let ran = run(["check", "--department=health", "--registry", path("compose/registry/port-meridian.yaml")])
        #expect(ran.code == 0 && ran.output.contains("connections[26].status: warning: "))
    }

    @Test func checksRegistries() throws {
        let folder = try Folder()
        let bad = folder.write("bad.yaml", "connections:\n  - id: a\n    type: sister_cty\n    partner: A\n")
        let ran = run(["registry", "check", fixture("registry.yaml"), bad])
        #expect(ran.code == 1 && ran.output.contains("\(bad):3: connections[0].type: "), "\(ran.output)")
        let good = run(["registry", "check", fixture("registry.yaml"), fixture("fhir-registry.yaml")])
        #expect(good.code == 0 && good.output == "0 errors, 0 warnings\n")
        #expect(run(["registry", "check", "/nowhere"]).code == 1)
    }
}
