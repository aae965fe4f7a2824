import JSON
import Primitives
import Testing

@Suite struct QueryPlanTests {
    /// The values of a plan as short text, with what the first and the last plural segment chose.
    private func extract(_ json: String, _ paths: String..., extractor: Extractor? = nil) throws -> [String] {
        let extractor = extractor ?? Extractor(maximumBytes: 1 << 20)
        let plan = ExtractionPlan(try paths.map { try JSONPath($0) })
        return try Array(json.utf8).withUnsafeBytes { document in
            try extractor.extract(document, plan).map { value in
                let key = value.key.map { "=\(String(decoding: $0, as: UTF8.self))" } ?? ""
                return "\(value.slot) \(describe(value)) @\(value.element)\(key)"
            }
        }
    }

    @Test func putsQueriesBehindSimplePaths() throws {
        let json = #"{"a":[{"k":"x","v":1},{"k":"y","v":2}],"b":"z"}"#
        #expect(
            try extract(json, "$.a[?@.k=='y'].v", "$.b", "$.a[-1].k", "$.a[*].k", "$.a[::-1].v") == [
                "3 string x @0", "3 string y @1", "1 string z @0", "0 integer 2 @1", "2 string y @0", "4 integer 2 @1",
                "4 integer 1 @0",
            ])
    }

    @Test func pairsWhatGoesThroughTheSameSegment() throws {
        let json = #"{"refs":[{"s":"a","id":1},{"s":"b","id":2},{"s":"a","id":3}]}"#
        #expect(
            try extract(json, "$.refs[?@.s=='a'].id", "$.refs[?@.s=='a'].s") == [
                "0 integer 1 @0", "0 integer 3 @2", "1 string a @0", "1 string a @2",
            ])
        #expect(
            try extract(json, "$.refs[2,0]['s','id']") == [
                "0 string a @2=s", "0 integer 3 @2=id", "0 string a @0=s", "0 integer 1 @0=id",
            ])
    }

    @Test func tellsWhatTheFirstAndTheLastPluralSegmentChose() throws {
        let json = #"{"g":{"x":{"p":1},"y":{"p":2}},"h":[[7,8],[9]]}"#
        #expect(try extract(json, "$.g[?@.p>1].p") == ["0 integer 2 @1=y"])
        #expect(try extract(json, "$.g['y','x'].p") == ["0 integer 2 @1=y", "0 integer 1 @0=x"])
        #expect(try extract(json, "$.h[1:][*]") == ["0 integer 9 @1"])
        #expect(try extract(json, "$['g','h'][?@.p==1]") == ["0 object of 1 @0=x"])
        #expect(try extract(json, "$['h','g'][0][-1]") == ["0 integer 8 @1=h"])
    }

    @Test func numbersDescendantsInDocumentOrder() throws {
        let json = #"{"a":{"id":1,"n":"x"},"b":[{"id":2,"n":"y"},{"c":{"id":3,"n":"z"}}]}"#
        let plan = ExtractionPlan([try JSONPath("$..[?@.id].id"), try JSONPath("$..[?@.id].n"), try JSONPath("$..n")])
        let extractor = Extractor(maximumBytes: 1000)
        try Array(json.utf8).withUnsafeBytes { document in
            let values = try extractor.extract(document, plan)
            let ids = values.filter { $0.slot == 0 }
            #expect(ids.map(\.integer) == [1, 2, 3] && ids.map(\.element) == ids.map(\.element).sorted())
            #expect(Set(ids.map(\.element)).count == 3)
            #expect(values.filter { $0.slot == 1 }.map(\.element) == ids.map(\.element))
            let keys = values.filter { $0.slot == 2 }.map { String(decoding: $0.key ?? $0.text, as: UTF8.self) }
            #expect(keys == ["n", "n", "n"])
        }
    }

    @Test func boundsValuesAndSteps() throws {
        let json = "[\(Array(repeating: "1", count: 100).joined(separator: ","))]"
        func code(_ path: String, values: Int = 1000, steps: Int = 1_000_000) -> JSONError.Code? {
            let extractor = Extractor(maximumBytes: 1 << 20, maximumValues: values, maximumSteps: steps)
            do {
                _ = try extract(json, path, extractor: extractor)
                return nil
            } catch {
                return (error as? JSONError)?.code
            }
        }
        #expect(code("$[?@==1]", values: 100) == nil)
        #expect(code("$[?@==1]", values: 99) == .tooManyValues)
        #expect(code("$[?@==1]", steps: 100) == nil)
        #expect(code("$[?@==1]", steps: 99) == .tooManySteps)
        #expect(code("$[*]", steps: 0) == nil)
        // Quadratic and worse.
        #expect(code("$[?count($[*])==100]", steps: 10_100) == nil)
        #expect(code("$[?count($[?count($[*])==100])==100]", steps: 100_000) == .tooManySteps)
    }

    @Test func goesOnAfterAnError() throws {
        let extractor = Extractor(maximumBytes: 1 << 20, maximumSteps: 150)
        let many = "[\(Array(repeating: "1", count: 200).joined(separator: ","))]"
        #expect(throws: JSONError.self) { try extract(many, "$[?@==1]", extractor: extractor) }
        #expect(try extract("[1,2]", "$[?@==2]", "$[0]", extractor: extractor) == ["1 integer 1 @0", "0 integer 2 @1"])
        #expect(throws: JSONError.self) { try extract("[1", "$[?@==1]", extractor: extractor) }
        #expect(try extract("[1,2]", "$[?@==2]", extractor: extractor) == ["0 integer 2 @1"])
    }

    @Test func refusesWhatTheParserRefuses() throws {
        for (json, code) in [(#"{"a":1,"a":2}"#, JSONError.Code.duplicateKey), ("[1,]", .malformed), ("", .empty)] {
            let error = #expect(throws: JSONError.self) { try select("$..*", in: Array(json.utf8)) }
            #expect(error?.code == code)
        }
    }

    /// Depth costs memory of the document, and no stack.
    @Test func readsDeepDocuments() throws {
        let depth = 10_000
        let json = String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth)
        let extractor = Extractor(maximumBytes: 1 << 20, maximumDepth: depth)
        for (path, expected) in [("$..[?@==1]", 1), ("$[?@==$]", 0), ("$[?@==$[0]]", 1)] {
            let query = try JSONPath(path)
            let count = try Array(json.utf8).withUnsafeBytes { try extractor.nodes(of: query, in: $0).count }
            #expect(count == expected)
        }
        let longest = try JSONPath("$" + String(repeating: "[*]", count: 1000))
        let found = try Array(json.utf8).withUnsafeBytes { try extractor.nodes(of: longest, in: $0).count }
        #expect(found == 1)
        let root = try JSONPath("$")
        let text = try Array(json.utf8).withUnsafeBytes { try extractor.nodes(of: root, in: $0)[0].json }
        #expect(text == json)
    }

    /// A simple path gives the same by the walk and by the evaluator, which finds its nodes.
    @Test(arguments: 0..<100 as Range<UInt64>)
    func simplePathsAreTheSameEitherWay(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed &+ 77)
        let tree = random.tree(depth: 6)
        var writer = JSONWriter()
        try tree.write(to: &writer)
        let document = Array(writer.bytes)
        var places: [SimplePath] = []
        tree.walk(SimplePath()) { path, _ in places.append(path) }
        for _ in 0..<10 {
            let steps = places[random.below(places.count)].steps.map { random.below(3) == 0 ? .wildcard : $0 }
            let path = try JSONPath(SimplePath(steps: steps).description)
            let extractor = Extractor(maximumBytes: 1 << 20)
            try document.withUnsafeBytes { bytes in
                let walked = try extractor.extract(bytes, ExtractionPlan([path])).map(describe)
                let nodes = try extractor.nodes(of: path, in: bytes)
                #expect(nodes.count == walked.count, "seed \(seed), \(path)")
                let paths = nodes.map(\.normalizedPath)
                let again = try paths.map { path in
                    try extractor.extract(bytes, ExtractionPlan([try JSONPath(path)])).map(describe)
                }
                #expect(again == walked.map { [$0] }, "seed \(seed), \(path)")
            }
        }
    }
}
