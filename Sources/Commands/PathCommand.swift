import JSON

extension Command {
    /// `path`: a query over JSON files.
    static let path = Command(
        name: "path", summary: "Print what a JSONPath finds in a JSON file.",
        usage: """
            path [--paths] [--lines] EXPRESSION [FILE|-]

            Prints each value that the expression (RFC 9535) selects as one line of JSON, in the order of the RFC:
              city-attribution path '$.references[?@.scheme=="grant"].id' event.json
            Without a file, or with -, reads standard input. The file is one document of up to 64 MiB; with --lines,
            each line is one, of up to 16 MiB, and blank lines are passed over. A document is refused where an object
            has two members of one name, as an event would be, and where it has more than 1024 levels.
            Exit code 0 where something matched, 1 where nothing did or a document was refused, 2 where the expression
            cannot be read or the file cannot be opened.
            """,
        options: [
            CommandOption("paths", "Print the normalized path of each value instead; with --lines, LINE:PATH."),
            CommandOption("lines", "Take each line for a document of its own (NDJSON)."),
        ],
        takesConfiguration: false
    ) { context in
        let words = context.arguments.positionals
        guard let text = words.first, words.count <= 2 else {
            return context.misused("path: expected an expression, and one file or - for standard input")
        }
        let path: JSONPath
        do throws(PathSyntaxError) {
            path = try JSONPath(text)
        } catch {
            let code = context.misused("path: \(error)")
            if let columns = context.terminalColumns() { context.note(error.pointed(in: text, columns: columns)) }
            return code
        }
        let name = words.count == 2 ? words[1] : "-"
        guard let file = InputFile(name, standardInput: context.input) else {
            return context.misused("path: \(name): the file cannot be opened: \(InputFile.reason)")
        }
        var run = PathRun(path, paths: context.arguments.has("paths"), context.output)
        let isDone = context.arguments.has("lines") ? run.readLines(file, context) : run.readDocument(file, context)
        guard run.finish() else { return ExitCode.findings }
        return isDone && run.matches > 0 ? ExitCode.done : ExitCode.findings
    }
}

extension PathSyntaxError {
    /// The text of the path with a caret below the fault, each on a line of its own; of a long path the part around it.
    func pointed(in text: String, columns: Int) -> String {
        let scalars = Array(text.unicodeScalars)
        let width = max(columns - 2, 20)
        let first = max(0, min(position - width / 2, scalars.count + 1 - width))
        // One scalar stands for one, so that the caret is below the right one.
        let shown = String(String.UnicodeScalarView(scalars[first..<min(scalars.count, first + width)]))
        return "  \(Wording.text(shown))\n  \(String(repeating: " ", count: position - first))^\n"
    }
}

/// A query on its way through documents.
private struct PathRun: ~Copyable {
    static let (documentBytesMax, lineBytesMax, levelsMax) = (64 << 20, 16 << 20, 1024)
    /// Some tens of seconds of work over one document.
    static let stepsMax = 1_000_000_000

    /// The values found.
    private(set) var matches = 0
    private let path: JSONPath
    private let printsPaths: Bool
    private var output: OutputBuffer
    private let extractor: Extractor
    private var writer = JSONWriter()

    init(_ path: JSONPath, paths: Bool, _ sink: @escaping ByteSink) {
        self.path = path
        printsPaths = paths
        output = OutputBuffer(sink)
        extractor = Extractor(
            maximumBytes: PathRun.documentBytesMax, maximumDepth: PathRun.levelsMax, maximumValues: 1 << 30,
            maximumSteps: PathRun.stepsMax)
    }

    /// Takes a file for one document; false where it is none.
    mutating func readDocument(_ file: borrowing InputFile, _ context: CommandContext) -> Bool {
        guard let bytes = file.contents(atMost: PathRun.documentBytesMax) else {
            context.note("city-attribution: path: \(file.name): the file cannot be read: \(InputFile.reason)\n")
            return false
        }
        do throws(JSONError) {
            try bytes.withUnsafeBufferPointer { (bytes) throws(JSONError) in
                try evaluate(UnsafeRawBufferPointer(bytes), line: nil)
            }
            return true
        } catch {
            let hint = error.code == .trailingContent ? "; for one document a line there is --lines" : ""
            context.note("city-attribution: path: \(file.name): \(error)\(hint)\n")
            return false
        }
    }

    /// Takes each line of a file for a document; false where one is none, which does not end it.
    mutating func readLines(_ file: borrowing InputFile, _ context: CommandContext) -> Bool {
        var reader = LineReader(file.descriptor, lineBytesMax: PathRun.lineBytesMax)
        var isWhole = true
        while output.isWritten, let line = reader.next() {
            if line.isBlank { continue }
            let number = reader.index + 1
            do throws(JSONError) {
                guard line.count <= PathRun.lineBytesMax else {
                    throw JSONError(
                        code: .tooLarge, offset: nil, expected: "a line of at most \(PathRun.lineBytesMax) bytes")
                }
                try evaluate(line, line: number)
            } catch {
                context.note("city-attribution: path: \(file.name), line \(number): \(error)\n")
                isWhole = false
            }
        }
        if reader.failure != 0 {
            context.note("city-attribution: path: \(file.name): the file cannot be read to its end\n")
        }
        return isWhole && reader.failure == 0
    }

    private mutating func evaluate(_ document: UnsafeRawBufferPointer, line: Int64?) throws(JSONError) {
        for node in try extractor.nodes(of: path, in: document) {
            matches += 1
            if printsPaths {
                var text = (line.map { "\($0):" } ?? "") + node.normalizedPath
                text.withUTF8 { output.appendLine(UnsafeRawBufferPointer($0)) }
            } else {
                writer.clear()
                node.write(to: &writer)
                output.appendLine(writer.bytes)
            }
            if !output.isWritten { return }
        }
    }

    /// Writes what is left; false where that failed.
    mutating func finish() -> Bool {
        output.flush()
        return output.isWritten
    }
}
