import Attribution
import Connections
import Evaluation
import Intake
import Operations
import Pipeline
import Primitives
import YAML

extension Command {
    /// `evaluate`: how good the decisions are.
    static let evaluate = Command(
        name: "evaluate", summary: "Measure decisions on labelled cases, and draw claims for review.",
        usage: """
            evaluate FILE --registry PATH [--rules FILE] [--baseline] [--compare RULES] [--split NAME:SHARE] [--json]
            evaluate RECORDS --sample N [--least K] [--seed N]
            evaluate RECORDS --reviewed FILE

            FILE holds labelled cases, one a line (docs/evaluation.md): passages or events with what a person says of
            them. Each is decided, and precision, recall and calibration are printed with their intervals. No word of a
            case is shown.
            RECORDS are attribution records, one a line. --sample draws claims of them for people to review, and writes
            them to standard output; --reviewed reads what came back, and prints the quality of claims (K18).
            Exit code 1 where a file cannot be read or used.
            """,
        options: [
            CommandOption("baseline", "Show what naive rules do on the same cases, too."),
            CommandOption("compare", value: "RULES", "Decide with another rules file, too, and show what differs."),
            CommandOption(
                "split", value: "NAME:SHARE", "Only that share of the outcome groups, such as development:0.7."),
            CommandOption("rest", "The other side of the split."),
            CommandOption("seed", value: "N", "The seed of split, bootstrap and sample; 1 where left out."),
            CommandOption("json", "Print the measurement as JSON (schemas/evaluation.schema.json)."),
            CommandOption("plot", value: "FILE", "Write the calibration plot as SVG to a file."),
            CommandOption("cases", value: "FILE", "Write what was decided of each case to a file, one a line."),
            CommandOption("sample", value: "N", "Draw N claims for review from records."),
            CommandOption("least", value: "K", "Of each rule and range of strength at least K; 5 where left out."),
            CommandOption("reviewed", value: "FILE", "The reviewed claims."),
        ]
    ) { context in
        guard context.arguments.positionals.count == 1, let path = context.arguments.positionals.first else {
            return context.misused("evaluate: expected one file")
        }
        do throws(CommandFailure) {
            let seed = try context.arguments.number("seed", in: 0...Int.max, else: 1)
            if context.arguments.has("sample") {
                return try ReviewCommand(path).sample(&context, seed: UInt64(seed))
            }
            if let reviewed = context.arguments["reviewed"] {
                return try ReviewCommand(path).report(reviewed, &context)
            }
            return try EvaluateCommand(path, seed: UInt64(seed)).run(&context)
        } catch {
            return context.failed("evaluate", error)
        }
    }
}

/// Measures the decisions on labelled cases.
private struct EvaluateCommand {
    private let path: String
    private let seed: UInt64

    init(_ path: String, seed: UInt64) {
        self.path = path
        self.seed = seed
    }

    func run(_ context: inout CommandContext) throws(CommandFailure) -> Int32 {
        var configuration = context.configuration()
        let inputs = EngineLoader.inputs(
            &configuration, rows: try RegistryRowsOfTopics.ask(configuration))
        context.note(configuration.findings + inputs.findings)
        guard let inputs = inputs.inputs, !configuration.hasErrors else {
            throw CommandFailure(code: ExitCode.configuration, message: "expected a registry, rules and a profile")
        }
        let bytes = try CommandFailure.read(path)
        let (cases, findings) = CaseFile.read(bytes, file: path)
        context.note(findings)
        guard var cases else { throw CommandFailure("\(path): the cases cannot be used") }
        var side: String?
        if let text = context.arguments["split"] {
            guard let split = GroupSplit(text, seed: seed) else {
                throw .usage("--split: expected \(GroupSplit.expectation)")
            }
            let isRest = context.arguments.has("rest")
            let sides = split.divide(cases)
            cases = isRest ? sides.outside : sides.inside
            side = isRest ? "not \(split.name)" : split.name
        }
        var run = EvaluationRun(
            file: path, cases: Hexadecimal.text(SHA256.digest(of: bytes)), rules: inputs.rules.digest,
            registry: inputs.registry.digest, engine: Engine.version, seed: seed, side: side)
        let baselines = context.arguments.has("baseline") ? Baselines(inputs.registry) : nil
        let result = EvaluationResult(run, decide(cases, inputs, inputs.rules), baselines: baselines)
        var comparison: Comparison?
        if let other = context.arguments["compare"] {
            let rules = try rules(other, context)
            run.rules = rules.digest
            let second = EvaluationResult(run, decide(cases, inputs, rules), baselines: nil)
            do throws(ComparisonFault) {
                comparison = try Comparison(result, second)
            } catch {
                throw CommandFailure("\(error)")
            }
        }
        try write(result, context)
        context.print(
            context.arguments.has("json")
                ? EvaluationJSON.document(result, comparison) : EvaluationText.report(result, comparison))
        return ExitCode.done
    }

    private func decide(_ cases: [LabelledCase], _ inputs: EngineInputs, _ rules: Rules) -> [JudgedCase] {
        let decider = CaseDecider(rules: rules, registry: inputs.registry, profile: inputs.profile)
        return cases.map { decider.decide($0) }
    }

    private func rules(_ file: String, _ context: CommandContext) throws(CommandFailure) -> Rules {
        let (rules, findings) = RulesFile.read(try CommandFailure.read(file), file: file)
        context.note(findings)
        guard let rules else {
            throw CommandFailure(code: ExitCode.configuration, message: "\(file): the rules cannot be used")
        }
        return rules
    }

    private func write(_ result: EvaluationResult, _ context: CommandContext) throws(CommandFailure) {
        if let plot = context.arguments["plot"] {
            try CommandFailure.write(CalibrationPlot.svg(result.calibration), to: plot)
        }
        if let file = context.arguments["cases"] {
            try CommandFailure.write(result.cases.map(\.line).joined(), to: file)
        }
    }
}

/// Claims of a file of records: drawn for review, and what came back.
private struct ReviewCommand {
    private let path: String

    init(_ path: String) {
        self.path = path
    }

    func sample(_ context: inout CommandContext, seed: UInt64) throws(CommandFailure) -> Int32 {
        let size = try context.arguments.number("sample", in: 1...1_000_000, else: 200)
        let least = try context.arguments.number("least", in: 0...100_000, else: 5)
        let records = try RecordSet.read(path, context)
        let sample = ReviewSample(of: records.claims, size: size, atLeast: least, seed: seed)
        context.note(ReviewText.report(sample))
        context.print(sample.lines)
        return ExitCode.done
    }

    func report(_ reviewed: String, _ context: inout CommandContext) throws(CommandFailure) -> Int32 {
        let records = try RecordSet.read(path, context)
        let (rows, findings) = ReviewFile.read(try CommandFailure.read(reviewed), file: reviewed)
        context.note(findings)
        guard let rows else { throw CommandFailure("\(reviewed): the reviews cannot be used") }
        context.print(ReviewText.report(ClaimQuality(rows, of: records)))
        return ExitCode.done
    }
}
