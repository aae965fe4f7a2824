import JSON

extension Fuzzer {
    /// Documents: they are read the same twice, what is written of them reads back, and an error has its place.
    static let json = Fuzzer(
        name: "json", bytesMax: 2048, dictionary: "json",
        folders: [
            "schemas/examples/canonical-event", "schemas/examples/attribution-record", "schemas/examples/release",
        ]
    ) {
        let fuzzer = JSONFuzzer()
        return { fuzzer.take($0) }
    }
}

private final class JSONFuzzer {
    private static let limit = 1 << 20
    private let first = Extractor(maximumBytes: limit, maximumDepth: 32)
    private let second = Extractor(maximumBytes: limit, maximumDepth: 32)
    private let root = ExtractionPlan([SimplePath()])
    private let children = ExtractionPlan([SimplePath(steps: [.wildcard])])

    func take(_ bytes: UnsafeRawBufferPointer) {
        let document: DocumentNode
        do throws(JSONError) {
            document = try first.document(bytes)
        } catch {
            return expectSameError(error, bytes)
        }
        let text = document.json
        let values = document.values
        // The same in memory with something else behind it.
        withPadded(bytes, byte: UInt8(ascii: "\"")) { padded in
            guard let found = try? second.extract(padded: padded, root) else {
                fatalError("found: with other bytes behind it, the document is refused")
            }
            expect(found.count == 1, "the root is there once")
        }
        guard let again = try? second.document() else { fatalError("found: the document is gone") }
        expect(again.json == text, "a second reading differs")
        expect((try? second.extract(bytes, children))?.count == document.childCount, "a plan finds other children")
        Array(text.utf8).withUnsafeBytes { written in
            guard let read = try? second.document(written) else { fatalError("found: what was written is no JSON") }
            expect(read.values == values, "what was written reads back as something else")
            expect(read.json == text, "what was written is written otherwise the second time")
        }
    }

    private func expectSameError(_ error: JSONError, _ bytes: UnsafeRawBufferPointer) {
        expect(error.offset.map { (0...bytes.count).contains($0) } ?? true, "the place of the error: \(error)")
        expect(!error.expected.isEmpty, "the error says what was expected")
        Marker.expectNone(in: error.message, "the error")
        for byte in [0x20, UInt8(ascii: "}")] {
            withPadded(bytes, byte: byte) { padded in
                expect(failure(padded) == error, "the error depends on what stands behind the document")
            }
        }
    }

    private func failure(_ padded: UnsafeRawBufferPointer) -> JSONError? {
        do throws(JSONError) {
            _ = try second.extract(padded: padded, root)
            return nil
        } catch {
            return error
        }
    }

    private func withPadded(_ bytes: UnsafeRawBufferPointer, byte: UInt8, _ body: (UnsafeRawBufferPointer) -> Void) {
        let memory = Array(bytes) + Array(repeating: byte, count: Extractor.padding)
        memory.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[..<bytes.count])) }
    }
}

extension DocumentNode {
    /// The value as compact JSON.
    var json: String {
        var writer = JSONWriter()
        write(to: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// The members or elements.
    var childCount: Int {
        var count = 0
        forEachChild { _, _ in count += 1 }
        return count
    }

    /// All names and scalars of the document in their order, numbers as they are written.
    var values: [String] {
        var values: [String] = []
        collect(into: &values)
        return values
    }

    private func collect(into values: inout [String]) {
        switch kind {
        case .string: values.append("string " + text.text)
        case .object, .array:
            values.append("\(kind)")
            forEachChild { name, child in
                if let name { values.append("name " + name.text) }
                child.collect(into: &values)
            }
            values.append("end")
        // A number without decimals is written as a whole one.
        default: values.append(json)
        }
    }

    /// The places of the document's values.
    var places: Set<Int> {
        var places: Set<Int> = [place]
        forEachChild { _, child in places.formUnion(child.places) }
        return places
    }
}
