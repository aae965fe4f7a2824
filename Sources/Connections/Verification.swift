public import Primitives

/// Why a row does not count as verified.
public enum VerificationGap: Sendable, Hashable {
    /// Its status is `unverified` or `proposed`.
    case status(ConnectionStatus)
    /// The row says `verified: false`.
    case markedUnverified
    /// Nobody verified it, or `verified_on` is missing.
    case nobodyVerified
    /// The person who edited it last verified it too.
    case samePerson
    /// Neither `since` nor `attested_from` is known.
    case noStart

    /// The gap in words.
    public var explanation: String {
        switch self {
        case .status(let status): "its status is \(status.rawValue)"
        case .markedUnverified: "it says verified: false"
        case .nobodyVerified: "nobody verified it (verified_by and verified_on)"
        case .samePerson: "the person who edited it verified it too"
        case .noStart: "no start is known (since or attested_from)"
        }
    }
}

extension Connection {
    /// Why the row does not count as verified; empty where it does.
    ///
    /// Verified means that a second person looked: `verified_by` is another than `edited_by`, with a date. Data
    /// compiled by others carries `verified: true` and neither name, and is taken at its word. METHOD, section 3,
    /// steps 3 and 4.
    public var verificationGaps: [VerificationGap] {
        var gaps: [VerificationGap] = []
        if status == .unverified || status == .proposed { gaps.append(.status(status)) }
        if verified == false {
            gaps.append(.markedUnverified)
        } else if let verifiedBy, verifiedOn != nil {
            if let editedBy, Connection.isSame(verifiedBy, editedBy) { gaps.append(.samePerson) }
        } else if verified != true || verifiedBy != nil || editedBy != nil {
            gaps.append(.nobodyVerified)
        }
        if since == nil && attestedFrom == nil { gaps.append(.noStart) }
        return gaps
    }

    /// True where nothing keeps the row from giving evidence better than circumstantial.
    public var isVerified: Bool { verificationGaps.isEmpty }

    /// The days on which the connection held: from the first day of `since` (else of `attested_from`) to the last day
    /// of `until`.
    public var period: ValidityPeriod {
        ValidityPeriod(from: (since ?? attestedFrom)?.first, until: until?.last)
    }

    /// Whether the connection held on a day.
    public func validity(on day: CivilDate) -> Validity {
        period.validity(on: day)
    }

    private static func isSame(_ left: String, _ right: String) -> Bool {
        left.lowercased().filter { !$0.isWhitespace } == right.lowercased().filter { !$0.isWhitespace }
    }
}
