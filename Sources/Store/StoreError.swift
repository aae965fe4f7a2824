public import SQLDatabase

/// Why a store could not do what it was asked.
public enum StoreError: Error, Sendable, CustomStringConvertible {
    /// The database failed.
    case database(SQLError)
    /// Another process has opened the database to write: this one must not write again.
    case fenced
    /// The database belongs to another topic.
    case otherTopic(String)

    /// What went wrong, and what to do.
    public var description: String {
        switch self {
        case .database(let error): "\(error)"
        case .fenced:
            "another process has opened the database to write, and this one ends: run one kpi-service on a database"
        case .otherTopic(let topic):
            "the database holds what was read from the topic \(topic): name that topic, or another database"
        }
    }
}
