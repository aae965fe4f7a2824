import Testing

@testable import JSON

@Suite struct DocumentNodeTests {
    private let extractor = Extractor(maximumBytes: 1000)

    /// A document as the walk gives it: members with their names, elements in brackets.
    private func walked(_ text: String) throws -> String {
        func shown(_ node: DocumentNode) -> String {
            var parts: [String] = []
            node.forEachChild { name, child in
                parts.append((name.map { String(decoding: $0, as: UTF8.self) + "=" } ?? "") + shown(child))
            }
            switch node.kind {
            case .object: return "{\(parts.joined(separator: " "))}"
            case .array: return "[\(parts.joined(separator: " "))]"
            case .string: return "'" + String(decoding: node.text, as: UTF8.self) + "'"
            default: return node.integer.map(String.init) ?? "\(node.kind)"
            }
        }
        return try Array(text.utf8).withUnsafeBytes { shown(try extractor.document($0)) }
    }

    @Test(arguments: [
        (#"{"a":[1,{"b":null},[]],"é":"x\n","c":{}}"#, "{a=[1 {b=null} []] é='x\n' c={}}"),
        (#"[true,false,1.5,18446744073709551615,-3]"#, "[true false double unsigned -3]"), ("7", "7"),
    ])
    func walksOverAll(_ text: String, _ expected: String) throws {
        #expect(try walked(text) == expected)
    }

    @Test func numbersBeyond64BitsReadBackAsTheyAreWritten() throws {
        for text in [
            "-92233720368547773918462051E-7", "9.3e18", "18446744073709551616.0", "1e20", "9e20", "1e21", "-1e300",
        ] {
            let read = try written(text)
            #expect(try written(read) == read && Double(read) == Double(text), "\(text) is written as \(read)")
        }
    }

    private func written(_ text: String) throws -> String {
        var writer = JSONWriter()
        try Array(text.utf8).withUnsafeBytes { try extractor.document($0).write(to: &writer) }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test func findsMembers() throws {
        try Array(#"{"a":{"b":"c"},"ab":[1]}"#.utf8).withUnsafeBytes { bytes in
            let document = try extractor.document(bytes)
            #expect(document.member("a")?.member("b")?.kind == .string)
            #expect(document.member("ab")?.kind == .array && document.member("ab")?.member("a") == nil)
            #expect(document.member("c") == nil && document.text.isEmpty && document.integer == nil)
        }
    }

    @Test func writesAValueWhereItStands() throws {
        try Array(#" {"a" : {"b":[1.50, "é\n", 18446744073709551615, null]}} "#.utf8).withUnsafeBytes { bytes in
            var writer = JSONWriter()
            try #require(try extractor.document(bytes).member("a")).write(to: &writer)
            #expect(String(decoding: writer.bytes, as: UTF8.self) == #"{"b":[1.5,"é\n",18446744073709551615,null]}"#)
        }
    }

    @Test func queriesFindThePlacesOfTheDocumentExtractedLast() throws {
        try Array(#"{"a":[{"b":1},{"b":2,"c":3}]}"#.utf8).withUnsafeBytes { bytes in
            _ = try extractor.extract(bytes, ExtractionPlan([try SimplePath("$.a")]))
            let document = try extractor.document()
            let found = try extractor.nodes(of: try JSONPath("$.a[?@.c].b"))
            var places: [Int] = []
            document.member("a")?.forEachChild { _, element in
                if let place = element.member("b")?.place { places.append(place) }
            }
            #expect(found.map(\.place) == [places[1]] && Set(places).count == 2)
        }
    }

    @Test func refusesWhatTheExtractorRefuses() {
        #expect(throws: JSONError.self) { try walked(#"{"a":1,"a":2}"#) }
        #expect(throws: JSONError.self) { try walked("{") }
    }
}
