import Primitives
import YAML

extension RegistryCheck {
    /// Names of two connections: a mention that nothing else tells apart will lead to abstention.
    mutating func checkNames() {
        var owners: [String: [PlacedRow<Connection>]] = [:]
        for placed in rows.connections {
            for name in Set((placed.row.names + placed.row.aliases).map { RegistryCheck.folded($0.text) }).sorted() {
                let known = owners[name] ?? []
                owners[name, default: []].append(placed)
                guard let other = known.first(where: { RegistryCheck.canBeMistaken($0.row, placed.row) }) else {
                    continue
                }
                let message =
                    "\"\(name)\" is a name of \(other.row.id) too (\(other.place)); a mention that nothing else tells "
                    + "apart leads to abstention"
                add(placed.finding(RegistryCheck.key(of: name, in: placed), message, severity: .warning))
            }
        }
    }

    /// Entries of the log that point nowhere, stand twice, or lie outside their connection's time.
    mutating func checkActivities() {
        var known: [String: PlacedRow<Activity>] = [:]
        for placed in rows.activities {
            if let other = known[placed.row.id] {
                add(placed.finding("id", "\(placed.row.id) stands in \(other.place) too; give it another id"))
            } else {
                known[placed.row.id] = placed
            }
            if placed.row.recordedOn < placed.row.on {
                add(placed.finding("recorded_on", "it lies before the day itself, \(placed.row.on)"))
            }
            checkConnection(placed)
        }
    }

    private mutating func checkConnection(_ placed: PlacedRow<Activity>) {
        guard let id = placed.row.connection else {
            if placed.row.kind != .need {
                add(placed.finding("connection", "the key is missing; only a need can stand without a connection"))
            }
            return
        }
        guard let connections = byID[id] else {
            var message = "there is no connection \(id)"
            if let near = NearestName.of(id, in: byID.keys.sorted()) { message += "; did you mean \(near)?" }
            add(placed.finding("connection", message))
            return
        }
        let results = connections.map { $0.row.validity(on: placed.row.on) }
        guard !results.contains(.valid), let first = results.first else { return }
        switch first {
        case .valid: return
        case .ended(let day):
            add(placed.finding("on", "\(placed.row.on) lies after \(id) had ended, on \(day)", severity: .warning))
        case .notStarted(let day):
            // Partners meet before they sign, so these two kinds are expected before the start.
            if placed.row.kind == .need || placed.row.kind == .introduction { return }
            add(placed.finding("on", "\(placed.row.on) lies before \(id) began, on \(day)", severity: .warning))
        }
    }

    /// True where a reader of one city's text could take the one for the other.
    private static func canBeMistaken(_ left: Connection, _ right: Connection) -> Bool {
        guard left.id != right.id, left.isKnownTogether(with: right) else { return false }
        if let home = left.city, let other = right.city { return home == other && left.state == right.state }
        return true
    }

    /// The key that a name stands under.
    private static func key(of name: String, in placed: PlacedRow<Connection>) -> String {
        guard placed.row.names.contains(where: { folded($0.text) == name }) else { return "aliases" }
        return placed.node["names"]?.items.isEmpty ?? true ? "partner" : "names"
    }

    /// Small letters with single spaces.
    private static func folded(_ name: String) -> String {
        name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
