import FoundationEssentials
public import SQLDatabase
public import Testing

/// A database of one test's own: a file in a temporary folder, or a schema of the server at `TEST_POSTGRES_URL`.
///
/// A test may open several connections at once. All of it goes with the object.
public final class TestDatabase {
    /// The address of a server for tests; nil where there is none.
    public static let postgresURL = ProcessInfo.processInfo.environment["TEST_POSTGRES_URL"]
    /// The databases that there are to test with.
    public static let products: [SQLDatabase.Product] = postgresURL == nil ? [.sqlite] : [.sqlite, .postgres]

    /// Which database it is.
    public let product: SQLDatabase.Product
    /// Its address.
    public let address: String
    private let name = "test_\(UInt64.random(in: .min ... .max))"
    private let folder: String

    /// Makes an empty one.
    public init(_ product: SQLDatabase.Product) throws {
        self.product = product
        folder = FileManager.default.temporaryDirectory.path + "/" + name
        switch product {
        case .sqlite:
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            address = "sqlite:\(folder)/store.db"
        case .postgres:
            let url = try #require(TestDatabase.postgresURL)
            try SQLDatabase(url).execute(SQLStatement("create schema", "CREATE SCHEMA \(name)"))
            address = url + (url.contains("?") ? "&" : "?") + "options=-csearch_path%3D\(name)"
        }
    }

    deinit {
        switch product {
        case .sqlite: try? FileManager.default.removeItem(atPath: folder)
        case .postgres:
            guard let url = TestDatabase.postgresURL, let database = try? SQLDatabase(url) else { return }
            _ = try? database.execute(SQLStatement("drop schema", "DROP SCHEMA \(name) CASCADE"))
        }
    }

    /// The file of an SQLite database.
    public var path: String { folder + "/store.db" }

    /// Opens a connection.
    public func open(_ options: SQLOptions = SQLOptions()) throws(SQLError) -> SQLDatabase {
        try SQLDatabase(address, options)
    }
}

extension Trait where Self == ConditionTrait {
    /// Leaves a test out, and says so, where there is no PostgreSQL.
    public static var needsPostgres: Self {
        .enabled(if: TestDatabase.postgresURL != nil, "TEST_POSTGRES_URL is not set: run scripts/with-postgres")
    }
}
