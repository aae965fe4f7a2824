import JSON
import Primitives

/// The context attributes of CloudEvents 1.0.2 that are read.
enum CloudEventAttribute: String, CaseIterable, Sendable {
    case specversion, id, source, type, time, subject, datacontenttype, dataclassification, dataregulation
    case data_base64

    /// True where an event must not be kept if the attribute is not understood.
    var isOfPrivacy: Bool { self == .dataclassification || self == .dataregulation }
}

/// How a message is wrapped, by its headers (Kafka protocol binding for CloudEvents 1.0.2, section 3).
enum ContentMode: Sendable, Equatable {
    case structured, binary
    /// No header says so: the profile decides.
    case unmarked

    /// The mode of a message.
    /// - Throws: a fault for a CloudEvents format that is not JSON, and for batches.
    static func of(_ headers: EventHeaders) throws(Fault) -> ContentMode {
        if let contentType = headers.contentType, MediaType.hasPrefix(contentType, "application/cloudevents") {
            guard MediaType.essence(contentType, equals: "application/cloudevents+json") else {
                throw Fault(
                    .contentType, "content-type: expected application/cloudevents+json; send one event a message")
            }
            return .structured
        }
        return headers.specversion != nil ? .binary : .unmarked
    }
}

/// What is known of the envelope of one event; the memory belongs to the message or the parser.
struct CloudEventContext {
    var specversion: UnsafeRawBufferPointer?
    var id: UnsafeRawBufferPointer?
    var source: UnsafeRawBufferPointer?
    var type: UnsafeRawBufferPointer?
    var time: UnsafeRawBufferPointer?
    var subject: UnsafeRawBufferPointer?
    var datacontenttype: UnsafeRawBufferPointer?
    var dataclassification: UnsafeRawBufferPointer?
    var dataregulation: UnsafeRawBufferPointer?
    var hasBinaryData = false
    /// An attribute that is there and is no text.
    private var wrongKind: CloudEventAttribute?

    init() {}

    /// The context that headers carry in binary mode.
    init(_ headers: EventHeaders) {
        specversion = headers.specversion
        id = headers.id
        source = headers.source
        type = headers.type
        time = headers.time
        subject = headers.subject
        datacontenttype = headers.contentType
        dataclassification = headers.dataclassification
        dataregulation = headers.dataregulation
    }

    /// Takes the value of an attribute in structured mode; null counts as left out.
    mutating func take(_ attribute: CloudEventAttribute, _ value: ExtractedValue) {
        if value.kind == .string || attribute == .data_base64 {
            set(attribute, value.text)
        } else if wrongKind?.isOfPrivacy != true {
            // One that privacy hangs on is not forgotten for another.
            wrongKind = attribute
        }
    }

    private mutating func set(_ attribute: CloudEventAttribute, _ text: UnsafeRawBufferPointer) {
        switch attribute {
        case .specversion: specversion = text
        case .id: id = text
        case .source: source = text
        case .type: type = text
        case .time: time = text
        case .subject: subject = text
        case .datacontenttype: datacontenttype = text
        case .dataclassification: dataclassification = text
        case .dataregulation: dataregulation = text
        case .data_base64: hasBinaryData = true
        }
    }

    /// Checks the attributes and returns the time of the event, where it has one.
    ///
    /// The classification comes first: a dead letter for any other reason carries the event.
    func check(_ department: DepartmentName) throws(Fault) -> Timestamp? {
        if let wrongKind, wrongKind.isOfPrivacy { throw DataClassification.notUnderstood(wrongKind) }
        try DataClassification.check(dataclassification, dataregulation)
        if let wrongKind { throw invalid(wrongKind.rawValue, "a text") }
        guard let specversion else { throw missing("specversion", "1.0") }
        guard specversion.holdsSame(as: "1.0") else { throw invalid("specversion", "1.0") }
        guard let id else { throw missing("id", "a text that is unique for the source") }
        guard let source else { throw missing("source", "a URI reference that names the sending system") }
        guard let type else { throw missing("type", "org.city.<department>.<outcome>.<verb>") }
        if id.isEmpty { throw invalid("id", "a text that is not empty") }
        if source.isEmpty { throw invalid("source", "a URI reference that is not empty") }
        if type.isEmpty { throw invalid("type", "a text that is not empty") }
        if let subject, subject.isEmpty { throw invalid("subject", "the id of the source record, or no subject") }
        if hasBinaryData {
            throw Fault(.contentType, "data_base64: expected JSON data in the member data")
        }
        if let datacontenttype, !MediaType.isJSON(datacontenttype) {
            throw Fault(.contentType, "datacontenttype: expected application/json or a type that ends in +json")
        }
        try department.check(type)
        guard let time else { return nil }
        guard let instant = Timestamp(time), instant.isWritable else {
            throw invalid("time", "an RFC 3339 date and time such as 2026-03-04T15:04:05Z")
        }
        return instant
    }

    private func missing(_ attribute: String, _ expected: String) -> Fault {
        Fault(.attributeMissing, "\(attribute): the attribute is missing; expected \(expected)")
    }

    private func invalid(_ attribute: String, _ expected: String) -> Fault {
        Fault(.attributeInvalid, "\(attribute): expected \(expected)")
    }
}

/// A worker's department as it stands in the type of an event.
struct DepartmentName {
    private let name: String
    /// `org.city.<department>.`, with which a type of this project's own form begins.
    private let expected: [UInt8]

    init(_ name: String) {
        self.name = name
        expected = Array("org.city.\(name).".utf8)
    }

    /// A type of this project's own form must name the worker's department.
    func check(_ type: UnsafeRawBufferPointer) throws(Fault) {
        if type.count > expected.count {
            let start = UnsafeRawBufferPointer(rebasing: type[..<expected.count])
            if expected.withUnsafeBytes({ $0.holdsSame(as: start) }) { return }
        }
        let prefix: StaticString = "org.city."
        guard MediaType.hasPrefix(type, prefix) else { return }
        let rest = UnsafeRawBufferPointer(rebasing: type[prefix.utf8CodeUnitCount...])
        let end = rest.firstIndex(of: UInt8(ascii: ".")) ?? rest.endIndex
        guard rest[..<end].elementsEqual(name.utf8) else {
            throw Fault(.otherDepartment, "type: expected org.city.\(name).…; send the event to its department's topic")
        }
    }
}

/// The data classification extension: what is not understood is refused
/// (https://github.com/cloudevents/spec/blob/main/cloudevents/extensions/data-classification.md).
enum DataClassification {
    static let levels: [StaticString] = ["public", "internal", "confidential", "restricted"]
    static let regulations: [StaticString] = [
        "gdpr", "hipaa", "pci-dss", "iso-27001", "nist-800-53", "ccpa", "ferpa", "vawa", "42-cfr-part-2",
    ]

    static func check(
        _ classification: UnsafeRawBufferPointer?, _ regulation: UnsafeRawBufferPointer?
    ) throws(Fault) {
        if let classification {
            guard levels.contains(where: { MediaType.equalIgnoringCase(classification, $0) }) else {
                throw notUnderstood(.dataclassification)
            }
        }
        guard let regulation else { return }
        for entry in regulation.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let name = MediaType.trimmed(UnsafeRawBufferPointer(rebasing: entry))
            guard regulations.contains(where: { MediaType.equalIgnoringCase(name, $0) }) else {
                throw notUnderstood(.dataregulation)
            }
        }
    }

    static func notUnderstood(_ attribute: CloudEventAttribute) -> Fault {
        let expected =
            attribute == .dataclassification
            ? "public, internal, confidential or restricted"
            : "a list of GDPR, HIPAA, PCI-DSS, ISO-27001, NIST-800-53, CCPA, FERPA, VAWA, 42-CFR-PART-2"
        return Fault(.classification, "\(attribute.rawValue): expected \(expected)")
    }
}
