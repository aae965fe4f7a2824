import Attribution
import JSON
import Primitives

/// A profile compiled for one way of wrapping: the paths of one extraction plan, and what each value is for.
///
/// A class, and its targets in memory of its own, so that passing it on and looking at it cost no reference counts.
final class Layout: Sendable {
    /// Which part of a message a value belongs to.
    enum Scope: Int, CaseIterable, Sendable { case attribute, data, bare }

    /// What a value is for.
    enum Purpose: Sendable {
        case attribute(CloudEventAttribute)
        /// A condition; `Target.number` says which.
        case condition
        case field(OutcomeField)
        /// A part of the reference source of `Target.number`.
        case reference(ReferencePart)
        /// The place must be of this kind, so that a misplaced value is not passed over in silence.
        case array, object
    }

    struct Target: Sendable {
        let purpose: Purpose
        let scope: Scope
        /// True where the profile replaces values of this field.
        var isMapped = false
        /// The place of the condition or the reference source in the profile.
        var number: UInt16 = 0
        /// The place of the path among those of the same field; the first that has a value wins.
        var rank: UInt16 = 0
        /// The place of the path in `names`.
        let path: UInt32
    }

    let plan: ExtractionPlan
    /// The targets of a slot.
    let targets: [[Target]]
    /// Paths as they are written in messages and evidence, cut at the wildcard: what stands before the index and after.
    let names: [PathName]
    /// For each reference source and scope the path that evidence names, scopes next to each other.
    private let evidencePaths: [Int]
    /// The targets by scope and slot, those of attributes also with the data beside them, and where each of these runs
    /// begins. Written by `init`, freed by `deinit`.
    private nonisolated(unsafe) let flat: UnsafeMutableBufferPointer<Target>
    private nonisolated(unsafe) let starts: UnsafeMutableBufferPointer<Int>
    private let slots: Int

    init(_ profile: Profile, scopes: [Scope]) {
        var builder = LayoutBuilder()
        for scope in scopes {
            switch scope {
            case .attribute: builder.addAttributes()
            case .data: builder.add(profile, prefix: SimplePath(steps: [.member("data")]), scope)
            case .bare: builder.add(profile, prefix: SimplePath(steps: []), scope)
            }
        }
        plan = ExtractionPlan(builder.paths)
        slots = builder.paths.count
        targets = builder.targets
        names = builder.paths.map { PathName($0) } + builder.evidenceNames
        let offset = builder.paths.count
        evidencePaths = builder.evidencePath.flatMap { paths in
            Scope.allCases.map { (paths[$0] ?? 0) + offset }
        }
        let runs = Scope.allCases.flatMap { scope in
            builder.targets.map { $0.filter { $0.scope == scope || scope == .data && $0.scope == .attribute } }
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

    /// The path that evidence of a reference source names.
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

    init(_ path: SimplePath) {
        let steps = path.steps
        if let wildcard = steps.firstIndex(of: .wildcard) {
            before = SimplePath(steps: Array(steps[..<wildcard])).description + "["
            after = "]" + SimplePath(steps: Array(steps[(wildcard + 1)...])).description.dropFirst()
        } else {
            before = path.description
            after = nil
        }
        escapedBefore = PathName.escaped(before)
        escapedAfter = after.map(PathName.escaped)
    }

    /// The path as text; `*` stands for the index where none is given.
    func text(element: Int? = nil) -> String {
        guard let after else { return before }
        return before + (element.map(String.init) ?? "*") + after
    }

    private static func escaped(_ text: String) -> [UInt8] {
        var buffer = ByteBuffer()
        buffer.append(jsonString: text)
        return Array(buffer.array().dropFirst().dropLast())
    }
}

private struct LayoutBuilder {
    var paths: [SimplePath] = []
    var targets: [[Layout.Target]] = []
    var evidenceNames: [PathName] = []
    var evidencePath: [[Layout.Scope: Int]] = []

    mutating func addAttributes() {
        for attribute in CloudEventAttribute.allCases {
            add(SimplePath(steps: [.member(attribute.rawValue)]), .attribute(attribute), .attribute)
        }
    }

    mutating func add(_ profile: Profile, prefix: SimplePath, _ scope: Layout.Scope) {
        for (index, condition) in profile.conditions.enumerated() {
            add(prefix.appending(condition.path), .condition, scope, number: index)
        }
        for field in OutcomeField.allCases {
            for (rank, path) in (profile.fields[field]?.paths ?? []).enumerated() {
                add(
                    prefix.appending(path), .field(field), scope, rank: rank,
                    isMapped: profile.fields[field]?.map != nil)
                if field == .groups { addContainers(of: prefix.appending(path), .object, scope) }
            }
        }
        for (index, source) in profile.references.enumerated() {
            add(source, index, prefix: prefix, scope)
        }
    }

    private mutating func add(_ source: ReferenceSource, _ index: Int, prefix: SimplePath, _ scope: Layout.Scope) {
        for (rank, path) in source.scheme.paths.enumerated() {
            add(prefix.appending(path), .reference(.scheme), scope, number: index, rank: rank)
        }
        for (rank, path) in source.id.paths.enumerated() {
            add(prefix.appending(path), .reference(.id), scope, number: index, rank: rank)
            addContainers(of: prefix.appending(path), .array, scope)
        }
        for (rank, path) in (source.mechanism?.paths ?? []).enumerated() {
            add(prefix.appending(path), .reference(.mechanism), scope, number: index, rank: rank)
        }
        if evidencePath.count <= index { evidencePath.append([:]) }
        evidencePath[index][scope] = evidenceNames.count
        evidenceNames.append(PathName(evidence(source, prefix)))
    }

    /// Where scheme and id stand side by side in an element, evidence names the element; otherwise the id alone.
    private func evidence(_ source: ReferenceSource, _ prefix: SimplePath) -> SimplePath {
        guard let id = source.id.paths.first else { return prefix }
        guard let wildcard = id.steps.firstIndex(of: .wildcard), let scheme = source.scheme.paths.first,
            scheme.steps.prefix(wildcard + 1) == id.steps.prefix(wildcard + 1)
        else { return prefix.appending(id) }
        return prefix.appending(SimplePath(steps: Array(id.steps[...wildcard])))
    }

    /// What stands before a wildcard must be an array (or an object), and what is under it an object if paths go on.
    private mutating func addContainers(of path: SimplePath, _ purpose: Layout.Purpose, _ scope: Layout.Scope) {
        guard let wildcard = path.steps.firstIndex(of: .wildcard) else { return }
        add(SimplePath(steps: Array(path.steps[..<wildcard])), purpose, scope)
        if wildcard + 1 < path.steps.count {
            add(SimplePath(steps: Array(path.steps[...wildcard])), .object, scope)
        }
    }

    private mutating func add(
        _ path: SimplePath, _ purpose: Layout.Purpose, _ scope: Layout.Scope, number: Int = 0, rank: Int = 0,
        isMapped: Bool = false
    ) {
        let slot: Int
        if let known = paths.firstIndex(of: path) {
            slot = known
        } else {
            slot = paths.count
            paths.append(path)
            targets.append([])
        }
        targets[slot].append(
            Layout.Target(
                purpose: purpose, scope: scope, isMapped: isMapped, number: UInt16(clamping: number),
                rank: UInt16(clamping: rank), path: UInt32(clamping: slot)))
    }
}
