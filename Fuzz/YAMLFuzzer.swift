import JSON
import YAML

extension Fuzzer {
    /// Files: a tree whose places are in the file, or an error with such a place; what is JSON too reads as JSON does.
    static let yaml = Fuzzer(
        name: "yaml", bytesMax: 1024, dictionary: "yaml",
        folders: ["schemas/examples/registry", "schemas/examples/profile-test", "schemas/profiles", "compose/registry"]
    ) {
        let fuzzer = YAMLFuzzer()
        return { fuzzer.take($0) }
    }
}

private final class YAMLFuzzer {
    private let extractor = Extractor(maximumBytes: 1 << 20)

    func take(_ bytes: UnsafeRawBufferPointer) {
        let lines = FileLines(bytes)
        do throws(YAMLError) {
            let root = try YAMLDocument.parse(Array(bytes), file: "file")
            check(root, lines)
            if let document = try? extractor.document(bytes) { expectSame(root, document) }
        } catch {
            expect(lines.hold(error.line) && error.column >= 1, "the place of the error: \(error)")
            expect(!error.message.isEmpty, "the error says what was expected")
        }
    }

    private func check(_ node: YAMLNode, _ lines: FileLines) {
        expect(lines.hold(node.line) && node.column >= 1, "line \(node.line), column \(node.column)")
        for item in node.items { check(item, lines) }
        for (key, value) in node.members {
            expect(key.line >= node.line, "a key stands before its mapping")
            check(key, lines)
            check(value, lines)
        }
        expect(Set(node.members.compactMap(\.key.scalar)).count == node.members.count, "a key stands twice")
    }

    private func expectSame(_ node: YAMLNode, _ document: DocumentNode) {
        switch document.kind {
        case .object:
            var members: [(name: String, value: DocumentNode)] = []
            document.forEachChild { members.append(($0?.text ?? "", $1)) }
            expect(members.map(\.name) == node.members.map { $0.key.scalar ?? "" }, "JSON has other members")
            for (member, other) in zip(node.members, members) { expectSame(member.value, other.value) }
        case .array:
            var items: [DocumentNode] = []
            document.forEachChild { items.append($1) }
            expect(node.items.count == items.count, "JSON has other items")
            for (item, other) in zip(node.items, items) { expectSame(item, other) }
        case .string: expect(node.scalar == document.string, "JSON has another text")
        case .null: expect(node.isNull, "JSON has null")
        case .true, .false: expect(node.boolean == (document.kind == .true), "JSON has a truth value")
        case .integer:
            // -0 and numbers with an exponent are other texts of the same number.
            expect(node.number == document.integer.map { Double($0) }, "JSON has another number")
        case .unsigned, .double: expect(node.number != nil, "JSON has a number")
        }
    }
}

/// How many lines a file has at most.
struct FileLines {
    private let count: Int

    /// Counts every byte that can be a part of a line end of YAML, in whatever encoding.
    init(_ bytes: some Sequence<UInt8>) {
        count = 1 + bytes.count { [0x0a, 0x0d, 0x85, 0x28, 0x29, 0xa8, 0xa9].contains($0) }
    }

    /// Whether there is a line of this number; the end of the file counts as one.
    func hold(_ line: Int) -> Bool { (1...count + 1).contains(line) }
}
