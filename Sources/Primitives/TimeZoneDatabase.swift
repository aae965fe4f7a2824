#if canImport(Glibc)
    import Glibc
#endif

/// Why there are no rules for a time zone.
public struct TimeZoneFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of faults.
    public enum Kind: Sendable {
        /// The name cannot be one of a zone.
        case name
        /// The database holds no zone of that name, or it cannot be read.
        case missing
        /// The file of the zone is not what RFC 8536 says.
        case damaged
    }

    /// The kind.
    public let kind: Kind
    /// The name of the zone, as it was asked for.
    public let zone: String
    /// Where it is wrong, or where it was looked for.
    public let detail: String

    init(_ kind: Kind, _ zone: String, _ detail: String) {
        self.kind = kind
        self.zone = zone
        self.detail = detail
    }

    /// The zone, what was expected, and what to do.
    public var description: String {
        switch kind {
        case .name: "time zone \(zone): expected a name of the time zone database, such as America/Chicago"
        case .missing:
            "time zone \(zone): expected it in \(detail); check the name, install the package tzdata, or set TZDIR"
        case .damaged: "time zone \(zone): expected a TZif file (RFC 8536), found \(detail); install tzdata again"
        }
    }
}

extension TimeZoneRules {
    /// The folder of the time zone database: that of the environment variable `TZDIR`, or `/usr/share/zoneinfo`.
    public static var systemDirectory: String {
        guard let value = getenv("TZDIR"), value.pointee != 0 else { return "/usr/share/zoneinfo" }
        return String(cString: value)
    }

    /// Reads the rules of a zone from the time zone database.
    /// - Parameters:
    ///   - name: the name of a zone, such as `America/Chicago`.
    ///   - directory: the folder of the database.
    /// - Throws: `TimeZoneFault`.
    public static func named(
        _ name: String, in directory: String = systemDirectory
    ) throws(TimeZoneFault) -> TimeZoneRules {
        guard isZoneName(name) else { throw TimeZoneFault(.name, name, "") }
        guard let file = regularFile("\(directory)/\(name)", bytesMax: TimeZoneFile.bytesMax + 1) else {
            throw TimeZoneFault(.missing, name, directory)
        }
        return try TimeZoneRules(name: name, file: file)
    }

    /// The names of the zones of the time zone database, sorted; empty where there is no database.
    ///
    /// Left out are `posix/` and `right/`, which repeat all zones, and files that stand for no place.
    public static func names(in directory: String = systemDirectory) -> [String] {
        var names: [String] = []
        collect(directory, "", depth: 0, &names)
        return names.sorted()
    }

    private static let notZones: Set<String> = ["posix", "right", "posixrules", "localtime", "Factory"]
    private static let namesMax = 10_000
    // `America/Argentina/Buenos_Aires` is as deep as it gets; folders may lead back to themselves by links.
    private static let depthMax = 3

    private static func collect(_ directory: String, _ prefix: String, depth: Int, _ names: inout [String]) {
        guard depth < depthMax, let folder = opendir("\(directory)/\(prefix)") else { return }
        defer { closedir(folder) }
        while names.count < namesMax, let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard isZoneName(name), !(depth == 0 && notZones.contains(name)) else { continue }
            if let start = regularFile("\(directory)/\(prefix)\(name)", bytesMax: 4) {
                if start == Array("TZif".utf8) { names.append(prefix + name) }
            } else {
                collect(directory, "\(prefix)\(name)/", depth: depth + 1, &names)
            }
        }
    }

    /// True for parts of letters, digits and `_ + -`, at most 255 bytes, with `/` between them; so no path leads out of
    /// the folder of the database.
    static func isZoneName(_ name: String) -> Bool {
        guard !name.isEmpty, name.utf8.count <= 255 else { return false }
        return name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty
                && part.allSatisfy { byte in
                    (0x61...0x7a).contains(byte | 0x20) || byte &- 48 < 10 || byte == UInt8(ascii: "_")
                        || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
                }
        }
    }

    /// The first bytes of a file; nil where it is none, or cannot be read.
    static func regularFile(_ path: String, bytesMax: Int) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        var content = [UInt8](repeating: 0, count: min(bytesMax, Int(status.st_size)))
        var length = 0
        while length < content.count {
            let count = content.withUnsafeMutableBytes {
                read(file, $0.baseAddress.map { $0 + length }, $0.count - length)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            length += count
        }
        return Array(content[..<length])
    }
}
