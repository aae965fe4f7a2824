import Primitives

/// The kinds of malformed events, one at least for each code of a fault but that of the size.
enum SampleFault: CaseIterable {
    case notJSON, badDate, unknownMechanism, deepNesting
    case emptyPayload, negativeCount, missingAttribute, unknownClassification
    case cutOff, truncatedUTF8, wrongSpecversion, otherDepartment
    case duplicateKey, missingDay, contentTypeXML, tooManyReferences
    case hugeNumber, textForNumber, sentenceForCode, batch, wrongTime

    var note: StaticString {
        switch self {
        case .notJSON: "malformed: not JSON"
        case .badDate: "malformed: a date that the calendar does not have"
        case .unknownMechanism: "malformed: an unknown mechanism"
        case .deepNesting: "malformed: nested too deep"
        case .emptyPayload: "malformed: an empty payload"
        case .negativeCount: "malformed: a negative count"
        case .missingAttribute: "malformed: no event id"
        case .unknownClassification: "malformed: an unknown data classification"
        case .cutOff: "malformed: cut off in the middle"
        case .truncatedUTF8: "malformed: UTF-8 cut off within a character"
        case .wrongSpecversion: "malformed: another version of CloudEvents"
        case .otherDepartment: "malformed: an event of another department"
        case .duplicateKey: "malformed: a member twice"
        case .missingDay: "malformed: no day of the outcome"
        case .contentTypeXML: "malformed: data that is not JSON"
        case .tooManyReferences: "malformed: too many references"
        case .hugeNumber: "malformed: a number beyond 64 bits"
        case .textForNumber: "malformed: a text for a number"
        case .sentenceForCode: "malformed: a sentence in the place of a code"
        case .batch: "malformed: a batch of events"
        case .wrongTime: "malformed: a time that is none"
        }
    }

    /// The code of the fault (docs/dead-letters.md).
    var code: String {
        switch self {
        case .notJSON, .cutOff: "json.malformed"
        case .badDate: "field.date"
        case .unknownMechanism: "reference.mechanism-unknown"
        case .deepNesting: "json.too-deep"
        case .emptyPayload: "json.empty"
        case .negativeCount: "field.range"
        case .missingAttribute: "cloudevents.attribute-missing"
        case .unknownClassification: "privacy.classification"
        case .truncatedUTF8: "json.not-utf8"
        case .wrongSpecversion, .wrongTime: "cloudevents.attribute-invalid"
        case .otherDepartment: "cloudevents.other-department"
        case .duplicateKey: "json.duplicate-key"
        case .missingDay: "field.missing"
        case .contentTypeXML, .batch: "cloudevents.content-type"
        case .tooManyReferences: "reference.too-many"
        case .hugeNumber: "json.number-range"
        case .textForNumber: "field.kind"
        case .sentenceForCode: "field.code"
        }
    }

    /// The message of a record.
    func event(department: StaticString, record: String, time: Timestamp) -> SampleEvent {
        let contentType = Array("application/cloudevents-batch+json".utf8)
        return SampleEvent(
            key: Array(record.utf8), payload: payload(Envelope(department: department, record: record, time: time)),
            headers: [self == .batch ? ("content-type", contentType) : StructuredMode.header],
            timestampMilliseconds: time.microseconds / 1000, note: note, expectation: .malformed(code: code))
    }

    private func payload(_ envelope: Envelope) -> [UInt8] {
        switch self {
        case .emptyPayload: return []
        case .notJSON: return Array("queue=intake&state=ok".utf8)
        case .batch: return [UInt8(ascii: "[")] + envelope.with(outcome: "") + [UInt8(ascii: "]")]
        case .cutOff: return Array(envelope.with(outcome: "").dropLast(24))
        case .truncatedUTF8: return truncated(envelope)
        default: return wellFormed(envelope)
        }
    }

    /// JSON by its grammar, and still refused.
    private func wellFormed(_ envelope: Envelope) -> [UInt8] {
        switch self {
        case .badDate: envelope.with(outcome: "", day: #","occurredOn":"2026-02-30""#)
        case .missingDay: envelope.with(outcome: "", day: "")
        case .negativeCount: envelope.with(outcome: #","count":-3"#)
        case .duplicateKey: envelope.with(outcome: #","people":2,"people":20"#)
        case .hugeNumber: envelope.with(outcome: #","people":123456789012345678901234567890"#)
        case .textForNumber: envelope.with(outcome: #","people":"three""#)
        case .sentenceForCode: envelope.with(outcome: "", data: #","district":"the district by the harbour""#)
        case .unknownMechanism:
            envelope.with(outcome: "", data: #","references":[\#(reference("inspired-by"))]"#)
        case .tooManyReferences:
            envelope.with(
                outcome: "",
                data: #","references":["#
                    + Array(repeating: reference("funded-by"), count: 257).joined(separator: ",") + "]")
        case .deepNesting:
            envelope.with(
                outcome: "",
                data: #","form":"# + String(repeating: "[", count: 80) + String(repeating: "]", count: 80))
        case .missingAttribute: envelope.with(outcome: "", id: "")
        case .wrongSpecversion: envelope.with(outcome: "", specversion: "0.3")
        case .otherDepartment: envelope.with(outcome: "", department: "harbour")
        case .unknownClassification: envelope.with(outcome: "", attributes: #","dataclassification":"eyes-only""#)
        case .contentTypeXML: envelope.with(outcome: "", attributes: #","datacontenttype":"application/xml""#)
        case .wrongTime: envelope.with(outcome: "", time: "yesterday")
        default: envelope.with(outcome: "")
        }
    }

    private func reference(_ mechanism: StaticString) -> String {
        #"{"scheme":"grant","id":"STATE-2026-1","mechanism":"\#(mechanism)"}"#
    }

    /// The second byte of an é is missing.
    private func truncated(_ envelope: Envelope) -> [UInt8] {
        let whole = envelope.with(outcome: "", data: #","narrative":"Synthetic sample text, cut at caf?""#)
        return whole.map { $0 == UInt8(ascii: "?") ? 0xc3 : $0 }
    }
}

/// A structured event with one part of it changed. Written by hand, since no writer of JSON makes most of these.
private struct Envelope {
    let department: StaticString
    let record: String
    let time: Timestamp

    func with(
        outcome: String, day: String = #","occurredOn":"2026-03-04""#, data: String = "", id: String? = nil,
        specversion: String = "1.0", department other: String? = nil, time otherTime: String? = nil,
        attributes: String = ""
    ) -> [UInt8] {
        let id = id ?? #","id":"\#(record)-r1""#
        let envelope =
            #"{"specversion":"\#(specversion)"\#(id),"source":"/port-meridian/\#(department)/sample","#
            + #""type":"org.city.\#(other ?? "\(department)").case-resolved.recorded","#
            + #""time":"\#(otherTime ?? "\(time)")","subject":"\#(record)"\#(attributes),"#
        let body = #""data":{"outcome":{"type":"case-resolved"\#(day)\#(outcome)}\#(data)}}"#
        return Array(envelope.utf8) + Array(body.utf8)
    }
}
