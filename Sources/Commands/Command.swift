import Primitives

/// A command of `city-attribution`.
public struct Command: Sendable {
    /// The name, as it is typed.
    public let name: String
    /// What it does, in a line.
    public let summary: String
    /// How it is called and what it does, for `--help`; options are listed below it.
    public let usage: String
    /// Its options beside `--help`.
    public let options: [CommandOption]
    /// True where it reads the configuration, so that it accepts `--config` and every key.
    public let takesConfiguration: Bool
    /// Does it and returns the exit code.
    public let run: @Sendable (inout CommandContext) -> Int32

    /// Makes a command.
    public init(
        name: String, summary: String, usage: String, options: [CommandOption] = [], takesConfiguration: Bool = true,
        run: @escaping @Sendable (inout CommandContext) -> Int32
    ) {
        self.name = name
        self.summary = summary
        self.usage = usage
        self.options = options
        self.takesConfiguration = takesConfiguration
        self.run = run
    }

    /// The text of `--help`.
    var help: String {
        var lines = ["usage: city-attribution \(usage)", "", "options:"]
        for option in options + (takesConfiguration ? [.config] : []) + [.help] {
            let name = "--\(option.name)" + (option.value.map { " \($0)" } ?? "")
            lines.append("  \(name.padded(to: 22))  \(option.summary)")
        }
        if takesConfiguration {
            lines.append(
                "Every key of the configuration is an option too, such as --department health; `city-attribution "
                    + "config` lists them.")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
