public import Primitives

/// Why a row does not count as verified.
public enum VerificationGap: Sendable, Hashable {
    /// Its status is `unverified` or `proposed`.
    case status(ConnectionStatus)
    /// The row says `verified: false`.
    case markedUnverified
    /// Nobody verified it, or `verified_on` is missing.
    case nobodyVerified
    /// Nobody says who edited it, so that nobody can say that another verified it.
    case nobodyEdited
    /// The person who edited it last verified it too.
    case samePerson
    /// It was edited after it was verified.
    case editedSince(CivilDate)
    /// Neither `since` nor `attested_from` is known.
    case noStart

    /// The gap in words.
    public var explanation: String {
        switch self {
        case .status(let status): "its status is \(status.rawValue)"
        case .markedUnverified: "it says verified: false"
        case .nobodyVerified: "nobody verified it (verified_by and verified_on)"
        case .nobodyEdited:
            "nobody says who edited it (edited_by), so that a second person cannot be told from the first"
        case .samePerson: "the person who edited it verified it too"
        case .editedSince(let day): "it was edited on \(day), after it was verified; have it verified again"
        case .noStart: "no start is known (since or attested_from)"
        }
    }
}

extension Connection {
    /// Why the row does not count as verified; empty where it does.
    ///
    /// Verified means that a second person looked, and nobody has changed it since: `verified_by` is another than
    /// `edited_by`, with a date that does not lie before `edited_on`. Data compiled by others carries `verified: true`
    /// and neither name, and is taken at its word. METHOD, section 3, steps 3 and 4.
    public var verificationGaps: [VerificationGap] {
        var gaps: [VerificationGap] = []
        if status == .unverified || status == .proposed { gaps.append(.status(status)) }
        if verified == false {
            gaps.append(.markedUnverified)
        } else if let verifiedBy, let verifiedOn {
            guard let editedBy else { return gaps + [.nobodyEdited] + startGaps }
            if Connection.isSame(verifiedBy, editedBy) { gaps.append(.samePerson) }
            if let editedOn, verifiedOn < editedOn { gaps.append(.editedSince(editedOn)) }
        } else if verified != true || verifiedBy != nil || editedBy != nil {
            gaps.append(.nobodyVerified)
        }
        return gaps + startGaps
    }

    private var startGaps: [VerificationGap] { since == nil && attestedFrom == nil ? [.noStart] : [] }

    /// True where the row says `verified: true` and not who looked, and is taken at its word.
    public var isVerifiedByWord: Bool { verified == true && verifiedBy == nil && editedBy == nil }

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
