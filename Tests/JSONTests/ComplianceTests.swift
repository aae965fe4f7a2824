import JSON
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// The compliance test suite of RFC 9535 (https://github.com/jsonpath-standard/jsonpath-compliance-test-suite), where
/// it lies beside the package.
@Suite struct ComplianceTests {
    private static let file =
        "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/../shared/data/jsonpath/cts.json"

    private static let isThere = access(file, R_OK) == 0

    @Test(.enabled(if: isThere, "the compliance test suite is not beside the package")) func passes() throws {
        let suite = try bytes(of: Self.file)
        let cases = try select("$.tests[*]", in: suite).map(\.json)
        #expect(cases.count >= 703)
        var passed = 0
        for text in cases {
            let document = Array(text.utf8)
            if try holds(document) {
                passed += 1
            } else {
                Issue.record("\(try select("$.name", in: document).map(\.json)): \(text)")
            }
        }
        #expect(passed == cases.count)
    }

    private func holds(_ test: [UInt8]) throws -> Bool {
        func member(_ name: String) throws -> [String] { try select("$.\(name)", in: test).map(\.json) }
        let isInvalid = try member("invalid_selector") == ["true"]
        let selector = try text(of: "$.selector", in: test)
        let path: JSONPath
        do throws(PathSyntaxError) {
            path = try JSONPath(selector)
        } catch {
            return isInvalid
        }
        guard !isInvalid, let document = try member("document").first else { return false }
        let found = try select(path, in: Array(document.utf8))
        let values = "[\(found.map(\.json).joined(separator: ","))]"
        var writer = JSONWriter()
        writer.beginArray()
        for node in found { writer.string(node.path) }
        writer.endArray()
        let paths = String(decoding: writer.bytes, as: UTF8.self)
        let allowed = zip(
            try member("result") + select("$.results[*]", in: test).map(\.json),
            try member("result_paths") + select("$.results_paths[*]", in: test).map(\.json))
        return allowed.contains { $0.0 == values && $0.1 == paths }
    }

    /// The unescaped text of a string.
    private func text(of path: String, in document: [UInt8]) throws -> String {
        let extractor = Extractor(maximumBytes: 1 << 20)
        let plan = ExtractionPlan([try SimplePath(path)])
        return try document.withUnsafeBytes { try extractor.extract($0, plan).first?.string() ?? "" }
    }

    private func bytes(of path: String) throws -> [UInt8] {
        let file = try #require(fopen(path, "rb"))
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }
}
