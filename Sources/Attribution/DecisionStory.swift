public import Connections
public import Primitives

/// What a decision is told from: structured facts alone, so that the same story can be told of a record later.
public struct DecisionStory: Sendable, Equatable {
    /// A language in which decisions are told.
    public enum Language: String, CaseIterable, Sendable {
        /// English.
        case english = "en"
        /// Spanish.
        case spanish = "es"
    }

    /// One reason that counted.
    public struct Reason: Sendable, Equatable {
        /// The partner's name for people.
        public let partner: String
        /// What it did; nil where a second source supports a name.
        public let mechanism: Mechanism?
        /// How good the reason is.
        public let tier: Tier

        /// Makes a reason.
        public init(partner: String, mechanism: Mechanism?, tier: Tier) {
            self.partner = partner
            self.mechanism = mechanism
            self.tier = tier
        }
    }

    /// One reason that almost counted.
    public struct Miss: Sendable, Equatable {
        /// The partner's name for people.
        public let partner: String
        /// Why it did not count.
        public let reason: NearMiss.Reason
        /// The day that decided.
        public let day: CivilDate?

        /// Makes a near miss.
        public init(partner: String, reason: NearMiss.Reason, day: CivilDate?) {
            self.partner = partner
            self.reason = reason
            self.day = day
        }
    }

    /// The share of one partner.
    public struct Share: Sendable, Equatable {
        /// The partner's name for people.
        public let partner: String
        /// Its share in basis points.
        public let basisPoints: Int

        /// Makes a share.
        public init(partner: String, basisPoints: Int) {
            self.partner = partner
            self.basisPoints = basisPoints
        }
    }

    /// What was decided.
    public var verdict: Verdict
    /// The reasons that counted, the best first.
    public var reasons: [Reason]
    /// The reasons that almost counted.
    public var misses: [Miss]
    /// The shares of the connections.
    public var shares: [Share]
    /// The share of the city's own effort, in basis points.
    public var domesticBasisPoints: Int

    /// Makes a story of facts that are at hand.
    public init(
        verdict: Verdict, reasons: [Reason] = [], misses: [Miss] = [], shares: [Share] = [],
        domesticBasisPoints: Int = Credit.whole
    ) {
        self.verdict = verdict
        self.reasons = reasons
        self.misses = misses
        self.shares = shares
        self.domesticBasisPoints = domesticBasisPoints
    }

    /// Makes the story of a decision.
    public init(_ decision: Decision, registry: RegistryIndex) {
        func partner(_ connection: Int) -> String { registry.connections[connection].partner }
        let counted = decision.evidence.filter { $0.tier != .circumstantial }.sorted {
            ($0.tier, $1.strength, $0.connection) < ($1.tier, $0.strength, $1.connection)
        }
        self.init(
            verdict: decision.verdict,
            reasons: counted.map { Reason(partner: partner($0.connection), mechanism: $0.mechanism, tier: $0.tier) },
            misses: decision.nearMisses.map { miss in
                Miss(
                    partner: partner(miss.connection), reason: miss.reason,
                    day: miss.day.map { CivilDate(daysSinceEpoch: $0) })
            },
            shares: decision.credit.filter { $0.basisPoints > 0 }.map {
                Share(partner: partner($0.connection), basisPoints: $0.basisPoints)
            },
            domesticBasisPoints: decision.domesticBasisPoints)
    }

    /// The decision in one or two sentences, and one more for what almost counted: as a council member reads them.
    public func text(_ language: Language) -> String {
        switch language {
        case .english: EnglishStory().text(self)
        case .spanish: SpanishStory().text(self)
        }
    }

    /// A day as people read it: `4 March 2026`, `4 de marzo de 2026`.
    public static func date(_ day: CivilDate, _ language: Language) -> String {
        switch language {
        case .english: EnglishStory().date(day)
        case .spanish: SpanishStory().date(day)
        }
    }

    /// The partners and what they did, each once, at most `partsMax`.
    static let partsMax = 3
}

/// The words of one language for a story.
protocol StoryWords {
    func part(_ reason: DecisionStory.Reason) -> String
    func miss(_ miss: DecisionStory.Miss) -> String
    func list(_ parts: [String]) -> String
    func share(_ basisPoints: Int) -> String
    func counted(_ verdict: Verdict, _ parts: String) -> String
    func more(_ count: Int) -> String
    func credit(_ shares: String, domestic: String) -> String
    var abstained: String { get }
    var domestic: String { get }
    var retracted: String { get }
}

extension StoryWords {
    /// The whole story.
    func text(_ story: DecisionStory) -> String {
        var sentences: [String] = []
        switch story.verdict {
        case .enabled, .contributed:
            sentences.append(counted(story.verdict, few(story.reasons.map(part))))
            let shares = few(story.shares.map { "\($0.partner) \(share($0.basisPoints))" })
            sentences.append(credit(shares, domestic: share(story.domesticBasisPoints)))
        case .abstained: sentences.append(abstained)
        case .domestic: sentences.append(domestic)
        case .retracted: return retracted
        }
        var told: [String] = []
        for miss in story.misses {
            let sentence = self.miss(miss)
            if !told.contains(sentence) { told.append(sentence) }
        }
        return (sentences + told.prefix(DecisionStory.partsMax)).joined(separator: " ")
    }

    /// The first parts as a list, and how many more there are.
    private func few(_ parts: [String]) -> String {
        var distinct: [String] = []
        for part in parts where !distinct.contains(part) { distinct.append(part) }
        let rest = distinct.count - DecisionStory.partsMax
        if rest <= 0 { return list(distinct) }
        return list(Array(distinct.prefix(DecisionStory.partsMax)) + [more(rest)])
    }
}
