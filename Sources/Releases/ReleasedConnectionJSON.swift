import Connections
public import JSON
import Primitives

extension ReleasedConnection {
    /// Writes it as a member of `connections`.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        let texts: [(StaticString, String?)] = [
            ("id", id), ("partner", partner), ("type", type.rawValue), ("country", country),
            ("status", status.rawValue), ("since", since), ("until", until), ("holder", holder),
            ("reviewOn", reviewOn?.description), ("agreement", agreement), ("lastContact", lastContact?.description),
            ("lastTwoWayContact", lastTwoWayContact?.description),
        ]
        for (name, text) in texts {
            guard let text else { continue }
            writer.key(name)
            writer.string(text)
        }
        let amounts: [(StaticString, Double?)] = [
            ("annualFeeUSD", annualFeeUSD), ("staffHours", staffHours), ("costUSD", costUSD),
        ]
        for (name, amount) in amounts {
            guard let amount, amount.isFinite else { continue }
            writer.key(name)
            try? writer.double(amount)
        }
        if !activities.isEmpty {
            writer.key("activities")
            writer.beginObject()
            for entry in activities {
                writer.key(entry.kind.rawValue)
                writer.integer(entry.count)
            }
            writer.endObject()
        }
        if !evidence.isEmpty {
            writer.key("evidence")
            writer.beginArray()
            for kind in evidence { writer.string(kind) }
            writer.endArray()
        }
        writer.endObject()
    }

    /// Reads what `write` has written; nil where what makes a connection is missing.
    init?(_ node: DocumentNode) {
        guard let id = node.text("id"), let partner = node.text("partner"),
            let type = node.text("type").flatMap(ConnectionType.init(rawValue:)),
            let status = node.text("status").flatMap(ConnectionStatus.init(rawValue:))
        else { return nil }
        var row = Connection(id: id, type: type, partner: partner)
        (row.status, row.country, row.holder) = (status, node.text("country"), node.text("holder"))
        self.init(row)
        (since, until, agreement) = (node.text("since"), node.text("until"), node.text("agreement"))
        reviewOn = node.text("reviewOn").flatMap { CivilDate($0) }
        lastContact = node.text("lastContact").flatMap { CivilDate($0) }
        lastTwoWayContact = node.text("lastTwoWayContact").flatMap { CivilDate($0) }
        annualFeeUSD = node.number("annualFeeUSD").flatMap { Double($0) }
        staffHours = node.number("staffHours").flatMap { Double($0) }
        costUSD = node.number("costUSD").flatMap { Double($0) }
        for kind in ActivityKind.allCases {
            guard let count = node.member("activities")?.integer(kind.rawValue) else { continue }
            activities.append(ActivityCount(kind: kind, count: Int(clamping: count)))
        }
        evidence = node.elements("evidence").compactMap(\.string)
    }
}
