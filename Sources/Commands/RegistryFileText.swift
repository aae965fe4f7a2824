import YAML

/// A registry file for people, of rows that were imported.
enum RegistryFileText {
    /// The file; its rows in their order.
    static func text(_ rows: [RegistryCells], file: String, city: String?) -> String {
        var text = "# Made of \(file) by `city-attribution registry import`.\n"
        if let city { text += "city:\n  name: \(quoted(city))\n" }
        text += rows.isEmpty ? "connections: []\n" : "connections:\n"
        for row in rows {
            for (place, member) in row.members.enumerated() {
                text += (place == 0 ? "  - " : "    ") + "\(member.key): \(value(member.value))\n"
            }
        }
        return text
    }

    /// A row alone, as JSON.
    static func json(_ row: RegistryCells) -> String {
        "{\(row.members.map { "\(quoted($0.key)): \(value($0.value))" }.joined(separator: ", "))}"
    }

    private static func value(_ value: RegistryCells.Value) -> String {
        switch value {
        case .text(let text): quoted(text)
        case .number(let digits): digits
        case .texts(let texts): "[\(texts.map(quoted).joined(separator: ", "))]"
        case .identifiers(let list):
            "[\(list.map { "{\"scheme\": \(quoted($0.scheme)), \"id\": \(quoted($0.id))}" }.joined(separator: ", "))]"
        }
    }

    /// In double quotes, which JSON and YAML read alike.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 0x20 || YAMLDocument.hasToBeEscaped(scalar.value):
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
