import Pipeline
import Primitives

#if canImport(Glibc)
    import Glibc
#endif

/// `city-attribution`: finds the command of a command line and runs it.
public enum Program {
    /// Runs the command line of this process and returns its exit code.
    static func run() -> Int32 {
        let environment = ProcessConfiguration.environment()
        return run(
            Array(CommandLine.arguments.dropFirst()), environment: environment,
            output: Descriptor.sink(STDOUT_FILENO), errors: Descriptor.sink(STDERR_FILENO),
            terminalColumns: { Terminal.columns(environment) })
    }

    /// Runs a command line.
    ///
    /// - Parameters:
    ///   - words: the words after the name of the program.
    ///   - environment: the variables of the process.
    ///   - input: the file descriptor from which `-` is read.
    ///   - output: receives the results.
    ///   - errors: receives what is said about them.
    ///   - terminalColumns: the width of the terminal; nil where there is none.
    /// - Returns: the exit code.
    public static func run(
        _ words: [String], environment: [String: String], input: Int32 = 0, output: @escaping ByteSink,
        errors: @escaping ByteSink, terminalColumns: @escaping () -> Int? = { nil }
    ) -> Int32 {
        let first = words.first ?? "--help"
        let command = CommandTable.named(first)
        let isHelp = command == nil && ["--help", "-h", "help"].contains(first)
        var context: CommandContext
        do throws(UsageError) {
            let rest = Array(words.dropFirst())
            context = CommandContext(
                arguments: try Arguments(
                    command == nil ? [] : rest, known: command?.options ?? [],
                    takesConfiguration: command?.takesConfiguration ?? false),
                environment: environment, input: input, output: output, errors: errors,
                terminalColumns: terminalColumns)
        } catch {
            return misused("\(first): \(error.message)", errors)
        }
        guard let command else {
            if isHelp {
                context.print(overview)
            } else if first == "--version" {
                context.print("city-attribution \(Engine.version)\n")
            } else {
                return context.misused(unknown(first))
            }
            return context.isWritten ? ExitCode.done : ExitCode.findings
        }
        if context.arguments.has("help") {
            context.print(command.help)
            return context.isWritten ? ExitCode.done : ExitCode.findings
        }
        let code = command.run(&context)
        return code == ExitCode.done && !context.isWritten ? ExitCode.findings : code
    }

    /// The list of commands.
    static var overview: String {
        var lines = ["usage: city-attribution COMMAND [OPTION]… [ARGUMENT]…", ""]
        lines += CommandTable.all.map { "  \($0.name.padded(to: 12))  \($0.summary)" }
        lines += [
            "", "`city-attribution COMMAND --help` tells more, `city-attribution --version` the version.",
            "exit codes: " + ExitCode.all.map { "\($0.code) \($0.word)" }.joined(separator: ", "),
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func unknown(_ word: String) -> String {
        let near = NearestName.of(word, in: CommandTable.all.map(\.name))
        let what = word.hasPrefix("-") ? "option" : "command"
        return "\(word): the \(what) is not known; " + (near.map { "did you mean \($0)?" } ?? "see --help")
    }

    private static func misused(_ message: String, _ errors: ByteSink) -> Int32 {
        var text = "city-attribution: \(message)\n"
        _ = text.withUTF8 { errors(UnsafeRawBufferPointer($0)) }
        return ExitCode.usage
    }
}
