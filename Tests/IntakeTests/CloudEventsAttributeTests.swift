import Testing

@testable import Intake

/// Missing and wrong attributes, in both modes.
@Suite struct CloudEventsAttributeTests {
    private static let attributes = [
        ("specversion", "1.0"), ("id", "e-1"), ("source", "/shelters"), ("type", "org.city.housing.a.recorded"),
        ("time", "2026-03-04T15:04:05Z"), ("subject", "case-17"),
    ]

    /// The least event in both modes, with attributes taken away and others in their place.
    private func both(without name: String = "", _ more: [(String, String)] = []) -> [Sent] {
        let attributes = Self.attributes.filter { attribute in
            attribute.0 != name && !more.contains { $0.0 == attribute.0 }
        }
        let all = attributes + more
        let members = all.map { "\"\($0.0)\":\"\($0.1)\"" }.joined(separator: ",")
        return [
            Sent("{\(members),\"data\":\(data())}", headers: structured),
            Sent(data(), headers: all.map { ("ce_\($0.0)", $0.1) }),
        ]
    }

    private func intaker() throws -> Intaker { try Intaker(builtIn: "canonical") }

    @Test func theSubjectIsTheRecordID() throws {
        for sent in both() { #expect(try intaker().taken(sent).recordID == "case-17") }
    }

    @Test func withoutASubjectTheIDIs() throws {
        for sent in both(without: "subject") { #expect(try intaker().taken(sent).recordID == "e-1") }
    }

    @Test func theTimeIsOptional() throws {
        for sent in both(without: "time") { #expect(try intaker().taken(sent).time == nil) }
    }

    @Test(arguments: ["specversion", "id", "source", "type"])
    func aRequiredAttributeIsMissing(name: String) throws {
        let both = both(without: name)
        #expect(try intaker().fault(both[0]).code == .attributeMissing)
        #expect(try intaker().fault(both[0]).message.hasPrefix("\(name): the attribute is missing; expected "))
        // Without ce_specversion a message is not in binary mode at all, and its payload is no CloudEvent.
        #expect(try intaker().fault(both[1]).code == .attributeMissing)
        let null = Sent(
            both[0].payload.map { String(decoding: $0, as: UTF8.self) }?
                .replacing("{\"", with: "{\"\(name)\":null,\"", maxReplacements: 1), headers: structured)
        #expect(try intaker().fault(null).code == .attributeMissing)
    }

    @Test(
        arguments: [
            ("specversion", "0.3"), ("specversion", ""), ("id", ""), ("source", ""), ("type", ""), ("subject", ""),
            ("time", "yesterday"), ("time", "2026-02-30T00:00:00Z"), ("time", "2026-03-04"), ("time", ""),
            ("time", "0001-01-01T00:00:00+23:00"),
        ])
    func aWrongAttribute(name: String, value: String) throws {
        for sent in both([(name, value)]) {
            let fault = try intaker().fault(sent)
            #expect(fault.code == .attributeInvalid)
            #expect(fault.message.hasPrefix("\(name): expected "))
        }
    }

    private func both(_ more: [(String, String)]) -> [Sent] { both(without: "", more) }

    @Test(arguments: ["specversion", "id", "source", "type", "time", "subject", "datacontenttype"])
    func anAttributeOfAnotherKind(name: String) throws {
        for value in ["1", "true", "{}", "[\"x\"]"] {
            let members =
                Self.attributes.filter { $0.0 != name }.map { "\"\($0.0)\":\"\($0.1)\"" } + ["\"\(name)\":\(value)"]
            let sent = Sent("{\(members.joined(separator: ",")),\"data\":\(data())}", headers: structured)
            let fault = try intaker().fault(sent)
            #expect(fault.code == .attributeInvalid)
            #expect(fault.message == "\(name): expected a text")
        }
    }

    @Test func anotherDepartmentsEventIsRefused() throws {
        for type in [
            "org.city.health.a.recorded", "org.city.housingx.a", "org.city.", "org.city.housin", "ORG.CITY.x.y",
        ] {
            for sent in both([("type", type)]) {
                #expect(try intaker().fault(sent).code == .otherDepartment)
            }
        }
        for type in ["org.city.housing", "org.city.housing.b.corrected", "com.vendor.health.x", "org.cityx.health"] {
            for sent in both([("type", type)]) {
                #expect(try intaker().taken(sent).disposition == .outcome)
            }
        }
    }

    // MARK: Data classification

    @Test(arguments: ["public", "internal", "confidential", "restricted", "RESTRICTED"])
    func classificationsThatAreUnderstood(value: String) throws {
        for sent in both([("dataclassification", value)]) {
            #expect(try intaker().taken(sent).disposition == .outcome)
        }
    }

    @Test(arguments: ["secret", "", "public ", "internal,public"])
    func classificationsThatAreNot(value: String) throws {
        for sent in both([("dataclassification", value)]) {
            let fault = try intaker().fault(sent)
            #expect(fault.code == .classification)
            #expect(fault.code.withholdsPayload)
        }
    }

    @Test func regulations() throws {
        for value in ["GDPR", "hipaa, VAWA", "42-CFR-Part-2,FERPA"] {
            for sent in both([("dataregulation", value)]) {
                #expect(try intaker().taken(sent).disposition == .outcome)
            }
        }
        for value in ["", "GDPR,", "law", "GDPR HIPAA"] {
            for sent in both([("dataregulation", value)]) {
                #expect(try intaker().fault(sent).code == .classification)
            }
        }
    }

    @Test func aClassificationOfAnotherKindIsNotUnderstood() throws {
        for value in ["1", "[\"public\"]", "{}", "false"] {
            let text = event(data(), ",\"dataclassification\":\(value),\"subject\":5")
            #expect(try intaker().fault(Sent(text, headers: structured)).code == .classification)
        }
    }

    @Test func theClassificationIsJudgedBeforeAnythingElse() throws {
        // A dead letter for any other reason would carry the payload.
        for name in ["id", "source", "type", "time"] {
            for sent in both([("dataclassification", "secret"), (name, "")]) {
                #expect(try intaker().fault(sent).code == .classification)
            }
        }
        let headers = both([("dataclassification", "secret")])[1].headers
        for payload in ["", "{", "no JSON", "[[", data("", outcome: #","count":-1"#)] {
            #expect(try intaker().fault(Sent(payload, headers: headers)).code == .classification)
        }
        for mode in [structured, [("content-type", "application/cloudevents+avro")]] {
            let sent = Sent("{", headers: mode + [("ce_dataclassification", "secret")])
            #expect(try intaker().fault(sent).code == .classification)
        }
    }
}
