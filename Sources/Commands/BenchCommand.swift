import Attribution
import Connections
import Narrative
import Operations
import Pipeline
import Primitives

extension Command {
    /// `bench`: what reading costs here.
    static let bench = Command(
        name: "bench", summary: "Measure how fast texts are read, and what a store of indicators takes in.",
        usage: """
            bench texts FILE --registry PATH [--rules FILE] [--seconds N]
            bench store --store ADDRESS [--records N]

            texts reads the lines of a file again and again, each as one text, for N seconds (2), and prints megabytes
            and texts a CPU second of one thread. Nothing of a text is shown.
            store takes N made-up records (1000000) into a new store, then the same again as a replay, and makes the
            indicators of a quarter of them.
            """,
        options: [
            CommandOption("seconds", value: "N", "How long to read, 1 to 600; 2 where left out."),
            CommandOption("records", value: "N", "How many records, 1 to 100000000; 1000000 where left out."),
        ]
    ) { context in
        let words = context.arguments.positionals
        do throws(CommandFailure) {
            if words == ["store"] {
                let records = try context.arguments.number("records", in: 1...100_000_000, else: 1_000_000)
                let configuration = context.configuration()
                guard let address = configuration.text("store"), configuration.values["store"]?.origin != "default"
                else { throw CommandFailure.usage("--store: expected a store that is not there yet") }
                try StoreBench(address: address, records: records).run { context.print($0) }
                return ExitCode.done
            }
            guard words.count == 2, words[0] == "texts" else {
                return context.misused("bench: expected `texts FILE` or `store`")
            }
            let seconds = try context.arguments.number("seconds", in: 1...600, else: 2)
            var configuration = context.configuration()
            let (inputs, findings) = EngineLoader.inputs(
                &configuration, rows: try RegistryRowsOfTopics.ask(configuration))
            context.note(configuration.findings + findings)
            guard let inputs, !configuration.hasErrors, let language = inputs.rules.language else {
                throw CommandFailure(
                    code: ExitCode.configuration,
                    message: "expected a registry, and rules that say something of language")
            }
            let bytes = try CommandFailure.read(words[1])
            guard bytes.contains(where: { $0 > 0x20 }) else {
                throw CommandFailure("\(words[1]): expected lines of text")
            }
            let registry = RegistryIndex(inputs.registry)
            let reader = TextReader(NameIndex(registry, language: language, home: nil))
            context.print(TextBench(reader).run(bytes, seconds: seconds))
            return ExitCode.done
        } catch {
            return context.failed("bench", error)
        }
    }
}

/// Reads texts for a while.
private struct TextBench {
    private let reader: TextReader

    init(_ reader: TextReader) {
        self.reader = reader
    }

    func run(_ bytes: [UInt8], seconds: Int) -> String {
        let lines = bytes.split(separator: 10).map { $0.startIndex..<$0.endIndex }
        let size = lines.reduce(0) { $0 + $1.count }
        var statements: [TextStatement] = []
        var (texts, megabytes, found) = (0, 0.0, 0)
        let start = SystemClock.threadCPUSeconds()
        repeat {
            found = 0
            bytes.withUnsafeBytes { bytes in
                for line in lines {
                    statements.removeAll(keepingCapacity: true)
                    reader.read(UnsafeRawBufferPointer(rebasing: bytes[line]), isOutcomeKnown: true, into: &statements)
                    if !statements.isEmpty { found += 1 }
                }
            }
            texts += lines.count
            megabytes += Double(size) / 1e6
        } while SystemClock.threadCPUSeconds() - start < Double(seconds)
        let spent = SystemClock.threadCPUSeconds() - start
        let perSecond = Wording.number(Int64(Double(texts) / spent))
        let named = "\(Wording.number(Int64(found))) of \(Wording.number(Int64(lines.count))) texts name a connection"
        return "\(Int(megabytes / spent)) MB a CPU second, \(perSecond) texts a CPU second, \(named)\n"
    }
}
