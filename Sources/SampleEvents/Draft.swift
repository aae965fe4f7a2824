import JSON
import Primitives

/// An event before it is written.
struct Draft {
    let department: StaticString
    let record: String
    var verb: StaticString = "recorded"
    var outcomeType: StaticString
    var occurredOn: CivilDate
    var time: Timestamp
    var revision = 1
    var hasOutcome = true
    var isRetracted = false
    var isOutbound = false
    var isBinary = false
    var people = 1
    var dollars: Int?
    var district = 1
    var groups: [(code: StaticString, people: Int)] = []
    var references: [SampleReference] = []
    var named: (name: StaticString, country: StaticString?)?
    var narrative: StaticString?
    var classification: StaticString?
    var traceparent: String?

    var attributes: [(name: StaticString, value: String)] {
        var all: [(name: StaticString, value: String)] = [
            ("specversion", "1.0"), ("id", "\(record)-r\(revision)"), ("source", "/port-meridian/\(department)/sample"),
            ("type", "org.city.\(department).\(outcomeType).\(verb)"), ("time", "\(time)"), ("subject", record),
        ]
        if let classification { all.append(("dataclassification", "\(classification)")) }
        return all
    }

    /// The message in its content mode (Kafka protocol binding for CloudEvents 1.0.2, section 3).
    func event(_ note: StaticString, _ expectation: SampleExpectation) -> SampleEvent {
        var json = JSONWriter(capacity: 1024)
        var headers: [(name: String, value: [UInt8])] = []
        if isBinary {
            headers = attributes.map { ("ce_\($0.name)", Array($0.value.utf8)) }
            headers.append(("content-type", Array("application/json".utf8)))
            writeData(into: &json)
        } else {
            headers.append(StructuredMode.header)
            json.beginObject()
            for (name, value) in attributes { json.member(name, value) }
            json.member("datacontenttype", "application/json")
            json.key("data")
            writeData(into: &json)
            json.endObject()
        }
        if let traceparent { headers.append(("traceparent", Array(traceparent.utf8))) }
        return SampleEvent(
            key: Array(record.utf8), payload: Array(json.bytes), headers: headers,
            timestampMilliseconds: time.microseconds / 1000, note: note, expectation: expectation)
    }

    private func writeData(into json: inout JSONWriter) {
        json.beginObject()
        if isRetracted {
            json.member("revision", revision)
            json.key("retracted")
            json.bool(true)
        } else if hasOutcome {
            writeOutcome(into: &json)
        } else {
            json.member("queue", "intake")
            json.member("waiting", people)
        }
        json.endObject()
    }

    private func writeOutcome(into json: inout JSONWriter) {
        json.key("outcome")
        json.beginObject()
        json.member("type", "\(outcomeType)")
        json.member("occurredOn", "\(occurredOn)")
        json.member("count", 1)
        json.member("people", people)
        if let dollars { json.member("usd", dollars) }
        json.member("direction", isOutbound ? "outbound" : "inbound")
        json.endObject()
        json.member("district", "D\(district)")
        if !groups.isEmpty {
            json.key("groups")
            json.beginObject()
            for group in groups { json.member(group.code, group.people) }
            json.endObject()
        }
        writeReferences(into: &json)
        if let narrative { json.member("narrative", "\(narrative)") }
        json.member("revision", revision)
    }

    private func writeReferences(into json: inout JSONWriter) {
        if !references.isEmpty {
            json.key("references")
            json.beginArray()
            for reference in references {
                json.beginObject()
                json.member("scheme", "\(reference.scheme)")
                json.member("id", "\(reference.id)")
                if let mechanism = reference.mechanism { json.member("mechanism", "\(mechanism)") }
                json.endObject()
            }
            json.endArray()
        }
        guard let named else { return }
        json.key("named")
        json.beginArray()
        json.beginObject()
        json.member("name", "\(named.name)")
        if let country = named.country { json.member("country", "\(country)") }
        json.endObject()
        json.endArray()
    }
}

/// The header of structured mode.
enum StructuredMode {
    static let header = (name: "content-type", value: Array("application/cloudevents+json; charset=UTF-8".utf8))
}
