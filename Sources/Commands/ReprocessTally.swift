import Intake
import JSON
import Primitives

/// What old events come to when they are decided anew, beside the records that are there: counts and nothing else.
struct ReprocessTally {
    /// What becomes of an event.
    enum Fate: CaseIterable {
        /// Its record says the same.
        case unchanged
        /// Its record says something else.
        case changed
        /// There is no record of it or of a later one.
        case missing
        /// Its record counts, and an older one stands behind it in the topic, which compaction would leave.
        case overtaken
        /// It was met before: a dead letter that was sent again.
        case repeated
        /// A record of a later event of its outcome is there.
        case superseded
        /// It is domestic, and such are not published.
        case unpublished

        /// Whether its record is to be published.
        var isPublished: Bool { self == .changed || self == .missing || self == .overtaken }
    }

    /// Credit of one connection over the outcomes that were looked at.
    struct Credit {
        var outcomesBefore = 0
        var outcomesNow = 0
        var basisPointsBefore: Int64 = 0
        var basisPointsNow: Int64 = 0
    }

    /// From which decision to which.
    struct Change: Hashable {
        /// Nil where there was no record.
        let before: String?
        let now: String
    }

    var events = 0
    private(set) var fates: [Fate: Int] = [:]
    /// Outcomes whose record is to say something else.
    private(set) var changes: [Change: Int] = [:]
    private(set) var credit: [String: Credit] = [:]
    /// Events that are refused now, by code, and how many of them have a record.
    private(set) var refused: [FaultCode: (count: Int, withRecord: Int)] = [:]
    /// Events that are no outcomes now and have a record.
    private(set) var skippedWithRecord: [SkipReason: Int] = [:]

    func count(_ fate: Fate) -> Int { fates[fate] ?? 0 }
    var published: Int { Fate.allCases.reduce(0) { $0 + ($1.isPublished ? count($1) : 0) } }
    /// Records that would not be there if their events came now. They stay.
    var orphans: Int {
        refused.values.reduce(0) { $0 + $1.withRecord } + skippedWithRecord.values.reduce(0, +)
    }

    mutating func add(_ fate: Fate) { fates[fate, default: 0] += 1 }

    /// Adds an outcome whose record says, or is to say, something else.
    mutating func addChange(from before: String?, to now: String) {
        changes[Change(before: before, now: now), default: 0] += 1
    }

    /// Adds the credit of an outcome.
    mutating func addCredit(before: [PresentRecords.Credit], now: [PresentRecords.Credit]) {
        for share in before {
            credit[share.connection, default: Credit()].outcomesBefore += 1
            credit[share.connection, default: Credit()].basisPointsBefore += share.basisPoints
        }
        for share in now {
            credit[share.connection, default: Credit()].outcomesNow += 1
            credit[share.connection, default: Credit()].basisPointsNow += share.basisPoints
        }
    }

    mutating func add(_ code: FaultCode, hasRecord: Bool) {
        let known = refused[code] ?? (0, 0)
        refused[code] = (known.count + 1, known.withRecord + (hasRecord ? 1 : 0))
    }

    mutating func add(_ reason: SkipReason, hasRecord: Bool) {
        if hasRecord { skippedWithRecord[reason, default: 0] += 1 }
    }
}
