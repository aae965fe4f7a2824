import JSON
import Kafka
import Pipeline

@testable import Commands

extension Fuzzer {
    /// Headers of messages of a topic of dead letters, one a line: what is shown of them is one line, and a place is
    /// read as it was written.
    static let deadLetter = Fuzzer(name: "dead-letter", bytesMax: 600, dictionary: "dead-letter") {
        let extractor = Extractor(maximumBytes: 1 << 16)
        return { bytes in
            var headers: [String: String] = [:]
            for line in bytes.message.head { headers[line.name.text] = line.value?.text ?? "" }
            for value in headers.values {
                guard let place = PartitionOffset(value) else { continue }
                let again = PartitionOffset(place.description)
                expect(again == place && place.partition >= 0 && place.offset >= 0, "the place \(place)")
            }
            guard let entry = DeadLetterEntry(headers, partition: 1, offset: 2) else { return }
            let line = entry.line.unicodeScalars
            expect(line.last == "\n", "the line does not end")
            expect(line.dropLast().allSatisfy { $0.properties.generalCategory != .control }, "a control: \(line)")
            var writer = JSONWriter()
            writer.beginObject()
            entry.writeMembers(into: &writer)
            writer.endObject()
            guard let document = try? extractor.document(writer.bytes) else {
                fatalError("found: no JSON: \(writer.bytes.text)")
            }
            expect(document.member("code")?.string == entry.code, "the code is another one")
        }
    }
}
