import CPostgres
import Primitives

extension PostgresConnection {
    /// Statements that are under way at once: their answers must fit the buffers of the two sockets.
    private static let pipelineMax = 256
    /// Keys that are looked up with one statement.
    private static let keysMax = 4096
    /// Bytes that libpq is given at once; it copies them into a buffer of its own.
    private static let copyBytesMax = 1 << 18

    /// Runs a statement with each of a run of rows as its parameters, many of them before the first answer has come;
    /// the number of rows that it changed.
    func executeEach(
        _ statement: SQLStatement, _ types: [SQLType], _ rows: UnsafeRawBufferPointer, count: Int
    ) throws(SQLError) -> Int {
        let name = try prepared(statement, types)
        guard let start = rows.baseAddress, count > 0 else { return 0 }
        guard PQenterPipelineMode(handle) == 1 else { throw noResult(statement.name) }
        defer { PQexitPipelineMode(handle) }
        var reader = TupleReader(start)
        var changed = 0
        var done = 0
        while done < count {
            let next = min(count - done, PostgresConnection.pipelineMax)
            for _ in 0..<next {
                point(at: &reader, count: types.count)
                try send(prepared: name, statement: statement.name)
            }
            guard PQpipelineSync(handle) == 1 else { throw noResult(statement.name) }
            changed += try takeAnswers(statement.name)
            done += next
        }
        return changed
    }

    /// Takes the answers up to the next mark in the pipeline; throws the first error after the last answer.
    private func takeAnswers(_ statement: String) throws(SQLError) -> Int {
        var changed = 0
        var failure: SQLError?
        while true {
            guard let next = PQgetResult(handle) else {
                // The end of one statement's answers.
                if PQstatus(handle) == CONNECTION_BAD { throw failure ?? .lost(statement: statement) }
                continue
            }
            let result = PostgresResult(owning: next)
            if result.status == PGRES_PIPELINE_SYNC { break }
            if PQstatus(handle) == CONNECTION_BAD {
                throw failure ?? result.error(statement: statement, connection: handle)
            }
            if !result.isSuccess, result.status != PGRES_PIPELINE_ABORTED, failure == nil {
                failure = result.error(statement: statement, connection: handle)
            }
            if result.status == PGRES_COMMAND_OK { changed += result.changes }
        }
        if let failure { throw failure }
        return changed
    }

    /// Sends rows by COPY, whose binary layout they have already.
    func copy(into table: String, _ columns: [String], _ rows: UnsafeRawBufferPointer, name: String) throws(SQLError) {
        let list = columns.map(SQLStatement.quoted).joined(separator: ", ")
        let text = "COPY \(SQLStatement.quoted(table)) (\(list)) FROM STDIN (FORMAT binary)"
        let opened = try checked(PQexec(handle, text), name)
        guard opened.status == PGRES_COPY_IN else { throw noResult(name) }
        // The signature, no flags, and no extension of the header.
        try put(Array("PGCOPY\n".utf8) + [0xff, 0x0d, 0x0a, 0x00] + [UInt8](repeating: 0, count: 8), name)
        var sent = 0
        while sent < rows.count {
            let end = min(sent + PostgresConnection.copyBytesMax, rows.count)
            try put(UnsafeRawBufferPointer(rebasing: rows[sent..<end]), name)
            sent = end
        }
        try put([0xff, 0xff], name)
        guard PQputCopyEnd(handle, nil) == 1 else { throw noResult(name) }
        defer { drain() }
        _ = try checked(PQgetResult(handle), name)
    }

    private func put(_ bytes: [UInt8], _ name: String) throws(SQLError) {
        let code = bytes.withUnsafeBytes { put($0) }
        guard code == 1 else { throw noResult(name) }
    }

    private func put(_ bytes: UnsafeRawBufferPointer, _ name: String) throws(SQLError) {
        guard put(bytes) == 1 else { throw noResult(name) }
    }

    private func put(_ bytes: UnsafeRawBufferPointer) -> Int32 {
        PQputCopyData(
            handle, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(truncatingIfNeeded: bytes.count))
    }

    /// Runs a query of one array of keys for as many keys at once as is good, and shows the rows that it finds.
    func lookUp(
        _ statement: SQLStatement, _ keys: borrowing SortedKeys,
        _ body: (borrowing SQLRow) throws(SQLError) -> Void
    ) throws(SQLError) {
        var parameter = ByteBuffer(capacity: 64 + min(keys.count, PostgresConnection.keysMax) * 20)
        var start = 0
        while start < keys.count {
            let end = min(start + PostgresConnection.keysMax, keys.count)
            parameter.clear()
            parameter.append(bigEndian: Int16(1))
            let size = (end - start) * (4 + SortedKeys.length)
            parameter.appendArrayHeader(of: PostgresType.bytea, count: end - start, size: size)
            for index in start..<end { parameter.append(field: keys[index]) }
            try query(statement, [.byteStrings], parameter.bytes, body)
            start = end
        }
    }
}
