#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The rights of an SQLite database's files: they hold what residents told the city.
enum SQLiteFile {
    private static let ownerOnly: mode_t = 0o600
    private static let anyoneElse: mode_t = 0o077

    /// Makes the file where there is none, and takes it and its two companions from everyone but the owner.
    ///
    /// SQLite gives `-wal` and `-shm` the rights of the database. Nothing here opens the file: to close it again would
    /// drop the locks that other connections of this process hold (https://sqlite.org/howtocorrupt.html, 2.2).
    static func protect(_ path: String, isCreating: Bool) throws(SQLError) {
        if isCreating, mknod(path, S_IFREG | ownerOnly, 0) != 0, errno != EEXIST {
            throw failure("create the database", path)
        }
        for name in [path, path + "-wal", path + "-shm"] {
            var status = stat()
            guard stat(name, &status) == 0, status.st_mode & anyoneElse != 0, status.st_mode & S_IFMT == S_IFREG else {
                continue
            }
            guard chmod(name, ownerOnly) == 0 else { throw failure("set mode 0600 of the database", name) }
        }
    }

    private static func failure(_ operation: String, _ path: String) -> SQLError {
        let number = errno
        // Waiting makes no folder: it is for the operator to do, as a wrong name is.
        if number == ENOENT || number == ENOTDIR {
            let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            return SQLError(
                .statement, statement: operation,
                reason: "\(path): there is no folder \(folder): make it, or name another file")
        }
        let kind: SQLError.Kind =
            [EACCES, EPERM, EROFS].contains(number) ? .refused : number == ENOSPC ? .full : .unavailable
        return SQLError(kind, statement: operation, reason: "\(path): \(String(cString: strerror(number)))")
    }
}
