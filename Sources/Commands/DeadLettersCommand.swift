import Intake
import JSON
import Kafka
import Pipeline
import Primitives

extension Command {
    /// `dead-letters`: what is among them, without their data.
    static let deadLetters = Command(
        name: "dead-letters",
        summary: "List, count or show a department's dead letters, or export them.",
        usage: """
            dead-letters list [--code CODE,…] [--from P:OFFSET,…] [--to P:OFFSET,…] [--limit N] [--json]
            dead-letters count [--code CODE,…] [--from P:OFFSET,…] [--to P:OFFSET,…] [--json]
            dead-letters show PARTITION:OFFSET [--json]
            dead-letters export FILE [--code CODE,…] [--from P:OFFSET,…] [--to P:OFFSET,…]

            list prints the newest, one a line, in the order of time; count how many there are of each code. show tells
            of one: where its event was, why it was refused, the names and sizes of its headers, and the payload's size
            and digest. None of the three shows anything of an event's key, payload or values of headers.
            export is for the department itself: it writes the events with key, payload and headers, in base64, to a
            new file that only its owner can read.
            They read as a read_committed reader does, join no group and change nothing. Exit code 1 where there is no
            such dead letter or topic.
            """,
        options: DeadLetterSelection.options + [
            CommandOption("limit", value: "N", "How many to list; otherwise 100."),
            CommandOption("json", "Print a JSON object a line."),
        ]
    ) { context in
        let words = context.arguments.positionals
        do throws(CommandFailure) {
            guard ["list", "count", "show", "export"].contains(words.first ?? ""),
                words.count == (words[0] == "show" || words[0] == "export" ? 2 : 1)
            else {
                return context.misused(
                    "dead-letters: expected `list`, `count`, `show PARTITION:OFFSET` or `export FILE`; see --help")
            }
            let selection = try DeadLetterSelection(context.arguments)
            guard let cluster = DepartmentCluster(context) else { return ExitCode.configuration }
            let command = DeadLettersCommand(cluster: cluster, selection: selection)
            switch words[0] {
            case "list": return try command.list(&context)
            case "count": return try command.count(&context)
            case "show": return try command.show(words[1], &context)
            default: return try command.export(to: words[1], &context)
            }
        } catch {
            return context.failed("dead-letters", error)
        }
    }
}

private struct DeadLettersCommand {
    let cluster: DepartmentCluster
    let selection: DeadLetterSelection

    private var topic: String { cluster.settings.deadLetters }

    /// Reads the topic once. What is no dead letter of a worker is nil, where no code is asked for.
    private func read(_ body: (Message, DeadLetterEntry?) throws(CommandFailure) -> Void) throws(CommandFailure) {
        var scan = try cluster.scan(topic, from: selection.first)
        if let misfit = selection.misfit(partitions: scan.partitions, topic) { throw misfit }
        var batch = MessageBatch(capacity: 1000)
        while try cluster.next(&scan, &batch) {
            for index in 0..<batch.count {
                let message = batch[index]
                guard selection.includes(message.partition, message.offset) else { continue }
                let entry = DeadLetterEntry(message)
                guard entry.map({ selection.includes($0.code) }) ?? (selection.codes == nil) else { continue }
                try body(message, entry)
            }
        }
    }

    // MARK: list

    func list(_ context: inout CommandContext) throws(CommandFailure) -> Int32 {
        let limit = try context.arguments.number("limit", in: 1...1_000_000, else: 100)
        var entries: [DeadLetterEntry] = []
        var count = 0
        try read { _, entry in
            guard let entry else { return }
            count += 1
            entries.append(entry)
            if entries.count >= 2 * limit + 1000 { entries = DeadLettersCommand.newest(limit, of: entries) }
        }
        entries = DeadLettersCommand.newest(limit, of: entries)
        if context.arguments.has("json") {
            for entry in entries {
                context.print(JSONLine.text { writer in entry.writeMembers(into: &writer) })
            }
        } else {
            if !entries.isEmpty { context.print(DeadLetterEntry.heading) }
            for entry in entries { context.print(entry.line) }
        }
        if count > entries.count {
            context.note("\(count - entries.count) older ones are left out; --limit \(count) lists all\n")
        } else if count == 0 {
            context.note("\(topic): no such dead letter\n")
        }
        return ExitCode.done
    }

    private static func newest(_ limit: Int, of entries: [DeadLetterEntry]) -> [DeadLetterEntry] {
        Array(entries.sorted { $0.precedes($1) }.suffix(limit))
    }

    // MARK: count

    private struct Tally {
        var count = 0
        var withheld = 0
        var stage = ""
        var oldest = Timestamp(microseconds: .max)
        var newest = Timestamp(microseconds: .min)

        mutating func add(_ entry: DeadLetterEntry) {
            count += 1
            if entry.withheld != nil { withheld += 1 }
            stage = entry.stage
            oldest = min(oldest, entry.time)
            newest = max(newest, entry.time)
        }
    }

    func count(_ context: inout CommandContext) throws(CommandFailure) -> Int32 {
        var tallies: [String: Tally] = [:]
        var others = 0
        try read { _, entry in
            if let entry { tallies[entry.code, default: Tally()].add(entry) } else { others += 1 }
        }
        let sorted = tallies.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        if context.arguments.has("json") {
            for (code, tally) in sorted {
                context.print(
                    JSONLine.text { writer in
                        writer.member("code", code)
                        writer.member("stage", tally.stage)
                        writer.member("count", tally.count)
                        writer.member("withheld", tally.withheld)
                        writer.member("oldest", tally.oldest.description)
                        writer.member("newest", tally.newest.description)
                    })
            }
        } else {
            let all = tallies.values.reduce(0) { $0 + $1.count }
            context.print("\(topic): \(Wording.letters(all))\n")
            for (code, tally) in sorted {
                let withheld = tally.withheld > 0 ? ", \(Wording.number(Int64(tally.withheld))) without payload" : ""
                context.print(
                    "\(Wording.number(Int64(tally.count)).aligned(to: 10))  \(code.padded(to: 30)) "
                        + "\(tally.oldest) to \(tally.newest)\(withheld)\n")
            }
        }
        if others > 0 {
            let what = others == 1 ? "1 message is no dead letter" : "\(others) messages are no dead letters"
            context.note("\(topic): \(what) of a worker\n")
        }
        return ExitCode.done
    }

    // MARK: show

    func show(_ word: String, _ context: inout CommandContext) throws(CommandFailure) -> Int32 {
        let isWhole = word.utf8.count { $0 == UInt8(ascii: ":") } == 2
        guard let place = PartitionOffset(isWhole ? word : "\(topic):\(word)"), place.topic == topic else {
            throw .usage("show: expected PARTITION:OFFSET in \(topic), such as 2:17")
        }
        let isJSON = context.arguments.has("json")
        var shown: String?
        try MessageLookup(place, cluster.settings, department: cluster.department).withMessage { message in
            guard let entry = DeadLetterEntry(message) else { return }
            let story = DeadLetterStory(entry, message, place)
            shown = isJSON ? story.json : story.text
        }
        guard let shown else { throw CommandFailure("\(place.words): the message is no dead letter of a worker") }
        context.print(shown)
        return ExitCode.done
    }

    // MARK: export

    func export(to path: String, _ context: inout CommandContext) throws(CommandFailure) -> Int32 {
        guard path != "-" else {
            throw .usage("export: expected a file; what it writes is not for a terminal or a pipe")
        }
        var file = try DeadLetterFile(path)
        var (count, withheld) = (0, 0)
        try read { message, entry throws(CommandFailure) in
            guard let entry else { return }
            count += 1
            if entry.withheld != nil { withheld += 1 }
            try file.add(message, entry)
        }
        try file.finish()
        let without = withheld > 0 ? ", \(Wording.number(Int64(withheld))) of them without payload" : ""
        context.print("\(path): \(Wording.letters(count))\(without)\n")
        context.note(
            "\(path) holds data of the department as it was received, such as ids of source records: only its owner "
                + "can read it; keep it where the department's own data may be, and delete it when it has served\n")
        return ExitCode.done
    }
}

extension Wording {
    /// `no dead letter`, `1 dead letter`, `1,204 dead letters`.
    static func letters(_ count: Int) -> String {
        switch count {
        case 0: "no dead letter"
        case 1: "1 dead letter"
        default: "\(number(Int64(count))) dead letters"
        }
    }
}
