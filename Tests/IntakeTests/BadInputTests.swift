import Connections
import Primitives
import Testing

@testable import Intake

/// What bad input gets: a fault with its code, whose message never repeats anything of the event.
@Suite struct BadInputTests {
    /// A kind of bad input: the code, and a message made with a text that no message may repeat.
    struct Bad: Sendable, CustomTestStringConvertible {
        let name: String
        let code: FaultCode
        let sent: @Sendable (String) -> Sent

        init(_ name: String, _ code: FaultCode, _ sent: @escaping @Sendable (String) -> Sent) {
            self.name = name
            self.code = code
            self.sent = sent
        }

        /// The same in structured mode with the marker in every text that is not what is wrong.
        static func data(_ name: String, _ code: FaultCode, _ data: @escaping @Sendable (String) -> String) -> Bad {
            Bad(name, code) { marker in Sent(marked(marker, data(marker)), headers: structured) }
        }

        var testDescription: String { name }
    }

    /// An event with the marker in the attributes and in members that nobody reads.
    static func marked(_ marker: String, _ data: String, type: String = "org.city.housing.a") -> String {
        #"{"specversion":"1.0","id":"\#(marker)","source":"/\#(marker)","type":"\#(type)","subject":"\#(marker)","#
            + #""\#(marker)":{"\#(marker)":["\#(marker)"]},"data":\#(data)}"#
    }

    /// Data of an outcome with the marker in every text, and more members of the outcome.
    static func outcome(_ marker: String, _ more: String = "", day: String = "2026-03-04") -> String {
        #"{"\#(marker)":"\#(marker)","outcome":{"type":"\#(marker)","occurredOn":"\#(day)","x":"\#(marker)"\#(more)}}"#
    }

    /// Data of an outcome with more members beside it.
    static func beside(_ marker: String, _ more: String) -> String {
        #"{"outcome":{"type":"\#(marker)","occurredOn":"2026-03-04"},\#(more)}"#
    }

    static let parsing: [Bad] = [
        Bad("empty payload", .payloadEmpty) { _ in Sent("") },
        Bad("white space only", .payloadEmpty) { _ in Sent(" \r\n\t ") },
        Bad("not JSON", .malformed) { Sent("<event>\($0)</event>") },
        Bad("bare word", .malformed) { Sent($0) },
        Bad("single quotes", .malformed) { Sent("{'\($0)': '\($0)'}") },
        Bad("cut off in a text", .malformed) { Sent("{\"a\":\"\($0)") },
        Bad("cut off in an object", .malformed) { Sent("{\"\($0)\":{\"\($0)\":1}") },
        Bad("content after the document", .malformed) { Sent(marked($0, outcome($0)) + "\"\($0)\"") },
        Bad("two documents", .malformed) { Sent(marked($0, outcome($0)) + "\n" + marked($0, outcome($0))) },
        Bad("trailing comma", .malformed) { Sent("{\"\($0)\":\"\($0)\",}") },
        Bad("control character", .malformed) { Sent("{\"\($0)\":\"\($0)\u{1}\($0)\"}") },
        Bad("lone surrogate", .malformed) { Sent("{\"\($0)\":\"\($0)\\ud800\($0)\"}") },
        Bad("byte order mark", .malformed) { Sent("\u{feff}" + marked($0, outcome($0))) },
        Bad("not a number", .malformed) { Sent("{\"\($0)\":NaN}") },
        Bad("truncated UTF-8", .notUTF8) { Sent(bytes: Array("{\"\($0)\":\"\($0)".utf8) + [0xc3] + Array("\"}".utf8)) },
        Bad("UTF-8 cut off at the end", .notUTF8) { Sent(bytes: Array("{\"\($0)\":\"\($0)".utf8) + [0xe2, 0x82]) },
        Bad("Latin-1", .notUTF8) { Sent(bytes: Array("{\"\($0)\":\"Jos".utf8) + [0xe9, 0x22, 0x7d]) },
        Bad("ten megabytes", .tooLarge) { marker in
            Sent(marked(marker, "\"" + String(repeating: marker, count: 10_000_000 / marker.utf8.count) + "\""))
        },
        Bad("depth of 10,000", .tooDeep) { marker in
            let open = String(repeating: "[", count: 10_000)
            return Sent(marked(marker, open + "\"\(marker)\"" + String(repeating: "]", count: 10_000)))
        },
        Bad("depth of 10,000, never closed", .tooDeep) { Sent(String(repeating: "{\"\($0)\":", count: 10_000)) },
        Bad("duplicate key", .duplicateKey) { Sent("{\"\($0)\":\"\($0)\",\"\($0)\":\"\($0)\"}") },
        Bad("duplicate key far inside", .duplicateKey) { marker in
            Sent(marked(marker, beside(marker, #""z":[{"\#(marker)":1,"b":{"c":1,"\u0063":"\#(marker)"}}]"#)))
        },
        Bad("number beyond a double", .numberRange) { Sent("{\"\($0)\":[\"\($0)\",1e999]}") },
        Bad("integer beyond 64 bits", .numberRange) {
            Sent(marked($0, outcome($0, ",\"count\":92233720368547758080")))
        },
    ]

    static let envelope: [Bad] = [
        Bad("no CloudEvent", .attributeMissing) { Sent(outcome($0)) },
        Bad("an array of events", .attributeMissing) { Sent("[" + marked($0, outcome($0)) + "]") },
        Bad("missing id", .attributeMissing) { Sent(marked($0, outcome($0)).replacing("\"id\"", with: "\"di\"")) },
        Bad("missing source", .attributeMissing) {
            Sent(marked($0, outcome($0)).replacing("\"source\"", with: "\"origin\""))
        },
        Bad("missing type", .attributeMissing) {
            Sent(marked($0, "{}").replacing("\"type\"", with: "\"kind\""))
        },
        Bad("wrong specversion", .attributeInvalid) { marker in
            Sent(marked(marker, outcome(marker)).replacing("\"1.0\"", with: "\"\(marker)\""))
        },
        Bad("wrong time", .attributeInvalid) { marker in
            Sent(marked(marker, outcome(marker)).replacing("\"subject\":", with: "\"time\":"))
        },
        Bad("wrong kind of source", .attributeInvalid) { marker in
            Sent(marked(marker, outcome(marker)).replacing("\"source\":", with: "\"source\":[\"\(marker)\"],\"s\":"))
        },
        Bad("another department", .otherDepartment) { Sent(marked($0, outcome($0), type: "org.city.\($0).\($0)")) },
        Bad("data content type", .contentType) { marker in
            Sent(marked(marker, outcome(marker)).replacing("\"subject\":", with: "\"datacontenttype\":"))
        },
        Bad("content type", .contentType) { marker in
            Sent(marked(marker, outcome(marker)), headers: [("content-type", "application/cloudevents+\(marker)")])
        },
        Bad("base64", .contentType) { marker in
            Sent(marked(marker, outcome(marker)).replacing("\"subject\":", with: "\"data_base64\":"))
        },
        Bad("classification", .classification) { marker in
            Sent(marked(marker, outcome(marker)).replacing("\"subject\":", with: "\"dataclassification\":"))
        },
        Bad("regulation", .classification) { marker in
            Sent(marked(marker, outcome(marker)).replacing("\"subject\":", with: "\"dataregulation\":"))
        },
    ]

    static let fields: [Bad] = [
        .data("no type", .fieldMissing) { outcome($0).replacing("\"type\"", with: "\"kind\"") },
        .data("no day", .fieldMissing) { outcome($0).replacing("\"occurredOn\"", with: "\"on\"") },
        .data("negative count", .fieldRange) { outcome($0, ",\"count\":-918273645") },
        .data("absurd count", .fieldRange) { outcome($0, ",\"count\":91827364554637") },
        .data("negative people", .fieldRange) { outcome($0, ",\"people\":-918273645") },
        .data("absurd people", .fieldRange) { outcome($0, ",\"people\":9.18273645e30") },
        .data("negative money", .fieldRange) { outcome($0, ",\"usd\":-918273645") },
        .data("least integer as money", .fieldRange) { outcome($0, ",\"usd\":-9182736455463728190") },
        .data("a date that is none", .fieldDate) { outcome($0, day: "2026-02-30") },
        .data("a text for a date", .fieldDate) { outcome($0, day: $0) },
        .data("a text for a count", .fieldKind) { outcome($0, ",\"count\":\"\($0)\"") },
        .data("a text for people", .fieldKind) { outcome($0, ",\"people\":[\"\($0)\"]") },
        .data("an object for a type", .fieldKind) { marker in
            #"{"outcome":{"type":{"\#(marker)":1},"occurredOn":"2026-03-04"}}"#
        },
        .data("a sentence for a type", .fieldCode) { marker in
            #"{"outcome":{"type":"\#(marker) \#(marker)","occurredOn":"2026-03-04"}}"#
        },
        .data("a sentence for a district", .fieldCode) { beside($0, "\"district\":\"\($0) \($0)\"") },
        .data("a direction", .fieldCode) { outcome($0, ",\"direction\":\"\($0)\"") },
        .data("a name for a group", .fieldCode) { beside($0, "\"groups\":{\"\($0) \($0)\":1}") },
        .data("a negative group", .fieldRange) { beside($0, "\"groups\":{\"\($0)\":-918273645}") },
        .data("a text for a group", .fieldKind) { beside($0, "\"groups\":{\"\($0)\":\"\($0)\"}") },
        .data("a text for groups", .fieldKind) { beside($0, "\"groups\":\"\($0)\"") },
        .data("a revision", .fieldRange) { beside($0, "\"revision\":\"\($0)\"") },
        .data("retracted", .fieldKind) { beside($0, "\"retracted\":\"\($0)\"") },
        .data("unknown mechanism", .mechanismUnknown) { marker in
            beside(marker, #""references":[{"scheme":"\#(marker)","id":"\#(marker)","mechanism":"\#(marker)"}]"#)
        },
        .data("reference without id", .fieldMissing) { beside($0, "\"references\":[{\"scheme\":\"\($0)\"}]") },
        .data("reference without scheme", .fieldMissing) { beside($0, "\"references\":[{\"id\":\"\($0)\"}]") },
        .data("reference as a text", .fieldKind) { beside($0, "\"references\":[\"\($0)\"]") },
        .data("references as an object", .fieldKind) { marker in
            beside(marker, #""references":{"\#(marker)":{"scheme":"\#(marker)","id":"\#(marker)"}}"#)
        },
        .data("too many references", .referencesTooMany) { marker in
            let one = #"{"scheme":"\#(marker)","id":"\#(marker)"}"#
            return beside(marker, "\"references\":[" + Array(repeating: one, count: 257).joined(separator: ",") + "]")
        },
    ]

    @Test(arguments: parsing + envelope + fields) func getsItsCodeAndIsNotRepeated(bad: Bad) throws {
        let seed: UInt64 = 4300
        var generator = SplitMix64(seed: seed)
        for _ in 0..<3 {
            let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
            let marker = "Zq" + String((0..<14).map { _ in letters.randomElement(using: &generator) ?? "x" })
            let fault = try Intaker(builtIn: "canonical").fault(bad.sent(marker))
            #expect(fault.code == bad.code, "seed \(seed): \(fault)")
            #expect(!fault.description.lowercased().contains(marker.lowercased()), "seed \(seed): \(fault)")
            for digits in ["918273645", "9182736455", "02-30"] {
                #expect(!fault.description.contains(digits), "seed \(seed): \(fault)")
            }
            #expect(fault.message.contains("expected "), "it says what was expected: \(fault)")
        }
    }

    @Test func everyCodeHasItsInput() {
        // Change events, framed payloads, rows and strict mode have tests of their own.
        let shown = Set(
            (Self.parsing + Self.envelope + Self.fields).map(\.code) + [.changeEvent, .registryFraming, .deniedField]
                + FaultCode.allCases.filter { $0.rawValue.hasPrefix("csv.") })
        #expect(shown == Set(FaultCode.allCases))
    }

    @Test func codesAreAContract() {
        #expect(
            FaultCode.allCases.map(\.rawValue) == [
                "json.empty", "json.malformed", "json.not-utf8", "json.too-deep", "json.duplicate-key",
                "json.number-range", "csv.empty", "csv.quotes", "csv.columns", "csv.rows", "csv.encoding",
                "event.too-large", "cloudevents.attribute-missing", "cloudevents.attribute-invalid",
                "cloudevents.content-type", "envelope.schema-registry", "envelope.change-event",
                "cloudevents.other-department", "field.missing", "field.kind",
                "field.range",
                "field.date", "field.code", "reference.mechanism-unknown", "reference.too-many",
                "privacy.classification", "privacy.denied-field",
            ])
        for code in FaultCode.allCases { #expect(code.withholdsPayload == (code.stage == .privacy)) }
        #expect(FaultCode.allCases.filter { $0.stage == .parse }.count == 12)
        #expect(FaultCode.allCases.filter { $0.stage == .envelope }.count == 6)
    }

    @Test func theNextEventIsReadAsIfNothingHadBeen() throws {
        let intaker = try Intaker(builtIn: "canonical")
        let good = Sent(event(wholeData), headers: structured)
        let expected = try intaker.taken(good)
        for bad in Self.parsing + Self.envelope + Self.fields {
            _ = try intaker.fault(bad.sent("marker"))
            #expect(try intaker.taken(good) == expected, "after: \(bad.name)")
        }
    }

    @Test func tooManyValuesAreTooMuch() throws {
        let bytes = try #require(BuiltInProfiles.bytes(named: "canonical"))
        let intaker = Intaker(try #require(ProfileFile.read(bytes, file: "c").profile))
        let many = Array(repeating: "{}", count: 100_001).joined(separator: ",")
        let fault = try intaker.fault(Sent(event(data(",\"references\":[\(many)]"))))
        #expect(fault.code == .tooLarge && fault.message.contains("at most 100000 values"))
    }

    @Test func limitsCanBeSet() throws {
        var limits = EventLimits()
        limits.bytes = 300
        limits.depth = 4
        limits.references = 1
        let bytes = try #require(BuiltInProfiles.bytes(named: "canonical"))
        let intaker = Intaker(try #require(ProfileFile.read(bytes, file: "c").profile), limits: limits)
        let one = #","references":[{"scheme":"a","id":"b"}]"#
        #expect(try intaker.taken(Sent(event(data(one)))).references.count == 1)
        let two = #","references":[{"scheme":"a","id":"b"},{"scheme":"a","id":"b"}]"#
        #expect(try intaker.fault(Sent(event(data(two)))).code == .referencesTooMany)
        #expect(try intaker.fault(Sent(event(data(#","x":[[[1]]]"#)))).code == .tooDeep)
        #expect(
            try intaker.fault(Sent(event(data(",\"x\":\"\(String(repeating: "y", count: 300))\"")))).code == .tooLarge)
    }
}
