#if canImport(Glibc)
    import Glibc
#endif

/// Whole files.
public enum Files {
    /// The content of a file, or nil where it cannot be read (it is not there, is a folder, or the rights are missing).
    public static func read(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            content.append(contentsOf: chunk[..<count])
            if count < chunk.count { break }
        }
        return ferror(file) == 0 ? content : nil
    }

    /// Writes a file whole, in place of what it held.
    /// - Returns: false where it could not be written to the end.
    public static func write(_ content: [UInt8], to path: String) -> Bool {
        guard let file = fopen(path, "wb") else { return false }
        let written = fwrite(content, 1, content.count, file)
        return fclose(file) == 0 && written == content.count
    }
}
