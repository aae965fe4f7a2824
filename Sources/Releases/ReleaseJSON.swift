import Indicators
public import JSON
import Primitives

extension Release {
    /// The release as JSON (schemas/release.schema.json): the same release gives the same bytes, and its digest is over
    /// them.
    public var json: [UInt8] {
        var writer = JSONWriter(capacity: 1 << 16)
        write(to: &writer)
        return [UInt8](writer.bytes)
    }

    /// SHA-256 over `json`, as `sha256:` and hexadecimal digits.
    public var digest: String { "sha256:" + Hexadecimal.text(SHA256.digest(of: json)) }

    /// Writes it.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", id)
        writer.member("period", period)
        writer.member("from", firstDay.description)
        writer.member("to", lastDay.description)
        writer.key("number")
        writer.integer(number)
        if let restates { writer.member("restates", restates) }
        writer.member("city", city)
        writer.member("closedAt", closedAt.description)
        writer.key("threshold")
        writer.integer(threshold)
        writer.member("registry", registry)
        writeVersions(to: &writer)
        writer.key("records")
        writer.beginObject()
        writer.member("received", records.received)
        writer.member("refused", records.refused)
        writer.member("outcomes", records.outcomes)
        writer.endObject()
        writer.key("suppression")
        writer.beginObject()
        writer.member("populations", Int64(suppression.populations))
        writer.member("primary", Int64(suppression.primary))
        writer.member("complementary", Int64(suppression.complementary))
        writer.endObject()
        writer.key("figures")
        writer.beginArray()
        for figure in figures { figure.write(to: &writer) }
        writer.endArray()
        writer.key("connections")
        writer.beginArray()
        for connection in connections { connection.write(to: &writer) }
        writer.endArray()
        writer.key("changes")
        writer.beginArray()
        for change in changes { change.write(to: &writer) }
        writer.endArray()
        writer.endObject()
    }

    private func writeVersions(to writer: inout JSONWriter) {
        writer.key("versions")
        writer.beginArray()
        for entry in versions {
            writer.beginObject()
            writer.member("rules", entry.rules)
            writer.member("registry", entry.registry)
            writer.member("profile", entry.profile)
            writer.member("engine", entry.engine)
            writer.member("outcomes", entry.outcomes)
            writer.endObject()
        }
        writer.endArray()
    }
}

extension ReleasedFigure {
    /// Writes it as a member of `figures`.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.head(indicator, slice)
        writer.member("unit", unit.rawValue)
        value.write("value", to: &writer)
        if let numerator { writer.number("numerator", numerator) }
        if let denominator { writer.number("denominator", denominator) }
        if let lower { writer.number("lower", lower) }
        if let upper { writer.number("upper", upper) }
        if let n { writer.member("n", n) }
        if let abstained { writer.member("abstained", abstained) }
        if !listed.isEmpty {
            writer.key("listed")
            writer.beginArray()
            for name in listed { writer.string(name) }
            writer.endArray()
        }
        writer.endObject()
    }
}

extension ReleasedFigure.Value {
    /// Writes a member of the name, a number or null, and beside it why it is null.
    func write(_ name: StaticString, to writer: inout JSONWriter) {
        switch self {
        case .stated(let text): writer.number(name, text)
        case .notStated(let missing):
            writer.key(name)
            writer.null()
            writer.member("missing", missing)
        case .withheld:
            writer.key(name)
            writer.null()
            writer.key("withheld")
            writer.bool(true)
        }
    }
}

extension FigureChange {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.head(indicator, slice)
        for (name, value) in [("before", before), ("after", after)] as [(StaticString, ReleasedFigure.Value?)] {
            guard let value else { continue }
            writer.key(name)
            writer.beginObject()
            value.write("value", to: &writer)
            writer.endObject()
        }
        writer.endObject()
    }
}

extension JSONWriter {
    fileprivate mutating func head(_ indicator: Indicator, _ slice: Slice) {
        member("indicator", indicator.rawValue)
        guard !slice.parts.isEmpty else { return }
        key("slice")
        beginObject()
        for part in slice.parts { member(part.dimension.rawValue, part.value) }
        endObject()
    }

    fileprivate mutating func member(_ name: String, _ text: String) {
        key(name)
        string(text)
    }

    /// A number that stands as it is written.
    fileprivate mutating func number(_ name: StaticString, _ decimal: String) {
        key(name)
        var decimal = decimal
        decimal.withUTF8 { raw(UnsafeRawBufferPointer($0)) }
    }
}
