/// An event of a format, and what has to become of it.
package struct FormatEvent: Sendable {
    /// What a worker that is not strict makes of it.
    package enum Expectation: Sendable { case outcome, victimService }

    package let name: String
    package let field: Field
    package var headers: [(name: String, value: String)] = []
    package var expected = Expectation.outcome

    init(
        _ name: String, _ field: Field, headers: [(name: String, value: String)] = [],
        expected: Expectation = .outcome
    ) {
        self.name = name
        self.field = field
        self.headers = headers
        self.expected = expected
    }
}

/// A full event of the format of every built-in profile, with markers wherever something of a resident may stand.
package enum Formats {
    /// The events of a profile; nil where nobody has written one yet.
    package static func events(of profile: String) -> [FormatEvent]? { all[profile] }

    private static let all: [String: [FormatEvent]] = [
        "canonical": canonical,
        "fhir-r4-encounter": [FormatEvent("encounter", encounter)],
        "fhir-r4-immunization": [FormatEvent("immunization", immunization)],
        "open311-request": [FormatEvent("request", request), FormatEvent("request in a CloudEvent", cloud(request))],
        "gtfs-realtime-alert": [FormatEvent("alert", alert)],
        "hmis-exits": [
            FormatEvent("row", exit),
            FormatEvent("of a victim service", exit.adding(("VictimServiceProvider", "1")), expected: .victimService),
        ],
        "mds-report": [FormatEvent("row", mobility)],
        "debezium-case-outcomes": changes,
        "culture-attendance": [FormatEvent("row", attendance)],
        "workforce-places": [FormatEvent("record", places)],
    ]

    /// What every system may send of a person beside the outcome.
    private static let person: Field = [
        "id": .word, "firstName": .escaped, "last_name": .word, "birthDate": .word, "ssn": .whole, "a_number": .whole,
        "phone": .sentence, "email": .word, "nationality": .word, "country_of_birth": .sentence,
        "immigrationStatus": .word, "visa_class": .word, "languages": [.word, .sentence], "gender": .word,
        "ethnicity": .word, "diagnosis": ["code": .word, "text": .sentence], "?": .word,
        "address": ["street": .sentence, "lat": .fraction, "long": .fraction, "zip": .whole], "password": .word,
    ]

    private static func cloud(_ data: Field) -> Field {
        [
            "specversion": "1.0", "id": .word, "source": .word, "type": "org.city.housing.outcome.recorded",
            "subject": .word, "time": "2026-03-05T08:00:00Z", "datacontenttype": "application/json",
            "dataschema": .word, "username": .sentence, "data": data,
        ]
    }

    // The canonical event

    private static let placement: Field = [
        "outcome": [
            "type": "shelter-placement", "occurredOn": "2026-03-04", "count": 1, "people": 3, "usd": .raw("12.50"),
            "direction": "inbound", "revision": 4, "description": .sentence, "clientName": .word,
        ],
        "district": "D7", "groups": ["youth": 2],
        "references": [
            [
                "scheme": "grant", "id": "G-1", "mechanism": "funded-by", "note": .sentence,
                "contact": ["name": .word, "phone": .whole],
            ],
            ["scheme": "venue", "id": .identifier, "mechanism": "delivered-at"],
        ],
        "named": [["name": .sentence, "country": "MX", "mechanism": "convened-by", "address": .sentence]],
        "narrative": .sentence, "client": person, "notes": [.sentence, .escaped], "more": .words,
    ]

    private static let binary = [
        (name: "ce_specversion", value: "1.0"), (name: "ce_type", value: "org.city.housing.placement.made"),
        (name: "ce_source", value: "/x"), (name: "ce_id", value: "1"),
        (name: "content-type", value: "application/json"),
    ]

    private static let canonical = [
        FormatEvent("structured", cloud(placement)),
        FormatEvent("binary", placement, headers: binary),
        FormatEvent(
            "of a victim service", cloud(placement.adding(("victimServiceProvider", true))), expected: .victimService),
        FormatEvent(
            "of a victim service, in binary mode", placement.adding(("victimServiceProvider", 1)), headers: binary,
            expected: .victimService),
    ]

    // FHIR R4

    private static func reference(_ type: String) -> Field {
        ["reference": .identifier, "type": .text(type), "display": .sentence, "identifier": ["value": .whole]]
    }

    private static let concept: Field = [
        "coding": [["system": "http://snomed.info/sct", "code": .word, "display": .sentence]], "text": .sentence,
    ]

    private static let programme: Field = [
        ["url": "urn:city:programme", "valueIdentifier": ["value": .identifier, "assigner": ["display": .word]]],
        ["url": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race", "valueString": .word],
        ["url": "urn:other", "valueIdentifier": ["value": .word]],
    ]

    private static let encounter: Field = [
        "resourceType": "Encounter", "id": .word, "meta": ["lastUpdated": "2026-03-05T08:00:00Z", "source": .word],
        "text": ["status": "generated", "div": .sentence], "identifier": [["system": .word, "value": .word]],
        "status": "finished", "class": ["code": "AMB", "display": .word], "type": [concept],
        "subject": reference("Patient"),
        "participant": [["individual": reference("Practitioner"), "period": ["start": .word]]],
        "period": ["start": "2026-03-04T09:00:00-06:00", "end": "2026-03-04T09:30:00-06:00"],
        "reasonCode": [concept], "diagnosis": [["condition": reference("Condition"), "use": concept]],
        "hospitalization": ["dietPreference": [concept], "specialCourtesy": [concept]],
        "location": [["location": ["reference": .identifier, "display": .sentence]]],
        "serviceProvider": ["reference": .identifier, "display": .sentence],
        "contained": [["resourceType": "Patient", "name": [["family": .word, "given": [.word]]], "info": person]],
        "note": [["text": .sentence, "authorString": .word]], "extension": programme, "more": .words,
    ]

    private static let immunization: Field = [
        "resourceType": "Immunization", "id": .word, "meta": ["lastUpdated": "2026-03-05T08:00:00Z"],
        "text": ["status": "generated", "div": .sentence], "status": "completed", "vaccineCode": concept,
        "patient": reference("Patient"), "encounter": ["reference": .word],
        "occurrenceDateTime": "2026-03-04T10:00:00-06:00", "lotNumber": .whole,
        "location": ["reference": .identifier, "display": .sentence],
        "performer": [["actor": reference("Practitioner"), "function": concept]],
        "note": [["text": .sentence, "time": .word]], "reasonCode": [concept],
        "reaction": [["detail": ["display": .word]]],
        "fundingSource": [
            "coding": [["system": "urn:city:grants", "code": "G-1", "display": .word], ["code": .word]],
            "text": .sentence,
        ],
        "contained": [person], "extension": programme, "more": .words,
    ]

    // Requests, reports, rows

    private static let request: Field = [
        "service_request_id": .word, "status": "closed", "status_notes": .sentence, "service_code": .identifier,
        "service_name": .sentence, "description": .sentence, "agency_responsible": .word,
        "requested_datetime": "2026-03-01T10:00:00-06:00", "updated_datetime": "2026-03-04T22:30:00-06:00",
        "closed_datetime": "2026-03-04T22:30:00-06:00", "address": .sentence, "address_id": .whole,
        "zipcode": .whole, "lat": .fraction, "long": .fraction, "media_url": .sentence, "first_name": .word,
        "email": .word, "phone": .whole, "device_id": .word,
        "notes": [["type": "opened", "summary": .sentence, "extended_attributes": person]],
        "extended_attributes": ["ward": "21", "photos": [.sentence], "?": .sentence], "more": .words,
    ]

    private static let mobility: Field = [
        "provider_id": .identifier, "start_date": "2026-03-01", "duration": "P1M", "special_group_type": "all_riders",
        "geography_id": .word, "vehicle_type": "scooter", "trip_count": "1302", "rider_count": "983",
        "rider_name": .word, "rider_email": .sentence, "home_address": .sentence, "lat": .fraction,
        "comment": .sentence,
        "rider": person, "more": .words,
    ]

    private static let translated: Field = ["translation": [["text": .sentence, "language": .word]]]

    private static let alert: Field = [
        "id": .word,
        "alert": [
            "activePeriod": [["start": "1772681400", "end": "1772690000"]],
            "informedEntity": [["routeId": .identifier, "trip": ["tripId": .word]], ["stopId": .word]],
            "cause": "OTHER_CAUSE", "effect": "ADDITIONAL_SERVICE", "headerText": translated,
            "descriptionText": translated, "ttsDescriptionText": translated, "url": translated, "contact": person,
        ],
        "more": .words,
    ]

    private static let exit: Field = [
        "HouseholdID": .word, "ProjectID": .identifier, "ExitDate": "2026-03-04", "DateUpdated": "2026-03-05 09:30:00",
        "Persons": 2, "OrganizationID": .identifier, "ProjectType": "13", "GrantID": .identifier, "FirstName": .word,
        "LastName": .sentence, "SSN": .whole, "DOB": .word, "VeteranStatus": .word, "PrimaryLanguage": .sentence,
        "DomesticViolenceSurvivor": .word, "PersonalID": .word, "OtherDestination": .sentence, "client": person,
        "more": .words,
    ]

    private static let attendance: Field = [
        "Programme ID": .word, "Kind": " Festival", "Status": "held", "First day": "3/4/2026", "Attendance": "1,240",
        "Support in USD": "$12,500.00", "Under 18": "310", "Agreement no.": .identifier, "Venue code": .identifier,
        "Partner organisation": .sentence, "Partner country": "South Korea", "Contact name": .word, "E-mail": .word,
        "Phone no.": .whole, "Home address": .sentence, "Remarks": .sentence, "Nationality of guests": .sentence,
        "?": .word, "Guests": [person], "more": .words,
    ]

    private static let places: Field = [
        "record": "apprenticeship", "record_id": .word, "state": "started", "started_on": "2026-03-04", "places": 6,
        "employer_number": .identifier, "programme_code": .identifier, "changed_at": .raw("1772636645000"),
        "apprentice": person, "trainee_name": .word, "supervisor_email": .word, "comments": [.sentence],
        "more": .words,
    ]

    // Debezium

    private static let row: Field = [
        "case_number": .word, "outcome_code": "legal-aid-completed", "outcome_on": 20516, "household_size": 3,
        "council_district": " d7", "grant_number": "G-1", "programme_code": .identifier, "client_name": .word,
        "client_note": .sentence, "a_number": .whole, "date_of_birth": .word, "country_of_origin": .sentence,
        "visa_class": .word, "asylum_status": .escaped, "home_address": .sentence, "lat": .fraction, "more": .words,
    ]

    private static let earlier: Field = [
        "case_number": .word, "outcome_code": "pending", "client_name": .word, "client_note": .sentence,
        "ssn": .whole, "?": .word,
    ]

    private static func change(_ row: Field) -> Field {
        [
            "op": "u", "ts_ms": .raw("1772636645500"), "before": earlier, "after": row,
            "source": [
                "connector": "mysql", "name": "cases", "ts_ms": .raw("1772636645123"), "query": .sentence,
                "user": .word,
            ],
            "transaction": ["id": .word],
        ]
    }

    private static let schema: Field = ["type": "struct", "name": .word, "doc": .sentence]

    private static let changes = [
        FormatEvent("change", change(row)),
        FormatEvent("change with its schema", ["schema": schema, "payload": change(row)]),
        FormatEvent("change in a CloudEvent", cloud(change(row))),
        FormatEvent(
            "of a victim service", change(row.adding(("victim_service_provider", 1))), expected: .victimService),
    ]
}
