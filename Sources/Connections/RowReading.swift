import Primitives
import YAML

extension Connection {
    /// The row of a mapping that has been checked; nil where what makes a row is missing.
    init?(_ node: YAMLNode) {
        guard let id = node.text("id"), let type = node.text("type").flatMap(ConnectionType.init(rawValue:)),
            let partner = node.text("partner")
        else { return nil }
        self.init(id: id, type: type, partner: partner)
        city = node.text("city")
        state = node.text("state")
        country = node.text("country")
        partnerRegion = node.text("partner_region")
        let given = RegisteredName.list(node["names"], country: country)
        names = given.isEmpty ? [RegisteredName(partner, country: country)] : given
        aliases = RegisteredName.list(node["aliases"], country: country)
        identifiers = (node["identifiers"]?.items ?? []).compactMap(ConnectionIdentifier.init)
        since = node.partialDate("since")
        until = node.partialDate("until")
        attestedFrom = node.partialDate("attested_from")
        recordedOn = node["recorded_on"]?.date
        supersededOn = node["superseded_on"]?.date
        status = node.text("status").flatMap(ConnectionStatus.init(rawValue:)) ?? .unverified
        holder = node.text("holder")
        if let scope = node["departments"], case .sequence = scope.content {
            departments = Set(scope.texts).sorted()
        }
        statesScope = node["departments"].map { !$0.isNull } ?? false
        agreement = node["agreement"].flatMap(AgreementReference.init)
        sources = node["source"]?.texts ?? []
        sourceQuality = node.text("source_quality")
        readOwnership(node)
        annualFeeUSD = node["annual_fee_usd"]?.number
        fundsFrom = node.text("funds_from")
        fieldsOfWork = node["fields_of_work"]?.texts ?? []
        note = node.text("note")
        copiedFrom = node.text("copied_from")
        wikidata = node.text("wikidata")
        geonames = node["geonames"]?.integer
    }

    private mutating func readOwnership(_ node: YAMLNode) {
        verified = node["verified"]?.boolean
        verifiedBy = node.text("verified_by")
        verifiedOn = node["verified_on"]?.date
        editedBy = node.text("edited_by")
        editedOn = node["edited_on"]?.date
        reviewOn = node["review_on"]?.date
    }
}

extension Activity {
    /// The entry of a mapping that has been checked; nil where what makes an entry is missing.
    init?(_ node: YAMLNode) {
        guard let id = node.text("id"), let kind = node.text("kind").flatMap(ActivityKind.init(rawValue:)),
            let day = node["on"]?.date
        else { return nil }
        self.init(id: id, connection: node.text("connection"), kind: kind, on: day)
        department = node.text("department")
        fieldOfWork = node.text("field_of_work")
        isTwoWay = node["two_way"]?.boolean
        staffHours = node["staff_hours"]?.number
        costUSD = node["cost_usd"]?.number
        origin = node.text("origin") ?? origin
        recordedOn = node["recorded_on"]?.date ?? recordedOn
        note = node.text("note")
    }
}

extension RegisteredName {
    /// The names of a list of texts or of mappings.
    static func list(_ node: YAMLNode?, country: String?) -> [RegisteredName] {
        (node?.items ?? []).compactMap { item in
            if let text = item.scalar { return RegisteredName(text, country: country) }
            guard let text = item.text("name") else { return nil }
            var name = RegisteredName(
                text, country: item.text("country") ?? country, language: item.text("language"),
                kind: item.text("kind").flatMap(NameKind.init(rawValue:)))
            name.near = item["near"]?.texts ?? []
            name.notNear = item["not_near"]?.texts ?? []
            return name
        }
    }
}

extension ConnectionIdentifier {
    init?(_ node: YAMLNode) {
        guard let scheme = node.text("scheme"), let id = node.text("id") else { return nil }
        self.init(
            scheme: scheme, id: id, from: node.partialDate("from"), until: node.partialDate("until"),
            origin: node.text("origin"), note: node.text("note"))
    }
}

extension AgreementReference {
    init?(_ node: YAMLNode) {
        if node.isNull { return nil }
        if let reference = node.scalar {
            self.init(reference: reference)
        } else {
            self.init(
                reference: node.text("reference"), url: node.text("url"), signedOn: node.partialDate("signed_on"))
        }
    }
}

extension City {
    init?(_ node: YAMLNode) {
        guard let name = node.text("name") else { return nil }
        self.init(name: name, state: node.text("state"), country: node.text("country"))
    }
}

extension YAMLNode {
    /// The text of a member that is there and not null.
    func text(_ key: String) -> String? {
        guard let value = self[key], !value.isNull else { return nil }
        return value.scalar
    }

    /// The date of a member, known to the year, month or day.
    func partialDate(_ key: String) -> PartialDate? {
        text(key).flatMap { PartialDate($0) }
    }

    /// The text itself, or the texts of a list.
    var texts: [String] {
        if isNull { return [] }
        return scalar.map { [$0] } ?? items.compactMap(\.scalar)
    }
}
