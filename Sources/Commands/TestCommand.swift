import Connections
import FoundationEssentials
import Intake
import Pipeline
import Primitives
import YAML

extension Command {
    /// `test`: profiles against the tests beside them.
    static let test = Command(
        name: "test", summary: "Test profiles against the events beside them.",
        usage: """
            test [--verbose] [FILE|FOLDER]…

            Runs every *_test.yaml that is named, or that is in a folder or below it; without a word, in this folder.
            A profile x.yaml may stand for its x_test.yaml. Says of each test that fails what was expected and what was
            found; exit code 1 where one fails or a file is wrong, and where there is no test.
            """,
        options: [CommandOption("verbose", "Name the tests that pass, too.")], takesConfiguration: false
    ) { context in
        let words = context.arguments.positionals.isEmpty ? ["."] : context.arguments.positionals
        var run = ProfileTestRun(isVerbose: context.arguments.has("verbose"))
        for word in words {
            let files = ProfileTestRun.files(word)
            if files.isEmpty {
                context.note(
                    "city-attribution: test: \(word): expected *\(ProfileTestFile.suffix), or a folder with one\n")
                run.wrongFiles += 1
            }
            for file in files { context.print(run.run(file)) }
        }
        context.print(run.summary)
        return run.hasFailed ? ExitCode.findings : ExitCode.done
    }
}

/// Runs test files, and counts.
struct ProfileTestRun {
    let isVerbose: Bool
    var wrongFiles = 0
    private var files = 0
    private var passed = 0
    private var failed = 0

    init(isVerbose: Bool) {
        self.isVerbose = isVerbose
    }

    var hasFailed: Bool { failed > 0 || wrongFiles > 0 }

    var summary: String {
        let wrong = wrongFiles > 0 ? "; \(wrongFiles) \(wrongFiles == 1 ? "file is" : "files are") wrong" : ""
        return "\(passed + failed) tests in \(files) files: \(passed) passed, \(failed) failed\(wrong)\n"
    }

    /// The test files that a word of the command line means, sorted.
    static func files(_ word: String) -> [String] {
        let manager = FileManager.default
        var isFolder = false
        guard manager.fileExists(atPath: word, isDirectory: &isFolder) else { return [] }
        guard isFolder else {
            if word.hasSuffix(ProfileTestFile.suffix) { return [word] }
            let test = word.hasSuffix(".yaml") ? word.dropLast(".yaml".count) + ProfileTestFile.suffix : ""
            return manager.fileExists(atPath: test) ? [test] : []
        }
        let below = (try? manager.subpathsOfDirectory(atPath: word)) ?? []
        return below.filter { path in
            path.hasSuffix(ProfileTestFile.suffix) && !path.split(separator: "/").contains { $0.hasPrefix(".") }
        }.sorted().map { word == "." ? $0 : "\(word)/\($0)" }
    }

    /// Runs the tests of a file; gives what there is to say.
    mutating func run(_ path: String) -> String {
        let (file, findings) = ProfileTestFile.read(path)
        var text = findings.map { FindingsReport.line($0) + "\n" }.joined()
        guard let file else {
            wrongFiles += 1
            return text
        }
        files += 1
        for test in file.tests {
            let differences = differences(of: test, file.engine)
            if differences.isEmpty {
                passed += 1
                if isVerbose { text += "passed  \(path):\(test.line): \(test.name)\n" }
            } else {
                failed += 1
                text += "FAILED  \(path):\(test.line): \(test.name)\n"
                text += differences.map { "          \($0)\n" }.joined()
            }
        }
        return text
    }

    private func differences(of test: ProfileTest, _ engine: Engine) -> [String] {
        switch test.input {
        case .message(let payload, let key, let headers):
            let processor = EventProcessor(engine: engine, topic: "test")
            let found = ProfileTestRun.withMessage(payload, key, headers) { message in
                let processed = processor.process(message)
                var differences = test.expected.differences(
                    from: ProfileTestFacts(processed, processor, engine.registry.connections))
                if case .deadLetter(let fault) = processed, !differences.isEmpty { differences.append(fault.message) }
                return differences
            }
            return found
        case .file(let path):
            var run = FileRun(engine, records: OutputBuffer { _ in true }, deadLetters: nil)
            do throws(CommandFailure) {
                let source = try EventFormat.open(
                    path, nil, engine.profile, input: 0, bytesMax: engine.limits.bytes)
                try run.process(source)
            } catch {
                return [error.message]
            }
            return test.expected.differences(from: ProfileTestFacts(run.counters, badRows: run.badRows))
        }
    }

    private static func withMessage<Result>(
        _ payload: [UInt8]?, _ key: [UInt8]?, _ headers: [(name: [UInt8], value: [UInt8])],
        _ body: (SourceMessage) -> Result
    ) -> Result {
        // One run of memory for everything that the message points into.
        let bytes = (payload ?? []) + (key ?? []) + headers.flatMap { $0.name + $0.value }
        return bytes.withUnsafeBytes { memory in
            var start = 0
            func next(_ count: Int) -> UnsafeRawBufferPointer {
                defer { start += count }
                return UnsafeRawBufferPointer(rebasing: memory[start..<start + count])
            }
            var message = SourceMessage(payload: payload.map { next($0.count) })
            message.key = key.map { next($0.count) }
            for header in headers {
                let name = next(header.name.count)
                message.headers.take(name: name, value: next(header.value.count))
            }
            return body(message)
        }
    }
}
