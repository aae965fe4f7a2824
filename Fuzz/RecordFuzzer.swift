import Indicators
import Primitives

extension Fuzzer {
    /// Attribution records as the KPI service reads them: a fact of which sums can be made and taken back, or a fault
    /// that quotes nothing.
    static let record = Fuzzer(
        name: "record", bytesMax: 2000, dictionary: "record", folders: ["schemas/examples/attribution-record"]
    ) {
        let fuzzer = RecordFuzzer()
        return { fuzzer.take($0) }
    }
}

private final class RecordFuzzer {
    private var reader = RecordReader()
    private let gists = RecordGistReader()
    private var taken = 0

    func take(_ bytes: UnsafeRawBufferPointer) {
        // The names that were numbered so far would fill the memory in the end.
        taken += 1
        if taken % 10_000 == 0 { reader = RecordReader() }
        let fact: OutcomeFact
        do throws(RecordFault) {
            fact = try reader.read(bytes)
        } catch {
            expect(!error.expectation.isEmpty, "a fault says what was expected")
            return Marker.expectNone(in: "\(error)", "the fault")
        }
        guard let gist = gists.read(bytes) else { fatalError("found: a record without a gist") }
        expect(gist.id == fact.id && gist.revision == fact.revision, "the gist is of another record")
        guard let content = fact.content else { return expect(gist.decision == "retracted", "\(gist.decision)") }
        expectGood(content)
        let credit = Dictionary(gist.credit.map { ($0.connection, $0.basisPoints) }) { $1 }
        for share in content.shares where share.basisPoints > 0 {
            let name = String(decoding: reader.names.bytes(share.connection), as: UTF8.self)
            expect(credit[name] == share.basisPoints, "the gist has other credit")
        }
        var sums = Aggregates()
        sums.add(content)
        sums.add(content)
        sums.remove(content)
        sums.remove(content)
        sums.removeZeros()
        let isEmpty =
            sums.cells.isEmpty && sums.credit.isEmpty && sums.groups.isEmpty && sums.days.isEmpty
            && sums.evidence.isEmpty && sums.versions.isEmpty
        expect(isEmpty, "what was added and taken back leaves something: \(sums)")
    }

    private func expectGood(_ content: OutcomeFact.Content) {
        expect(content.count >= 0 && content.people ?? 0 >= 0 && content.usdCents ?? 0 >= 0, "below zero: \(content)")
        let credit = content.shares.reduce(0) { $0 + $1.basisPoints }
        expect(credit + content.domesticBasisPoints == 10_000, "the credit comes to \(credit)")
        expect(Set(content.shares.map(\.connection)).count == content.shares.count, "a connection is there twice")
        let isAttributed = content.shares.contains { $0.basisPoints > 0 }
        expect(!content.standing.isAttributed || isAttributed, "attributed to nobody")
    }
}
