import Pipeline
import Testing

@testable import Commands

@Suite struct ProgramTests {
    @Test(arguments: [[], ["--help"], ["-h"], ["help"]])
    func listsTheCommands(_ words: [String]) {
        let ran = run(words)
        #expect(ran.code == 0 && ran.errors.isEmpty)
        for command in CommandTable.all { #expect(ran.output.contains("  \(command.name) ")) }
        #expect(ran.output.contains("exit codes: 0 done, 1 findings or failures, 2 usage, 69"))
    }

    @Test func saysItsVersion() {
        #expect(run(["--version"]).output == "city-attribution \(Engine.version)\n")
    }

    @Test(arguments: CommandTable.all.map(\.name))
    func helpsWithEachCommand(_ name: String) throws {
        let ran = run([name, "--help"])
        let command = try #require(CommandTable.named(name))
        #expect(ran.code == 0 && ran.output.hasPrefix("usage: city-attribution \(name) "))
        for option in command.options { #expect(ran.output.contains("--\(option.name)")) }
        for line in ran.output.split(separator: "\n") { #expect(line.count <= 130, "\(line)") }
    }

    @Test func namesOfCommandsAreDistinct() {
        #expect(Set(CommandTable.all.map(\.name)).count == CommandTable.all.count)
        #expect(CommandTable.all.allSatisfy { !$0.summary.isEmpty && $0.usage.hasPrefix($0.name) })
    }

    @Test(arguments: [
        (["chek"], "city-attribution: chek: the command is not known; did you mean check?\n"),
        (["--verson"], "city-attribution: --verson: the option is not known; see --help\n"),
        (
            ["check", "--profil", "x"],
            "city-attribution: check: --profil: the option is not known; did you mean --profile?\n"
        ),
        (
            ["check", "--kafka.sesion.timeout.ms=1"],
            "city-attribution: check: --kafka.sesion.timeout.ms: the option is not known; did you mean "
                + "--kafka.session.timeout.ms?\n"
        ),
        (["run", "--output"], "city-attribution: run: --output: expected a value\n"),
        (["run", "--output", "--json"], "city-attribution: run: --output: expected a value\n"),
        (["explain", "--json=1", "x"], "city-attribution: explain: --json: expected no value\n"),
        (["explain"], "city-attribution: explain: expected one FILE, FILE:LINE, TOPIC:PARTITION:OFFSET or -\n"),
        (["check", "x"], "city-attribution: check: expected options only\n"),
        (["registry", "chek"], "city-attribution: registry: expected check, diff, import or publish; see --help\n"),
    ])
    func refusesWhatItCannotUnderstand(_ words: [String], _ message: String) {
        let ran = run(words)
        #expect(ran.code == 2 && ran.output.isEmpty)
        #expect(ran.errors == message)
    }

    @Test func aMisspeltSecretIsNotRepeated() {
        #expect(!run(["check", "--outcome-key=hunter2hunter2"]).errors.contains("hunter2"))
    }
}

@Suite struct ArgumentsTests {
    private let known = [CommandOption("output", value: "FILE", ""), CommandOption("json", "")]

    @Test func sortsWords() throws {
        let arguments = try Arguments(
            ["a", "--department", "health", "--output=x=y", "-", "--json", "--kafka.acks=all", "--", "--b"],
            known: known)
        #expect(arguments.positionals == ["a", "-", "--b"])
        #expect(arguments["output"] == "x=y" && arguments.has("json") && !arguments.has("help"))
        #expect(arguments.settings.map(\.key) == ["department", "kafka.acks"])
        #expect(arguments.settings.map(\.value) == ["health", "all"])
        #expect(arguments.dropping(positionals: 2).positionals == ["--b"])
    }

    @Test func theLastOneCounts() throws {
        #expect(try Arguments(["--output=1", "--output", "2"], known: known)["output"] == "2")
        #expect(try Arguments(["--output="], known: known)["output"]?.isEmpty == true)
    }

    @Test func namesFilesForSecretsAlone() throws {
        let words = ["--outcome.key.file=a", "--kafka.sasl.password.file=b"]
        #expect(try Arguments(words).settings.map(\.value) == ["a", "b"])
        #expect(throws: UsageError.self) { try Arguments(["--department.file=a"]) }
    }

    @Test func commandsWithoutConfigurationTakeNone() {
        #expect(throws: UsageError.self) { try Arguments(["--department=x"], takesConfiguration: false) }
        #expect(throws: UsageError.self) { try Arguments(["--config=x"], takesConfiguration: false) }
    }
}
