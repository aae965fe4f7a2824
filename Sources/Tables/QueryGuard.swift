import CSQLite
import Glibc

/// Sees to it that a query only reads, reads its own tables only, and comes to an end.
///
/// A class, because SQLite keeps a pointer to it: whoever holds the connection holds it too.
final class QueryGuard {
    /// What was refused last, as a phrase behind "is not allowed"; nil where nothing was.
    private(set) var refusal: String?
    /// The tables that may be read, folded.
    var tables: Set<String> = []

    private let stepsMax: Int64
    private let nanosecondsMax: Int64
    private var steps: Int64 = 0
    private var spent: Int64 = 0
    private var start: Int64 = 0
    /// Steps between two looks at the limits.
    private static let stepsBetweenLooks: Int32 = 1000
    /// Functions whose value is not a matter of the tables, so that a query would not give the same rows again, and
    /// such as reach outside of the database.
    private static let functions: Set<String> = [
        "changes", "current_date", "current_time", "current_timestamp", "fts3_tokenizer", "last_insert_rowid",
        "load_extension", "random", "randomblob", "total_changes",
    ]

    init(stepsMax: Int64, secondsMax: Int) {
        self.stepsMax = stepsMax
        nanosecondsMax = Int64(min(max(secondsMax, 0), 1 << 32)) * 1_000_000_000
    }

    /// Begins to judge what is compiled.
    func engage(_ database: borrowing Database) {
        refusal = nil
        let context = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_set_authorizer(
            database.handle,
            { context, action, first, second, _, _ in
                guard let context else { return SQLITE_DENY }
                return Unmanaged<QueryGuard>.fromOpaque(context).takeUnretainedValue().judge(action, first, second)
            }, context)
        sqlite3_progress_handler(
            database.handle, QueryGuard.stepsBetweenLooks,
            { context in
                guard let context else { return 1 }
                return Unmanaged<QueryGuard>.fromOpaque(context).takeUnretainedValue().look() ? 0 : 1
            }, context)
    }

    /// Lets pass what is this program's own.
    func release(_ database: borrowing Database) {
        sqlite3_set_authorizer(database.handle, nil, nil)
        sqlite3_progress_handler(database.handle, 0, nil, nil)
    }

    /// Starts the clock; it stands still while the rows are used.
    func begin() { start = QueryGuard.now() }

    /// Stops the clock.
    func end() { spent += QueryGuard.now() - start }

    /// False where a limit is reached.
    private func look() -> Bool {
        steps += Int64(QueryGuard.stepsBetweenLooks)
        return steps <= stepsMax && spent + QueryGuard.now() - start <= nanosecondsMax
    }

    private func judge(_ action: Int32, _ first: UnsafePointer<CChar>?, _ second: UnsafePointer<CChar>?) -> Int32 {
        func refuse(_ what: String) -> Int32 {
            refusal = what
            return SQLITE_DENY
        }
        switch action {
        case SQLITE_SELECT, SQLITE_RECURSIVE: return SQLITE_OK
        case SQLITE_READ:
            let table = first.map { String(cString: $0) } ?? ""
            return tables.contains(QueryText.folded(table)) ? SQLITE_OK : refuse("to read \(table)")
        case SQLITE_FUNCTION:
            let name = QueryText.folded(second.map { String(cString: $0) } ?? "")
            let isAllowed = !QueryGuard.functions.contains(name) && !name.hasPrefix("sqlite_")
            return isAllowed ? SQLITE_OK : refuse("the function \(name)")
        case SQLITE_ATTACH, SQLITE_DETACH: return refuse("to attach databases")
        case SQLITE_PRAGMA: return refuse("PRAGMA")
        case SQLITE_TRANSACTION, SQLITE_SAVEPOINT: return refuse("a transaction")
        default: return refuse("anything else")
        }
    }

    private static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
