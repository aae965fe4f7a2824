import YAML

#if canImport(Glibc)
    import Glibc
#endif

/// The words of the deny list, from its file.
package enum DenyWords {
    /// Where the package stands.
    private static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

    /// Every word with its category, as a name of a member; what is refused only of a person follows such a word.
    package static let all: [(category: String, name: String)] = read()

    /// A member for every word, with a marker as its value: as text, as a number, in an object, in a list.
    static let members: [(name: String, value: Field)] = {
        let forms: [Field] = [.word, .sentence, .whole, ["value": .escaped], [.sentence, .word]]
        return all.enumerated().map { (name: $1.name, value: forms[$0 % forms.count]) }
    }()

    private static func read() -> [(category: String, name: String)] {
        let file = "Sources/Intake/BuiltIn/deny-list.yaml"
        guard let list = try? YAMLDocument.parse(bytes("\(root)/\(file)"), file: file) else { return [] }
        var words: [(category: String, name: String)] = []
        var known: Set<String> = []
        for category in list["categories"]?.items ?? [] {
            let title = category["category"]?.scalar ?? ""
            func add(_ name: String) {
                if known.insert(name).inserted { words.append((title, name)) }
            }
            for word in (category["names"]?.items ?? []) + (category["whole"]?.items ?? []) {
                add((word.scalar ?? "").replacing(" ", with: "_"))
            }
            for word in category["of_a_person"]?.items ?? [] { add("client " + (word.scalar ?? "")) }
            for word in category["doubtful"]?.items ?? [] { add(camelCase(word.scalar ?? "")) }
            for (path, _) in category["paths"]?.members ?? [] {
                let last = (path.scalar ?? "").split(separator: ".").last ?? ""
                for word in last.split(separator: "|") { add(String(word)) }
            }
        }
        return words
    }

    private static func camelCase(_ words: String) -> String {
        let parts = words.split(separator: " ")
        return (parts.prefix(1) + parts.dropFirst().map { Substring($0.capitalizedWord) }).joined()
    }

    private static func bytes(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "rb") else { return [] }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return bytes
    }
}

extension Substring {
    fileprivate var capitalizedWord: String { prefix(1).uppercased() + dropFirst() }
}
