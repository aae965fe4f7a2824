public import Primitives

/// The kinds of ties that a city has abroad.
public enum ConnectionType: String, Sendable, CaseIterable {
    /// A city twinned by agreement, without an end in view.
    case sisterCity = "sister_city"
    /// A city with a looser tie than a sister city's.
    case friendshipCity = "friendship_city"
    /// A network of cities, such as C40, Strong Cities, the Mayors Migration Council or U20.
    case network
    /// A memorandum of understanding or another agreement on its own.
    case agreement
    /// An exchange of people or practice that is run as a programme.
    case exchangeProgramme = "exchange_programme"
    /// A consulate or embassy.
    case consulate
    /// An organisation of people with roots in another country.
    case diasporaOrganisation = "diaspora_org"
    /// A business in the city with an owner abroad.
    case foreignOwnedBusiness = "foreign_owned_business"
    /// An international organisation, between states or not.
    case internationalOrganisation = "international_org"
    /// A trade office, of the city abroad or of another place in the city.
    case tradeOffice = "trade_office"
}

/// How a connection stands, by the word of the office that owns the registry.
public enum ConnectionStatus: String, Sendable, CaseIterable {
    /// In force.
    case active
    /// Over; `until` says since when.
    case ended
    /// In force, with nothing happening.
    case dormant
    /// Under discussion; gives circumstantial evidence at most.
    case proposed
    /// Not confirmed; gives circumstantial evidence at most.
    case unverified
}

/// What a name is a name of.
public enum NameKind: String, Sendable, CaseIterable {
    /// Of a place: alone it says nothing of the tie.
    case place
    /// Of an organisation or a programme: it can only mean the partner.
    case organisation
}

/// A name under which a text may speak of a partner.
public struct RegisteredName: Hashable, Sendable {
    /// The name as it is written.
    public var text: String
    /// The country it belongs to (ISO 3166-1 alpha-2); that of the connection where the row states none of its own.
    public var country: String?
    /// The language of the name (BCP 47).
    public var language: String?
    /// What it is a name of, where the row says so; otherwise the kind of connection decides (docs/registry.md).
    public var kind: NameKind?
    /// Words of which one has to stand in the same sentence.
    public var near: [String] = []
    /// Words beside which it is another's name, such as `street`.
    public var notNear: [String] = []

    /// Makes a name.
    public init(_ text: String, country: String? = nil, language: String? = nil, kind: NameKind? = nil) {
        self.text = text
        self.country = country
        self.language = language
        self.kind = kind
    }
}

/// An identifier that departmental records carry and that stands for a connection: a grant number, a venue code.
public struct ConnectionIdentifier: Hashable, Sendable {
    /// The kind of identifier: `agreement`, `grant`, `programme`, `venue`, `partner` or another word of the city's own.
    public var scheme: String
    /// The identifier, compared byte by byte.
    public var id: String
    /// From when records can carry it; nil for always.
    public var from: PartialDate?
    /// Until when records can carry it; nil for no end.
    public var until: PartialDate?
    /// What the identifier goes back to; identifiers of one origin count once. `scheme:id` where the row states none.
    public var origin: String
    /// A remark.
    public var note: String?

    /// Makes an identifier.
    public init(
        scheme: String, id: String, from: PartialDate? = nil, until: PartialDate? = nil, origin: String? = nil,
        note: String? = nil
    ) {
        self.scheme = scheme
        self.id = id
        self.from = from
        self.until = until
        self.origin = origin ?? "\(scheme):\(id)"
        self.note = note
    }
}

/// The document that a connection rests on.
public struct AgreementReference: Hashable, Sendable {
    /// How the city cites it, such as a resolution number.
    public var reference: String?
    /// Where it can be read.
    public var url: String?
    /// When it was signed.
    public var signedOn: PartialDate?

    /// Makes a reference.
    public init(reference: String?, url: String? = nil, signedOn: PartialDate? = nil) {
        self.reference = reference
        self.url = url
        self.signedOn = signedOn
    }
}

/// A city, as far as the registry describes it.
public struct City: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// The state or province it lies in.
    public var state: String?
    /// Its country (ISO 3166-1 alpha-2).
    public var country: String?

    /// Makes a city.
    public init(name: String, state: String? = nil, country: String? = nil) {
        self.name = name
        self.state = state
        self.country = country
    }
}

/// One tie of the city with a partner abroad: a row of the registry, owned by a person.
public struct Connection: Hashable, Sendable {
    /// The id of the connection; rows of one connection that follow one another in time share it.
    public var id: String
    /// The kind of tie.
    public var type: ConnectionType
    /// The partner's name for people.
    public var partner: String
    /// The home city, where one registry serves several.
    public var city: String?
    /// The state of the home city.
    public var state: String?
    /// The partner's country (ISO 3166-1 alpha-2), or nil where it has none.
    public var country: String?
    /// The region of the partner in its country.
    public var partnerRegion: String?
    /// The partner's names; its `partner` name where the row states none.
    public var names: [RegisteredName] = []
    /// Further names: programmes, abbreviations, former names.
    public var aliases: [RegisteredName] = []
    /// The identifiers that stand for it in departmental records.
    public var identifiers: [ConnectionIdentifier] = []
    /// When it began.
    public var since: PartialDate?
    /// When it ended; its last day, month or year.
    public var until: PartialDate?
    /// The earliest date at which a source shows it in use.
    public var attestedFrom: PartialDate?
    /// The day on which the registry came to know this row; nil for always.
    public var recordedOn: CivilDate?
    /// The day from which the registry no longer held this row; nil where it still does.
    public var supersededOn: CivilDate?
    /// How it stands.
    public var status: ConnectionStatus = .active
    /// The office or person in charge.
    public var holder: String?
    /// The departments in its scope, sorted; nil for all of them.
    public var departments: [String]?
    /// Whether the row states a scope, if only that it is all departments.
    public var statesScope = false
    /// The document that it rests on.
    public var agreement: AgreementReference?
    /// Where the facts come from.
    public var sources: [String] = []
    /// What kind of source that is.
    public var sourceQuality: String?
    /// Whether the compiler of the data calls it verified; see `verificationGaps`.
    public var verified: Bool?
    /// Who verified the row.
    public var verifiedBy: String?
    /// When it was verified.
    public var verifiedOn: CivilDate?
    /// Who edited the row last.
    public var editedBy: String?
    /// When it was edited last.
    public var editedOn: CivilDate?
    /// When the office means to look at it again.
    public var reviewOn: CivilDate?
    /// What the city pays for it a year, in US dollars.
    public var annualFeeUSD: Double?
    /// The country (ISO 3166-1 alpha-2) of whoever pays for what comes through it, where that is not the partner's.
    public var fundsFrom: String?
    /// The fields of work that it is about.
    public var fieldsOfWork: [String] = []
    /// A remark.
    public var note: String?
    /// Where the row was copied from.
    public var copiedFrom: String?
    /// The partner's item in Wikidata, such as `Q81033`.
    public var wikidata: String?
    /// The partner's number in GeoNames.
    public var geonames: Int?

    /// Makes an active connection of which nothing else is known.
    public init(id: String, type: ConnectionType, partner: String) {
        self.id = id
        self.type = type
        self.partner = partner
        names = [RegisteredName(partner)]
    }
}
