import Intake
import JSON
import Pipeline
import Primitives

extension Command {
    /// `explain`: the decision on one event.
    static let explain = Command(
        name: "explain", summary: "Tell what is decided of one event, and why.",
        usage: """
            explain --department NAME --registry PATH [--profile NAME|FILE] [--json] FILE[:LINE]|-

            The event is the given line, from 1; without a line the whole file where that is one JSON document, and
            otherwise its first line. Says what the event is, what its references match, each reason, what almost
            counted, and how the credit is shared. Nothing that the profile does not read is shown, nor the id of the
            source record.
            Exit code 1 where the event would go to the dead letters.
            """,
        options: [CommandOption("json", "Print the attribution record instead.")]
    ) { context in
        guard context.arguments.positionals.count == 1, let path = context.arguments.positionals.first else {
            return context.misused("explain: expected one FILE, FILE:LINE or -")
        }
        let configuration = context.configuration()
        guard let engine = context.engine(configuration) else { return ExitCode.configuration }
        do throws(RunFailure) {
            let event = try SingleEvent.read(path, input: context.input, engine.limits)
            return try explain(event, engine.publishingAll, &context)
        } catch {
            context.note("city-attribution: explain: \(error.message)\n")
            return ExitCode.findings
        }
    }

    private static func explain(
        _ event: SingleEvent, _ engine: Engine, _ context: inout CommandContext
    ) throws(RunFailure) -> Int32 {
        let processor = EventProcessor(engine: engine, topic: "file:\(event.file)")
        let isJSON = context.arguments.has("json")
        var code = ExitCode.done
        var text = ""
        var record: [UInt8] = []
        event.withMessage { message in
            let processed = processor.process(message)
            if case .deadLetter = processed { code = ExitCode.findings }
            if isJSON, case .record = processed {
                record = processor.record.array() + [10]
                return
            }
            text = Explanation(engine: engine, processor: processor, place: event.place).text(processed)
        }
        // In place of a record, why there is none does not belong into what a program reads.
        if !isJSON { context.print(text) } else if record.isEmpty { context.note(text) }
        if !record.isEmpty { context.print(String(decoding: record, as: UTF8.self)) }
        return code
    }
}

extension Engine {
    /// The same engine, for a person who asks: every outcome has a record.
    fileprivate var publishingAll: Engine {
        Engine(
            profile: profile, rules: rules, registry: registry, city: city, department: department, secret: secret,
            publish: .all, limits: limits)
    }
}

/// One event of a file.
struct SingleEvent {
    /// The name of the file, without folders.
    let file: String
    /// The number of its line from 0, which stands for the offset.
    let index: Int64
    /// Where it stands, for people.
    let place: String
    private let bytes: [UInt8]

    /// Processes the event.
    func withMessage(_ body: (SourceMessage) -> Void) {
        bytes.withUnsafeBytes { body(SourceMessage(payload: $0, offset: index)) }
    }

    /// Finds the event that a word of the command line names: `FILE:LINE`, `FILE` or `-`.
    static func read(_ word: String, input: Int32, _ limits: EventLimits) throws(RunFailure) -> SingleEvent {
        let (path, line) = split(word)
        guard let file = InputFile(path, standardInput: input) else {
            throw RunFailure(message: "\(path): the file cannot be opened: \(InputFile.reason)")
        }
        var reader = LineReader(file.descriptor, lineBytesMax: limits.bytes)
        var whole: [UInt8] = []
        var first: (bytes: [UInt8], index: Int64)?
        while let bytes = reader.next() {
            if let line {
                guard reader.index == line - 1 else { continue }
                return SingleEvent(
                    file: file.name, index: reader.index, place: "\(file.name), line \(line)", bytes: Array(bytes))
            }
            if first == nil, bytes.contains(where: { $0 > 0x20 }) { first = (Array(bytes), reader.index) }
            whole += bytes
            whole.append(10)
            if whole.count > limits.bytes { break }
        }
        if let line { throw RunFailure(message: "\(file.name): there is no line \(line)") }
        if reader.failure != 0 { throw RunFailure(message: "\(file.name): the file cannot be read to its end") }
        guard let first else { throw RunFailure(message: "\(file.name): there is no event in it") }
        if whole.count - 1 <= limits.bytes, isDocument(whole, limits) {
            return SingleEvent(file: file.name, index: 0, place: file.name, bytes: Array(whole.dropLast()))
        }
        return SingleEvent(
            file: file.name, index: first.index, place: "\(file.name), line \(first.index + 1)", bytes: first.bytes)
    }

    private static func isDocument(_ bytes: [UInt8], _ limits: EventLimits) -> Bool {
        let extractor = Extractor(maximumBytes: limits.bytes + 1, maximumDepth: limits.depth)
        let plan = ExtractionPlan([])
        return bytes.withUnsafeBytes { document in
            do throws(JSONError) {
                _ = try extractor.extract(document, plan)
                return true
            } catch {
                return false
            }
        }
    }

    /// A colon and a number at the end are the line.
    private static func split(_ word: String) -> (path: String, line: Int64?) {
        guard let colon = word.lastIndex(of: ":"), let line = Int64(word[word.index(after: colon)...]), line > 0 else {
            return (word, nil)
        }
        return (String(word[..<colon]), line)
    }
}
