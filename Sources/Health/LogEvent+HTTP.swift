public import Operations

extension LogEvent {
    /// A process answers over HTTP.
    public static let httpListening = LogEvent(
        "http_listening", .info, "Answering over HTTP.", fields: [.address])
}

extension LogField {
    /// Where something answers.
    public static let address = LogField("address", "where it answers")
}
