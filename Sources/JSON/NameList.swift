import CSimdJSON

/// Words by which names of members are refused, compiled once and shared freely between extractors and threads.
///
/// A name is folded first: letters to lower-case ASCII without accents, digits kept, everything else dropped, so that
/// `First_Name`, `firstName` and `FIRST-NAME` are one. What was dropped, and a change of case or between letters and
/// digits, ends a word: `clientFirstName2` has four. A list matches runs of whole words, of up to 8 words, and
/// the whole name however many it has.
public final class NameList: Sendable {
    /// What a run of words means.
    public enum Meaning: Sendable, Hashable {
        /// Refused wherever it stands in a name.
        case anywhere
        /// Refused where a name ends with it.
        case ending
        /// Refused where it is the whole name.
        case whole
        /// Refused where it begins or ends a name in which a person stands, or ends a name below a person.
        case ofPerson
        /// Refused as the text of a member of which `namesValue` says so, or as the last part of an address there.
        case value
        /// What it covers is not looked for.
        case innocent
        /// A person, of whom something may be said.
        case person
        /// The name of a member whose text is looked up too.
        case namesValue
        /// The name of a member that holds a whole record.
        case record
    }

    /// A run of words and what it means. Its place in the list is the number of its rule.
    public struct Entry: Sendable, Hashable {
        /// The words, in any case and with any separators.
        public let text: String
        /// What they mean.
        public let meaning: Meaning

        /// Makes an entry.
        public init(_ text: String, _ meaning: Meaning) {
            self.text = text
            self.meaning = meaning
        }
    }

    /// Names of members, each the parent of the next, of which the last one is refused; elements of arrays between them
    /// do not count. The number of its rule is its place, behind those of the entries.
    public struct Path: Sendable, Hashable {
        /// For each step the names that fit it, as wholes.
        public let steps: [[String]]
        /// Whether the last one is never refused, in place of always.
        public let isInnocent: Bool

        /// Makes a path.
        public init(_ steps: [[String]], isInnocent: Bool = false) {
            self.steps = steps
            self.isInnocent = isInnocent
        }
    }

    /// The most letters and digits of an entry.
    public static let lettersMax = Int(CSJ_RUN_MAX)
    /// The most steps of all paths together.
    public static let stepsMax = Int(CSJ_STEPS_MAX)

    /// The texts of the rules, by number: those of the entries, then the paths as they are written.
    public let texts: [String]
    /// Written by `init`, freed by `deinit` and only read between, so that threads may share it.
    nonisolated(unsafe) let list: csj_name_list
    private nonisolated(unsafe) let memory: NameListMemory

    /// Compiles a list.
    /// - Parameters:
    ///   - entries: runs of words; of two of the same letters and meaning, the first counts.
    ///   - paths: names below one another.
    ///   - marks: entries that refuse nothing (`innocent`, `person`, `namesValue`, `record`) and have no number.
    ///   - exempt: the names on the way to what is never refused, exactly as a document has them.
    /// - Returns: nil where an entry has no letters or more than `lettersMax`, where there are more steps than
    ///   `stepsMax`, or more rules than 60,000.
    public init?(_ entries: [Entry], paths: [Path] = [], marks: [Entry] = [], exempt: [[String]] = []) {
        var builder = NameListBuilder()
        for (rule, entry) in entries.enumerated() {
            guard builder.add(entry, rule: rule) else { return nil }
        }
        for (number, path) in paths.enumerated() {
            guard builder.add(path, rule: entries.count + number) else { return nil }
        }
        for entry in marks {
            guard builder.add(entry, rule: -1) else { return nil }
        }
        guard entries.count + paths.count <= 60_000, builder.runs.count <= 60_000 else { return nil }
        texts =
            entries.map(\.text)
            + paths.map { path in path.steps.map { $0.joined(separator: "|") }.joined(separator: ".") }
        memory = NameListMemory(builder, exempt: exempt)
        list = memory.list(builder)
    }

    deinit { memory.deallocate() }

    /// The letters and digits of a text, as lists compare them.
    public static func folded(_ text: String) -> String {
        String(decoding: NameListBuilder.fold(text), as: UTF8.self)
    }
}

/// The runs and steps of a list while it is compiled.
struct NameListBuilder {
    private(set) var texts: [[UInt8]] = []
    private(set) var runs: [csj_run] = []
    private(set) var starts = csj_steps()
    private(set) var ends = csj_steps()
    private(set) var innocentEnds = csj_steps()
    /// The rules of steps that are the last ones of their paths.
    private(set) var endRules: [(step: Int, rule: UInt16)] = []
    private var places: [[UInt8]: Int] = [:]
    private var stepCount = 0

    static func fold(_ text: String) -> [UInt8] {
        let name = Array(text.utf8)
        return [UInt8](unsafeUninitializedCapacity: name.count) { folded, count in
            count = csj_fold_name(name, name.count, folded.baseAddress, folded.count)
        }
    }

    /// The place of a run, which is new where it has not been met; nil where no list can hold it.
    private mutating func place(of text: String) -> Int? {
        let letters = Self.fold(text)
        guard !letters.isEmpty, letters.count <= NameList.lettersMax else { return nil }
        if let known = places[letters] { return known }
        var run = csj_run()
        run.length = UInt32(letters.count)
        run.hash = csj_run_hash(letters, letters.count)
        places[letters] = runs.count
        texts.append(letters)
        runs.append(run)
        return runs.count - 1
    }

    mutating func add(_ entry: NameList.Entry, rule: Int) -> Bool {
        guard let place = place(of: entry.text) else { return false }
        let number = UInt16(clamping: rule + 1)
        func set(_ field: WritableKeyPath<csj_run, UInt16>) {
            if runs[place][keyPath: field] == 0 { runs[place][keyPath: field] = number }
        }
        switch entry.meaning {
        case .anywhere: set(\.anywhere)
        case .ending: set(\.ending)
        case .whole: set(\.whole)
        case .ofPerson: set(\.of_person)
        case .value: set(\.value)
        case .innocent: runs[place].flags |= UInt16(CSJ_RUN_INNOCENT)
        case .person: runs[place].flags |= UInt16(CSJ_RUN_PERSON)
        case .namesValue: runs[place].flags |= UInt16(CSJ_RUN_NAMES_VALUE)
        case .record: runs[place].flags |= UInt16(CSJ_RUN_RECORD)
        }
        return true
    }

    mutating func add(_ path: NameList.Path, rule: Int) -> Bool {
        guard !path.steps.isEmpty, stepCount + path.steps.count <= NameList.stepsMax else { return false }
        starts.insert(stepCount)
        for names in path.steps {
            for name in names {
                guard let place = place(of: name) else { return false }
                runs[place].steps.insert(stepCount)
            }
            stepCount += 1
        }
        if path.isInnocent {
            innocentEnds.insert(stepCount - 1)
        } else {
            ends.insert(stepCount - 1)
            endRules.append((stepCount - 1, UInt16(clamping: rule + 1)))
        }
        return true
    }
}

extension csj_steps {
    mutating func insert(_ step: Int) {
        if step < 64 { low |= 1 << UInt64(step) } else { high |= 1 << UInt64(step - 64) }
    }

    mutating func formUnion(_ other: csj_steps) {
        low |= other.low
        high |= other.high
    }
}

/// The memory of a list.
struct NameListMemory {
    private let letters: UnsafeMutableBufferPointer<UInt8>
    private let runs: UnsafeMutableBufferPointer<csj_run>
    private let slots: UnsafeMutableBufferPointer<UInt16>
    private let exempt: UnsafeMutableBufferPointer<csj_exempt>
    private let exemptNames: UnsafeMutableBufferPointer<csj_name>
    private let exemptLetters: UnsafeMutableBufferPointer<UInt8>

    init(_ builder: NameListBuilder, exempt paths: [[String]]) {
        letters = Self.copy(builder.texts.flatMap { $0 })
        runs = Self.copy(builder.runs)
        var start = letters.baseAddress
        for index in builder.runs.indices {
            runs[index].text = UnsafePointer(start)
            start = start?.advanced(by: builder.texts[index].count)
        }
        var size = 64
        while size < 4 * builder.runs.count { size *= 2 }
        slots = Self.copy(Array(repeating: 0, count: size))
        for (index, run) in builder.runs.enumerated() {
            var slot = Int(run.hash) & (size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = UInt16(index + 1)
        }
        let names = paths.flatMap { $0.map { Array($0.utf8) } }
        exemptLetters = Self.copy(names.flatMap { $0 })
        var next = exemptLetters.baseAddress
        exemptNames = Self.copy(
            names.map { name in
                defer { next = next?.advanced(by: name.count) }
                return csj_read_name(next, UInt32(name.count))
            })
        var first = 0
        exempt = Self.copy(
            paths.map { path in
                defer { first += path.count }
                return csj_exempt(first_name: UInt32(first), name_count: UInt32(path.count))
            })
    }

    func deallocate() {
        letters.deallocate()
        runs.deallocate()
        slots.deallocate()
        exempt.deallocate()
        exemptNames.deallocate()
        exemptLetters.deallocate()
    }

    /// The list as the scan looks at it; valid as long as this memory.
    func list(_ builder: NameListBuilder) -> csj_name_list {
        var list = csj_name_list()
        list.runs = UnsafePointer(runs.baseAddress)
        list.slots = UnsafePointer(slots.baseAddress)
        list.slot_mask = UInt32(slots.count - 1)
        list.starts = builder.starts
        list.ends = builder.ends
        list.innocent_ends = builder.innocentEnds
        withUnsafeMutableBytes(of: &list.end_rules) { bytes in
            for (step, rule) in builder.endRules {
                bytes.storeBytes(of: rule, toByteOffset: 2 * step, as: UInt16.self)
            }
        }
        list.exempt = UnsafePointer(exempt.baseAddress)
        list.exempt_names = UnsafePointer(exemptNames.baseAddress)
        list.exempt_count = UInt32(exempt.count)
        list.identity = .random(in: 1 ... .max)
        return list
    }

    private static func copy<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafeMutableBufferPointer<Element> {
        let memory = UnsafeMutableBufferPointer<Element>.allocate(capacity: max(elements.count, 1))
        _ = memory.initialize(from: elements)
        return UnsafeMutableBufferPointer(rebasing: memory[..<elements.count])
    }
}
