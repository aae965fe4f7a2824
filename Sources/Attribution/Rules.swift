public import Connections
public import Narrative
import Primitives

/// A rule: what a reason of one kind is worth. All numbers of the method come from the rules file (docs/rules.md).
public struct Rule: Sendable, Equatable {
    /// The name that records and explanations give, such as `reference/funded-by`.
    public let id: String
    /// The tier of the evidence that it makes.
    public let tier: Tier
    /// The mechanism that it asks for; nil where it fires without one.
    public let mechanism: Mechanism?
    /// The strength in basis points, 1 to 10,000.
    public let strength: Int
    /// Why the strength is what it is, for the auditor.
    public let reason: String

    /// Makes a rule.
    public init(id: String, tier: Tier, mechanism: Mechanism?, strength: Int, reason: String) {
        self.id = id
        self.tier = tier
        self.mechanism = mechanism
        self.strength = strength
        self.reason = reason
    }
}

/// The rule set of a run: immutable, shared by all threads, named by its digest in every record.
public final class Rules: Sendable {
    /// SHA-256 of the file's bytes, as 64 hexadecimal digits.
    public let digest: String
    /// Combined strength from which an outcome is `enabled`, in basis points.
    public let enabledFrom: Int
    /// Combined strength from which an outcome is `contributed`, in basis points.
    public let contributedFrom: Int
    /// Days before the outcome in which an activity corroborates.
    public let windowDays: Int
    /// Connections that share credit, at most (1 to 16).
    public let connectionsMax: Int
    /// Identifier schemes that make documentary evidence.
    public let documentarySchemes: [String]
    /// Strength of the city's own effort where no type says otherwise, in basis points.
    public let domesticDefault: Int
    /// All rules; evidence names one by its place here.
    public let rules: [Rule]
    /// What texts are read by; nil where the file says nothing of language, and texts are not read.
    public let language: Language?
    /// The field of work of an outcome type, where it is not the department's name.
    public let fieldsOfWork: [String: String]

    private let documentaryByMechanism: [Int]
    private let namedByMechanism: [Int?]
    /// The place of the T2 rule of a name that a second source supports; nil where there is none.
    let corroborated: Int?
    private let circumstantialRule: Int
    private let schemes: ByteTable<Bool>
    private let domesticByType: ByteTable<Int>

    /// Makes a rule set; nil where a mechanism has no T1 rule or there is no T3 rule (the file's check says which).
    public init?(
        digest: String, enabledFrom: Int, contributedFrom: Int, windowDays: Int, connectionsMax: Int,
        documentarySchemes: [String], domesticDefault: Int, domestic: [(type: String, strength: Int)], rules: [Rule],
        language: Language? = nil, fieldsOfWork: [String: String] = [:]
    ) {
        var byMechanism: [Int] = []
        for mechanism in Mechanism.allCases {
            guard let place = rules.firstIndex(where: { $0.tier == .documentary && $0.mechanism == mechanism })
            else { return nil }
            byMechanism.append(place)
        }
        guard let last = rules.firstIndex(where: { $0.tier == .circumstantial && $0.mechanism == nil }) else {
            return nil
        }
        self.digest = digest
        self.enabledFrom = enabledFrom
        self.contributedFrom = contributedFrom
        self.windowDays = windowDays
        self.connectionsMax = min(max(connectionsMax, 1), Credit.connectionsMax)
        self.documentarySchemes = documentarySchemes
        self.domesticDefault = domesticDefault
        self.rules = rules
        self.language = language
        self.fieldsOfWork = fieldsOfWork
        documentaryByMechanism = byMechanism
        namedByMechanism = Mechanism.allCases.map { mechanism in
            rules.firstIndex { $0.tier == .corroborated && $0.mechanism == mechanism }
        }
        corroborated = rules.firstIndex { $0.tier == .corroborated && $0.mechanism == nil }
        circumstantialRule = last
        schemes = ByteTable(documentarySchemes.map { (key: Array($0.utf8), value: true) })
        domesticByType = ByteTable(domestic.map { (key: Array($0.type.utf8), value: $0.strength) })
    }

    /// The place of the T1 rule of a mechanism.
    func documentary(_ mechanism: Mechanism) -> Int {
        documentaryByMechanism[Int(mechanism.rawValue)]
    }

    /// The place of the T2 rule of a mechanism; nil where there is none.
    func named(_ mechanism: Mechanism) -> Int? {
        namedByMechanism[Int(mechanism.rawValue)]
    }

    /// The place of the T3 rule.
    var circumstantial: Int { circumstantialRule }

    /// True where an identifier of the scheme is documentary.
    func isDocumentary(scheme: UnsafeRawBufferPointer) -> Bool {
        schemes[scheme] ?? false
    }

    /// The strength of the city's own effort for an outcome type, in basis points.
    public func domesticStrength(ofType type: UnsafeRawBufferPointer) -> Int {
        domesticByType[type] ?? domesticDefault
    }
}
