import Primitives

/// An identifier that an event carries.
struct SampleReference: Sendable {
    let scheme: StaticString
    let id: StaticString
    let mechanism: StaticString?

    init(_ scheme: StaticString, _ id: StaticString, _ mechanism: StaticString? = nil) {
        self.scheme = scheme
        self.id = id
        self.mechanism = mechanism
    }
}

/// What a connection of the sample registry can have done for an outcome, and when its identifier is in use.
struct Contribution: Sendable {
    let reference: SampleReference
    let from: CivilDate
    let until: CivilDate
    let verdict: SampleVerdict

    init(
        _ scheme: StaticString, _ id: StaticString, _ mechanism: StaticString, _ verdict: SampleVerdict,
        from: (Int, Int, Int) = (2000, 1, 1), until: (Int, Int, Int) = (2100, 1, 1)
    ) {
        reference = SampleReference(scheme, id, mechanism)
        self.verdict = verdict
        self.from = Calendar.day(from)
        self.until = Calendar.day(until)
    }

    func isInUse(on day: CivilDate) -> Bool { from <= day && day <= until }
}

/// A kind of outcome of a department, with the connections that can have had a part in it.
struct OutcomeKind: Sendable {
    let type: StaticString
    let people: ClosedRange<Int>
    let dollars: ClosedRange<Int>?
    let groups: [StaticString]
    let contributions: [Contribution]

    init(
        _ type: StaticString, people: ClosedRange<Int>, dollars: ClosedRange<Int>? = nil, groups: [StaticString] = [],
        _ contributions: [Contribution] = []
    ) {
        self.type = type
        self.people = people
        self.dollars = dollars
        self.groups = groups
        self.contributions = contributions
    }
}

/// An outcome that is written out, to show one thing.
struct ScriptedCase: Sendable {
    let note: StaticString
    let type: StaticString
    let day: CivilDate
    let people: Int
    let references: [SampleReference]
    let verdict: SampleVerdict?
    var dollars: Int?
    var groups: [(StaticString, Int)] = []
    var isOutbound = false
    var isBinary = false
    var named: (name: StaticString, country: StaticString?)?
    var narrative: StaticString?
    var classification: StaticString?

    init(
        _ note: StaticString, _ type: StaticString, on day: (Int, Int, Int), people: Int,
        _ references: [SampleReference], _ verdict: SampleVerdict?, _ change: (inout ScriptedCase) -> Void = { _ in }
    ) {
        self.note = note
        self.type = type
        self.day = Calendar.day(day)
        self.people = people
        self.references = references
        self.verdict = verdict
        change(&self)
    }
}

/// What a department's events are about.
struct Catalogue: Sendable {
    let department: StaticString
    /// Kinds of outcome that connections can have had a part in.
    let kinds: [OutcomeKind]
    /// Kinds of outcome that are the city's own.
    let domesticKinds: [OutcomeKind]
    /// References that near misses are made of: ended, out of scope.
    let misses: [(note: StaticString, reference: SampleReference)]
    let cases: [ScriptedCase]

    static let all = [immigration, housing, health, transport]

    /// The scripted events: the cases, what happens to records later, and the department's part of the malformed kinds.
    func steps(place: Int, of departments: Int) -> [Step] {
        let faults = SampleFault.allCases.enumerated().filter { $0.offset % departments == place }
        return cases.map { .outcome($0) } + [.correction] + cases.prefix(1).map { .outcome($0.again) } + [.retraction]
            + cases.prefix(1).map { .outcome($0.again) } + [.tombstone, .noOutcome, .tombstoneWithoutKey]
            + faults.map { .malformed($0.element) }
    }
}

/// One scripted event.
enum Step: Sendable {
    case outcome(ScriptedCase)
    /// Corrects, withdraws or deletes the record of the scripted outcome before it.
    case correction, retraction, tombstone
    case noOutcome, tombstoneWithoutKey
    case malformed(SampleFault)
}

extension ScriptedCase {
    /// The same outcome, of a record that is withdrawn later.
    var again: ScriptedCase {
        ScriptedCase("an outcome that is withdrawn later", type, on: (2026, 5, 12), people: people, references, verdict)
    }
}

/// Days of the samples.
enum Calendar {
    static let first = day((2025, 7, 1))
    /// Early enough that corrections still fall within September 2026.
    static let last = day((2026, 9, 20))
    static let lastQuarter = day((2026, 7, 1))...last

    static func day(_ parts: (Int, Int, Int)) -> CivilDate {
        CivilDate(year: parts.0, month: parts.1, day: parts.2) ?? CivilDate(daysSinceEpoch: 0)
    }
}
