public import YAML

/// The file format of the registry: the one table that the reader, its messages and its documentation come from.
public enum RegistryFields {
    /// The keys of a registry file.
    public static let file: [FieldSpec] = [
        FieldSpec("version", .text, summary: "the version of the list, in the office's own counting"),
        FieldSpec("note", .text, summary: "a remark about the list"),
        FieldSpec("city", .mapping(city), summary: "the city that the registry belongs to"),
        FieldSpec("connections", .list(.mapping(connection)), summary: "the connections"),
        FieldSpec("activities", .list(.mapping(activity)), summary: "the office's log"),
        FieldSpec("negative_facts", .list(.mapping(negativeFact)), summary: "what is known not to be a connection"),
    ]

    /// The keys of `city`.
    public static let city: [FieldSpec] = [
        FieldSpec("name", .text, required: true, summary: "its name"),
        FieldSpec("state", .text, summary: "the state or province"),
        FieldSpec("country", country, summary: "ISO 3166-1 alpha-2"),
        FieldSpec("wikidata", wikidata, summary: "its item in Wikidata"),
        FieldSpec("geonames", .integer(1...Int.max), summary: "its number in GeoNames"),
        FieldSpec("note", .text, summary: "a remark"),
    ]

    /// The keys of a connection.
    public static let connection: [FieldSpec] = [
        FieldSpec("id", id, required: true, summary: "a lasting id such as pm:network:c40"),
        FieldSpec("type", words(ConnectionType.allCases), required: true, summary: "the kind of tie"),
        FieldSpec("partner", .text, required: true, summary: "the partner's name for people"),
        FieldSpec("city", .text, summary: "the home city, where one file serves several"),
        FieldSpec("state", .text, summary: "the state of the home city"),
        FieldSpec("country", country, summary: "the partner's country, ISO 3166-1 alpha-2; null for none"),
        FieldSpec("partner_region", .text, summary: "the partner's region in its country"),
        FieldSpec("names", names, summary: "names that a text may use; partner where left out"),
        FieldSpec("aliases", names, summary: "further names: programmes, abbreviations, former names"),
        FieldSpec("identifiers", .list(.mapping(identifier)), summary: "identifiers in departmental records"),
        FieldSpec("since", partialDate, summary: "when it began"),
        FieldSpec("since_precision", precision, summary: "must agree with since"),
        FieldSpec("until", partialDate, summary: "when it ended"),
        FieldSpec("until_precision", precision, summary: "must agree with until"),
        FieldSpec("attested_from", partialDate, summary: "the earliest date at which a source shows it in use"),
        FieldSpec("recorded_on", .date, summary: "when the registry came to know this row"),
        FieldSpec("superseded_on", .date, summary: "when the registry stopped holding this row"),
        FieldSpec("status", words(ConnectionStatus.allCases), required: true, summary: "how it stands"),
        FieldSpec("holder", .text, summary: "the office or person in charge"),
        FieldSpec("departments", .either([.enumeration(["all"]), .list(word)]), summary: "its scope; all by default"),
        FieldSpec("agreement", .either([.text, .mapping(agreement)]), summary: "the document it rests on"),
        FieldSpec("source", texts, summary: "where the facts come from"),
        FieldSpec("source_quality", .text, summary: "what kind of source that is"),
        FieldSpec("verified", .boolean, summary: "for data compiled by others"),
        FieldSpec("verified_by", .text, summary: "who verified the row; another person than edited_by"),
        FieldSpec("verified_on", .date, summary: "when it was verified"),
        FieldSpec("edited_by", .text, summary: "who edited the row last"),
        FieldSpec("edited_on", .date, summary: "when it was edited last"),
        FieldSpec("review_on", .date, summary: "when to look at it again"),
        FieldSpec("annual_fee_usd", amount, summary: "what the city pays a year, in US dollars"),
        FieldSpec(
            "funds_from", country, summary: "the country that pays for what comes through; the partner's by default"),
        FieldSpec("fields_of_work", .list(word), summary: "what it is about"),
        FieldSpec("note", .text, summary: "a remark"),
        FieldSpec("copied_from", .text, summary: "where the row was copied from"),
        FieldSpec("wikidata", wikidata, summary: "the partner's item in Wikidata"),
        FieldSpec("geonames", .integer(1...Int.max), summary: "the partner's number in GeoNames"),
    ]

    /// The keys of an activity.
    public static let activity: [FieldSpec] = [
        FieldSpec("id", id, required: true, summary: "a lasting id"),
        FieldSpec("connection", id, summary: "the id of the connection; only a need may stand without"),
        FieldSpec("kind", words(ActivityKind.allCases), required: true, summary: "what was done"),
        FieldSpec("on", .date, required: true, summary: "the day"),
        FieldSpec("department", word, summary: "the department it was done with or for"),
        FieldSpec("field_of_work", word, summary: "what it was about"),
        FieldSpec("two_way", .boolean, summary: "whether both sides acted"),
        FieldSpec("staff_hours", amount, summary: "hours of the city's staff"),
        FieldSpec("cost_usd", amount, summary: "cash spent by the city, in US dollars"),
        FieldSpec("origin", .text, summary: "what the entry goes back to"),
        FieldSpec("recorded_on", .date, summary: "when it was logged; the day itself by default"),
        FieldSpec("note", .text, summary: "a remark"),
    ]

    /// The keys of an identifier.
    public static let identifier: [FieldSpec] = [
        FieldSpec("scheme", word, required: true, summary: "agreement, grant, programme, venue, partner …"),
        FieldSpec("id", key, required: true, summary: "as departmental records write it"),
        FieldSpec("from", partialDate, summary: "from when records can carry it"),
        FieldSpec("until", partialDate, summary: "until when records can carry it"),
        FieldSpec("origin", key, summary: "what it goes back to; scheme:id by default"),
        FieldSpec("note", .text, summary: "a remark"),
    ]

    private static let negativeFact: [FieldSpec] = [
        FieldSpec("claim", .text, required: true, summary: "what is sometimes said"),
        FieldSpec("truth", .text, summary: "what holds"),
        FieldSpec("source", texts, summary: "how that is known"),
        FieldSpec("note", .text, summary: "a remark"),
    ]

    private static let agreement: [FieldSpec] = [
        FieldSpec("reference", .text, summary: "how the city cites it"),
        FieldSpec("url", .text, summary: "where it can be read"),
        FieldSpec("signed_on", partialDate, summary: "when it was signed"),
    ]

    private static let name: [FieldSpec] = [
        FieldSpec("name", .text, required: true, summary: "the name"),
        FieldSpec("country", country, summary: "its country, where not that of the connection"),
        FieldSpec("language", .form("a language tag such as es", isLanguage), summary: "the language of the name"),
        FieldSpec("kind", words(NameKind.allCases), summary: "what it is a name of, where that is not plain"),
        FieldSpec("near", .list(.text), summary: "words of which one has to stand in the same sentence"),
        FieldSpec("not_near", .list(.text), summary: "words beside which it is another's name"),
    ]

    private static let names: FieldSpec.Kind = .list(.either([.mapping(name), .text]))
    private static let texts: FieldSpec.Kind = .either([.text, .list(.text)])
    private static let amount: FieldSpec.Kind = .number(0...1e12)
    private static let precision: FieldSpec.Kind = words(PartialDate.Precision.allCases)
    private static let partialDate: FieldSpec.Kind = .form(
        "a date as YYYY, YYYY-MM or YYYY-MM-DD", { PartialDate($0) != nil })
    private static let country: FieldSpec.Kind = .form(
        "a country code of ISO 3166-1 alpha-2 such as MX", { CountryCodes.all.contains($0) })
    private static let wikidata: FieldSpec.Kind = .form(
        "an item of Wikidata such as Q975", { $0.first == "Q" && $0.count > 1 && $0.dropFirst().allSatisfy(isDigit) })
    private static let id: FieldSpec.Kind = .form(
        "an id of at most 128 bytes, of letters, digits and : . _ -", isID)
    private static let key: FieldSpec.Kind = .form(
        "a text of at most 256 bytes without control characters", isKey)
    private static let word: FieldSpec.Kind = .form(
        "a word of at most 64 small letters, digits, _ and -, such as health", isWord)

    private static func words<Value: RawRepresentable<String>>(_ values: [Value]) -> FieldSpec.Kind {
        .enumeration(values.map(\.rawValue))
    }
}

/// The forms that texts of the registry have; none of them needs an escape in JSON but `isKey`.
private func isDigit(_ character: Character) -> Bool {
    character.isASCII && character.isNumber
}

private func isID(_ text: String) -> Bool {
    (1...128).contains(text.utf8.count)
        && text.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || ":._-".unicodeScalars.contains(scalar)
                || scalar.properties.canonicalCombiningClass != .notReordered
        }
}

private func isKey(_ text: String) -> Bool {
    (1...256).contains(text.utf8.count) && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
}

private func isWord(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
        && text.utf8.allSatisfy { $0 &- 97 < 26 || $0 &- 48 < 10 || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
}

private func isLanguage(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard (2...3).contains(parts[0].utf8.count), parts[0].utf8.allSatisfy({ $0 &- 97 < 26 }) else { return false }
    return parts.allSatisfy { part in
        (1...8).contains(part.utf8.count) && part.utf8.allSatisfy { $0 &- 48 < 10 || ($0 | 0x20) &- 97 < 26 }
    }
}
