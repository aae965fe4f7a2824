import Intake
import JSON

/// A place in the events of a sample, with what was found there.
final class SamplePlace {
    /// How a place is reached from the one above it.
    enum Step: Equatable {
        case root
        case member(String)
        /// Every element of an array.
        case elements
        /// Every member of an object that is a map of codes.
        case members
    }

    /// More different names than this, each seen once, and an object is a map.
    private static let namesOnceMax = 24
    /// An object is taken for a map as soon as it has shown more different names.
    private static let namesMax = 1000

    let step: Step
    private(set) var seen = 0
    /// Of the values those that a profile reads, and those that it opens for searching only.
    private(set) var read = 0
    private(set) var searched = 0
    /// The events that have it.
    private(set) var events = 0
    private var lastEvent = -1
    private(set) var kinds = KindCounts()
    private(set) var facts = ValueFacts()
    private(set) var children: [SamplePlace] = []
    private var members: [String: Int] = [:]
    private var elements: SamplePlace?
    private var isMap = false
    /// True where several names count as one place, so that the number of its events is not known.
    private(set) var isMerged = false

    init(_ step: Step) {
        self.step = step
    }

    /// Takes a value and all that is below it.
    /// - Parameters:
    ///   - room: the places that may still be made.
    ///   - account: knows what is read of the event, where there is a profile.
    func add(_ node: DocumentNode, event: Int, room: inout Int, _ account: EventAccount? = nil) {
        seen += 1
        switch account?.use(of: node) {
        case .read: read += 1
        case .searched: searched += 1
        case .ignored, nil: break
        }
        if event != lastEvent { events += 1 }
        lastEvent = event
        let kind = node.kind
        kinds.add(kind)
        switch kind {
        case .string: facts.add(node.text)
        case .integer: facts.add(node.integer ?? 0)
        case .unsigned, .double, .true, .false: facts.addOther()
        case .null: break
        case .object, .array:
            node.forEachChild { name, child in
                let step = name.map { Step.member(String(decoding: $0, as: UTF8.self)) } ?? .elements
                place(step, room: &room)?.add(child, event: event, room: &room, account)
            }
        }
    }

    private func place(_ step: Step, room: inout Int) -> SamplePlace? {
        if step == .elements, let elements { return elements }
        if case .member(let name) = step {
            if isMap { return children.first { $0.step == .members } }
            if let index = members[name] { return children[index] }
        }
        guard room > 0 else { return nil }
        room -= 1
        let place = SamplePlace(step)
        if case .member(let name) = step { members[name] = children.count } else { elements = place }
        children.append(place)
        if members.count > SamplePlace.namesMax, self.step != .root {
            fold()
            return children.first { $0.step == .members }
        }
        return place
    }

    /// Finds the maps of codes here and below, and makes one place of the members of each.
    func foldMaps() {
        if step != .root, !isMap, looksLikeMap { fold() }
        for child in children { child.foldMaps() }
    }

    private var looksLikeMap: Bool {
        let members = children.filter { $0.step != .elements }
        if members.contains(where: { if case .member(let name) = $0.step { name.holdsData } else { false } }) {
            return true
        }
        guard kinds.objects > 1 else { return false }
        if members.count(where: { $0.seen == 1 }) > SamplePlace.namesOnceMax { return true }
        // Names that are in a few of the objects each, and some with a space, are what people wrote.
        let hasSpaces = members.contains { if case .member(let name) = $0.step { name.contains(" ") } else { false } }
        return hasSpaces && members.allSatisfy { $0.seen * 2 <= kinds.objects }
    }

    private func fold() {
        let all = SamplePlace(.members)
        for child in children where child.step != .elements { all.merge(child) }
        children = children.filter { $0.step == .elements } + [all]
        (members, isMap) = ([:], true)
    }

    private func merge(_ other: SamplePlace) {
        seen += other.seen
        read += other.read
        searched += other.searched
        isMerged = true
        events = max(events, other.events)
        lastEvent = max(lastEvent, other.lastEvent)
        kinds.merge(other.kinds)
        facts.merge(other.facts)
        isMap = isMap || other.isMap
        for theirs in other.children {
            if let mine = children.first(where: { $0.step == theirs.step }) {
                mine.merge(theirs)
                continue
            }
            // Its facts are not those of all members, so that its values do not count as a list of codes.
            let mine = SamplePlace(theirs.step)
            mine.merge(theirs)
            if case .member(let name) = theirs.step { members[name] = children.count } else { elements = mine }
            children.append(mine)
        }
    }
}

extension String {
    /// True for a name of a member that is more likely a value: an address of mail, a long number, a sentence.
    fileprivate var holdsData: Bool {
        contains("@") || utf8.count { $0 &- 48 < 10 } > 6 || utf8.count > 64 || Wording.text(self) != self
    }
}
