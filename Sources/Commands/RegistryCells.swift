import Connections
import Primitives
import Text
import YAML

/// A row of a spreadsheet as a connection: its keys with their values, in the order of the registry's table.
struct RegistryCells {
    /// A value of a key.
    enum Value: Equatable {
        case text(String)
        case number(String)
        case texts([String])
        /// Schemes and ids.
        case identifiers([(scheme: String, id: String)])

        static func == (left: Value, right: Value) -> Bool { "\(left)" == "\(right)" }
    }

    static let types = ConnectionType.allCases.map(\.rawValue)

    /// The line of the table that it begins on.
    let line: Int
    private var values: [String: Value] = [:]

    init(line: Int) { self.line = line }

    /// True where no cell held anything, as in the rows below a table.
    var isEmpty: Bool { values.isEmpty }

    /// The id, once the row is complete.
    var id: String { text("id") ?? "" }

    /// The keys with their values, in the order of the registry's table.
    var members: [(key: String, value: Value)] {
        RegistryFields.connection.compactMap { field in values[field.name].map { (field.name, $0) } }
    }

    /// Reads the cells of a row.
    /// - Returns: what is wrong with them.
    mutating func read(
        _ cells: [String], _ columns: RegistryColumns, names: [String], file: String, dates: DateForm?
    ) -> [Finding] {
        var findings: [Finding] = []
        for (place, key) in columns.keys.enumerated() {
            let cell = CellText.trimmed(cells[place])
            guard let key, !cell.isEmpty else { continue }
            switch key {
            case .identifier(let scheme): add(scheme, CellText.list(cell))
            case .field(let name):
                if let message = set(name, cell, dates) {
                    findings.append(
                        Finding(file: file, line: line, key: "column \(names[place])", message: message))
                }
            }
        }
        return findings
    }

    /// Fills in what no cell said.
    /// - Parameter ids: the ids that were made so far, and how often.
    mutating func complete(prefix: String, _ arguments: Arguments, _ ids: inout [String: Int]) {
        func fill(_ key: String, _ option: String) {
            if values[key] == nil, let text = arguments[option] { values[key] = .text(text) }
        }
        fill("type", "type")
        fill("edited_by", "edited-by")
        fill("source", "source")
        if values["status"] == nil { values["status"] = .text(values["until"] == nil ? "active" : "ended") }
        if values["id"] == nil {
            let made = "\(prefix):\(text("type") ?? "connection"):\(CellText.slug(text("partner") ?? "partner"))"
            let count = ids[made, default: 0] + 1
            ids[made] = count
            values["id"] = .text(count == 1 ? made : "\(made)-\(count)")
        }
    }

    private func text(_ key: String) -> String? {
        guard case .text(let text) = values[key] else { return nil }
        return text
    }

    private mutating func add(_ scheme: String, _ ids: [String]) {
        var all: [(scheme: String, id: String)] = []
        if case .identifiers(let known) = values["identifiers"] { all = known }
        all += ids.map { (scheme: scheme, id: $0) }
        values["identifiers"] = .identifiers(all)
    }

    /// Takes a cell; what was expected, where it is none of it.
    private mutating func set(_ key: String, _ cell: String, _ dates: DateForm?) -> String? {
        switch key {
        case "since", "until", "attested_from", "verified_on", "edited_on", "review_on":
            guard let date = RegistryCells.date(cell, dates) else {
                return
                    "expected a date as YYYY, YYYY-MM or YYYY-MM-DD; of dates with / say which is first, with --dates"
            }
            values[key] = .text(date)
        case "country", "funds_from":
            var reader = CountryReader()
            let country = Array(cell.utf8).withUnsafeBytes { reader.country($0) }
            guard let country else { return "expected a country, by its name or its code of ISO 3166-1" }
            values[key] = .text(String(decoding: country.alpha2, as: UTF8.self))
        case "type":
            guard let type = RegistryCells.type(cell) else {
                return "expected one of \(RegistryCells.types.joined(separator: ", "))"
            }
            values[key] = .text(type)
        case "status":
            guard let status = ConnectionStatus(rawValue: CellText.folded(cell)) else {
                return "expected one of \(ConnectionStatus.allCases.map(\.rawValue).joined(separator: ", "))"
            }
            values[key] = .text(status.rawValue)
        case "annual_fee_usd":
            guard let amount = Double(cell.filter { $0 != "," && $0 != "$" && $0 != " " }), amount >= 0 else {
                return "expected an amount in US dollars such as 12000.50"
            }
            values[key] = .number("\(amount)")
        case "names", "aliases": values[key] = .texts(CellText.list(cell))
        case "departments", "fields_of_work":
            let words = CellText.list(cell.replacing(",", with: ";")).map { CellText.slug($0) }
            values[key] = words == ["all"] ? .text("all") : .texts(words)
        default: values[key] = .text(cell)
        }
        return nil
    }

    private static func date(_ cell: String, _ form: DateForm?) -> String? {
        if PartialDate(cell) != nil { return cell }
        let bytes = Array(cell.utf8)
        return bytes.withUnsafeBytes { bytes in
            DateForm.iso.read(bytes)?.day.description ?? form.flatMap { $0.read(bytes)?.day.description }
        }
    }

    /// The kind of tie that a cell means.
    private static func type(_ cell: String) -> String? {
        let words = CellText.folded(cell)
        let plain = words.split(separator: " ").joined(separator: "_")
        if ConnectionType(rawValue: plain) != nil { return plain }
        return typeWords[words]?.rawValue
    }

    private static let typeWords: [String: ConnectionType] = [
        "sister cities": .sisterCity, "twin city": .sisterCity, "twin town": .sisterCity, "ciudad hermana": .sisterCity,
        "hermanamiento": .sisterCity, "friendship": .friendshipCity, "ciudad amiga": .friendshipCity,
        "city network": .network, "red": .network, "red de ciudades": .network, "mou": .agreement,
        "memorandum of understanding": .agreement, "convenio": .agreement, "acuerdo": .agreement,
        "exchange": .exchangeProgramme, "exchange program": .exchangeProgramme, "programa": .exchangeProgramme,
        "embassy": .consulate, "consulado": .consulate, "diaspora": .diasporaOrganisation,
        "diaspora organization": .diasporaOrganisation, "diaspora organisation": .diasporaOrganisation,
        "organizacion de la diaspora": .diasporaOrganisation, "business": .foreignOwnedBusiness,
        "foreign owned business": .foreignOwnedBusiness, "empresa": .foreignOwnedBusiness,
        "international organization": .internationalOrganisation,
        "international organisation": .internationalOrganisation, "organismo internacional": .internationalOrganisation,
        "trade office": .tradeOffice, "oficina comercial": .tradeOffice,
    ]
}

extension CellText {
    /// A text as a word of an id: `São Paulo` is `sao-paulo`.
    static func slug(_ text: String) -> String {
        let words = folded(text).split(separator: " ")
        return words.isEmpty ? "x" : words.joined(separator: "-")
    }
}
