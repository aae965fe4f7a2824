import Attribution
public import Connections

/// A case that a person has read and labelled: a passage of text, or an event of a department.
public struct LabelledCase: Sendable, Equatable {
    /// What there is to decide about.
    public enum Content: Sendable, Equatable {
        /// A passage.
        case text(String)
        /// An event as compact JSON.
        case event([UInt8])
    }

    /// Whom the outcome benefits, by the reader's word.
    public enum Benefit: String, CaseIterable, Sendable {
        case inbound, outbound, none
    }

    /// The name of the case, once in a file.
    public let id: String
    /// The city it is about; nil where the file states none.
    public let city: String?
    /// The department.
    public let department: String
    /// The passage or event.
    public let content: Content
    /// When the outcome occurred; nil where it is not known.
    public let date: PartialDate?
    /// The language (BCP 47); nil where the file states none.
    public let language: String?
    /// Where the passage was found; nil where the file states none.
    public let source: String?
    /// The connection that had the part, or that the case is about; nil where it is none of the registry.
    public let connection: String?
    /// Connections that are as right as the first.
    public let otherConnections: [String]
    /// What the reader says.
    public let label: CaseLabel
    /// What the case tells of: cases of one group are about one outcome, and no independent observations.
    public let outcomeGroup: String
    /// Whom it benefits; nil where the file states nothing.
    public let direction: Benefit?
    /// What the connection did; nil where that is not said.
    public let mechanism: Mechanism?
    /// False where the case alone cannot decide, so that abstaining is right.
    public let isDecidable: Bool
    /// Why the reader says so; nil where the file states nothing.
    public let rationale: String?

    /// Makes a case.
    public init(
        id: String, city: String? = nil, department: String, content: Content, date: PartialDate? = nil,
        language: String? = nil, source: String? = nil, connection: String? = nil, otherConnections: [String] = [],
        label: CaseLabel, outcomeGroup: String? = nil, direction: Benefit? = nil, mechanism: Mechanism? = nil,
        isDecidable: Bool = true, rationale: String? = nil
    ) {
        self.id = id
        self.city = city
        self.department = department
        self.content = content
        self.date = date
        self.language = language
        self.source = source
        self.connection = connection
        self.otherConnections = otherConnections
        self.label = label
        self.outcomeGroup = outcomeGroup ?? id
        self.direction = direction
        self.mechanism = mechanism
        self.isDecidable = isDecidable
        self.rationale = rationale
    }

    /// The passage; nil for an event.
    public var text: String? {
        guard case .text(let text) = content else { return nil }
        return text
    }

    /// All connections that are right; empty where the case names none.
    public var rightConnections: [String] { (connection.map { [$0] } ?? []) + otherConnections }
}
