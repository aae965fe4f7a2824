import Testing

@testable import Commands

#if canImport(Glibc)
    import Glibc
#endif

/// Where the package stands.
private let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

/// The path of a file below the package, or beside it.
func path(_ relative: String) -> String { "\(root)/\(relative)" }

/// The path of a fixture.
func fixture(_ name: String) -> String { path("Tests/CommandsTests/Fixtures/\(name)") }

/// The whole text of a file.
func text(of path: String) throws -> String {
    let file = try #require(fopen(path, "rb"), "\(path)")
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = fread(&chunk, 1, chunk.count, file)
        if count == 0 { break }
        bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
}

/// A folder that goes away with this object.
final class Folder {
    let path: String

    init() throws {
        var template = Array("/tmp/commands-tests-XXXXXX".utf8CString)
        let made = try #require(mkdtemp(&template))
        path = String(cString: made)
    }

    deinit {
        guard let entries = opendir(path) else { return }
        while let entry = readdir(entries) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { unlink("\(path)/\(name)") }
        }
        closedir(entries)
        rmdir(path)
    }

    /// Writes a file and gives its path.
    func write(_ name: String, _ content: [UInt8]) -> String {
        let file = "\(path)/\(name)"
        if let opened = fopen(file, "wb") {
            fwrite(content, 1, content.count, opened)
            fclose(opened)
        }
        return file
    }

    func write(_ name: String, _ content: String) -> String { write(name, Array(content.utf8)) }
}

/// What a command line gave.
struct Ran: Equatable {
    var code: Int32
    var output: String
    var errors: String
}

/// Collects what is written.
private final class Collected {
    var bytes: [UInt8] = []
    var text: String { String(decoding: bytes, as: UTF8.self) }

    func sink(_ piece: UnsafeRawBufferPointer) -> Bool {
        bytes += piece
        return true
    }
}

/// Runs a command line without a process; `-` reads the given file.
func run(
    _ words: [String], environment: [String: String] = [:], input: String = "/dev/null", columns: Int? = nil
) -> Ran {
    let (output, errors) = (Collected(), Collected())
    let descriptor = open(input, O_RDONLY)
    defer { close(descriptor) }
    let code = Program.run(
        words, environment: environment, input: descriptor, output: output.sink, errors: errors.sink,
        terminalColumns: { columns })
    return Ran(code: code, output: output.text, errors: errors.text)
}
