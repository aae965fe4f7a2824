import Operations
import Primitives

extension Command {
    /// `config`: the effective configuration.
    static let config = Command(
        name: "config", summary: "Print the effective configuration, secrets masked, and where each value is from.",
        usage: """
            config [--config FILE] [--KEY VALUE]…

            Prints every key that has a value, with its origin: default, file and line, variable, or option.
            Exit code 78 where the configuration is wrong; what is wrong goes to standard error.
            """
    ) { context in
        guard context.arguments.positionals.isEmpty else { return context.misused("config: expected options only") }
        let configuration = context.configuration()
        let entries = configuration.effective.map { (text: "\($0.key): \(scalar($0.text))", origin: $0.origin) }
        let width = min(entries.map(\.text.count).max() ?? 0, 60)
        for entry in entries { context.print("\(entry.text.padded(to: width))   # \(entry.origin)\n") }
        context.note(configuration.findings)
        return configuration.hasErrors ? ExitCode.configuration : ExitCode.done
    }

    /// A text as YAML reads it back: in quotes where it could be taken for something else.
    private static func scalar(_ text: String) -> String {
        let isPlain =
            text.first.map { $0.isASCII && ($0.isLetter || $0.isNumber || "/.*_".contains($0)) } ?? false
            && !text.contains(": ") && !text.contains(" #") && text.last != " " && text.last != ":"
            && text.unicodeScalars.allSatisfy { $0.value >= 0x20 } && text.first != "*" || text == mask
        if isPlain { return text }
        let escaped = text.unicodeScalars.map { scalar -> String in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\n": "\\n"
            case "\t": "\\t"
            default:
                scalar.value < 0x20
                    ? "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16) : String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }

    /// What stands in place of a secret.
    private static let mask = "********"
}
