import Attribution
import JSON
import Primitives

/// A profile compiled for one way of wrapping: the paths of one extraction plan, and what each value is for.
///
/// A class, and its targets in memory of its own, so that passing it on and looking at it cost no reference counts.
final class Layout: Sendable {
    /// What a value is for.
    enum Purpose: Sendable {
        case attribute(CloudEventAttribute)
        case changeEvent(ChangeEventField)
        /// A condition of `when`; `Target.number` says which.
        case condition
        /// The same, asked of the row as it was before a change.
        case earlierCondition
        /// A condition of `victimServices`.
        case victimService
        case field(OutcomeField)
        /// A part of a composite key.
        case keyPart
        /// The count of the group of `Target.number`.
        case groupCount
        /// A part of the mention source of `Target.number`.
        case mention(part: Int)
        /// A text that is searched.
        case search
        /// The place must be of this kind, so that a misplaced value is not passed over in silence.
        case array, object
    }

    struct Target: Sendable {
        let purpose: Purpose
        let scope: Scope
        /// True where the profile says how a value of this field is to be read.
        var isPrepared = false
        /// The place of the condition, group, part or source in the profile.
        var number: UInt16 = 0
        /// The place of the path among those of the same field; the first that has a value wins.
        var rank: UInt16 = 0
        /// The place of the path in `names`.
        let path: UInt32
    }

    let plan: ExtractionPlan
    /// The path of a slot.
    let paths: [JSONPath]
    /// The targets of a slot.
    let targets: [[Target]]
    /// Paths as they are written in messages and evidence, cut where an index stands.
    let names: [PathName]
    /// For each mention source and scope the path that evidence names, scopes next to each other.
    private let evidencePaths: [Int]
    /// The targets by scope and slot, and where each of these runs begins. Written by `init`, freed by `deinit`.
    private nonisolated(unsafe) let flat: UnsafeMutableBufferPointer<Target>
    private nonisolated(unsafe) let starts: UnsafeMutableBufferPointer<Int>
    private let slots: Int

    init(_ profile: Profile, _ envelopes: ReadingState.Paths) {
        var builder = LayoutBuilder()
        builder.add(profile, envelopes)
        plan = ExtractionPlan(builder.paths)
        paths = builder.paths
        slots = builder.paths.count
        targets = builder.targets
        names = builder.paths.map { PathName($0) } + builder.evidenceNames
        let offset = builder.paths.count
        evidencePaths = builder.evidencePath.flatMap { paths in
            Scope.allCases.map { (paths[$0] ?? 0) + offset }
        }
        let runs = Scope.allCases.flatMap { scope in
            builder.targets.map { $0.filter { scope.takes($0.scope) } }
        }
        flat = .allocate(capacity: max(1, runs.reduce(0) { $0 + $1.count }))
        _ = flat.initialize(from: runs.joined())
        starts = .allocate(capacity: runs.count + 1)
        _ = starts.initialize(from: runs.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) })
    }

    deinit {
        flat.deallocate()
        starts.deallocate()
    }

    /// What the values of a slot are for in a scope; valid as long as the layout.
    @inline(__always)
    func targets(_ scope: Scope, _ slot: Int) -> UnsafeBufferPointer<Target> {
        let run = scope.rawValue * slots + slot
        return UnsafeBufferPointer(rebasing: flat[starts[run]..<starts[run + 1]])
    }

    /// The path that evidence of a mention source names.
    func evidencePath(_ source: Int, _ scope: Scope) -> Int {
        evidencePaths[source * Scope.allCases.count + scope.rawValue]
    }

    /// A field of the last event as messages name it.
    func name(of field: FieldReference) -> String { names[field.path].text(element: field.element) }
}

/// A path with a place for an index: `$.references[`, `].id`.
struct PathName: Sendable, Equatable {
    private let before: String
    private let after: String?
    /// The same, ready to be copied into a JSON string.
    let escapedBefore: [UInt8]
    let escapedAfter: [UInt8]?

    init(_ path: JSONPath) {
        (before, after) = path.textAroundElement
        escapedBefore = PathName.escaped(before)
        escapedAfter = after.map(PathName.escaped)
    }

    /// The path as text; `*` stands for the index where none is given.
    func text(element: Int? = nil) -> String {
        guard let after else { return before }
        return before + (element.map(String.init) ?? "*") + after
    }

    static func == (left: PathName, right: PathName) -> Bool {
        left.before == right.before && left.after == right.after
    }

    private static func escaped(_ text: String) -> [UInt8] {
        var buffer = ByteBuffer()
        buffer.append(jsonString: text)
        return Array(buffer.array().dropFirst().dropLast())
    }
}
