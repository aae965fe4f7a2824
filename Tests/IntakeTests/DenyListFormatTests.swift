import FoundationEssentials
import JSON
import Testing

@testable import Intake

/// Strict mode on whole events of the formats that departments send.
@Suite struct DenyListFormatTests {
    /// Where the first refused name of an event is, without the reason; nil where it is taken.
    private func place(_ json: [UInt8], searched: [String] = []) throws -> String? {
        let strict = try #require(DenyList.builtIn.strict(searched: try searched.map { try JSONPath($0) }))
        let extractor = Extractor(maximumBytes: 1 << 20)
        return try json.withUnsafeBytes { document in
            _ = try extractor.extract(document, ExtractionPlan([SimplePath]()))
            return try extractor.firstRefused(by: strict.names)?.path
        }
    }

    private func place(_ json: String, searched: [String] = []) throws -> String? {
        try place(Array(json.utf8), searched: searched)
    }

    /// A file of the shared data, or nil with a message where it is not there.
    private func shared(_ name: String) -> [UInt8]? {
        let file = "../shared/data/\(name)"
        guard let bytes = FileManager.default.contents(atPath: file) else {
            print("skipped: \(file) is not there")
            return nil
        }
        return Array(bytes)
    }

    @Test func canonicalEvents() throws {
        #expect(try place(event(data())) == nil)
        #expect(try place(event(wholeData)) == "$.data.narrative")
        #expect(try place(event(wholeData), searched: ["$.narrative"]) == nil)
        #expect(try place(event(data(#","client":{"id":7,"country":"HN"}"#))) == "$.data.client.country")
    }

    @Test func encounters() throws {
        let clean =
            #"{"resourceType":"Encounter","id":"e","status":"finished","class":{"code":"AMB","display":"x"},"#
            + #""type":[{"coding":[{"system":"http://snomed.info/sct","code":"1","display":"y"}],"text":"z"}],"#
            + #""location":[{"location":{"reference":"Location/1","display":"Clinic"}}],"#
            + #""serviceProvider":{"reference":"Organization/1","display":"Department"},"#
            + #""subject":{"reference":"Patient/1""#
        #expect(try place(clean + "}}") == nil)
        #expect(try place(clean + #","display":"A B"}}"#) == "$.subject.display")
        #expect(try place(clean + #"},"reasonCode":[]}"#) == "$.reasonCode")
        let race = #"},"extension":[{"url":"http://hl7.org/fhir/us/core/StructureDefinition/us-core-race"}]}"#
        #expect(try place(clean + race) == "$[*][0].url")
    }

    @Test func sharedEncounters() throws {
        guard let bytes = shared("fhir/Encounter.ndjson") else { return }
        var places: [String: Int] = [:]
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            places[try place(Array(line)) ?? "taken", default: 0] += 1
        }
        // A participant is a person, of whom the file has the name; the subject's stands behind it.
        #expect(places["taken"] == nil && places.values.reduce(0, +) == 1215, "\(places)")
        let example = try #require(shared("fhir/encounter-example-1.json"))
        #expect(try place(example)?.hasSuffix("[0].url") == true)
        #expect(try place(try #require(shared("fhir/patient-example.json"))) != nil)
    }

    @Test func otherSharedSamples() throws {
        for (file, expected) in [
            ("open311/requests-real.json", "$[0].status_notes"),
            ("debezium/mysql-update-envelope.json", "$.before.first_name"),
            ("gtfs-rt/alerts.json", "$.entity[0][*].headerText"), ("mds/metrics-activities_response.json", "taken"),
        ] {
            guard let bytes = shared(file) else { continue }
            #expect(try place(bytes) ?? "taken" == expected, "\(file)")
        }
    }

    @Test func serviceRequestsAndChanges() throws {
        #expect(try place(#"{"service_request_id":"1","status":"open","service_name":"Pothole"}"#) == nil)
        #expect(try place(#"{"status":"open","lat":"60.1"}"#) == "$.lat")
        #expect(try place(#"{"op":"c","source":{"name":"db","query":null}}"#) == "$.source.query")
        #expect(try place(#"{"op":"c","after":{"id":1},"source":{"name":"db","db":"d"},"ts_ms":1}"#) == nil)
    }
}
