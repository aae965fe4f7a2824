/// The profiles that are built in: the files of schemas/profiles.
public enum BuiltInProfiles {
    /// The names under which the configuration asks for them.
    public static let names = all.map(\.name)

    /// The bytes of a profile's file, or nil where the name is none of them.
    public static func bytes(named name: String) -> [UInt8]? {
        all.first { $0.name == name }?.bytes
    }

    private static let all: [(name: String, bytes: [UInt8])] = [
        ("canonical", PackageResources.canonical_yaml),
        ("fhir-r4-encounter", PackageResources.fhir_r4_encounter_yaml),
        ("fhir-r4-immunization", PackageResources.fhir_r4_immunization_yaml),
        ("open311-request", PackageResources.open311_request_yaml),
        ("gtfs-realtime-alert", PackageResources.gtfs_realtime_alert_yaml),
        ("hmis-exits", PackageResources.hmis_exits_yaml),
        ("mds-report", PackageResources.mds_report_yaml),
        ("debezium-case-outcomes", PackageResources.debezium_case_outcomes_yaml),
        ("culture-attendance", PackageResources.culture_attendance_yaml),
        ("workforce-places", PackageResources.workforce_places_yaml),
    ]
}
