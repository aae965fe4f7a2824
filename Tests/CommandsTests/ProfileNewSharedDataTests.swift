import Intake
import Testing

@testable import Commands

#if canImport(Glibc)
    import Glibc
#endif

/// Skeletons for real samples, where they are there.
@Suite struct ProfileNewSharedDataTests {
    /// The path of a sample; nil, with a message, where it is not there.
    private func sample(_ name: String) -> String? {
        let file = path("../shared/data/\(name)")
        if access(file, R_OK) == 0 { return file }
        print("skipped: \(file) is not there")
        return nil
    }

    @Test func encountersOfAFHIRServer() throws {
        guard let file = sample("fhir/Encounter.ndjson") else { return }
        let proposed = try Proposed(file)
        #expect(proposed.paths(.key) == ["$.id"] && proposed.paths(.type) == ["$.class.code"])
        #expect(proposed.paths(.occurredOn) == ["$.period.end"])
        #expect(
            proposed.references == ["venue $.location[*].location.reference", "partner $.serviceProvider.reference"])
        #expect(proposed.text.contains("in all 1,215 events") && proposed.denied.contains("$.subject.display"))
        for word in [
            "Upton904", "Marine542", "Simonis280", "79a66c97", "Patient/", "9999974493", "NEWMAN", "End-stage",
            "46177005", "1989-10", "00c7f717",
        ] {
            #expect(!proposed.text.contains(word), "\(word)")
        }
    }

    @Test func serviceRequestsOfTwoCities() throws {
        guard let file = sample("open311/requests-real.json") else { return }
        let proposed = try Proposed(file)
        #expect(proposed.paths(.key) == ["$.service_request_id"])
        #expect(proposed.paths(.occurredOn) == ["$.requested_datetime"])
        #expect(proposed.paths(.time) == ["$.updated_datetime"])
        #expect(proposed.paths(.district) == ["$.extended_attributes.ward"])
        for word in ["81ST", "60620", "41.74", "Kiitos", "Lautatarhankatu", "Pothole", "14-006", "CDOT", "1ju4p6v"] {
            #expect(!proposed.text.contains(word), "\(word)")
        }
    }

    @Test func aChangeOfARow() throws {
        guard let file = sample("debezium/mysql-update-envelope.json") else { return }
        let proposed = try Proposed(file)
        #expect(proposed.profile.envelope == .debezium && proposed.paths(.key) == ["$.id"])
        for path in ["$.first_name", "$.last_name", "$.email"] { #expect(proposed.denied.contains(path)) }
        for word in ["Anne", "Kretchmar", "noanswer", "INSERT", "1004"] { #expect(!proposed.text.contains(word)) }
    }

    @Test func measuresAndAlertsInOneDocument() throws {
        if let file = sample("mds/metrics-activities_response.json") {
            let proposed = try Proposed(file)
            #expect(proposed.paths(.key) == ["$.id"] && proposed.denied.contains("$.rows[*][*]"))
            for word in ["44428624", "03db06d0", "456.12", "10967"] { #expect(!proposed.text.contains(word)) }
        }
        if let file = sample("gtfs-rt/alerts.json") {
            let proposed = try Proposed(file)
            #expect(proposed.paths(.occurredOn) == ["$.header.timestamp"])
            #expect(proposed.text.contains("as: epoch-seconds") && proposed.denied.contains("translation[*].text"))
            for word in ["Elm", "12844", "16230", "sometransit"] { #expect(!proposed.text.contains(word)) }
        }
    }
}
