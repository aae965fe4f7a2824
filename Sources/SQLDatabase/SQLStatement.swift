/// A statement of SQL with a name for error messages: made once, used on every connection.
///
/// A parameter is written `?`, as in SQLite; for PostgreSQL each is numbered (`$1`) where it stands outside of quotes
/// and comments. PostgreSQL's operators that are written with `?` are not for use: `jsonb_exists` and its sisters do
/// the same.
public struct SQLStatement: Sendable {
    /// The name, such as "insert outcome".
    public let name: String
    /// The text for SQLite.
    let sqlite: String
    /// The text for PostgreSQL, with its parameters numbered.
    let postgres: String

    /// Makes a statement that both databases understand.
    public init(_ name: String, _ text: String) {
        self.init(name, sqlite: text, postgres: text)
    }

    /// Makes a statement that each database is told in its own words.
    public init(_ name: String, sqlite: String, postgres: String) {
        self.name = name
        self.sqlite = sqlite
        self.postgres = Placeholders.numbered(postgres)
    }

    /// A name of a table or column as SQL writes it.
    static func quoted(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
