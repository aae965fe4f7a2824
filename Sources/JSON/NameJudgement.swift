import CSimdJSON

/// What a list of names says of a query.
public struct PathJudgement: Sendable, Equatable {
    /// A name in the query, or a text in its filters, that is refused.
    public struct Refusal: Sendable, Equatable {
        /// The number of the rule.
        public let rule: Int
        /// The name or text as the query has it.
        public let name: String
        /// Whether the query selects the member of this name, and no member below it.
        public let isLast: Bool
    }

    /// What the query selects.
    public enum End: Sendable, Equatable {
        /// Members of known names, or elements of arrays in them.
        case known
        /// Everything in a member of a known name: `$.groups.*`.
        case within
        /// Members of unknown names anywhere, or the document.
        case anything
    }

    /// What is refused, in the order of the query.
    public let refusals: [Refusal]
    /// What the query selects.
    public let end: End
    /// Whether the last name is that of a whole record.
    public let endsInRecord: Bool
    /// Whether the last name is that of a person.
    public let endsInPerson: Bool
}

extension NameList {
    /// The number of the rule that refuses a name by itself, wherever it stands; nil where none does.
    public func rule(of name: String) -> Int? {
        let verdict = judge(name)
        let rule = verdict.rule != 0 ? verdict.rule : verdict.ending
        return rule == 0 ? nil : Int(rule) - 1
    }

    /// Whether some words of a name are on the list, with whatever meaning.
    public func isAnyPartListed(_ name: String) -> Bool {
        let verdict = judge(name)
        return verdict.rule != 0 || verdict.of_person != 0 || verdict.ending != 0 || verdict.flags != 0
    }

    func judge(_ name: String) -> csj_verdict {
        var name = name
        return name.withUTF8 { bytes in
            withUnsafePointer(to: list) { csj_judge_name($0, bytes.baseAddress, bytes.count) }
        }
    }

    /// Judges all names that a query mentions, those of its filters too, where it starts at the root of a document.
    ///
    /// Indexes, slices, filters and wildcards on the way are taken for elements of arrays; below a descendant segment
    /// anything may have been above.
    public func judge(_ path: JSONPath) -> PathJudgement {
        var walk = JudgingWalk(list: self)
        let end = walk.judge(path.query, from: JudgingWalk.Place(), isMain: true)
        var kind = PathJudgement.End.known
        if end.isUnknown || !end.hasName { kind = .anything } else if end.isWithin { kind = .within }
        return PathJudgement(
            refusals: walk.refusals, end: kind, endsInRecord: end.flags & UInt16(CSJ_RUN_RECORD) != 0,
            endsInPerson: end.flags & UInt16(CSJ_RUN_PERSON) != 0)
    }
}

extension JSONPath {
    /// The names on the way to what is selected; nil where a name may be any one.
    public var memberNames: [String]? {
        var names: [String] = []
        for segment in query.segments {
            guard !segment.isDescendant, segment.selectors.count == 1 else { return nil }
            if case .member(let name) = segment.selectors[0] { names.append(name.string) }
        }
        return names
    }
}

/// A walk over the names of a query.
private struct JudgingWalk {
    /// Where a query stands after some segments; of several selectors, all places together.
    struct Place {
        var state = csj_name_state()
        var hasName = false
        var flags: UInt16 = 0
        /// Whether a wildcard has come after the last name.
        var isWithin = false
        /// Whether the member may have any name.
        var isUnknown = false

        mutating func formUnion(_ other: Place) {
            state.steps.formUnion(other.state.steps)
            state.is_below_person = state.is_below_person || other.state.is_below_person
            hasName = hasName && other.hasName
            flags |= other.flags
            isWithin = isWithin || other.isWithin
            isUnknown = isUnknown || other.isUnknown
        }
    }

    let list: NameList
    var refusals: [PathJudgement.Refusal] = []

    init(list: NameList) { self.list = list }

    /// The steps that may fit below a descendant segment. Nothing is innocent by what may have been above it.
    private var anySteps: csj_steps {
        let ends = list.list.innocent_ends
        return csj_steps(low: ~(ends.low >> 1 | ends.high << 63), high: ~(ends.high >> 1))
    }

    @discardableResult
    mutating func judge(_ query: PathQuery, from start: Place, isMain: Bool = false) -> Place {
        var place = query.root == .document ? Place() : start
        let last = query.segments.lastIndex { segment in
            segment.selectors.contains { if case .member = $0 { true } else { false } }
        }
        for (index, segment) in query.segments.enumerated() {
            if segment.isDescendant {
                place.state = csj_name_state(steps: anySteps, is_below_person: true)
                place.isUnknown = true
            }
            var next: Place?
            for selector in segment.selectors {
                let selected = select(selector, from: place, isLast: isMain && index == last)
                if next == nil { next = selected } else { next?.formUnion(selected) }
            }
            place = next ?? place
        }
        return place
    }

    private mutating func select(_ selector: PathSelector, from place: Place, isLast: Bool) -> Place {
        var place = place
        switch selector {
        case .member(let name):
            var verdict = list.judge(name.string)
            let rule = withUnsafePointer(to: list.list) { csj_name_step($0, &verdict, &place.state) }
            if rule != 0 { refusals.append(.init(rule: Int(rule) - 1, name: name.string, isLast: isLast)) }
            return Place(state: place.state, hasName: true, flags: verdict.flags)
        case .index, .slice: break
        case .wildcard: place.isWithin = true
        case .filter(let condition): judge(condition, from: place)
        }
        return place
    }

    private mutating func judge(_ condition: PathCondition, from place: Place) {
        switch condition {
        case .any(let conditions), .all(let conditions): for condition in conditions { judge(condition, from: place) }
        case .not(let condition): judge(condition, from: place)
        case .exists(let query): judge(query, from: place)
        case .comparison(let left, _, let right):
            judge(left, from: place)
            judge(right, from: place)
        case .pattern(let pattern):
            judge(pattern.subject, from: place)
            judge(pattern.pattern, from: place)
        }
    }

    private mutating func judge(_ operand: PathOperand, from place: Place) {
        switch operand {
        case .literal(.text(let text)): judge(value: text)
        case .literal: break
        case .query(let query), .count(let query), .value(let query): judge(query, from: place)
        case .length(let operand): judge(operand, from: place)
        }
    }

    private mutating func judge(value text: PathText) {
        let bytes = text.bytes.assumingMemoryBound(to: UInt8.self)
        let rule = withUnsafePointer(to: list.list) { csj_judge_value($0, bytes.baseAddress, bytes.count) }
        if rule != 0 { refusals.append(.init(rule: Int(rule) - 1, name: text.string, isLast: false)) }
    }
}
