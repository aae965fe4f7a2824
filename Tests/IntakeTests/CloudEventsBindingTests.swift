import FoundationEssentials
import Testing

@testable import Intake

/// The Kafka protocol binding for CloudEvents, by the scenarios of its conformance suite and in our own words.
@Suite struct CloudEventsBindingTests {
    /// Takes every message with data for an outcome, and the data's `greeting` for the record's id.
    private let profile = """
        profile: scenario
        version: 1
        system: test
        envelope: cloudevents
        outcome:
          key: $.greeting
          type: example
          occurredOn: "2026-03-04"
        """

    /// The same, by the id of the event.
    private var byID: String { profile.replacing("  key: $.greeting\n", with: "") }

    @Test func conformanceScenarios() throws {
        let path = "../shared/data/cloudevents/kafka-protocol-binding.feature"
        guard let file = FileManager.default.contents(atPath: path) else {
            print("skipped: \(path) is not there")
            return
        }
        let scenarios = Scenario.all(String(decoding: file, as: UTF8.self))
        #expect(scenarios.count == 3)
        for scenario in scenarios { try check(scenario) }
    }

    private func check(_ scenario: Scenario) throws {
        // A profile may not read a free text, and a message may be one: the same member under another name.
        let payload = scenario.payload.replacing("\"message\"", with: "\"greeting\"")
        let sent = Sent(payload, headers: scenario.headers)
        let byData = try Intaker(profile).taken(sent)
        let taken = try Intaker(byID).taken(sent)
        let attributes = Dictionary(scenario.attributes) { first, _ in first }
        #expect(scenario.data == #"{"message": "Hello World!"}"#, "\(scenario.name)")
        #expect(byData.recordID == "Hello World!", "\(scenario.name)")
        #expect(taken.recordID == attributes["id"], "\(scenario.name)")
        #expect(taken.time == attributes["time"], "\(scenario.name)")
        // In either mode the same attributes and data are the same event.
        var headers: [(String, String)] = []
        for (name, value) in scenario.attributes {
            headers.append((name == "datacontenttype" ? "content-type" : "ce_\(name)", value))
        }
        #expect(try Intaker(byID).taken(Sent(scenario.data, headers: headers)) == taken, "\(scenario.name)")
    }

    // MARK: In our own words

    private let binary = [
        ("ce_specversion", "1.0"), ("ce_id", "a-1"), ("ce_type", "com.example.happened"), ("ce_source", "/here"),
        ("ce_time", "2026-03-04T15:04:05.5Z"), ("content-type", "application/json"),
    ]

    private let document =
        #"{"specversion":"1.0","id":"a-1","type":"com.example.happened","source":"/here","#
        + #""time":"2026-03-04T15:04:05.5Z","datacontenttype":"application/json","data":{"greeting":"hello"}}"#

    @Test func binaryMode() throws {
        let sent = Sent(#"{"greeting":"hello"}"#, headers: binary)
        #expect(try Intaker(profile).taken(sent).recordID == "hello")
        let taken = try Intaker(byID).taken(sent)
        #expect(taken.recordID == "a-1")
        #expect(taken.time == "2026-03-04T15:04:05.500Z")
        #expect(taken.disposition == .outcome)
    }

    @Test(
        arguments: [
            "application/cloudevents+json", "application/cloudevents+json; charset=utf-8",
            "application/cloudevents+json;charset=UTF-8", "Application/CloudEvents+JSON ; x=y",
        ])
    func structuredMode(contentType: String) throws {
        let sent = Sent(document, headers: [("content-type", contentType)])
        #expect(try Intaker(profile).taken(sent).recordID == "hello")
        #expect(try Intaker(byID).taken(sent) == Intaker(byID).taken(Sent(#"{"greeting":"x"}"#, headers: binary)))
    }

    @Test func structuredModeWithoutAHeader() throws {
        #expect(try Intaker(profile).taken(Sent(document)).recordID == "hello")
    }

    @Test func headerNamesInAnyCase() throws {
        let upper = binary.map { ($0.0.uppercased(), $0.1) }
        #expect(try Intaker(byID).taken(Sent("{}", headers: upper)).recordID == "a-1")
        let sent = Sent(document, headers: [("Content-Type", "application/cloudevents+json")])
        #expect(try Intaker(profile).taken(sent).recordID == "hello")
    }

    @Test func structuredModeGoesBeforeBinaryHeaders() throws {
        // Section 3.3 of the binding: the content type alone tells the mode.
        let sent = Sent(document, headers: [("ce_specversion", "1.0"), ("ce_id", "other")] + structured)
        #expect(try Intaker(byID).taken(sent).recordID == "a-1")
    }

    @Test(
        arguments: [
            "application/cloudevents-batch+json", "application/cloudevents+avro", "application/cloudevents",
            "application/cloudevents+xml; charset=utf-8", "APPLICATION/CLOUDEVENTS+PROTOBUF",
        ])
    func otherFormatsAreRefused(contentType: String) throws {
        // Their payloads are no JSON; the format is what is wrong.
        for payload in [document, "[\(document)]", "\u{0}\u{1}avro"] {
            let fault = try Intaker(profile).fault(Sent(payload, headers: [("content-type", contentType)]))
            #expect(fault.code == .contentType)
        }
    }

    @Test(arguments: ["text/plain", "application/avro", "application/xml", "json", "", "application/jsonx"])
    func otherDataFormatsAreRefused(contentType: String) throws {
        var headers = binary
        headers[5].1 = contentType
        #expect(try Intaker(byID).fault(Sent("{}", headers: headers)).code == .contentType)
        #expect(try Intaker(byID).fault(Sent("\u{0}avro", headers: headers)).code == .contentType)
        let document = document.replacing("application/json", with: contentType)
        #expect(try Intaker(byID).fault(Sent(document, headers: structured)).code == .contentType)
    }

    @Test(arguments: ["application/json", "application/JSON; charset=utf-8", "text/json", "application/fhir+json"])
    func dataFormatsThatAreJSON(contentType: String) throws {
        var headers = binary
        headers[5].1 = contentType
        #expect(try Intaker(byID).taken(Sent("{}", headers: headers)).recordID == "a-1")
        headers.removeLast()
        #expect(try Intaker(byID).taken(Sent("{}", headers: headers)).recordID == "a-1")
    }

    @Test func binaryDataInStructuredModeIsRefused() throws {
        let sent = Sent(document.replacing(#""data":{"#, with: #""data_base64":"e30=","extra":{"#), headers: structured)
        #expect(try Intaker(byID).fault(sent).code == .contentType)
    }
}

/// One scenario of a feature file, an outline's example filled in.
private struct Scenario {
    var name = ""
    var payload = ""
    var headers: [(String, String)] = []
    var attributes: [(String, String)] = []
    var data = ""

    /// Reads as much Gherkin as the file has: scenarios, outlines, doc strings, tables.
    static func all(_ file: String) -> [Scenario] {
        var texts: [[String]] = []
        for line in file.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if trimmed(line).hasPrefix("Scenario") { texts.append([]) }
            if !texts.isEmpty { texts[texts.count - 1].append(line) }
        }
        return texts.flatMap { lines -> [Scenario] in
            guard let examples = lines.firstIndex(where: { trimmed($0) == "Examples:" }) else { return [one(lines)] }
            let rows = lines[(examples + 1)...].compactMap(cells)
            guard let names = rows.first else { return [] }
            return rows.dropFirst().map { values in
                one(
                    lines[..<examples].map { line in
                        zip(names, values).reduce(line) { $0.replacing("<\($1.0)>", with: $1.1) }
                    })
            }
        }
    }

    private static func one(_ lines: [String]) -> Scenario {
        var scenario = Scenario(name: trimmed(lines[0]))
        var step = ""
        var text: [String]?
        for line in lines.dropFirst() {
            if trimmed(line) == "\"\"\"" {
                if let whole = text {
                    let joined = whole.joined(separator: "\n")
                    if step.hasPrefix("Given") { scenario.payload = joined } else { scenario.data = joined }
                    text = nil
                } else {
                    text = []
                }
            } else if text != nil {
                text?.append(trimmed(line))
            } else if let row = cells(line) {
                guard row != ["key", "value"] else { continue }
                if step.contains("headers") {
                    scenario.headers.append((row[0], row[1]))
                } else {
                    scenario.attributes.append((row[0], row[1]))
                }
            } else if !trimmed(line).isEmpty {
                step = trimmed(line)
            }
        }
        return scenario
    }

    private static func cells(_ line: String) -> [String]? {
        let line = trimmed(line)
        guard line.hasPrefix("|"), line.hasSuffix("|") else { return nil }
        return line.dropFirst().dropLast().split(separator: "|").map { trimmed(String($0)) }
    }

    private static func trimmed(_ line: String) -> String {
        String(line.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
