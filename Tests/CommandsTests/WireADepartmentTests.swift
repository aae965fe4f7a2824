import Kafka
import Testing

@testable import Commands

extension ClusterTests {
    /// docs/wire-a-department.md, word for word: its files are written, its commands run, its output compared.
    @Suite struct WireADepartmentTests {
        private struct Step {
            var file: String?
            var text = ""
        }

        /// The blocks of the page; a block of a file belongs to the last name in front of it.
        private func steps() throws -> [Step] {
            var steps: [Step] = []
            var open: Step?
            var name: String?
            for line in try text(of: path("docs/wire-a-department.md")).split(
                separator: "\n", omittingEmptySubsequences: false)
            {
                if var step = open {
                    if line == "```" {
                        steps.append(step)
                        open = nil
                    } else {
                        step.text += line + "\n"
                        open = step
                    }
                } else if line == "```console" {
                    open = Step()
                } else if line.hasPrefix("```") {
                    open = Step(file: name)
                } else {
                    let quoted = line.split(separator: "`", omittingEmptySubsequences: false)
                    for word in quoted.indices where word % 2 == 1 && quoted[word].hasSuffix(".yaml") {
                        name = String(quoted[word])
                    }
                    if line.contains("`requests.json`") { name = "requests.json" }
                }
            }
            return steps
        }

        @Test func everySnippetDoesWhatThePageSays() throws {
            let cluster = try EmbeddedCluster()
            let folder = try Folder()
            let steps = try steps()
            // The page names a file that is not to pass behind its block.
            for (index, step) in steps.enumerated() where step.file != nil {
                let isWrong = step.text.contains("district: $.address")
                let file = isWrong ? "wrong.yaml" : steps[index].file ?? ""
                var text = step.text.replacing("localhost:9092", with: cluster.bootstrapServers)
                if file == "config.yaml" {
                    // Files are named as they stand in the folder in which one works.
                    for name in ["requests.yaml", "registry.yaml", "outcome.key"] {
                        text = text.replacing(": \(name)", with: ": \(folder.path)/\(name)")
                    }
                }
                _ = folder.write(file, text)
            }
            var count = 0
            for step in steps where step.file == nil {
                for (command, output) in commands(step.text) {
                    count += 1
                    guard command.hasPrefix("city-attribution ") else {
                        _ = folder.write("outcome.key", String(repeating: "k", count: 32))
                        continue
                    }
                    // The embedded cluster makes topics by itself, and cannot be asked to.
                    if command.hasPrefix("city-attribution topics ") { continue }
                    let said = perform(command, in: folder)
                    #expect(lines(said) == lines(output), "\(command)")
                }
            }
            #expect(count == 10)
        }

        /// The lines, in an order of their own: which of the two outputs comes first is the terminal's matter.
        private func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init).sorted() }

        private func commands(_ text: String) -> [(command: String, output: String)] {
            text.split(separator: "$ city-attribution ", omittingEmptySubsequences: false).enumerated().flatMap {
                index, part -> [(String, String)] in
                guard index > 0 else { return part.isEmpty ? [] : [(String(part), "")] }
                let lines = part.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
                return [("city-attribution \(lines[0])", lines.count > 1 ? String(lines[1]) : "")]
            }
        }

        /// What a command writes to both outputs; what the page redirects to a file is left out.
        private func perform(_ command: String, in folder: Folder) -> String {
            let isRedirected = command.contains(" > ")
            let words = command.split(separator: " ").dropFirst().prefix { $0 != ">" }.map { word -> String in
                let bare = word.replacing("'", with: "")
                let isFile =
                    [".yaml", ".json", ".ndjson"].contains { bare.hasSuffix($0) } || bare.hasPrefix("requests.json")
                return isFile ? "\(folder.path)/\(bare)" : String(bare)
            }
            let ran = run(words)
            return (ran.errors + (isRedirected ? "" : ran.output)).replacing("\(folder.path)/", with: "")
        }
    }
}
