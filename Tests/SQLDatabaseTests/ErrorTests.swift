import CSQLite
import TestDatabases
import Testing

@testable import SQLDatabase

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

@Suite struct ErrorTests {
    @Test(arguments: [
        ("40001", SQLError.Kind.conflict), ("40P01", .conflict), ("23505", .conflict), ("55P03", .conflict),
        ("23502", .statement), ("42601", .statement), ("22P02", .statement), ("53100", .full), ("53300", .unavailable),
        ("57014", .unavailable), ("57P01", .unavailable), ("57P03", .unavailable), ("08006", .unavailable),
        ("08P01", .statement),
        ("42501", .refused), ("28P01", .refused), ("25006", .refused), ("XX001", .corrupt), ("XX000", .statement),
        ("3D000", .statement),
    ])
    func aStateHasAKind(_ state: String, _ kind: SQLError.Kind) {
        #expect(SQLError.Kind(sqlState: state) == kind)
    }

    @Test(arguments: [
        (SQLITE_BUSY, SQLError.Kind.conflict), (SQLITE_BUSY | 2 << 8, .conflict), (SQLITE_LOCKED, .conflict),
        (2067, .conflict), (1555, .conflict), (2579, .conflict), (1299, .statement), (SQLITE_ERROR, .statement),
        (SQLITE_FULL, .full), (SQLITE_CORRUPT, .corrupt), (SQLITE_NOTADB, .corrupt), (SQLITE_READONLY, .refused),
        (SQLITE_IOERR | 3 << 8, .unavailable), (SQLITE_CANTOPEN, .unavailable), (SQLITE_NOMEM, .unavailable),
    ])
    func aResultCodeHasAKind(_ code: Int32, _ kind: SQLError.Kind) {
        #expect(SQLError.Kind(sqlite: code) == kind)
    }

    @Test func theMessageOfADataExceptionIsNotTold() {
        let error = SQLError(sqlState: "22P02", message: "invalid input: \"resident\"", statement: "insert")
        #expect(error.description == "insert: the database refused a value (statement, SQLSTATE 22P02)")
    }

    @Test func theConstraintIsNamedOnce() {
        let named = SQLError(sqlState: "23505", message: "duplicate \"k\"", constraint: "k", statement: "insert")
        #expect(named.reason == "duplicate \"k\"")
        let bare = SQLError(sqlState: "23505", message: "duplicate", constraint: "k", statement: "insert")
        #expect(bare.reason == "duplicate (k)")
    }

    /// Whatever is wrong with the URL, neither the password nor a part of it is in the error.
    @Test(arguments: [
        "postgresql://u:%zzsecret@h/d", "postgresql://u:sec@ret@h/d", "postgresql://u:sec/ret@h/d",
        "postgresql://u:1/secret@h/d", "postgresql://u:se?cret@h/d", "postgresql://u:[secret@h/d",
        "postgresql://u:secret@h:port/d", "postgresql://u%3Asecret@h/d", "postgres://u:secret@127.0.0.1:1/d",
        "postgresql://u:secret@/d?host=/nowhere", "postgresql://u@h/d?passwort=secret", "mysql://u:secret@h/d",
        "postgresql://u:secret@[::1/d",
    ])
    func noErrorShowsThePassword(_ address: String) {
        let error = failure { () throws(SQLError) in try SQLDatabase(address) }
        #expect(error != nil)
        let text = error?.description ?? ""
        #expect(!["secret", "cret", "ret@", "sec@"].contains { text.contains($0) }, "\(text)")
    }

    @Test func aServerThatIsNotThereIsUnavailable() {
        let error = failure { () throws(SQLError) in try SQLDatabase("postgresql://u@127.0.0.1:1/d") }
        #expect(error?.kind == .unavailable)
    }

    @Test func aServerThatTakesTheConnectionAndSaysNothingIsUnavailable() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutableBytes(of: &address) { bytes in
            let name = bytes.assumingMemoryBound(to: sockaddr.self).baseAddress
            return name.map { bind(listener, $0, length) == 0 && listen(listener, 1) == 0 }
                .map { $0 && name.map { getsockname(listener, $0, &length) } == 0 }
        }
        try #require(isListening == true)
        var options = SQLOptions()
        options.connectTimeoutMilliseconds = 100
        let url = "postgresql://u:secret@127.0.0.1:\(UInt16(bigEndian: address.sin_port))/d"
        let error = failure { () throws(SQLError) in try SQLDatabase(url, options) }
        #expect(error?.kind == .unavailable)
        #expect(error?.reason == "no answer in 100 ms")
    }
}
