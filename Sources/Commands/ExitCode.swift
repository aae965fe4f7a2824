/// The exit codes of every program here.
public enum ExitCode {
    /// What was asked for is done.
    public static let done: Int32 = 0
    /// It is done, and there is something wrong with what was looked at; or it failed.
    public static let findings: Int32 = 1
    /// The command line cannot be understood.
    public static let usage: Int32 = 2
    /// A service is unavailable (`EX_UNAVAILABLE` of sysexits.h).
    public static let unavailable: Int32 = 69
    /// The configuration is wrong (`EX_CONFIG` of sysexits.h).
    public static let configuration: Int32 = 78

    /// All of them: in a word, and in a sentence for the reference.
    static let all: [(code: Int32, word: String, meaning: String)] = [
        (done, "done", "What was asked for is done."),
        (
            findings, "findings or failures",
            "It is done, and something is wrong with what was looked at; or it failed, and a message says why."
        ),
        (usage, "usage", "The command line cannot be understood; nothing was done."),
        (unavailable, "a service is unavailable", "No broker or database answered, or it refused (`EX_UNAVAILABLE`)."),
        (configuration, "configuration", "The configuration is wrong; nothing was done (`EX_CONFIG`)."),
    ]
}
