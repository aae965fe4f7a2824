import Primitives
import YAML

/// What no single field shows: rows that contradict themselves or each other.
///
/// Errors are what would make a figure wrong; warnings are what a person should look at. There is no clock in it, so
/// that a registry that loaded yesterday loads today.
struct RegistryCheck {
    private(set) var findings: [Finding] = []
    let rows: RegistryRows
    let byID: [String: [PlacedRow<Connection>]]

    init(_ rows: RegistryRows) {
        self.rows = rows
        byID = Dictionary(grouping: rows.connections, by: \.row.id)
    }

    /// Runs every check.
    mutating func run() {
        checkWhole()
        for placed in rows.connections {
            checkDates(placed)
            checkStatus(placed)
            checkScope(placed)
        }
        checkIDs()
        checkIdentifiers()
        checkNames()
        checkActivities()
    }

    /// Adds a finding.
    mutating func add(_ finding: Finding) {
        findings.append(finding)
    }

    private mutating func checkWhole() {
        let file = rows.firstFile
        if !rows.listsConnections {
            let message = "the key is missing; expected a list of connections, [] for none"
            findings.append(Finding(file: file, line: 1, key: "connections", message: message))
        } else if rows.connections.isEmpty && rows.findings.isEmpty {
            let message = "the registry holds no connection: every outcome will be domestic"
            findings.append(Finding(file: file, line: 1, key: "connections", severity: .warning, message: message))
        }
        guard let first = rows.cities.first else { return }
        for other in rows.cities.dropFirst() where other.city != first.city {
            let message = "another city stands in \(first.file), line \(first.node.line); keep one city to a registry"
            findings.append(Finding(file: other.file, line: other.node.line, key: "city", message: message))
        }
    }

    private mutating func checkDates(_ placed: PlacedRow<Connection>) {
        let row = placed.row
        for (key, date) in [("since", row.since), ("until", row.until)] {
            guard let date, let stated = placed.node.text("\(key)_precision"), stated != date.precision.rawValue
            else { continue }
            let message = "\(key) is \(date), which is known to the \(date.precision.rawValue); make the two agree"
            findings.append(placed.finding("\(key)_precision", message))
        }
        if let since = row.since ?? row.attestedFrom, let until = row.until, until.last < since.first {
            findings.append(placed.finding("until", "\(until) lies before the start, \(since)"))
        }
        if let since = row.since, let attested = row.attestedFrom, attested.last < since.first {
            let message = "\(attested) lies before since, \(since): one of the two is wrong"
            findings.append(placed.finding("attested_from", message, severity: .warning))
        }
        if let recorded = row.recordedOn {
            for (key, day) in [
                ("superseded_on", row.supersededOn?.adding(days: -1)), ("verified_on", row.verifiedOn),
                ("edited_on", row.editedOn),
            ] where day.map({ $0 < recorded }) ?? false {
                findings.append(placed.finding(key, "it has to be later than recorded_on, \(recorded)"))
            }
        }
        for (index, identifier) in row.identifiers.enumerated() {
            guard let from = identifier.from, let until = identifier.until, until.last < from.first else { continue }
            addIdentifier(placed, index, "until, \(until), lies before from, \(from)")
        }
    }

    private mutating func addIdentifier(_ placed: PlacedRow<Connection>, _ index: Int, _ message: String) {
        let items = placed.node["identifiers"]?.items ?? []
        let line = index < items.count ? items[index].line : placed.node.line
        let key = "\(FieldReader.join(placed.path, "identifiers"))[\(index)]"
        findings.append(Finding(file: placed.file, line: line, key: key, message: message))
    }

    private mutating func checkStatus(_ placed: PlacedRow<Connection>) {
        if placed.row.status == .ended && placed.node.text("until") == nil {
            let message = "the status is ended and until is missing; state its last day, month or year"
            findings.append(placed.finding("until", message))
        }
        let gaps = placed.row.verificationGaps
        guard !gaps.isEmpty, placed.row.supersededOn == nil else { return }
        let reasons = gaps.map(\.explanation).joined(separator: "; ")
        let message = "it can give circumstantial evidence at most: \(reasons)"
        findings.append(placed.finding("status", message, severity: .warning))
    }

    private mutating func checkScope(_ placed: PlacedRow<Connection>) {
        if placed.row.departments?.isEmpty ?? false {
            findings.append(placed.finding("departments", "the list is empty; expected departments, or all"))
        }
        if !placed.row.id.utf8.allSatisfy({ $0 < 0x80 }) {
            let message = "the id holds letters beyond ASCII, which two systems may write in two ways; prefer a to z"
            findings.append(placed.finding("id", message, severity: .warning))
        }
    }

    private mutating func checkIDs() {
        for group in byID.values where group.count > 1 {
            for (index, placed) in group.enumerated() {
                guard
                    let other = group[..<index].first(where: {
                        $0.row.isKnownTogether(with: placed.row) && $0.row.isValidTogether(with: placed.row)
                    })
                else { continue }
                let message =
                    "\(placed.row.id) stands in \(other.place) too; give it another id, let one row supersede the "
                    + "other with superseded_on and recorded_on, or, where it ended and was taken up again, let until "
                    + "of the one lie before since of the other"
                findings.append(placed.finding("id", message))
            }
        }
    }

    private mutating func checkIdentifiers() {
        var owners: [String: [PlacedRow<Connection>]] = [:]
        for placed in rows.connections {
            owners["connection\u{1f}\(placed.row.id)", default: []].append(placed)
        }
        for placed in rows.connections {
            for (index, identifier) in placed.row.identifiers.enumerated() {
                let key = "\(identifier.scheme)\u{1f}\(identifier.id)"
                let known = owners[key] ?? []
                owners[key, default: []].append(placed)
                guard
                    let other = known.first(where: {
                        $0.row.isKnownTogether(with: placed.row)
                            && ($0.row.id != placed.row.id || $0.row.isValidTogether(with: placed.row))
                    })
                else { continue }
                let message =
                    "\(identifier.scheme) \(identifier.id) stands for \(other.row.id) already (\(other.place)); an "
                    + "identifier stands for one connection, once"
                addIdentifier(placed, index, message)
            }
        }
    }
}
