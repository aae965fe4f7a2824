import Glibc

/// The CSV files of a folder.
struct CSVFolder {
    /// The most files that are looked at.
    static let filesMax = 1000

    /// A file that can be a table.
    struct File {
        /// Its name without `.csv`.
        let table: String
        /// Its name in the folder.
        let name: String
        let path: String
    }

    /// The folder as the caller named it.
    let path: String
    /// By name.
    let files: [File]

    init(_ path: String) throws(TableError) {
        guard let folder = opendir(path) else {
            throw TableError(path, "expected a folder of CSV files: \(String(cString: strerror(errno)))")
        }
        defer { closedir(folder) }
        var files: [File] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard !name.hasPrefix("."), QueryText.folded(name).hasSuffix(".csv"), name.utf8.count > 4 else { continue }
            let file = File(table: String(name.dropLast(4)), name: name, path: "\(path)/\(name)")
            guard CSVFolder.isRegular(file.path) else { continue }
            files.append(file)
            if files.count > CSVFolder.filesMax {
                throw TableError(path, "expected at most \(CSVFolder.filesMax) CSV files in a folder")
            }
        }
        self.path = path
        self.files = files.sorted { $0.name < $1.name }
    }

    private static func isRegular(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
}

extension CSVFolder.File {
    /// Owns a descriptor. A class, since a source is a closure, which can hold nothing else.
    private final class Owner {
        let descriptor: Int32

        init(_ descriptor: Int32) {
            self.descriptor = descriptor
        }

        deinit {
            close(descriptor)
        }
    }

    /// Opens the file; it is closed when the source is no longer held.
    func open() throws(TableError) -> ByteSource {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw TableError(name, "the file cannot be read: \(String(cString: strerror(errno)))")
        }
        let owner = Owner(descriptor)
        return ByteSource { ByteSource.descriptor(owner.descriptor).read($0) }
    }
}
