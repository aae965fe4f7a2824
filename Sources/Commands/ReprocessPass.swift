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
    private let eventsWithRecord: Set<PresentRecords.EventPlace>
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
            tally.add(reason, hasRecord: eventsWithRecord.contains(place))
            return false
        case .deadLetter(let fault):
            tally.add(fault.code, hasRecord: eventsWithRecord.contains(place))
            return false
        }
        // Where it would stand in its topic is not known, and decides nothing: its event does.
        guard
            let (gist, entry) = present.entry(of: processor.record.bytes, partition: -1, offset: 0)
        else { return false }
        let known = present.entries[gist.id]
        let fate = fate(of: entry, known)
        guard fate != .superseded, fate != .unpublished else {
            tally.add(fate)
            return false
        }
        tally.add(fate, before: known.map(words), now: words(entry))
        if fate.isPublished { present.put(entry, of: gist.id) }
        return fate.isPublished
    }

    private func words(
        _ entry: PresentRecords.Entry
    ) -> (decision: String, credit: [PresentRecords.Credit]) {
        (present.decisions[Int(entry.decision)], present.credits[Int(entry.credit)])
    }

    private func fate(of entry: PresentRecords.Entry, _ known: PresentRecords.Entry?) -> ReprocessTally.Fate {
        guard let known else {
            return publishesAll || words(entry).decision != "domestic" ? .missing : .unpublished
        }
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
