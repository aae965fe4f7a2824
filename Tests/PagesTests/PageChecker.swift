@testable import Pages

/// A strict reader of markup: every element closed in its order, every attribute quoted, every entity known.
struct PageChecker {
    private(set) var links: [String] = []
    private(set) var identities: [String] = []
    private(set) var headings: [Int] = []
    private(set) var problems: [String] = []
    private(set) var text = ""

    init(_ page: String) {
        var rest = Substring(page)
        if rest.hasPrefix("<!DOCTYPE html>") { rest = rest.dropFirst(15) }
        var open: [Substring] = []
        while let start = rest.firstIndex(of: "<") {
            read(rest[..<start])
            guard let end = rest[start...].firstIndex(of: ">") else {
                problems.append("a tag without an end")
                return
            }
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("/") {
                if open.popLast() != tag.dropFirst() { problems.append("</\(tag.dropFirst())> closes another element") }
                continue
            }
            let name = tag.prefix { $0 != " " && $0 != "\n" && $0 != "/" }
            readAttributes(tag.dropFirst(name.count))
            if name == "script" || name == "style" { problems.append("<\(name)>") }
            if name.count == 2, name.hasPrefix("h"), let level = Int(name.dropFirst()) { headings.append(level) }
            if !tag.hasSuffix("/") { open.append(name) }
        }
        read(rest)
        if !open.isEmpty { problems.append("not closed: \(open)") }
        if headings.count(where: { $0 == 1 }) != 1 { problems.append("not one h1: \(headings)") }
        for (before, after) in zip(headings, headings.dropFirst()) where after > before + 1 {
            problems.append("h\(after) follows h\(before)")
        }
        if Set(identities).count != identities.count { problems.append("an id stands twice") }
    }

    private mutating func read(_ part: Substring) {
        text += part
        checkEntities(part)
        if part.contains(">") || part.contains("⟦") { problems.append("text: \(part.prefix(80))") }
    }

    private mutating func checkEntities(_ part: Substring) {
        for piece in part.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
        where !["amp;", "lt;", "gt;", "quot;", "#39;"].contains(where: { piece.hasPrefix($0) }) {
            problems.append("entity: &\(piece.prefix(8))")
        }
    }

    private mutating func readAttributes(_ part: Substring) {
        var rest = part
        while let sign = rest.firstRange(of: "=\"") {
            let name = rest[..<sign.lowerBound].drop { $0 == " " || $0 == "\n" }
            rest = rest[sign.upperBound...]
            guard let end = rest.firstIndex(of: "\"") else {
                problems.append("attribute \(name)")
                return
            }
            let value = rest[..<end]
            rest = rest[rest.index(after: end)...]
            checkEntities(value)
            if name == "href" { links.append(String(value).replacing("&amp;", with: "&")) }
            if name == "id" { identities.append(String(value)) }
            if name == "style" || name.hasPrefix("on") { problems.append("attribute \(name)") }
        }
        if rest.contains(where: { $0 != " " && $0 != "\n" && $0 != "/" }) { problems.append("attributes: \(rest)") }
    }
}

/// The route that a link on a page leads to, read as a server reads it.
func route(_ link: String) -> (route: PageRoute, language: PageLanguage)? {
    func decoded(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
    let parts = link.split(separator: "?", maxSplits: 1)
    let query =
        parts.count < 2
        ? []
        : parts[1].split(separator: "&").map { item -> (name: String, value: String) in
            let sides = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (decoded(sides[0]), sides.count > 1 ? decoded(sides[1]) : "")
        }
    let language = query.first { $0.name == "lang" }.flatMap { PageLanguage(rawValue: $0.value) } ?? .english
    let segments = parts[0].split(separator: "/").map { decoded($0) }
    return PageRoute(segments: segments, query: query).map { ($0, language) }
}
