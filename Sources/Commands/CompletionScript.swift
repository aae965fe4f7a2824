import Intake
import Operations

/// The completion of command lines in a shell, made of the table of commands.
struct CompletionScript {
    /// The words that a command can be followed by: those of the synopsis that are no placeholder.
    static func subcommands(_ command: Command) -> [String] {
        var found: [String] = []
        for line in command.usage.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty { break }
            let words = line.split(separator: " ")
            guard words.count > 1, words[0] == command.name, words[1].allSatisfy({ $0.isASCII && $0.isLowercase }),
                !found.contains(String(words[1]))
            else { continue }
            found.append(String(words[1]))
        }
        return found
    }

    /// The options of a command, without the dashes.
    static func options(_ command: Command) -> [String] {
        let keys = command.takesConfiguration ? Setting.all.map(\.key) + ["config"] : []
        return (command.options.map(\.name) + keys + ["help"]).reduce(into: []) { names, name in
            if !names.contains(name) { names.append(name) }
        }
    }

    /// The values of each option that has a list of them, by `COMMAND --OPTION`.
    static func values(_ command: Command) -> [(option: String, values: [String])] {
        var found: [(option: String, values: [String])] = []
        for option in command.options {
            if option.value == "CODE,…" {
                found.append((option.name, FaultCode.allCases.map(\.rawValue)))
            } else if let value = option.value, value.contains("|") {
                found.append((option.name, value.split(separator: "|").map(String.init)))
            }
        }
        guard command.takesConfiguration else { return found }
        for setting in Setting.all {
            if case .choice(let values) = setting.kind { found.append((setting.key, values)) }
        }
        return found
    }

    /// The script for bash; zsh runs it by its `bashcompinit`.
    static var bash: String {
        let names = CommandTable.all.map(\.name)
        var lines = [
            "_city_attribution() {",
            "    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=",
            "    COMPREPLY=()",
            "    if [ \"$COMP_CWORD\" -eq 1 ]; then",
            "        COMPREPLY=($(compgen -W '\(names.joined(separator: " ")) --help --version' -- \"$current\"))",
            "        return",
            "    fi",
            "    case \"${COMP_WORDS[1]} $before\" in",
        ]
        for command in CommandTable.all {
            for (option, values) in values(command) {
                lines.append("    '\(command.name) --\(option)') words='\(values.joined(separator: " "))' ;;")
            }
        }
        lines += [
            "    esac", "    if [ -z \"$words\" ]; then", "        case \"${COMP_WORDS[1]} $COMP_CWORD $current\" in",
        ]
        for command in CommandTable.all {
            let options = options(command).map { "--\($0)" }.joined(separator: " ")
            lines.append("        '\(command.name) '*' -'*) words='\(options)' ;;")
            let following = subcommands(command)
            if !following.isEmpty {
                lines.append("        '\(command.name) 2 '*) words='\(following.joined(separator: " "))' ;;")
            }
        }
        lines += [
            "        esac",
            "    fi",
            "    if [ -n \"$words\" ]; then",
            "        COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))",
            "    else",
            "        COMPREPLY=($(compgen -f -- \"$current\"))",
            "    fi",
            "}",
            "complete -o filenames -F _city_attribution city-attribution",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    /// The script for zsh.
    static var zsh: String { "autoload -Uz compinit bashcompinit && compinit -D && bashcompinit\n" + bash }
}
