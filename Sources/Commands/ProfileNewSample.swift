import Intake
import JSON

/// Events of a sample, and how they are wrapped.
struct ProfileSample {
    static let eventsMax = 10_000
    static let bytesMax = 256 << 20
    /// The longest document, and the longest line.
    static let documentBytesMax = 64 << 20
    private static let (levelsMax, placesMax) = (64, 5000)

    /// What was found at each path of the documents.
    let root = SamplePlace(.root)
    /// The events read, those of them with a document, and those that are no JSON objects.
    private(set) var events = 0
    private(set) var documents = 0
    private(set) var passedOver = 0
    /// What is wrong with the first one that was passed over.
    private(set) var firstFault: String?
    /// Why not all was read; nil where it was.
    private(set) var stopped: String?
    private var wrappings: [Wrapping: Int] = [:]
    private var room = ProfileSample.placesMax
    private let stated: Profile.Envelope?
    private let extractor = Extractor(maximumBytes: documentBytesMax, maximumDepth: levelsMax)

    /// How one event is wrapped.
    private enum Wrapping: Hashable {
        case bare, cloudEvent, change
    }

    /// - Parameter stated: the envelope, where it is known.
    init(envelope stated: Profile.Envelope?) {
        self.stated = stated
    }

    /// How the events are wrapped, so that paths begin at the documents that were looked at.
    var envelope: Profile.Envelope {
        if let stated { return stated }
        if wrappings[.change, default: 0] > 0 { return .debezium }
        guard wrappings[.cloudEvent, default: 0] > 0 else { return .none }
        return wrappings[.bare, default: 0] > 0 ? .auto : .cloudevents
    }

    /// True where there are more paths than are kept.
    var isCut: Bool { room == 0 }

    // MARK: Reading

    /// Reads lines of JSON, one document over several lines, or an array of events. What cannot be read is counted.
    /// - Returns: false where the file cannot be read to its end.
    mutating func read(_ file: borrowing InputFile) -> Bool {
        var reader = LineReader(file.descriptor, lineBytesMax: ProfileSample.documentBytesMax)
        var bytes = 0
        var isFirst = true
        while stopped == nil, let line = reader.next() {
            if line.isBlank { continue }
            bytes += line.count + 1
            guard bytes <= ProfileSample.bytesMax else {
                stopped = "after 256 MB"
                break
            }
            if isFirst {
                isFirst = false
                if !isDocument(line) {
                    readWhole(line, &reader)
                    break
                }
            }
            add(line, "line \(reader.index + 1)")
        }
        root.foldMaps()
        return reader.failure == 0
    }

    private func isDocument(_ text: UnsafeRawBufferPointer) -> Bool { (try? extractor.document(text)) != nil }

    /// Takes the file for one document, since its first line is none; where the whole is none either, for lines.
    private mutating func readWhole(_ first: UnsafeRawBufferPointer, _ reader: inout LineReader) {
        var text = Array(first)
        var isWhole = true
        while let line = reader.next() {
            guard text.count + line.count < ProfileSample.documentBytesMax else {
                isWhole = false
                break
            }
            text.append(UInt8(ascii: "\n"))
            text += line
        }
        text.withUnsafeBytes { text in
            if isWhole, isDocument(text) { return add(text, "the document") }
            if !isWhole { stopped = "after 64 MB of a file of which the first line is no document" }
            for (index, line) in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                .enumerated()
            where !UnsafeRawBufferPointer(rebasing: line).isBlank && events < ProfileSample.eventsMax {
                add(UnsafeRawBufferPointer(rebasing: line), "line \(index + 1)")
            }
        }
    }

    /// Takes a document: an event, or an array of them.
    mutating func add(_ text: UnsafeRawBufferPointer, _ name: String) {
        let document: DocumentNode
        do throws(JSONError) {
            document = try extractor.document(text)
        } catch {
            return passOver("\(name): \(error)")
        }
        if document.kind == .array {
            // Nothing is mutated while the array is walked.
            var elements: [DocumentNode] = []
            document.forEachChild { _, element in
                if elements.count <= ProfileSample.eventsMax { elements.append(element) }
            }
            for element in elements { addEvent(element, name) }
        } else {
            addEvent(document, name)
        }
    }

    private mutating func passOver(_ fault: String) {
        passedOver += 1
        if firstFault == nil { firstFault = fault }
    }

    private mutating func addEvent(_ event: DocumentNode, _ name: String) {
        guard events < ProfileSample.eventsMax else {
            stopped = "after \(Wording.number(Int64(ProfileSample.eventsMax))) events"
            return
        }
        guard event.kind == .object else { return passOver("\(name): expected an object, or an array of objects") }
        events += 1
        guard let document = unwrap(event) else { return }
        root.add(document, event: documents, room: &room)
        documents += 1
    }

    // MARK: Envelopes

    /// The document at which paths of a profile begin; nil for an event without one.
    private mutating func unwrap(_ event: DocumentNode) -> DocumentNode? {
        let isCloudEvent = event.member("specversion")?.kind == .string
        let inner = isCloudEvent ? event.member("data") : event
        let change = inner.flatMap(ProfileSample.change)
        wrappings[change != nil ? .change : isCloudEvent ? .cloudEvent : .bare, default: 0] += 1
        switch stated {
        case .some(.none): return event
        case .cloudevents, .auto: return isCloudEvent ? inner : event
        case .debezium: return change.flatMap(ProfileSample.row)
        case nil: return change.map(ProfileSample.row) ?? inner
        }
    }

    /// The change event that a document is, with its schema beside it or not.
    private static func change(_ document: DocumentNode) -> DocumentNode? {
        for candidate in [document, document.member("payload")] {
            guard let candidate, let operation = candidate.member("op"), operation.kind == .string,
                ["c", "u", "d", "r", "t", "m"].contains(String(decoding: operation.text, as: UTF8.self)),
                candidate.member("before") != nil || candidate.member("after") != nil
                    || candidate.member("source") != nil
            else { continue }
            return candidate
        }
        return nil
    }

    private static func row(_ change: DocumentNode) -> DocumentNode? {
        for name in ["after", "before"] {
            if let row = change.member(name), row.kind == .object { return row }
        }
        return nil
    }
}
