/// The commands, in the order in which they are listed.
public enum CommandTable {
    /// Every command.
    public static let all: [Command] = [
        .demo, .explain, .check, .test, .run, .ingest, .topics, .deadLetters, .replay, .reprocess, .registry, .rules,
        .evaluate,
        .profile, .path, .kpi,
        .bench,
        .config, .completion,
    ]

    /// The command of a name, or nil.
    static func named(_ name: String) -> Command? {
        all.first { $0.name == name }
    }
}
