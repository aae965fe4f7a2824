import Connections
import Indicators
import Releases

/// What departments, outcomes, countries and connections are called in a language.
struct NameTable: Sendable {
    let texts: PageTexts
    let connections: [String: ReleasedConnection]

    private static let countries: [Substring: (english: String, spanish: String)] = {
        var countries: [Substring: (english: String, spanish: String)] = [:]
        for line in String(decoding: PackageResources.countries_txt, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: "|")
            guard parts.count == 3, !line.hasPrefix("#") else { continue }
            countries[parts[0]] = (String(parts[1]), String(parts[2]))
        }
        return countries
    }()

    /// A department within a sentence.
    func department(_ name: String) -> String { known("department", name) }
    /// A kind of outcome.
    func type(_ name: String) -> String { known("type", name) }
    /// A group of people.
    func group(_ name: String) -> String { known("group", name) }
    /// A kind of tie.
    func tie(_ type: ConnectionType) -> String { texts["tie.\(type.rawValue)"] }

    /// A country by its code; the code itself where it is none.
    func country(_ code: String) -> String {
        guard let names = Self.countries[code[...]] else { return code }
        return texts.language == .english ? names.english : names.spanish
    }

    /// The partner's name; never the bare id where the release knows the connection.
    func partner(_ id: String) -> String { connections[id]?.partner ?? id }

    /// What a value of a dimension is called.
    func value(_ dimension: Dimension, _ value: String) -> String {
        switch dimension {
        case .department, .otherDepartment: department(value)
        case .type: type(value)
        case .group: group(value)
        case .connection: partner(value)
        case .connectionType: ConnectionType(rawValue: value).map(tie) ?? value
        case .country: country(value)
        case .form: known("form", value)
        case .measure: known("measure", value)
        case .district: texts("district.named", ["name": value])
        case .holder: value
        }
    }

    /// What a figure is about: `Housing · District 3`; all where it takes everything.
    func slice(_ slice: Slice) -> String {
        slice.parts.isEmpty
            ? texts["all"] : slice.parts.map { value($0.dimension, $0.value).capitalisedFirst }.joined(separator: " · ")
    }

    private func known(_ kind: String, _ name: String) -> String {
        texts.known("\(kind).\(name)") ?? String(name.map { $0 == "-" || $0 == "_" ? " " : $0 })
    }
}

extension String {
    /// With its first letter in upper case.
    var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
