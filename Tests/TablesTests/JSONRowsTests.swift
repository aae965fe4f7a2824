import JSON
import Testing

@testable import Tables

@Suite struct JSONRowsTests {
    private func objects(_ text: String) throws(TableError) -> [String] {
        var reader = try CSVReader(.bytes(Array(text.utf8)), name: "test.csv")
        var rows = JSONRows(columns: reader.columns)
        var objects: [String] = []
        while try reader.next() == .row { objects.append(String(decoding: rows.write(reader), as: UTF8.self)) }
        return objects
    }

    @Test func valuesAreStringsAndEmptyOnesAreLeftOut() throws {
        #expect(
            try objects("id,n,\"a \"\"b\"\"\"\n1,\"1,234\",x\n2,,\"\"\n,,\n") == [
                #"{"id":"1","n":"1,234","a \"b\"":"x"}"#, #"{"id":"2"}"#, "{}",
            ])
        #expect(try objects("ü\n\"\\\n\"\"é\t\"\n") == [#"{"ü":"\\\n\"é\t"}"#])
    }

    @Test func whatIsWrittenCanBeExtractedInPlace() throws {
        var reader = try CSVReader(.bytes(Array("id\n42\n".utf8)), name: "test.csv")
        var rows = JSONRows(columns: reader.columns)
        #expect(try reader.next() == .row)
        let extractor = Extractor(maximumBytes: 1000, maximumDepth: 8)
        let values = try extractor.extract(padded: rows.write(reader), ExtractionPlan([try SimplePath("$.id")]))
        #expect(values.map { String(decoding: $0.text, as: UTF8.self) } == ["42"])
    }
}
