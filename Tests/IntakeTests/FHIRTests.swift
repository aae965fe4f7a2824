import FoundationEssentials
import Testing

@testable import Intake

/// The FHIR R4 encounter profile, over fixtures of our own and over the samples where they are.
@Suite struct FHIRTests {
    private func intaker() throws -> Intaker { try Intaker(builtIn: "fhir-r4-encounter", department: "health") }

    private let encounter = """
        {"resourceType":"Encounter","id":"enc-1","meta":{"lastUpdated":"2026-03-05T08:00:00-06:00"},"status":"finished",
         "class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB","display":"ambulatory"},
         "subject":{"reference":"Patient/77","display":"Ms. Never Read"},
         "participant":[{"individual":{"reference":"Practitioner/9","display":"Dr. Nor This"}}],
         "period":{"start":"2026-03-04T23:00:00-06:00","end":"2026-03-04T23:30:00-06:00"},
         "location":[{"location":{"reference":"Location/clinic-1","display":"Clinic One"}},
                     {"location":{"reference":"Location/clinic-2"}},{"status":"planned"}],
         "serviceProvider":{"reference":"Organization/friends","display":"Friends Abroad"}}
        """

    @Test func anEncounter() throws {
        let taken = try intaker().taken(Sent(encounter))
        #expect(taken.disposition == .outcome)
        #expect(taken.recordID == "enc-1")
        #expect(taken.type == "ambulatory-encounter")
        #expect(taken.occurredOn == "2026-03-04")
        #expect(taken.count == 1)
        #expect(taken.people == 1)
        #expect(taken.time == "2026-03-05T14:00:00Z")
        #expect(
            taken.references.sorted() == [
                "partner Organization/friends staffed-by $.serviceProvider.reference",
                "venue Location/clinic-1 delivered-at $.location[0].location.reference",
                "venue Location/clinic-2 delivered-at $.location[1].location.reference",
            ])
        for name in ["Never", "Nor This", "Clinic One", "Friends Abroad", "Patient", "Practitioner"] {
            #expect(!taken.description.contains(name))
        }
    }

    @Test func insideACloudEvent() throws {
        let wrapped =
            #"{"specversion":"1.0","id":"e","source":"/ehr","type":"org.hl7.fhir.Encounter","data":\#(encounter)}"#
        var bare = try intaker().taken(Sent(encounter))
        bare.references = bare.references.map { $0.replacing("$.", with: "$.data.") }
        for headers in [structured, []] {
            #expect(try intaker().taken(Sent(wrapped, headers: headers)) == bare)
        }
    }

    @Test func otherResourcesAndStatesAreSkipped() throws {
        for (right, wrong) in [
            ("\"Encounter\"", "\"Patient\""), ("\"finished\"", "\"planned\""), ("\"finished\"", "null"),
            ("\"finished\"", "[\"finished\"]"), ("\"status\":\"finished\",", ""),
        ] {
            let text = encounter.replacing(right, with: wrong)
            #expect(try intaker().taken(Sent(text)).disposition == .skipped(.notAnOutcome))
        }
    }

    @Test func classesByTheMap() throws {
        for (code, type) in [
            ("EMER", "emergency-encounter"), ("NONAC", "inpatient-encounter"), ("amb", "other-encounter"),
        ] {
            #expect(try intaker().taken(Sent(encounter.replacing("\"AMB\"", with: "\"\(code)\""))).type == type)
        }
    }

    @Test func theStartStandsForAMissingEnd() throws {
        let open = encounter.replacing(#","end":"2026-03-04T23:30:00-06:00""#, with: "")
        #expect(try intaker().taken(Sent(open)).occurredOn == "2026-03-04")
        let none = encounter.replacing("\"period\"", with: "\"periods\"")
        #expect(try intaker().fault(Sent(none)).code == .fieldMissing)
        #expect(try intaker().fault(Sent(encounter.replacing("\"id\"", with: "\"di\""))).code == .fieldMissing)
        let date = encounter.replacing("2026-03-04T23:30:00-06:00", with: "2026-03")
        #expect(try intaker().fault(Sent(date)).code == .fieldDate)
    }

    @Test func locationsOfAWrongShape() throws {
        let object = encounter.replacing("\"location\":[{\"location\"", with: "\"location\":{\"a\":[{\"location\"")
            .replacing("{\"status\":\"planned\"}]", with: "{\"status\":\"planned\"}]}")
        #expect(try intaker().fault(Sent(object)).code == .fieldKind)
    }

    // MARK: Samples

    @Test func samples() throws {
        guard let bytes = FileManager.default.contents(atPath: "../shared/data/fhir/Encounter.ndjson") else {
            print("skipped: ../shared/data/fhir is not there")
            return
        }
        let intaker = try intaker()
        var outcomes = 0
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let taken = try intaker.taken(Sent(bytes: Array(line)))
            if taken.disposition == .outcome { outcomes += 1 }
            let displays = self.displays(String(decoding: line, as: UTF8.self))
            #expect(!displays.isEmpty)
            for display in displays where taken.description.contains(display) {
                Issue.record("a display got through in encounter \(taken.recordID)")
            }
            #expect(!taken.references.isEmpty)
        }
        #expect(outcomes == 1215)
    }

    @Test(arguments: ["encounter-1036", "encounter-delivery", "encounter-example-1", "patient-example"])
    func examples(name: String) throws {
        guard let bytes = FileManager.default.contents(atPath: "../shared/data/fhir/\(name).json") else {
            print("skipped: ../shared/data/fhir/\(name).json is not there")
            return
        }
        let text = String(decoding: bytes, as: UTF8.self)
        let isFinished = text.contains("\"resourceType\": \"Encounter\"") && text.contains("\"status\": \"finished\"")
        guard !isFinished || text.contains("\"period\"") else {
            // An encounter may have no period (FHIR R4, 0..1), but an outcome has a day.
            #expect(try intaker().fault(Sent(bytes: Array(bytes))).code == .fieldMissing)
            return
        }
        var taken = try intaker().taken(Sent(bytes: Array(bytes)))
        #expect(taken.disposition == (isFinished ? .outcome : .skipped(.notAnOutcome)))
        // The type is a word of the profile, which may well be one of a display.
        taken.type = ""
        for display in displays(text) { #expect(!taken.description.contains(display)) }
    }

    /// The texts of all members `display`, and of `text`, which repeat them.
    private func displays(_ json: String) -> [String] {
        var found: [String] = []
        for member in ["\"display\"", "\"text\""] {
            for piece in json.split(separator: member, omittingEmptySubsequences: false).dropFirst() {
                let parts = piece.drop { $0 != "\"" }.dropFirst().split(separator: "\"", maxSplits: 1)
                if let display = parts.first, display.count > 3 { found.append(String(display)) }
            }
        }
        return found
    }
}
