import JSON

/// Collects the paths of a profile and what each is for.
struct LayoutBuilder {
    private(set) var paths: [JSONPath] = []
    private(set) var targets: [[Layout.Target]] = []
    private(set) var evidenceNames: [PathName] = []
    private(set) var evidencePath: [[Scope: Int]] = []
    private var slots: [JSONPath: Int] = [:]

    /// Adds a profile for the ways in which a message may be wrapped.
    mutating func add(_ profile: Profile, _ envelopes: ReadingState.Paths) {
        if envelopes != .bare { addAttributes() }
        for isData in [true, false] where isData ? envelopes != .bare : envelopes != .structured {
            guard profile.envelope == .debezium else {
                add(profile, isData ? .data : .bare)
                continue
            }
            for isWrapped in [false, true] {
                addChangeEvent(profile, isData: isData, isWrapped: isWrapped)
            }
        }
    }

    private mutating func addAttributes() {
        for attribute in CloudEventAttribute.allCases {
            add(JSONPath(SimplePath(steps: [.member(attribute.rawValue)])), .attribute(attribute), .attribute)
        }
    }

    private mutating func addChangeEvent(_ profile: Profile, isData: Bool, isWrapped: Bool) {
        let row = Scope.row(isData: isData, isWrapped: isWrapped, isEarlier: false)
        let earlier = Scope.row(isData: isData, isWrapped: isWrapped, isEarlier: true)
        let place = SimplePath(steps: Array(row.prefix.steps.dropLast()))
        for field in ChangeEventField.allCases {
            add(JSONPath(place.appending(field.path)), .changeEvent(field), .changeEvent, rank: isWrapped ? 1 : 0)
        }
        add(profile, row)
        addKey(profile, earlier)
        addVictimServices(profile, earlier)
        for (index, condition) in profile.conditions.enumerated() {
            // What was an outcome before a change and is none after it has to be withdrawn.
            add(condition.path, .earlierCondition, row, below: earlier, number: index)
        }
    }

    private mutating func add(_ profile: Profile, _ scope: Scope) {
        addKey(profile, scope)
        addVictimServices(profile, scope)
        for (index, condition) in profile.conditions.enumerated() {
            add(condition.path, .condition, scope, below: scope, number: index)
        }
        for field in OutcomeField.allCases where field != .key {
            guard let source = profile.fields[field] else { continue }
            for (rank, path) in source.paths.enumerated() {
                add(path, .field(field), scope, below: scope, rank: rank, isPrepared: !source.isPlain)
                if field == .groups { addContainers(of: path, .object, scope) }
            }
        }
        for (index, group) in profile.groupCounts.enumerated() {
            for (rank, path) in group.source.paths.enumerated() {
                add(path, .groupCount, scope, below: scope, number: index, rank: rank, isPrepared: true)
            }
        }
        for (index, source) in (profile.references + profile.named).enumerated() { add(source, index, scope) }
        for path in profile.search { add(path, .search, scope, below: scope) }
    }

    private mutating func addKey(_ profile: Profile, _ scope: Scope) {
        for (index, path) in profile.keyParts.enumerated() {
            add(path, .keyPart, scope, below: scope, number: index)
        }
        guard let source = profile.fields[.key] else { return }
        for (rank, path) in source.paths.enumerated() {
            add(path, .field(.key), scope, below: scope, rank: rank, isPrepared: !source.isPlain)
        }
    }

    private mutating func addVictimServices(_ profile: Profile, _ scope: Scope) {
        for (index, condition) in profile.victimServices.enumerated() {
            add(condition.path, .victimService, scope, below: scope, number: index)
        }
    }

    private mutating func add(_ source: MentionSource, _ index: Int, _ scope: Scope) {
        for (part, field) in source.parts.enumerated() {
            for (rank, path) in (field?.paths ?? []).enumerated() {
                add(path, .mention(part: part), scope, below: scope, number: index, rank: rank)
                if part == source.kind.leadingPart { addContainers(of: path, .array, scope) }
            }
        }
        if evidencePath.count <= index { evidencePath.append([:]) }
        evidencePath[index][scope] = evidenceNames.count
        if let path = source.evidence.below(scope.prefix) { evidenceNames.append(PathName(path)) }
    }

    /// What stands before a wildcard must be an array (or an object), and what is under it an object if paths go on.
    private mutating func addContainers(of path: JSONPath, _ purpose: Layout.Purpose, _ scope: Scope) {
        guard let elements = path.elements, let container = path.container, elements.endsInWildcard else { return }
        add(container, purpose, scope, below: scope)
        if elements != path { add(elements, .object, scope, below: scope) }
    }

    private mutating func add(
        _ path: JSONPath, _ purpose: Layout.Purpose, _ scope: Scope, below place: Scope = .bare, number: Int = 0,
        rank: Int = 0, isPrepared: Bool = false
    ) {
        // The prefix of a scope has members only.
        guard let path = path.below(place.prefix) else { return }
        let slot = slots[path] ?? paths.count
        if slot == paths.count {
            slots[path] = slot
            paths.append(path)
            targets.append([])
        }
        targets[slot].append(
            Layout.Target(
                purpose: purpose, scope: scope, isPrepared: isPrepared, number: UInt16(clamping: number),
                rank: UInt16(clamping: rank), path: UInt32(clamping: slot)))
    }
}
