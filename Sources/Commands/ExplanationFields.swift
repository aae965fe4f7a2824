import Intake
import JSON
import Primitives

/// What was read of an event, what was passed over, and why: paths and purposes, and no value.
struct ExplanationFields {
    /// The most lines of each list.
    static let linesMax = 40
    private static let placesMax = 2000

    private let account: EventAccount
    /// Whether names that the profile does not know are shown: they may be data.
    private let showsNames: Bool
    private var entries: [Entry] = []
    private var isCut = false
    private var hidesNames = false

    init(_ account: EventAccount, showsNames: Bool) {
        self.account = account
        self.showsNames = showsNames
        var room = ExplanationFields.placesMax
        let root = SamplePlace(.root)
        root.add(account.document, event: 0, room: &room, account)
        root.foldMaps()
        for entry in below(root, []).entries { add(entry) }
        isCut = room == 0
    }

    // MARK: What is read

    /// A line for each path with a value.
    var read: [String] {
        let isOfEnvelope: (EventAccount.Path) -> Bool = { $0.purposes == [.attribute] || $0.purposes == [.changeEvent] }
        let rows = account.paths.filter { !isOfEnvelope($0) && $0.purposes != [.search] }.map { path in
            (path.text, path.purposes.compactMap(\.words).unique.joined(separator: "; "))
        }
        let envelope = [
            (EventAccount.Purpose.attribute, "attributes of the CloudEvent"),
            (.changeEvent, "what the change event says"),
        ].compactMap { purpose, words -> (String, String)? in
            let paths = account.paths.filter { $0.purposes == [purpose] }.map(\.text)
            return paths.isEmpty ? nil : (paths.joined(separator: ", "), words)
        }
        return section("Read", rows + envelope, rest: "")
    }

    // MARK: What is passed over

    /// Why a member was passed over.
    private enum Reason: Hashable {
        case denied(String), searched, unnamed, otherElement
    }

    /// Members of one path, as far as it may be shown.
    private struct Entry {
        let path: String
        let reason: Reason
        var count = 1
    }

    /// A line for each path, with the reason.
    var ignored: [String] {
        let rows = entries.map { ($0.path, words($0)) }
        let denied = entries.dropFirst(ExplanationFields.linesMax).count {
            if case .denied = $0.reason { true } else { false }
        }
        var lines = section("Ignored", rows, rest: denied > 0 ? ", \(denied) of them on the deny list" : "")
        if isCut { lines.append("  … and members of which there are too many to look at") }
        if hidesNames { lines.append("  (* stands for names that the profile does not know; --names shows them)") }
        return lines
    }

    private func words(_ entry: Entry) -> String {
        let several = entry.count > 1 ? ", \(Wording.number(Int64(entry.count))) members" : ""
        switch entry.reason {
        case .denied(let category): return "on the deny list (\(category))" + several
        case .searched: return "opened for searching only: it stays in the worker" + several
        case .unnamed: return "not named by the profile" + several
        case .otherElement: return "beside the elements that the profile selects" + several
        }
    }

    private mutating func add(_ entry: Entry) {
        if let place = entries.firstIndex(where: { $0.path == entry.path && $0.reason == entry.reason }) {
            entries[place].count += entry.count
        } else {
            entries.append(entry)
        }
    }

    /// The entries below a place, and whether nothing there is read, opened or denied: then one entry stands for all.
    private mutating func below(
        _ place: SamplePlace, _ steps: [SamplePlace.Step]
    ) -> (entries: [Entry], isPlain: Bool) {
        var entries: [Entry] = []
        var isPlain = true
        for child in place.children {
            let steps = steps + [child.step]
            // What cannot be written down has no name to judge.
            let field = child.step.canBeWritten ? SampleField(child, steps) : nil
            let found = below(child, steps)
            let isUsed = child.read + child.searched > 0
            let isDenied = field?.denial != nil && field?.denial != SampleField.anything && child.read < child.seen
            isPlain = isPlain && found.isPlain && !isUsed && !isDenied
            if isDenied, child.searched < child.seen {
                entries.append(Entry(path: shown(steps, field?.listed), reason: .denied(field?.denial ?? "")))
            } else if !isUsed, found.isPlain {
                entries.append(Entry(path: shown(steps), reason: .unnamed))
            } else {
                if child.children.isEmpty, child.read < child.seen {
                    let reason = child.searched == 0 ? Reason.otherElement : .searched
                    entries.append(Entry(path: shown(steps), reason: reason))
                }
                entries += found.entries
            }
        }
        return (entries, isPlain)
    }

    /// The path, with a star for each name that may be data.
    /// - Parameter listed: what of the last name is on the deny list.
    private mutating func shown(_ steps: [SamplePlace.Step], _ listed: String? = nil) -> String {
        var text = "$"
        for (index, step) in steps.enumerated() {
            guard case .member(let name) = step else {
                text += step.text
                continue
            }
            if account.names.contains(name) || showsNames && step.canBeWritten {
                text += step.text
            } else if index == steps.count - 1, let listed {
                text += SamplePlace.Step.member(listed).text
            } else {
                text += ".*"
                hidesNames = hidesNames || step.canBeWritten
            }
        }
        return text
    }

    // MARK: Lines

    private func section(_ title: String, _ rows: [(path: String, words: String)], rest: String) -> [String] {
        if rows.isEmpty { return [] }
        let shown = rows.prefix(ExplanationFields.linesMax)
        let width = shown.map(\.path.count).filter { $0 <= 44 }.max() ?? 0
        var lines = [title] + shown.map { "  \(Wording.text($0.path).padded(to: width))  \($0.words)" }
        if rows.count > shown.count { lines.append("  … and \(rows.count - shown.count) more\(rest)") }
        return lines
    }
}

extension EventAccount.Purpose {
    /// What a value is for, as a person would say it; nil for what is said of no single value.
    fileprivate var words: String? {
        switch self {
        case .attribute: "an attribute of the CloudEvent"
        case .changeEvent: "what the change event says"
        case .condition: "whether it is an outcome"
        case .earlierCondition: "whether it was an outcome before the change"
        case .victimService: "whether it is of a victim service provider"
        case .field(let field): field.words
        case .keyPart: "a part of the source record's id, which is never shown"
        case .groupCount: "the people of a group"
        case .mention(let kind, let part): kind.words(part)
        case .filter: "what a filter of a path looks at"
        case .search: nil
        }
    }
}

extension MentionSource.Kind {
    /// What a part of a mention is, as a person would say it.
    fileprivate func words(_ part: Int) -> String {
        switch (self, part) {
        case (.reference, 0): "the scheme of a reference"
        case (.reference, 1): "the identifier of a reference"
        case (.reference, _): "the mechanism of a reference"
        case (.named, 0): "the name of a partner, which is never shown"
        case (.named, 1): "the country of a partner"
        case (.named, _): "the mechanism of a partner"
        }
    }
}

extension [String] {
    /// Each text once, in the order of the first.
    fileprivate var unique: [String] {
        reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}

extension OutcomeField {
    /// What the field is, as a person would say it.
    fileprivate var words: String {
        switch self {
        case .key: "the source record's id, which is never shown"
        case .type: "the kind of outcome"
        case .occurredOn: "the day of the outcome"
        case .count: "how many"
        case .people: "the people reached"
        case .usd: "the money"
        case .direction: "the direction"
        case .district: "the district"
        case .groups: "the people of a group"
        case .revision: "the revision"
        case .retracted: "whether it is withdrawn"
        case .time: "the time of the event"
        }
    }
}
