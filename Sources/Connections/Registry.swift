public import Primitives

/// The list of the city's connections and the office's log of activities, at one version.
public struct Registry: Sendable, Hashable {
    /// The city that it belongs to, where it says so.
    public var city: City?
    /// The rows in ascending order of id (by bytes), rows of one id by `recordedOn`; superseded rows among them.
    public var connections: [Connection]
    /// The log, in ascending order of day and id.
    public var activities: [Activity]
    /// SHA-256 in lower-case hexadecimal digits: of the file's bytes; for a folder, of one line
    /// `<sha256>  <name>` for each file, sorted by name.
    public let digest: String

    /// Makes a registry; the rows are put in order.
    public init(city: City? = nil, connections: [Connection], activities: [Activity] = [], digest: String) {
        self.city = city
        self.connections = connections.sorted { left, right in
            if left.id != right.id { return left.id.utf8.lexicographicallyPrecedes(right.id.utf8) }
            return (left.recordedOn?.daysSinceEpoch ?? Int32.min) < (right.recordedOn?.daysSinceEpoch ?? Int32.min)
        }
        self.activities = activities.sorted { left, right in
            left.on != right.on ? left.on < right.on : left.id.utf8.lexicographicallyPrecedes(right.id.utf8)
        }
        self.digest = digest
    }

    /// The registry as it was known at the end of a day.
    ///
    /// Rows and entries recorded later are gone, rows superseded later are back, and a verification made later has not
    /// happened. Ask the whole registry: what an earlier view left out cannot come back from it.
    public func asOf(_ day: CivilDate) -> Registry {
        let known = connections.filter { $0.isKnown(on: day) }.map { row in
            var row = row
            row.supersededOn = nil
            if let verifiedOn = row.verifiedOn, verifiedOn > day {
                row.verifiedOn = nil
                row.verifiedBy = nil
                row.verified = nil
            }
            return row
        }
        return Registry(
            city: city, connections: known, activities: activities.filter { $0.recordedOn <= day }, digest: digest)
    }

    /// The registry without the rows that others have superseded.
    public var latest: Registry {
        Registry(
            city: city, connections: connections.filter { $0.supersededOn == nil }, activities: activities,
            digest: digest)
    }
}

extension Connection {
    /// Whether the registry held this row at the end of a day.
    public func isKnown(on day: CivilDate) -> Bool {
        if let recordedOn, day < recordedOn { return false }
        if let supersededOn, day >= supersededOn { return false }
        return true
    }

    /// Whether there is a day on which both rows say that the connection held.
    func isValidTogether(with other: Connection) -> Bool {
        let start = max(period.from?.daysSinceEpoch ?? .min, other.period.from?.daysSinceEpoch ?? .min)
        let end = min(period.until?.daysSinceEpoch ?? .max, other.period.until?.daysSinceEpoch ?? .max)
        return start <= end
    }

    /// Whether there is a day on which the registry held both rows.
    func isKnownTogether(with other: Connection) -> Bool {
        let start = max(recordedOn?.daysSinceEpoch ?? .min, other.recordedOn?.daysSinceEpoch ?? .min)
        let end = min(supersededOn?.daysSinceEpoch ?? .max, other.supersededOn?.daysSinceEpoch ?? .max)
        return start < end
    }
}
