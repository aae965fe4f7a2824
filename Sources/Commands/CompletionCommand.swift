extension Command {
    /// `completion`: a script for a shell.
    static let completion = Command(
        name: "completion", summary: "Print a script by which bash or zsh completes command lines.",
        usage: """
            completion bash
            completion zsh

            Commands, their subcommands and options, values of options that have a list, and otherwise names of files.
            For example in ~/.bashrc: source <(city-attribution completion bash)
            """,
        takesConfiguration: false
    ) { context in
        switch context.arguments.positionals {
        case ["bash"]: context.print(CompletionScript.bash)
        case ["zsh"]: context.print(CompletionScript.zsh)
        default: return context.misused("completion: expected bash or zsh")
        }
        return ExitCode.done
    }
}
