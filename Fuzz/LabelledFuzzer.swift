import Evaluation
import Indicators
import Primitives
import YAML

extension Fuzzer {
    /// Lines of labelled cases, of reviewed claims and of records for `evaluate`: each is read, or has a finding at a
    /// line of the file that quotes nothing of it.
    static let labelled = Fuzzer(
        name: "labelled", bytesMax: 2000, dictionary: "labelled",
        folders: ["schemas/examples/labelled-passage", "schemas/examples/attribution-record"]
    ) {
        { bytes in
            let file = Array(bytes)
            let cases = CaseFile.read(file, file: "file")
            cases.findings.expectGood(ofFile: bytes, isRead: cases.cases != nil)
            let rows = ReviewFile.read(file, file: "file")
            rows.findings.expectGood(ofFile: bytes, isRead: rows.rows != nil)
            var records = RecordSet(file: "file")
            let refused = bytes.lines.enumerated().compactMap { records.take($1, number: $0 + 1) }
            for finding in cases.findings + rows.findings + refused {
                Marker.expectNone(in: finding.message, "the finding")
            }
            for claim in records.claims {
                expect((0...10_000).contains(claim.strength) && claim.origins >= 0, "a claim: \(claim)")
            }
        }
    }
}
