/// The indicators, as the method numbers them (docs/indicators.md).
public enum Indicator: String, Sendable, CaseIterable {
    /// Distinct outcomes decided `enabled` or `contributed` on T1 or T2 evidence.
    case attributedOutcomes = "K01"
    /// The departments' own counts of people over K01; never summed across departments.
    case residentsReached = "K02"
    /// K01 of all outcomes that were received of a department and a type.
    case shareOfSuccess = "K03"
    /// The credit of connections over K01, in outcomes.
    case creditedOutcomes = "K04"
    /// The credit that the city's own effort keeps, of K01.
    case domesticShare = "K05"
    /// Money from providers abroad on K01 outcomes, given as money and in kind apart.
    case foreignFunds = "K06"
    /// Programme cost over K04.
    case costPerCreditedOutcome = "K07"
    /// Median days from a department's logged need to the first introduction.
    case timeToPartner = "K08"
    /// Median days from introduction or agreement to the first K01 outcome.
    case timeToOutcome = "K09"
    /// Connections valid from within the period with an agreement reference.
    case connectionsBuilt = "K10"
    /// Active connections with a two-way contact in 12 months, of all active ones.
    case connectionsMaintained = "K11"
    /// Active connections with an owner, a scope and a review date not past, of all active ones.
    case connectionsManaged = "K12"
    /// Connections with K01 outcomes in two or more departments, of those with any.
    case connectionsCoordinated = "K13"
    /// Connections active for 24 months with neither contact nor K01 outcome in them, of those active for so long.
    case dormantConnections = "K14"
    /// Memberships in networks with a K01 outcome in 24 months, of all memberships.
    case networkActivity = "K15"
    /// A group's share of K02 over its share of the department's clients.
    case equityLens = "K16"
    /// Outcomes that partners report for their own residents; self-reported, never added.
    case outboundContribution = "K17"
    /// Reviewed claims that were upheld; the rate of abstention; the share of claims that rest on one source.
    case claimQuality = "K18"

    /// Its name for people.
    public var title: String {
        switch self {
        case .attributedOutcomes: "Attributed outcomes"
        case .residentsReached: "Residents reached"
        case .shareOfSuccess: "Share of a department's success"
        case .creditedOutcomes: "Credit-weighted outcomes"
        case .domesticShare: "Domestic share"
        case .foreignFunds: "Foreign funds leveraged"
        case .costPerCreditedOutcome: "Cost per credited outcome"
        case .timeToPartner: "Time to partner"
        case .timeToOutcome: "Time to outcome"
        case .connectionsBuilt: "Connections built"
        case .connectionsMaintained: "Connections maintained"
        case .connectionsManaged: "Connections managed"
        case .connectionsCoordinated: "Connections coordinated"
        case .dormantConnections: "Dormant connections"
        case .networkActivity: "Network activity"
        case .equityLens: "Equity lens"
        case .outboundContribution: "Outbound contribution"
        case .claimQuality: "Claim quality"
        }
    }

    /// What its values are amounts of.
    public var unit: IndicatorUnit {
        switch self {
        case .attributedOutcomes, .outboundContribution: .outcomes
        case .creditedOutcomes: .creditedOutcomes
        case .residentsReached: .people
        case .shareOfSuccess, .domesticShare, .connectionsMaintained, .connectionsManaged, .connectionsCoordinated,
            .dormantConnections, .networkActivity, .claimQuality:
            .percent
        case .foreignFunds, .costPerCreditedOutcome: .usd
        case .timeToPartner, .timeToOutcome: .days
        case .connectionsBuilt: .connections
        case .equityLens: .ratio
        }
    }
}

/// What a figure is an amount of. Values of `percent` are shares from 0 to 1 until they are shown.
public enum IndicatorUnit: String, Sendable, CaseIterable {
    case outcomes
    case creditedOutcomes = "credited outcomes"
    case people
    case percent = "%"
    case usd = "USD"
    case days
    case connections
    case ratio

    /// The decimals that it is shown with.
    public var places: Int {
        switch self {
        case .outcomes, .people, .connections: 0
        case .creditedOutcomes: 4
        case .percent, .usd: 2
        case .days: 1
        case .ratio: 3
        }
    }

    /// What a figure is an amount of: the indicator's unit, but for a fee per outcome (K15).
    public static func of(_ indicator: Indicator, _ slice: Slice) -> IndicatorUnit {
        indicator == .networkActivity && slice[.measure] == "fee per outcome" ? .usd : indicator.unit
    }

    /// An amount as it is shown: a share as so many per cent.
    public func text(_ quantity: Quantity) -> String {
        guard self == .percent else { return quantity.decimal(places: places) }
        let (hundredfold, isLarge) = quantity.numerator.multipliedReportingOverflow(by: 100)
        // Above 9e16 the last digits of the denominator show in no decimal.
        let percent =
            isLarge
            ? Quantity(quantity.numerator, over: max(1, quantity.denominator / 100))
            : Quantity(hundredfold, over: quantity.denominator)
        return (percent ?? quantity).decimal(places: places)
    }
}
