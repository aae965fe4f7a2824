import Intake
import JSON
import Primitives

/// What is told of a reprocessing.
struct ReprocessReport {
    let tally: ReprocessTally
    let topic: String
    let attributions: String
    let isPublished: Bool

    // MARK: For people

    var text: String {
        var lines = ["\(topic): \(number(tally.events)) events decided anew"]
        let words: [(ReprocessTally.Fate, String)] = [
            (.unchanged, "decided as their records say"), (.changed, "decided otherwise than their records say"),
            (.missing, "without a record so far"),
            (.overtaken, "decided as before, with an older record behind theirs in the topic"),
            (.repeated, "dead letters that were sent again, met at their first place already"),
            (.superseded, "superseded by a later event of their source record"),
            (.unpublished, "domestic, which `publish: attributed` leaves out"),
        ]
        for (fate, text) in words where tally.count(fate) > 0 { lines.append(line(tally.count(fate), text)) }
        let refused = tally.refused.values.reduce(0) { $0 + $1.count }
        if refused > 0 { lines.append(line(refused, "refused")) }
        lines += changes + credit + orphans
        let count = tally.published
        let done = isPublished ? "published" : "would be published"
        let advice = isPublished || count == 0 ? "" : "; --publish does it"
        lines += ["", "\(number(count)) \(count == 1 ? "record" : "records") \(done) to \(attributions)\(advice)"]
        return lines.joined(separator: "\n") + "\n"
    }

    private func number(_ count: Int) -> String { Wording.number(Int64(count)) }
    private func line(_ count: Int, _ text: String) -> String { "\(number(count).aligned(to: 12))  \(text)" }

    private var changes: [String] {
        guard !sortedChanges.isEmpty else { return [] }
        return ["", "decision before -> now"]
            + sortedChanges.map { change, count in
                let before = change.before ?? "no record"
                let same = change.before == change.now ? ", with other credit or reasons" : ""
                return line(count, "\(before) -> \(change.now)\(same)")
            }
    }

    private var sortedChanges: [(key: ReprocessTally.Change, value: Int)] {
        tally.changes.sorted {
            ($1.value, $0.key.before ?? "", $0.key.now) < ($0.value, $1.key.before ?? "", $1.key.now)
        }
    }

    private var sortedCredit: [(key: String, value: ReprocessTally.Credit)] {
        tally.credit.sorted { $0.key < $1.key }
    }

    private var credit: [String] {
        guard !sortedCredit.isEmpty else { return [] }
        let width = sortedCredit.map(\.key.count).max() ?? 0
        let heading = [
            "connection".padded(to: width), "outcomes".aligned(to: 10), "now".aligned(to: 10), "credit".aligned(to: 14),
            "now".aligned(to: 14),
        ]
        return ["", heading.joined(separator: " ")]
            + sortedCredit.map { connection, credit in
                [
                    connection.printable.padded(to: width), number(credit.outcomesBefore).aligned(to: 10),
                    number(credit.outcomesNow).aligned(to: 10), outcomes(credit.basisPointsBefore).aligned(to: 14),
                    outcomes(credit.basisPointsNow).aligned(to: 14),
                ].joined(separator: " ")
            }
    }

    /// Basis points as outcomes: 17,105 are `1.7105`.
    private func outcomes(_ basisPoints: Int64) -> String {
        let rest = String(basisPoints % 10_000)
        return "\(Wording.number(basisPoints / 10_000)).\(String(repeating: "0", count: 4 - rest.count))\(rest)"
    }

    private var orphans: [String] {
        guard tally.orphans > 0 else { return [] }
        var lines = ["", "These have a record that stays as it is, since their events make none any more:"]
        for code in FaultCode.allCases {
            guard let count = tally.refused[code]?.withRecord, count > 0 else { continue }
            lines.append(line(count, "refused, \(code.rawValue)"))
        }
        for reason in SkipReason.allCases {
            guard let count = tally.skippedWithRecord[reason] else { continue }
            lines.append(line(count, "no outcome, \(reason.rawValue)"))
        }
        return lines
    }

    // MARK: For programs

    var json: String {
        JSONLine.text { writer in
            writer.member("topic", topic)
            writer.key("published")
            writer.bool(isPublished)
            writer.member("events", tally.events)
            writer.member("unchanged", tally.count(.unchanged))
            writer.member("changed", tally.count(.changed))
            writer.member("missing", tally.count(.missing))
            writer.member("overtaken", tally.count(.overtaken))
            writer.member("repeated", tally.count(.repeated))
            writer.member("superseded", tally.count(.superseded))
            writer.member("unpublished", tally.count(.unpublished))
            writer.member("records", tally.published)
            writeLists(into: &writer)
        }
    }

    private func writeLists(into writer: inout JSONWriter) {
        writer.array("decisions", sortedChanges) { change, writer in
            if let before = change.key.before { writer.member("before", before) }
            writer.member("now", change.key.now)
            writer.member("count", change.value)
        }
        writer.array("credit", sortedCredit) { entry, writer in
            writer.member("connection", entry.key)
            writer.member("outcomesBefore", entry.value.outcomesBefore)
            writer.member("outcomesNow", entry.value.outcomesNow)
            writer.member("basisPointsBefore", entry.value.basisPointsBefore)
            writer.member("basisPointsNow", entry.value.basisPointsNow)
        }
        writer.array("refused", FaultCode.allCases.filter { tally.refused[$0] != nil }) { code, writer in
            writer.member("code", code.rawValue)
            writer.member("count", tally.refused[code]?.count ?? 0)
            writer.member("withRecord", tally.refused[code]?.withRecord ?? 0)
        }
        writer.array("noOutcome", SkipReason.allCases.filter { tally.skippedWithRecord[$0] != nil }) { reason, writer in
            writer.member("reason", reason.rawValue)
            writer.member("withRecord", tally.skippedWithRecord[reason] ?? 0)
        }
    }
}

extension JSONWriter {
    /// Writes a member that is an array of objects.
    fileprivate mutating func array<Element>(
        _ name: StaticString, _ elements: [Element], _ members: (Element, inout JSONWriter) -> Void
    ) {
        key(name)
        beginArray()
        for element in elements {
            beginObject()
            members(element, &self)
            endObject()
        }
        endArray()
    }
}
