import JSON
import Primitives
import Text
public import YAML

/// Reading of profiles (schemas/profile.schema.json). Everything that is wrong with a file is found in one pass.
public enum ProfileFile {
    /// The profile in a file.
    ///
    /// - Parameters:
    ///   - bytes: the content of the file.
    ///   - file: its name, for the findings.
    /// - Returns: the profile, or nil with at least one error among the findings.
    public static func read(_ bytes: [UInt8], file: String) -> (profile: Profile?, findings: [Finding]) {
        let (document, reader) = FieldReader.open(bytes, file: file, fields)
        guard let document else { return (nil, reader.findings) }
        var builder = ProfileBuilder(reader: reader)
        let profile = builder.profile(document, digest: Hexadecimal.text(SHA256.digest(of: bytes)))
        return (builder.reader.hasErrors ? nil : profile, builder.reader.findings)
    }

    /// The most conditions of a profile.
    public static let conditionsMax = 64
    /// The most columns of a row.
    public static let columnsMax = 1000
    /// The body of messages that hold a row of CSV each.
    static let rowBody = "csv-row"
    /// The most parts of a composite key.
    public static let keyPartsMax = 8

    /// The keys of a profile.
    public static let fields: [FieldSpec] = [
        FieldSpec("profile", .text, required: true, summary: "The name of the profile."),
        FieldSpec("version", .integer(1...1), required: true, summary: "The version of this format."),
        FieldSpec("description", .text, summary: "What the profile reads, for people."),
        FieldSpec("system", .text, required: true, summary: "The sending system; a part of every outcome key."),
        FieldSpec(
            "envelope", .enumeration(Profile.Envelope.allCases.map(\.rawValue)), required: true,
            summary: "How an event is wrapped."),
        FieldSpec(
            "body", .enumeration(["json", rowBody]), summary: "What a message holds; json where it is left out."),
        FieldSpec("columns", .list(.text), summary: "Of `csv-row`: the names of the columns, in their order."),
        FieldSpec("files", .mapping(files), summary: "How files of the department become events."),
        FieldSpec("strict", .boolean, summary: "Whether events that hold a field of the deny list are refused."),
        FieldSpec("timezone", .text, summary: "Where the department's clocks are, such as America/Chicago."),
        FieldSpec("when", .list(.mapping(condition)), summary: "What must hold for an event to be an outcome."),
        FieldSpec(
            "victimServices", .list(.mapping(condition)),
            summary: "What marks an event of a victim service provider: it is dropped."),
        FieldSpec(
            "outcome",
            .mapping(
                OutcomeField.allCases.map { FieldSpec($0.rawValue, source, required: $0.isRequired) } + [
                    FieldSpec("groupCounts", .table(source), summary: "People by group, a source for each.")
                ]),
            required: true, summary: "The fields of the outcome."),
        FieldSpec("references", .list(.mapping(reference)), summary: "Identifiers that the event refers to."),
        FieldSpec("named", .list(.mapping(named)), summary: "Partners that the event names."),
        FieldSpec(
            "search", .list(path), summary: "Texts that may be searched; they never leave the worker."),
    ]

    private static let path = FieldSpec.Kind.form("a path such as $.outcome.type") { text in
        (try? JSONPath(text)) != nil
    }
    private static let source = FieldSpec.Kind.either([
        .mapping([
            FieldSpec("path", .either([path, .list(path)]), summary: "Where the value is."),
            FieldSpec("join", .list(path), summary: "Of `key`: the paths of which the values together are the id."),
            FieldSpec("default", .text, summary: "The value where the path has none."),
            FieldSpec("absent", .either([.anyText, .list(.anyText)]), summary: "Texts that stand for no value."),
            FieldSpec(
                "as", .enumeration(DateForm.allCases.map(\.rawValue) + DecimalText.allCases.map(\.rawValue)),
                summary: "How a date or a number is written."),
            FieldSpec(
                "normalize", .list(.enumeration(TextSteps.names.map(\.name))),
                summary: "What is done to a text before anything else."),
            FieldSpec(
                "map", .either([.table(.text), .enumeration([ValueMap.countriesName])]),
                summary: "Replaces values; others are a fault."),
            FieldSpec("otherwise", .text, summary: "Stands for values that the map does not have."),
            FieldSpec(
                "missing", .enumeration(["skip"]),
                summary: "Of `occurredOn`: an event without a value is skipped, and no fault."),
        ]),
        .list(path), .text,
    ])
    private static let files = [
        FieldSpec("each", path, summary: "The elements of a JSON document that are events."),
        FieldSpec(
            "delimiter", .enumeration([",", ";", "|", "tab"]), summary: "What stands between two fields of CSV."),
        FieldSpec(
            "encoding", .enumeration(["utf-8", "utf-16le", "utf-16be", "windows-1252", "iso-8859-1"]),
            summary: "The encoding of CSV files."),
        FieldSpec("query", .text, summary: "A SELECT over the CSV files of a folder."),
    ]
    private static let condition = [
        FieldSpec("path", path, required: true, summary: "The values that are looked at."),
        FieldSpec("equals", .text, summary: "The text that one of them must be."),
        FieldSpec("in", .list(.text), summary: "The texts of which one of them must be one."),
        FieldSpec("not", .text, summary: "The text that none of them may be."),
        FieldSpec("notIn", .list(.text), summary: "The texts that none of them may be."),
        FieldSpec("exists", .boolean, summary: "Whether there has to be one, or may be none."),
    ]
    private static let reference = [
        FieldSpec("scheme", source, required: true, summary: "The kind of identifier."),
        FieldSpec("id", source, required: true, summary: "The identifier."),
        FieldSpec("mechanism", source, summary: "What the connection did."),
    ]
    private static let named = [
        FieldSpec("name", source, required: true, summary: "The name of the partner."),
        FieldSpec("country", source, summary: "Its country."),
        FieldSpec("mechanism", source, summary: "What the connection did."),
    ]
}

extension TextSteps {
    /// The steps by their names in a profile.
    static let names: [(name: String, step: TextSteps)] = [
        ("trim", .trim), ("collapse", .collapse), ("lower", .lowerCase), ("upper", .upperCase), ("fold", .caseFold),
        ("nfc", .nfc),
    ]
}
