/// What a measurement was made with.
public struct EvaluationRun: Sendable, Hashable {
    /// The labelled file's name.
    public var file: String
    /// SHA-256 of the labelled file, as hexadecimal digits.
    public var cases: String
    /// SHA-256 of the rules.
    public var rules: String
    /// SHA-256 of the registry, as known on the as-of day.
    public var registry: String
    /// The version of the program.
    public var engine: String
    /// The seed of the bootstrap and of the split.
    public var seed: UInt64
    /// The side of a split that was measured; nil where all cases were.
    public var side: String?

    /// Makes the description of a run.
    public init(
        file: String, cases: String, rules: String, registry: String, engine: String, seed: UInt64,
        side: String? = nil
    ) {
        self.file = file
        self.cases = cases
        self.rules = rules
        self.registry = registry
        self.engine = engine
        self.seed = seed
        self.side = side
    }
}

/// How good decisions are, measured on labelled cases.
///
/// Cases that cannot be decided by themselves are counted in `undecidable` and nowhere else. The order of the cases
/// changes nothing.
public struct EvaluationResult: Sendable, Equatable {
    /// What it was made with.
    public let run: EvaluationRun
    /// All cases, in order of their ids.
    public let cases: [JudgedCase]
    /// The figures with each case counted once.
    public let texts: CaseFigures
    /// The interval of F1 of the cases.
    public let f1IntervalOfTexts: Interval?
    /// The figures with each outcome group counted once: claimed where any case of it is, positive likewise.
    public let groups: CaseFigures
    /// The interval of F1 of the groups.
    public let f1IntervalOfGroups: Interval?
    /// The cases that cannot be decided by themselves.
    public let undecidable: UndecidableFigures
    /// What was decided of the cases of each label.
    public let confusion: ConfusionTable
    /// The figures by language.
    public let languages: [CaseSlice]
    /// The figures by department.
    public let departments: [CaseSlice]
    /// The figures of passages and of events, which are not to be added.
    public let forms: [CaseSlice]
    /// Strength against labels.
    public let calibration: CalibrationTable
    /// The worst of the wrong decisions.
    public let worst: [Mistake]
    /// What naive rules make of the same passages; empty where they were not asked for.
    public let baselines: [BaselineFigures]

    /// Measures decisions.
    /// - Parameter baselines: the naive rules, where they are to be measured too.
    public init(_ run: EvaluationRun, _ judged: [JudgedCase], baselines: Baselines? = nil) {
        let cases = judged.sorted { $0.labelled.id < $1.labelled.id }
        let decidable = cases.filter(\.labelled.isDecidable)
        let groups = Observation.groups(of: decidable)
        self.run = run
        self.cases = cases
        texts = CaseFigures(decidable.map(Observation.init))
        self.groups = CaseFigures(groups)
        f1IntervalOfTexts = GroupBootstrap.interval(ofF1In: EvaluationResult.counts(decidable), seed: run.seed)
        f1IntervalOfGroups = GroupBootstrap.interval(
            ofF1In: groups.map { CaseFigures([$0]).detection }, seed: run.seed)
        undecidable = UndecidableFigures(cases.filter { !$0.labelled.isDecidable })
        confusion = ConfusionTable(decidable)
        languages = CaseSlice.slices(of: decidable, by: \.language)
        departments = CaseSlice.slices(of: decidable, by: \.department)
        forms = CaseSlice.slices(of: decidable) { $0.text == nil ? "events" : "passages" }
        calibration = CalibrationTable(decidable)
        worst = Mistake.worst(of: decidable)
        self.baselines = baselines?.figures(of: cases.map(\.labelled)) ?? []
    }

    /// The counts of the cases of each outcome group, in order of the groups' names.
    private static func counts(_ cases: [JudgedCase]) -> [Detection] {
        Dictionary(grouping: cases, by: \.labelled.outcomeGroup).sorted { $0.key < $1.key }
            .map { CaseFigures($0.value.map(Observation.init)).detection }
    }
}
