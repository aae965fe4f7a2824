import JSON
import Testing

@Suite struct ExtractorTests {
    @Test func findsAMember() throws {
        let extractor = Extractor(maximumBytes: 1000)
        let plan = ExtractionPlan([try SimplePath("$.a.b")])
        try #require(Array(#"{"a":{"b":7}}"#.utf8).withUnsafeBytes { document in
            let values = try extractor.extract(document, plan)
            return values.count == 1 && values[0].integer == 7
        })
    }
}
