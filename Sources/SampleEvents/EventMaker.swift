import Primitives

/// Makes the events of one department, one after the other.
struct EventMaker {
    private let catalogue: Catalogue
    private var random: SplitMix64
    private var serial = 0
    /// When outcomes occur.
    var days = Calendar.first...Calendar.last
    private var lastScripted: Draft?
    /// Random outcomes that a later event can correct or withdraw; at most `recentMax`.
    private var recent: [Draft] = []

    private static let recentMax = 64

    init(_ catalogue: Catalogue, seed: UInt64) {
        self.catalogue = catalogue
        // Departments of one seed draw different numbers.
        random = SplitMix64(seed: seed ^ FNV1a.hash("\(catalogue.department)"))
    }

    // MARK: Scripted events

    mutating func make(_ step: Step) -> SampleEvent {
        switch step {
        case .outcome(let scripted):
            let draft = draft(scripted)
            lastScripted = draft
            return draft.event(scripted.note, .outcome(scripted.verdict))
        case .correction:
            var draft = scriptedRecord()
            draft.revise(after: 2)
            draft.references = []
            return draft.event("a correction that takes an attribution back", .outcome(.domestic))
        case .retraction: return retraction(of: scriptedRecord())
        case .tombstone: return tombstone(of: scriptedRecord())
        case .noOutcome: return noOutcome()
        case .tombstoneWithoutKey: return tombstoneWithoutKey()
        case .malformed(let fault): return malformed(fault)
        }
    }

    private mutating func draft(_ scripted: ScriptedCase) -> Draft {
        var draft = newDraft(scripted.type, on: scripted.day)
        draft.people = scripted.people
        draft.dollars = scripted.dollars
        draft.groups = scripted.groups.map { ($0.0, $0.1) }
        draft.references = scripted.references
        draft.named = scripted.named
        draft.narrative = scripted.narrative
        draft.classification = scripted.classification
        draft.isOutbound = scripted.isOutbound
        draft.isBinary = scripted.isBinary
        return draft
    }

    private mutating func scriptedRecord() -> Draft {
        lastScripted ?? newDraft("case-resolved", on: Calendar.first)
    }

    // MARK: Random events

    /// An event drawn at random: of a hundred, about 65 plain domestic outcomes, 20 with a part of a connection, 4
    /// abstained, 4 near misses, 3 corrections, 2 withdrawals, 1 that is no outcome, and less than 1 malformed.
    mutating func fill() -> SampleEvent {
        switch random.below(1000) {
        case ..<655: return domestic()
        case ..<860: return attributed()
        case ..<900: return abstained()
        case ..<940: return nearMiss()
        case ..<970: return correction()
        case ..<980: return withdrawal(retraction)
        case ..<987: return withdrawal(tombstone)
        case ..<993: return noOutcome()
        case ..<994: return tombstoneWithoutKey()
        default: return malformed(random.element(of: SampleFault.allCases) ?? .notJSON)
        }
    }

    private mutating func domestic() -> SampleEvent {
        // Every kind of outcome is mostly the city's own.
        guard let kind = random.element(of: catalogue.domesticKinds + catalogue.kinds) else { return noOutcome() }
        var draft = randomDraft(kind)
        if random.onceIn(4) { draft.references = [SampleReference("grant", "STATE-2026-1", "funded-by")] }
        if random.onceIn(6) { draft.references.append(SampleReference("work-order", "WO-4711")) }
        return remembered(draft).event("a domestic outcome", .outcome(.domestic))
    }

    private mutating func attributed() -> SampleEvent {
        guard let kind = random.element(of: catalogue.kinds) else { return noOutcome() }
        var draft = randomDraft(kind)
        let inUse = kind.contributions.filter { $0.isInUse(on: draft.occurredOn) }
        guard let first = random.element(of: inUse) else {
            return remembered(draft).event("a domestic outcome", .outcome(.domestic))
        }
        draft.references = [first.reference]
        guard random.onceIn(4), let second = random.element(of: inUse) else {
            return remembered(draft).event("an outcome that a connection had a part in", .outcome(first.verdict))
        }
        draft.references.append(second.reference)
        return remembered(draft).event("an outcome with several references", .outcome(nil))
    }

    private mutating func abstained() -> SampleEvent {
        guard let kind = random.element(of: catalogue.kinds) else { return noOutcome() }
        var draft = randomDraft(kind)
        let inUse = kind.contributions.filter { $0.isInUse(on: draft.occurredOn) }
        guard let contribution = random.element(of: inUse) else {
            return remembered(draft).event("a domestic outcome", .outcome(.domestic))
        }
        draft.references = [SampleReference(contribution.reference.scheme, contribution.reference.id)]
        return remembered(draft).event("a reference without a mechanism", .outcome(.abstained))
    }

    private mutating func nearMiss() -> SampleEvent {
        guard let kind = random.element(of: catalogue.kinds), let miss = random.element(of: catalogue.misses) else {
            return noOutcome()
        }
        var draft = randomDraft(kind)
        draft.references = [miss.reference]
        return remembered(draft).event(miss.note, .outcome(.domestic))
    }

    private mutating func correction() -> SampleEvent {
        guard !recent.isEmpty else { return domestic() }
        let place = random.below(recent.count)
        recent[place].revise(after: random.within(1...3))
        recent[place].people += 1
        return recent[place].event("a correction", .outcome(nil))
    }

    private mutating func withdrawal(_ make: (Draft) -> SampleEvent) -> SampleEvent {
        guard !recent.isEmpty else { return domestic() }
        return make(recent.remove(at: random.below(recent.count)))
    }

    // MARK: Parts

    private func retraction(of draft: Draft) -> SampleEvent {
        var draft = draft
        draft.revise(after: 1)
        draft.isRetracted = true
        draft.verb = "retracted"
        return draft.event("a retraction", .retraction)
    }

    private func tombstone(of draft: Draft) -> SampleEvent {
        SampleEvent(
            key: Array(draft.record.utf8), payload: nil, headers: [],
            timestampMilliseconds: draft.time.microseconds / 1000 + 86_400_000, note: "a tombstone",
            expectation: .tombstone)
    }

    private mutating func tombstoneWithoutKey() -> SampleEvent {
        SampleEvent(
            key: nil, payload: nil, headers: [], timestampMilliseconds: randomTime().microseconds / 1000,
            note: "a tombstone without a key", expectation: .skipped(reason: "tombstone-without-key"))
    }

    private mutating func noOutcome() -> SampleEvent {
        var draft = newDraft("queue", on: randomDay())
        draft.verb = "measured"
        draft.hasOutcome = false
        draft.people = random.within(0...40)
        return draft.event("an event that is no outcome", .skipped(reason: "not-an-outcome"))
    }

    private mutating func malformed(_ fault: SampleFault) -> SampleEvent {
        fault.event(department: catalogue.department, record: newRecord(), time: randomTime())
    }

    private mutating func remembered(_ draft: Draft) -> Draft {
        if recent.count < EventMaker.recentMax {
            recent.append(draft)
        } else {
            recent[random.below(recent.count)] = draft
        }
        return draft
    }

    private mutating func randomDraft(_ kind: OutcomeKind) -> Draft {
        var draft = newDraft(kind.type, on: randomDay())
        draft.people = random.within(kind.people)
        draft.dollars = kind.dollars.map { random.within($0) }
        draft.isBinary = random.onceIn(4)
        for group in kind.groups {
            draft.groups.append((code: group, people: random.within(0...draft.people)))
        }
        if random.onceIn(10) { draft.classification = "internal" }
        if random.onceIn(12) { draft.narrative = "Synthetic sample text; nothing of it happened." }
        return draft
    }

    private mutating func newDraft(_ type: StaticString, on day: CivilDate) -> Draft {
        var draft = Draft(
            department: catalogue.department, record: newRecord(), outcomeType: type, occurredOn: day,
            time: randomTime(on: day))
        draft.district = random.within(1...10)
        if random.onceIn(6) { draft.traceparent = randomTraceparent() }
        return draft
    }

    private mutating func newRecord() -> String {
        serial += 1
        return "\(catalogue.department)-\(serial)"
    }

    private mutating func randomDay() -> CivilDate {
        let last = Int(days.upperBound.daysSinceEpoch - days.lowerBound.daysSinceEpoch)
        return days.lowerBound.adding(days: random.within(0...last))
    }

    private mutating func randomTime() -> Timestamp {
        let day = randomDay()
        return randomTime(on: day)
    }

    /// Between 08:00 and 18:00 UTC.
    private mutating func randomTime(on day: CivilDate) -> Timestamp {
        let seconds = Int64(day.daysSinceEpoch) * 86_400 + Int64(random.within(28_800...64_800))
        return Timestamp(microseconds: seconds * 1_000_000)
    }

    /// W3C Trace Context, sampled; neither id can be all zero.
    private mutating func randomTraceparent() -> String {
        func hex(_ value: UInt64) -> String {
            Hexadecimal.text((0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) })
        }
        return "00-\(hex(random.next()))\(hex(random.next() | 1))-\(hex(random.next() | 1))-01"
    }
}

extension Draft {
    /// Makes it the next revision of its record, as many hours later.
    mutating func revise(after hours: Int) {
        revision += 1
        time = Timestamp(microseconds: time.microseconds + Int64(hours) * 3_600_000_000)
        verb = "corrected"
    }
}

/// FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/): enough to tell four names apart.
enum FNV1a {
    static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }
}
