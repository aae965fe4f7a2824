import CSQLite
import Primitives

/// Finds out what a query over a folder needs, by compiling it against empty tables.
struct JoinPlanner {
    /// What stands for the query in errors.
    static let place = "query"

    /// A table with the columns of its file.
    struct Table {
        let file: CSVFolder.File
        let columns: [String]
    }

    let folder: CSVFolder
    let query: QueryText
    let format: CSVFormat
    let queryGuard: QueryGuard

    /// Makes the tables that the query names, empty, and no others.
    func makeTables(in database: borrowing Database) throws(TableError) -> [Table] {
        if query.hasNUL { throw TableError(JoinPlanner.place, "expected text without NUL bytes") }
        var tables: [Table] = []
        var unusable: [String: TableError] = [:]
        for file in folder.files where query.mayName(file.table) {
            let name = QueryText.folded(file.table)
            do throws(TableError) {
                if let other = tables.first(where: { QueryText.folded($0.file.table) == name }) {
                    throw TableError(
                        folder.path, "expected names that differ in more than case: \(other.file.name), \(file.name)")
                }
                let table = Table(file: file, columns: try columns(of: file))
                try make(table, in: database)
                tables.append(table)
                queryGuard.tables.insert(name)
            } catch {
                unusable[name] = error
            }
        }
        // Checked once with all there is, for the best message; then each is needed that it fails without.
        do throws(SQLiteFailure) {
            _ = try compile(in: database)
        } catch {
            throw explained(error, tables, unusable)
        }
        var needed: [Table] = []
        for table in tables {
            do throws(SQLiteFailure) {
                try database.execute("DROP TABLE \(Database.quoted(table.file.table))")
            } catch {
                throw TableError(table.file.name, "the table cannot be removed: \(error.message)")
            }
            if (try? compile(in: database)) != nil { continue }
            try make(table, in: database)
            needed.append(table)
        }
        // Two files that are one table for SQLite: an error only where the query names it.
        for table in needed { if let error = unusable[QueryText.folded(table.file.table)] { throw error } }
        return needed
    }

    /// Compiles the query; what is no query that only reads is refused.
    func statement(in database: borrowing Database, _ tables: [Table]) throws(TableError) -> Statement {
        do throws(SQLiteFailure) {
            return try compile(in: database)
        } catch {
            throw explained(error, tables, [:])
        }
    }

    /// The columns of the result, which become members of an object.
    func columns(of statement: borrowing Statement) throws(TableError) -> [String] {
        let columns = statement.columns
        for (index, name) in columns.enumerated() {
            if name.isEmpty {
                throw TableError(JoinPlanner.place, "expected a name for column \(index + 1) of the result; use AS")
            }
            if columns[..<index].contains(name) {
                throw TableError(
                    JoinPlanner.place, "expected each column of the result once; \(name) is there twice; use AS")
            }
        }
        return columns
    }

    private func columns(of file: CSVFolder.File) throws(TableError) -> [String] {
        let reader = try CSVReader(try file.open(), name: file.name, format: format)
        var places: [String: Int] = [:]
        for (place, name) in reader.columns.enumerated() {
            if let other = places.updateValue(place, forKey: QueryText.folded(name)) {
                let both = "columns \(other + 1) and \(place + 1)"
                throw TableError(
                    file.name, line: reader.line, "expected names that differ in more than case, unlike \(both)")
            }
        }
        return reader.columns
    }

    private func make(_ table: Table, in database: borrowing Database) throws(TableError) {
        let columns = table.columns.map { "\(Database.quoted($0)) TEXT" }.joined(separator: ", ")
        do throws(SQLiteFailure) {
            try database.execute("CREATE TABLE \(Database.quoted(table.file.table)) (\(columns))")
        } catch {
            throw TableError(table.file.name, "the file cannot be a table: \(error.message)")
        }
    }
}

extension JoinPlanner {
    private func compile(in database: borrowing Database) throws(SQLiteFailure) -> Statement {
        queryGuard.engage(database)
        let (code, compiled, isAlone) = query.bytes.withUnsafeBytes { bytes in
            let start = bytes.assumingMemoryBound(to: CChar.self).baseAddress
            var (compiled, tail): (OpaquePointer?, UnsafePointer<CChar>?)
            let code = sqlite3_prepare_v3(database.handle, start, Int32(clamping: bytes.count), 0, &compiled, &tail)
            return (code, compiled, code != SQLITE_OK || JoinPlanner.isEmpty(tail, in: database))
        }
        guard code == SQLITE_OK else {
            let failure = database.failure()
            queryGuard.release(database)
            throw failure
        }
        queryGuard.release(database)
        guard let compiled else { throw JoinPlanner.refused("expected a SELECT; there is nothing") }
        let statement = Statement(owning: compiled)
        if !isAlone { throw JoinPlanner.refused("expected a single SELECT; there is something behind it") }
        guard sqlite3_stmt_readonly(compiled) != 0, sqlite3_stmt_isexplain(compiled) == 0,
            sqlite3_column_count(compiled) > 0
        else { throw JoinPlanner.refused("expected a SELECT; nothing else is allowed") }
        if sqlite3_bind_parameter_count(compiled) > 0 {
            throw JoinPlanner.refused("expected a SELECT without parameters: nothing would set them")
        }
        return statement
    }

    /// Whether there is nothing but blanks, comments and semicolons.
    private static func isEmpty(_ tail: UnsafePointer<CChar>?, in database: borrowing Database) -> Bool {
        var tail = tail
        while let start = tail, start.pointee != 0 {
            var compiled: OpaquePointer?
            let code = sqlite3_prepare_v3(database.handle, start, -1, 0, &compiled, &tail)
            sqlite3_finalize(compiled)
            // Where nothing is taken, nothing more will be.
            if code != SQLITE_OK || compiled != nil { return false }
            if tail == start { break }
        }
        return true
    }

    private static func refused(_ message: String) -> SQLiteFailure {
        SQLiteFailure(code: SQLITE_AUTH, message: message, offset: -1)
    }

    /// An error of the compiler with its place and what to do.
    private func explained(
        _ failure: SQLiteFailure, _ tables: [Table], _ unusable: [String: TableError]
    ) -> TableError {
        let (line, column) = query.place(of: failure.offset)
        var message = failure.message
        if let refusal = queryGuard.refusal {
            message = "expected a SELECT that only reads the tables of the folder; \(refusal) is not allowed"
        } else if let name = JoinPlanner.name(in: message, behind: "no such table: ") {
            if let error = unusable[QueryText.folded(name)] { return error }
            message += JoinPlanner.suggestion(name, folder.files.map(\.table))
        } else if let name = JoinPlanner.name(in: message, behind: "no such column: ") {
            message += JoinPlanner.suggestion(name, tables.flatMap(\.columns))
        }
        return TableError(JoinPlanner.place, line: line, column: column, message)
    }

    /// The last part of a name that a message of SQLite ends with.
    private static func name(in message: String, behind start: String) -> String? {
        guard message.hasPrefix(start) else { return nil }
        return message.dropFirst(start.count).split(separator: ".").last.map(String.init)
    }

    private static func suggestion(_ name: String, _ known: [String]) -> String {
        if let other = known.first(where: { QueryText.folded($0) == QueryText.folded(name) }) {
            return "; there is one of the name \(other) elsewhere"
        }
        if let near = NearestName.of(name, in: known) { return "; did you mean \(near)?" }
        let some = known.prefix(20).joined(separator: ", ")
        return known.isEmpty ? "" : "; expected one of \(some)\(known.count > 20 ? ", …" : "")"
    }
}
