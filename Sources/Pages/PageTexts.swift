/// The texts of the pages in one language: lines `key = text` of a built-in file, with `{name}` for what is put in.
struct PageTexts: Sendable {
    /// The language.
    let language: PageLanguage
    /// The texts by key.
    let texts: [String: String]

    static let english = PageTexts(.english, PackageResources.english_txt)
    static let spanish = PageTexts(.spanish, PackageResources.spanish_txt)

    /// The texts of a language.
    static func of(_ language: PageLanguage) -> PageTexts { language == .english ? english : spanish }

    init(_ language: PageLanguage, _ file: [UInt8]) {
        self.language = language
        var texts: [String: String] = [:]
        for line in String(decoding: file, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
            guard let sign = line.firstRange(of: " = ") else { continue }
            texts[String(line[..<sign.lowerBound])] = String(line[sign.upperBound...])
        }
        self.texts = texts
    }

    /// A text; a key that there is none for stands for itself in brackets, which the tests look for.
    subscript(key: String) -> String { texts[key] ?? "⟦\(key)⟧" }

    /// A text, or nil where there is none.
    func known(_ key: String) -> String? { texts[key] }

    /// A text with other texts put into it.
    func callAsFunction(_ key: String, _ values: KeyValuePairs<String, String>) -> String {
        filled(self[key], values.map { ($0.key, $0.value) }) { $0 }
    }

    /// A text with pieces of HTML put into it.
    func html(_ key: String, _ values: KeyValuePairs<String, HTML> = [:]) -> HTML {
        HTML(made: filled(HTML(self[key]).text, values.map { ($0.key, $0.value.text) }) { $0 })
    }

    /// The form of a key for a number of things: `key.one` or `key.other`.
    func form(_ key: String, _ count: Int64) -> String { key + (count == 1 ? ".one" : ".other") }

    private func filled(_ text: String, _ values: [(String, String)], _ shown: (String) -> String) -> String {
        guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open]
            let name = rest[rest.index(after: open)..<close]
            result += values.first { $0.0 == name }?.1 ?? String(rest[open...close])
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    /// `a, b and c`.
    func list(_ parts: [HTML]) -> HTML {
        guard parts.count > 1, let last = parts.last else { return parts.first ?? .empty }
        return Array(parts.dropLast()).joined(", ") + HTML(" \(joint(before: last)) ") + last
    }

    /// `and`; in Spanish `e` before the sound of i.
    private func joint(before html: HTML) -> String {
        guard language == .spanish else { return self["and"] }
        // The word is read past its markup.
        var word = html.text[...]
        while word.hasPrefix("<"), let end = word.firstIndex(of: ">") { word = word[word.index(after: end)...] }
        let start = word.prefix(3).lowercased()
        let isI = start.hasPrefix("i") || start.hasPrefix("í") || (start.hasPrefix("hi") && start != "hie")
        return isI ? "e" : self["and"]
    }
}
