/// What a client has to say beside the results of calls.
///
/// Events are served on the thread that polls the client, inside a call of that client, never on another thread.
public enum ClientEvent: Sendable {
    /// A line of librdkafka's log; `level` as in syslog: 0 emergency to 7 debug.
    case log(level: Int, facility: String, message: String)
    /// An error that belongs to no call, such as a lost connection; most pass by themselves, fatal ones never do.
    case error(KafkaError)
    /// Statistics in librdkafka's JSON, every `statistics.interval.ms`.
    case statistics(String)
}

/// Keeps the last error that a client reported, for who waits for an answer in vain. For the thread that polls.
public final class LastError {
    /// The error; nil where there was none.
    public private(set) var last: KafkaError?
    /// The first by which credentials were refused.
    public private(set) var refusal: KafkaError?

    /// Makes one without an error.
    public init() {}

    /// Takes a client's event.
    public func note(_ event: ClientEvent) {
        guard case .error(let error) = event else { return }
        last = error
        if refusal == nil, error.isRefusal { refusal = error }
    }
}
