import Operations

/// What a program has to say before its work begins.
extension LogEvent {
    /// All of them.
    static let start: [LogEvent] = [.startWarning, .startError, .startRefused]

    static let startWarning = LogEvent(
        "start_warning", .warning, "Something in the configuration, or in a file that it names, is doubtful.",
        fields: [.error], advice: "look at the place that error names; city-attribution check says all of them")
    static let startError = LogEvent(
        "start_error", .error, "Something in the configuration, or in a file that it names, is wrong.",
        fields: [.error], advice: "mend the place that error names; city-attribution check says all of them")
    static let startRefused = LogEvent(
        "start_refused", .error, "The program does not start, and has touched nothing.", fields: [.error],
        advice: "mend what error names, or the start_error before it")
}
