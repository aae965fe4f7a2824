import JSON

/// A claim that was drawn for review, with what a person says of it.
public struct ReviewRow: Sendable, Hashable {
    /// The claim.
    public let claim: Claim
    /// The probability with which it was drawn, from 0.000000001 to 1.
    public let probability: Double
    /// Whether a person upholds the claim; nil while nobody has said.
    public var isUpheld: Bool?
    /// Who said so.
    public var reviewer: String?
    /// Why.
    public var remark: String?

    /// Makes a row.
    public init(
        _ claim: Claim, probability: Double, isUpheld: Bool? = nil, reviewer: String? = nil, remark: String? = nil
    ) {
        self.claim = claim
        self.probability = probability
        self.isUpheld = isUpheld
        self.reviewer = reviewer
        self.remark = remark
    }

    /// Writes the row and ends its line.
    func write(to writer: inout JSONWriter) {
        func text(_ text: String?) {
            if let text { writer.string(text) } else { writer.null() }
        }
        writer.beginObject()
        writer.key("outcome")
        writer.string(claim.outcome)
        writer.key("connection")
        writer.string(claim.connection)
        writer.key("rule")
        writer.string(claim.rule)
        writer.key("strength")
        writer.number(Double(claim.strength) / 10_000)
        writer.key("origins")
        writer.integer(claim.origins)
        writer.key("event")
        writer.string(claim.event)
        writer.key("stratum")
        writer.string(claim.stratum)
        writer.key("probability")
        writer.number(probability)
        writer.key("upheld")
        if let isUpheld { writer.bool(isUpheld) } else { writer.null() }
        writer.key("reviewer")
        text(reviewer)
        writer.key("remark")
        text(remark)
        writer.endObject()
        writer.newLine()
    }
}
