import Indicators
import Intake
import Kafka
import Pipeline
import Primitives
import Store

/// Goes through events in their order, with the records that count at every moment.
struct ReprocessPass {
    let processor: EventProcessor
    private(set) var tally = ReprocessTally()
    private let present: PresentRecords
    private var eventsWithRecord: Set<PresentRecords.EventPlace>
    private let publishesAll: Bool

    init(_ engine: Engine, topic: String, present: PresentRecords) {
        processor = EventProcessor(engine: engine.publishingAll, topic: topic)
        publishesAll = engine.publish == .all
        eventsWithRecord = Set(present.entries.values.compactMap(\.event))
        self.present = present
    }

    /// Decides an event; true where its record is to be published.
    mutating func decide(_ message: Message) -> Bool {
        tally.events += 1
        let event = SourceMessage(message)
        let place = PresentRecords.EventPlace(partition: event.partition, offset: event.offset)
        switch processor.process(event) {
        case .record: break
        case .unpublished: return false
        case .skipped(let reason):
            tally.add(reason, hasRecord: eventsWithRecord.remove(place) != nil)
            return false
        case .deadLetter(let fault):
            tally.add(fault.code, hasRecord: eventsWithRecord.remove(place) != nil)
            return false
        }
        // Where it would stand in its topic is not known, and decides nothing: its event does.
        guard
            let (gist, entry) = present.entry(of: processor.record.bytes, partition: -1, offset: 0)
        else { return false }
        let known = present.entries[gist.id]
        let fate = fate(of: entry, known)
        tally.add(fate)
        switch fate {
        case .repeated, .superseded, .unpublished: break
        case .unchanged, .overtaken: present.meet(entry, of: gist.id, isOther: false)
        case .changed, .missing: present.meet(entry, of: gist.id, isOther: true)
        }
        return fate.isPublished
    }

    /// What was counted, with decisions and credit of the outcomes that were met.
    func summedUp() -> ReprocessTally {
        var tally = tally
        for (id, entry) in present.entries where entry.isMet {
            let now = present.credits[Int(entry.credit)]
            guard let replaced = present.replaced[id] else {
                tally.addCredit(before: now, now: now)
                continue
            }
            let before = replaced.map { present.decisions[Int($0.decision)] }
            tally.addChange(from: before, to: present.decisions[Int(entry.decision)])
            tally.addCredit(before: replaced.map { present.credits[Int($0.credit)] } ?? [], now: now)
        }
        return tally
    }

    private func fate(of entry: PresentRecords.Entry, _ known: PresentRecords.Entry?) -> ReprocessTally.Fate {
        guard let known else {
            return publishesAll || present.decisions[Int(entry.decision)] != "domestic" ? .missing : .unpublished
        }
        if known.isMet, known.event == entry.event { return .repeated }
        guard known.event == entry.event else {
            return ReprocessPass.isLater(entry, known) ? .missing : .superseded
        }
        if entry.digest != known.digest { return .changed }
        return known.isLast ? .unchanged : .overtaken
    }

    /// Whether the event of one supersedes that of the other: by revision where both state one, otherwise by its place.
    private static func isLater(_ entry: PresentRecords.Entry, _ known: PresentRecords.Entry) -> Bool {
        if let own = entry.version.revision, let other = known.version.revision, own != other { return own > other }
        guard let own = entry.event, let other = known.event, own.partition == other.partition else { return false }
        return own.offset > other.offset
    }
}
