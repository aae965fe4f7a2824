import Connections
import Primitives

/// Which columns of a spreadsheet are which keys of a connection.
struct RegistryColumns {
    /// What a column is read as.
    enum Key: Hashable {
        case field(String)
        /// An identifier of a scheme.
        case identifier(String)
    }

    /// By the place of the column; nil for those that are left out.
    let keys: [Key?]

    /// The names of the columns that are left out.
    let leftOut: [String]

    /// Keys that one cell can hold.
    static let fields = [
        "id", "type", "partner", "city", "state", "country", "partner_region", "names", "aliases", "since", "until",
        "attested_from", "status", "holder", "departments", "agreement", "source", "verified_by", "verified_on",
        "edited_by", "edited_on", "review_on", "annual_fee_usd", "funds_from", "fields_of_work", "note", "wikidata",
    ]

    /// What offices call the keys, folded, beside the keys themselves.
    private static let words: [String: String] = [
        "name": "partner", "partner name": "partner", "sister city": "partner", "organization": "partner",
        "organisation": "partner", "ciudad": "partner", "ciudad hermana": "partner", "nombre": "partner",
        "socio": "partner", "entidad": "partner", "organizacion": "partner",
        "country code": "country", "nation": "country", "pais": "country",
        "start": "since", "start date": "since", "established": "since", "year": "since", "year established": "since",
        "since year": "since", "desde": "since", "fecha de inicio": "since", "ano": "since",
        "end": "until", "end date": "until", "hasta": "until", "fecha de fin": "until",
        "kind": "type", "category": "type", "connection type": "type", "tipo": "type",
        "estado": "status", "estatus": "status", "owner": "holder", "contact office": "holder", "responsable": "holder",
        "department": "departments", "departamento": "departments", "departamentos": "departments",
        "notes": "note", "comments": "note", "notas": "note", "observaciones": "note", "comentarios": "note",
        "sources": "source", "url": "source", "link": "source", "fuente": "source", "alias": "aliases",
        "also known as": "aliases", "topics": "fields_of_work", "fields of work": "fields_of_work",
        "areas": "fields_of_work", "temas": "fields_of_work", "region": "partner_region",
    ]

    /// Finds the keys of columns.
    /// - Parameter asked: `COLUMN=KEY` of the command line, with commas between; nil for none.
    init(_ columns: [String], asked: String?) throws(CommandFailure) {
        var stated: [String: Key] = [:]
        for pair in (asked ?? "").split(separator: ",") {
            let sides = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard sides.count == 2, columns.contains(sides[0]) else {
                throw .usage("--map: expected COLUMN=KEY with a column of the file: \(columns.joined(separator: ", "))")
            }
            guard let key = RegistryColumns.key(sides[1]) else {
                let near = NearestName.of(sides[1], in: RegistryColumns.fields).map { "; did you mean \($0)?" } ?? ""
                throw .usage(
                    "--map: \(sides[1]) is no key: expected identifiers.SCHEME or one of "
                        + RegistryColumns.fields.joined(separator: ", ") + near)
            }
            stated[sides[0]] = key
        }
        let taken = Set(stated.values)
        var used = taken
        keys = columns.map { column in
            if let key = stated[column] { return key }
            // Of two columns with one meaning the first counts, and what is stated before what is guessed.
            guard let key = RegistryColumns.guess(column), used.insert(key).inserted else { return nil }
            return key
        }
        leftOut = zip(columns, keys).filter { $0.1 == nil }.map(\.0)
    }

    private static func key(_ text: String) -> Key? {
        if fields.contains(text) { return .field(text) }
        let scheme = text.hasPrefix("identifiers.") ? text.dropFirst("identifiers.".count) : ""
        return scheme.isEmpty ? nil : .identifier(String(scheme))
    }

    private static func guess(_ column: String) -> Key? {
        let folded = CellText.folded(column)
        let field = folded.split(separator: " ").joined(separator: "_")
        return fields.contains(field) ? .field(field) : words[folded].map { .field($0) }
    }
}

/// Texts of cells, and names of columns.
enum CellText {
    /// Lower case, without accents, with one space for whatever is neither a letter nor a digit.
    static func folded(_ text: String) -> String {
        let marks: [Character: Character] = ["á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u", "ü": "u", "ñ": "n"]
        let plain = text.lowercased().map { marks[$0] ?? $0 }
        return String(plain).split { !($0.isLetter || $0.isNumber) }.joined(separator: " ")
    }

    /// The parts of a cell that holds a list, with semicolons or line ends between.
    static func list(_ text: String) -> [String] {
        text.split { $0 == ";" || $0.isNewline }.map(trimmed).filter { !$0.isEmpty }
    }

    /// Without white space at its ends.
    static func trimmed(_ text: some StringProtocol) -> String {
        var rest = Substring(text)
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}
