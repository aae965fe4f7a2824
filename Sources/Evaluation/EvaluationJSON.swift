import JSON

/// The result for programs (schemas/evaluation.schema.json): members in a fixed order, shares to six decimals.
public enum EvaluationJSON {
    /// The document as one line of JSON.
    /// - Parameter comparison: what another rule set makes of the same cases, where that was asked for.
    public static func document(_ result: EvaluationResult, _ comparison: Comparison? = nil) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("version", 1)
            writer.key("run")
            writer.run(result.run)
            writer.key("counts")
            writer.counts(result)
            writer.key("texts")
            writer.figures(result.texts, f1Interval: result.f1IntervalOfTexts)
            writer.key("groups")
            writer.figures(result.groups, f1Interval: result.f1IntervalOfGroups)
            writer.member("claimsNeeded", CaseFigures.claimsNeeded)
            writer.key("undecidable")
            writer.object { writer in
                writer.member("heldBack", result.undecidable.heldBack)
                writer.member("claimed", result.undecidable.claimed)
                writer.member("others", result.undecidable.others)
            }
            writer.list("labels", result.confusion.rows) { $0.row($1) }
            writer.list("languages", result.languages) { $0.slice($1) }
            writer.list("departments", result.departments) { $0.slice($1) }
            writer.list("forms", result.forms) { $0.slice($1) }
            writer.key("calibration")
            writer.calibration(result.calibration)
            writer.list("worst", result.worst) { $0.mistake($1) }
            writer.list("baselines", result.baselines) { $0.baseline($1) }
            if let comparison {
                writer.key("comparison")
                writer.comparison(comparison)
            }
        }
        writer.newLine()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension JSONWriter {
    /// Writes a number; null for nil, and for what JSON has no text for.
    mutating func number(_ value: Double?) {
        do {
            if let value { try double(value) } else { null() }
        } catch {
            null()
        }
    }

    mutating func object(_ body: (inout JSONWriter) -> Void) {
        beginObject()
        body(&self)
        endObject()
    }

    mutating func list<Element>(
        _ name: StaticString, _ elements: [Element], _ body: (inout JSONWriter, Element) -> Void
    ) {
        key(name)
        beginArray()
        for element in elements { body(&self, element) }
        endArray()
    }

    mutating func member(_ name: StaticString, _ value: String?) {
        key(name)
        if let value { string(value) } else { null() }
    }

    /// A number to six decimals; null for nil.
    mutating func member(_ name: StaticString, _ value: Double?) {
        key(name)
        number(value.map { ($0 * 1_000_000).rounded() / 1_000_000 })
    }

    mutating func member(_ name: StaticString, _ interval: Interval?) {
        key(name)
        guard let interval else { return null() }
        object { writer in
            writer.member("lower", interval.lower)
            writer.member("upper", interval.upper)
        }
    }

    mutating func member(_ name: StaticString, _ proportion: Proportion) {
        key(name)
        object { writer in
            writer.member("count", proportion.count)
            writer.member("of", proportion.total)
            writer.member("share", proportion.share)
            writer.member("interval", proportion.interval)
        }
    }

    mutating func member(_ name: StaticString, _ texts: [String]) {
        list(name, texts) { $0.string($1) }
    }
}
