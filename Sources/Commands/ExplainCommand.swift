import Attribution
import Intake
import JSON
import Kafka
import Operations
import Pipeline
import Primitives

extension Command {
    /// `explain`: the decision on one event.
    static let explain = Command(
        name: "explain", summary: "Tell what is decided of one event, and why.",
        usage: """
            explain --department NAME --registry PATH [--profile NAME|FILE] [--json]
                    FILE[:LINE] | TOPIC:PARTITION:OFFSET | -

            The event is the given line, from 1; without a line the whole file where that is one JSON document, and
            otherwise its first line. Of *.json and *.csv the number is that of the event, as `run` counts them. Or it
            is the message at a place of a topic, with its headers and its key, such as
            city.housing.events:2:1042, read from the cluster of kafka.bootstrap.servers as a read_committed reader sees
            it; nothing is committed. (A file of such a name is ./NAME.)
            Says what the event is, what its references match, each reason, what almost counted, how the credit is
            shared, which members were read and what for, and which were not and why. No value that the profile does not
            read is shown, nor the id of the source record; of names of members those that the profile or the deny list
            has, and others with --names.
            Exit code 1 where the event would go to the dead letters, and where there is no event at the place; 69
            where no broker answers within 10 seconds.
            """,
        options: [
            CommandOption("json", "Print the attribution record instead."),
            CommandOption("language", value: "en|es", "The language of the decision in short; en where left out."),
            CommandOption(
                "names", "Show the names of members that the profile does not know; in some formats they are data."),
        ]
    ) { context in
        guard context.arguments.positionals.count == 1, let word = context.arguments.positionals.first else {
            return context.misused("explain: expected one FILE, FILE:LINE, TOPIC:PARTITION:OFFSET or -")
        }
        if let language = context.arguments["language"], DecisionStory.Language(rawValue: language) == nil {
            return context.misused("explain: --language: expected en or es")
        }
        let configuration = context.configuration()
        do throws(CommandFailure) {
            guard let engine = try context.engine(configuration)?.publishingAll else { return ExitCode.configuration }
            if let place = PartitionOffset(word) {
                return ExplainCommand(engine: engine).explain(place, configuration, &context)
            }
            let event = try SingleEvent.read(word, input: context.input, engine.limits, engine.profile)
            return ExplainCommand(engine: engine).explain(event, &context)
        } catch {
            return context.failed("explain", error)
        }
    }
}

private struct ExplainCommand {
    let engine: Engine

    func explain(_ event: SingleEvent, _ context: inout CommandContext) -> Int32 {
        var code = ExitCode.findings
        event.withMessage { message in
            code = explain(message, of: "file:\(event.file)", at: event.place, &context)
        }
        return code
    }

    /// Explains the message at a place of a topic as the department's worker takes it in.
    func explain(_ place: PartitionOffset, _ configuration: Configuration, _ context: inout CommandContext) -> Int32 {
        let settings = WorkerSettings(configuration, department: engine.department)
        var code = ExitCode.findings
        do throws(CommandFailure) {
            try MessageLookup(place, settings, department: engine.department).withMessage { message in
                if place.topic == settings.deadLetters, !tell(of: message, place, context) { return }
                if place.topic != settings.events, place.topic != settings.deadLetters {
                    context.note(
                        "\(place.topic) is not the topic that \(engine.department) reads, \(settings.events)\n")
                }
                code = explain(SourceMessage(message), of: place.topic, at: place.words, &context)
            }
            return code
        } catch {
            return context.failed("explain", error)
        }
    }

    /// Says where a dead letter came from; false where it holds no payload that could be explained.
    private func tell(of message: Message, _ place: PartitionOffset, _ context: CommandContext) -> Bool {
        var headers: [String: String] = [:]
        message.forEachHeader { name, value in
            headers[String(decoding: name, as: UTF8.self)] = value.map { String(decoding: $0, as: UTF8.self) } ?? ""
        }
        func text(_ header: DeadLetterHeader) -> String { headers[header.rawValue] ?? "" }
        // Read as a place, so that nothing else can stand there.
        let origin = PartitionOffset("\(text(.topic)):\(text(.partition)):\(text(.offset))")
        if let origin { context.note("\(place.words) is a dead letter; its event was at \(origin)\n") }
        guard message.payload == nil, headers[DeadLetterHeader.withheld.rawValue] != nil else { return true }
        context.note(
            "city-attribution: explain: \(place.words): the dead letter does not hold the event's payload; explain the "
                + "event where it was\n")
        return false
    }

    private func explain(
        _ message: SourceMessage, of topic: String, at place: String, _ context: inout CommandContext
    ) -> Int32 {
        let processor = EventProcessor(engine: engine, topic: topic)
        let processed = processor.process(message)
        if context.arguments.has("json"), case .record = processed {
            context.print(processor.record.text() + "\n")
            return ExitCode.done
        }
        let explanation = Explanation(
            engine: engine, processor: processor, place: place, showsNames: context.arguments.has("names"),
            language: context.arguments["language"].flatMap(DecisionStory.Language.init) ?? .english)
        let text = explanation.text(processed, message)
        // In place of a record, why there is none does not belong into what a program reads.
        if context.arguments.has("json") { context.note(text) } else { context.print(text) }
        if case .deadLetter = processed { return ExitCode.findings }
        return ExitCode.done
    }
}

extension Engine {
    /// The same engine, for a person who asks: every outcome has a record.
    var publishingAll: Engine {
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
    static func read(
        _ word: String, input: Int32, _ limits: EventLimits, _ profile: Profile
    ) throws(CommandFailure) -> SingleEvent {
        let (path, line) = split(word)
        if path != "-" || profile.columns != nil, EventFormat(path: path, profile) != .ndjson {
            return try element(path, line ?? 1, input: input, limits, profile)
        }
        guard let file = InputFile(path, standardInput: input) else {
            let reason = InputFile.reason
            let hint = word.contains(":") ? "; a place in a topic is TOPIC:PARTITION:OFFSET" : ""
            throw CommandFailure("\(path): the file cannot be opened: \(reason)\(hint)")
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
        if let line { throw CommandFailure("\(file.name): there is no line \(line)") }
        if reader.failure != 0 { throw CommandFailure("\(file.name): the file cannot be read to its end") }
        guard let first else { throw CommandFailure("\(file.name): there is no event in it") }
        if whole.count - 1 <= limits.bytes, isDocument(whole, limits) {
            return SingleEvent(file: file.name, index: 0, place: file.name, bytes: Array(whole.dropLast()))
        }
        return SingleEvent(
            file: file.name, index: first.index, place: "\(file.name), line \(first.index + 1)", bytes: first.bytes)
    }

    /// An event of a document or a table, by its number.
    private static func element(
        _ path: String, _ number: Int64, input: Int32, _ limits: EventLimits, _ profile: Profile
    ) throws(CommandFailure) -> SingleEvent {
        let source = try EventFormat.open(path, nil, profile, input: input, bytesMax: limits.bytes)
        while true {
            let item = try source.next()
            if case .end = item { throw CommandFailure("\(source.name): there is no event \(number)") }
            guard source.index + 1 == number else { continue }
            switch item {
            case .bad(let reason): throw CommandFailure("\(source.name), event \(number): \(reason)")
            case .event(let bytes):
                let (event, index) = (Array(bytes), source.index)
                // Alone in its file, it needs no number.
                var isAlone = false
                if number == 1, case .end = try source.next() { isAlone = true }
                let place = isAlone ? source.name : "\(source.name), event \(number)"
                return SingleEvent(file: source.name, index: index, place: place, bytes: event)
            case .end: break
            }
        }
    }

    private static func isDocument(_ bytes: [UInt8], _ limits: EventLimits) -> Bool {
        let extractor = Extractor(maximumBytes: limits.bytes + 1, maximumDepth: limits.depth)
        let plan = ExtractionPlan([SimplePath]())
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
