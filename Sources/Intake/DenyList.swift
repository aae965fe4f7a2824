public import JSON

/// Fields of residents that no profile may read (docs/privacy.md). Compiled once; shared by all.
///
/// The built-in list is the only one: no setting turns it off or makes it shorter.
public struct DenyList: Sendable {
    /// A kind of field.
    public struct Category: Sendable, Hashable {
        /// Its name in messages: `birth-date`.
        public let name: String
        /// What it holds, for people.
        public let title: String
        /// Why it is refused, in a line.
        public let reason: String
    }

    /// What a profile wants with a path.
    public enum Use: Sendable, Hashable, CaseIterable {
        /// A field of the outcome, a part of a reference, the key: whatever may leave the worker.
        case output
        /// A condition: a yes or a no, of which nothing leaves the worker. Notes may say what became of a record.
        case condition
        /// Text that is searched in the worker and never leaves it.
        case search
        /// The name and the country of an organisation.
        case named
    }

    /// Why a path is refused.
    public struct Denial: Sendable, Hashable {
        /// The name of the category; nil for a path that may lead to any field.
        public let category: String?
        /// The name that is on the list, or what of it is, where names may be data.
        public let listed: String?
        /// What is wrong and what to do, for a finding. Quotes the profile only.
        public let message: String
    }

    /// What one line of the file refuses.
    struct Rule: Sendable, Hashable {
        enum Kind: String, CaseIterable, Sendable {
            case names, whole
            case ofPerson = "of_a_person"
            case doubtful
            case path = "paths"
            case values

            var meaning: NameList.Meaning {
                switch self {
                case .names, .path: .anywhere
                case .whole: .whole
                case .ofPerson: .ofPerson
                case .doubtful: .ending
                case .values: .value
                }
            }
        }

        /// The place of its category.
        let category: Int
        let kind: Kind
        let text: String
        var steps: [[String]] = []
    }

    /// The categories, in the order of the file.
    public let categories: [Category]
    let rules: [Rule]
    /// Words that belong to all categories.
    let shared: [NameList.Entry]
    let innocentPaths: [(text: String, steps: [[String]])]
    /// A compiled list for each use, with the rules that count for it.
    private let compiled: [Use: Compiled]

    struct Compiled: Sendable {
        let list: NameList
        let rules: [Rule]
    }

    init?(
        _ categories: [Category], _ rules: [Rule], _ shared: [NameList.Entry],
        _ innocentPaths: [(text: String, steps: [[String]])]
    ) {
        self.categories = categories
        self.rules = rules
        self.shared = shared
        self.innocentPaths = innocentPaths
        var compiled: [Use: Compiled] = [:]
        for use in Use.allCases {
            let counting = rules.filter { rule in
                let category = categories[rule.category].name
                return switch use {
                case .output: true
                case .search, .condition: category != DenyList.freeText
                case .named: rule.kind != .doubtful || category != DenyList.name
                }
            }
            compiled[use] = DenyList.compile(counting, shared, innocentPaths.map(\.steps), exempt: [])
        }
        guard compiled.count == Use.allCases.count else { return nil }
        self.compiled = compiled
    }

    private static let (freeText, name) = ("free-text", "name")

    /// The list that is built in.
    public static let builtIn = read()

    private static func read() -> DenyList {
        let reading = DenyListFile.read(PackageResources.deny_list_yaml, file: "deny-list.yaml")
        return reading.list ?? .refusingEverything
    }

    /// What stands for a list that cannot be read: without a list, nothing is let through.
    static let refusingEverything = DenyList(unreadable: ())

    private init(unreadable: Void) {
        (categories, rules, shared, innocentPaths, compiled) = ([], [], [], [], [:])
    }
}

extension DenyList {
    /// Why a path must not be used for this; nil where it may.
    ///
    /// Looks at every name that the path and its filters mention, and at what its wildcards and descendants may find.
    public func denial(of path: JSONPath, for use: Use) -> Denial? {
        guard let compiled = compiled[use] else {
            return Denial(
                category: nil, listed: nil, message: "expected a deny list that can be read; build the program again")
        }
        let judgement = compiled.list.judge(path)
        for refusal in judgement.refusals {
            let rule = compiled.rules[refusal.rule]
            // A doubtful name says something of what is selected, and nothing of what is below it.
            if rule.kind == .doubtful, !refusal.isLast { continue }
            let category = categories[rule.category]
            let list = compiled.list
            let listed = list.isListed(refusal.name) ? refusal.name : list.covered(by: refusal.rule)
            return Denial(
                category: category.name, listed: listed, message: message(refusal.name, category, use))
        }
        return unknown(judgement, use).map { Denial(category: nil, listed: nil, message: $0) }
    }

    private func message(_ name: String, _ category: Category, _ use: Use) -> String {
        let rule =
            switch use {
            case .output: "no field may be mapped from it"
            case .condition: "nothing may be decided by it"
            case .search: "only text may be searched"
            case .named: "expected the name or the country of an organisation, such as $.partner.name"
            }
        return "\(name) is on the deny list (\(category.name)): \(category.reason) \(rule.prefix(1).uppercased())"
            + "\(rule.dropFirst()). If it holds nothing of the kind, have it sent under a name that says what it is"
    }

    /// What is wrong with a path that may lead to any field.
    private func unknown(_ judgement: PathJudgement, _ use: Use) -> String? {
        let isWhole = judgement.endsInRecord || judgement.endsInPerson
        if judgement.end == .anything {
            return "expected a path that names the members which it selects: this one may find any field"
        }
        if isWhole, judgement.end == .within || use == .search {
            return "expected a path to one field: this one finds every field of a record, those on the deny list too"
        }
        return nil
    }
}

extension DenyList {
    /// The names for which strict mode refuses an event, at any depth: all categories, but for doubtful names.
    ///
    /// - Parameter searched: paths of the profile whose text is searched: a member on the way to one of them is let
    ///   be, in the data of a CloudEvent or in a bare document. Only paths with known names count.
    /// - Parameter read: all paths of the profile, whose names may stand in messages.
    /// - Returns: nil where the built-in list cannot be read; then every event must be refused.
    public func strict(searched: [JSONPath] = [], read: [JSONPath] = []) -> StrictList? {
        let counting = rules.filter { $0.kind != .doubtful }
        let names = searched.compactMap(\.memberNames).filter { !$0.isEmpty }
        let exempt = names + names.map { ["data"] + $0 }
        return DenyList.compile(counting, shared, innocentPaths.map(\.steps), exempt: exempt).flatMap { compiled in
            if categories.isEmpty { return nil }
            return StrictList(
                names: compiled.list, categories: compiled.rules.map { categories[$0.category].name },
                known: Set(read.compactMap(\.memberNames).joined()))
        }
    }

    /// Rules without what is innocent, to see what that would cover.
    static func list(_ rules: [Rule], _ shared: [NameList.Entry]) -> NameList? {
        compile(rules, shared, [], exempt: [])?.list
    }

    /// The rules in the order of their numbers in the list: those of paths come last.
    private static func compile(
        _ rules: [Rule], _ shared: [NameList.Entry], _ innocentPaths: [[[String]]], exempt: [[String]]
    ) -> Compiled? {
        let entries = rules.filter { $0.kind != .path }
        let paths = rules.filter { $0.kind == .path }
        let list = NameList(
            entries.map { NameList.Entry($0.text, $0.kind.meaning) },
            paths: paths.map { NameList.Path($0.steps) }
                + innocentPaths.map { NameList.Path($0, isInnocent: true) },
            marks: shared, exempt: exempt)
        return list.map { Compiled(list: $0, rules: entries + paths) }
    }
}

/// The names for which strict mode refuses events.
public struct StrictList: Sendable {
    /// The names, for `Extractor.firstRefused(by:)`.
    public let names: NameList
    /// The category of each rule.
    let categories: [String]
    /// Names of the profile, which are no data.
    let known: Set<String>

    /// The fault of the document that was extracted last, where it holds a refused name at any depth; else nil.
    public func fault(in extractor: Extractor) throws(JSONError) -> Fault? {
        try extractor.firstRefused(by: names, alsoNamed: known).map { fault($0) }
    }

    /// The fault of an event that holds a refused name: where it is, and on which part of the list.
    func fault(_ refused: RefusedName) -> Fault {
        let what = refused.isValue ? "what it is said to hold" : "its name"
        return Fault(
            .deniedField,
            "\(refused.path): expected no such field; \(what) is on the deny list (\(categories[refused.rule]))")
    }
}
