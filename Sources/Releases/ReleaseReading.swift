import Indicators
import JSON
import Primitives

extension Release {
    /// Reads what `json` has written.
    public init(json: [UInt8]) throws(ReleaseError) {
        let extractor = Extractor(maximumBytes: 1 << 28)
        let node: DocumentNode
        do throws(JSONError) {
            // The node points into the memory of the extractor, which holds until the end of this function.
            let document = json.withUnsafeBytes { bytes in
                Result { () throws(JSONError) in try extractor.document(bytes) }
            }
            node = try document.get()
        } catch {
            throw .damaged(error.message)
        }
        defer { withExtendedLifetime(extractor) {} }
        guard let period = node.text("period"), let from = node.text("from").flatMap({ CivilDate($0) }),
            let to = node.text("to").flatMap({ CivilDate($0) }), let number = node.integer("number"),
            let city = node.text("city"), let closedAt = node.text("closedAt").flatMap({ Timestamp($0) }),
            let threshold = node.integer("threshold"), let registry = node.text("registry"),
            let records = node.member("records"), let suppression = node.member("suppression")
        else { throw .damaged(node.text("id") ?? "") }
        self.init(
            period: period, firstDay: from, lastDay: to, number: Int(number), restates: node.text("restates"),
            city: city, closedAt: closedAt, threshold: Int(threshold), registry: registry,
            versions: node.elements("versions").map(DecidingVersions.init),
            records: RecordCounts(
                received: records.integer("received") ?? 0, refused: records.integer("refused") ?? 0,
                outcomes: records.integer("outcomes") ?? 0),
            figures: node.elements("figures").compactMap { ReleasedFigure($0) },
            connections: node.elements("connections").compactMap { ReleasedConnection($0) },
            changes: node.elements("changes").compactMap { FigureChange($0) },
            suppression: SuppressionCounts(suppression))
    }
}

/// What a stored release is made of.
extension DocumentNode {
    func text(_ name: String) -> String? { member(name)?.string }

    func integer(_ name: String) -> Int64? { member(name)?.integer }

    /// A number as it is written.
    func number(_ name: String) -> String? {
        guard let member = member(name) else { return nil }
        switch member.kind {
        case .integer, .unsigned, .double: break
        default: return nil
        }
        var writer = JSONWriter(capacity: 64)
        member.write(to: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// A part of a ratio, which has no decimals or four; JSON does not keep zeros at the end.
    func part(_ name: String) -> String? {
        member(name)?.kind == .double ? number(name)?.padded(toPlaces: 4) : number(name)
    }

    func has(_ name: String) -> Bool { member(name) != nil }

    var slice: Slice {
        var values: [(Dimension, String)] = []
        member("slice")?.forEachChild { name, child in
            guard let name, let dimension = Dimension(rawValue: String(decoding: name, as: UTF8.self)) else { return }
            values.append((dimension, String(decoding: child.text, as: UTF8.self)))
        }
        return Slice(values)
    }

    /// The value of a figure of some decimals; JSON does not keep zeros at the end.
    func value(_ places: Int) -> ReleasedFigure.Value? {
        if let missing = text("missing") { return .notStated(missing) }
        if has("withheld") { return .withheld }
        return number("value").map { .stated($0.padded(toPlaces: places)) }
    }
}

extension String {
    /// A decimal number with at least so many decimals.
    fileprivate func padded(toPlaces places: Int) -> String {
        guard places > 0 else { return self }
        let parts = split(separator: ".", maxSplits: 1)
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        return "\(parts.first ?? "0").\(fraction)" + String(repeating: "0", count: max(0, places - fraction.utf8.count))
    }
}

extension DecidingVersions {
    fileprivate init(_ node: DocumentNode) {
        self.init(
            rules: node.text("rules") ?? "", registry: node.text("registry") ?? "",
            profile: node.text("profile") ?? "", engine: node.text("engine") ?? "",
            outcomes: node.integer("outcomes") ?? 0)
    }
}

extension SuppressionCounts {
    fileprivate init(_ node: DocumentNode) {
        self.init()
        populations = Int(clamping: node.integer("populations") ?? 0)
        primary = Int(clamping: node.integer("primary") ?? 0)
        complementary = Int(clamping: node.integer("complementary") ?? 0)
    }
}

extension ReleasedFigure {
    fileprivate init?(_ node: DocumentNode) {
        guard let indicator = node.text("indicator").flatMap(Indicator.init(rawValue:)) else { return nil }
        let slice = node.slice
        let places = IndicatorUnit.of(indicator, slice).places
        guard let value = node.value(places) else { return nil }
        self.init(
            indicator: indicator, slice: slice, value: value, numerator: node.part("numerator"),
            denominator: node.part("denominator"), lower: node.number("lower")?.padded(toPlaces: places),
            upper: node.number("upper")?.padded(toPlaces: places), n: node.integer("n"),
            abstained: node.integer("abstained"),
            listed: node.elements("listed").compactMap(\.string))
    }
}

extension FigureChange {
    fileprivate init?(_ node: DocumentNode) {
        guard let indicator = node.text("indicator").flatMap(Indicator.init(rawValue:)) else { return nil }
        let slice = node.slice
        let places = IndicatorUnit.of(indicator, slice).places
        self.init(
            indicator: indicator, slice: slice, before: node.member("before").flatMap { $0.value(places) },
            after: node.member("after").flatMap { $0.value(places) })
    }
}
