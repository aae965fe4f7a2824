import JSON
import Primitives
import Testing

/// The scan of random documents against the plainest walk over their trees.
@Suite struct NameScanFuzzTests {
    private static let denied = ["first name", "ssn", "note", "i94", "date of birth", "a"]
    private static let persons = ["client", "staff"]
    private static let ofPerson = ["name", "country"]
    private static let innocent = ["note count", "service name", "a b"]
    private static let paths = [[["subject", "x"], ["display"]], [["b"], ["a b"], ["id"]]]
    private static let innocentPath = [["log"], ["note"]]
    private static let words = [
        "first", "name", "ssn", "note", "i", "94", "date", "of", "birth", "client", "staff", "country", "count",
        "service", "subject", "display", "x", "id", "a", "b", "log", "é", "名", "", "9",
    ]

    @Test func randomDocuments() throws {
        let list = try #require(
            NameList(
                Self.denied.map { .init($0, .anywhere) } + Self.ofPerson.map { .init($0, .ofPerson) },
                paths: Self.paths.map { NameList.Path($0) } + [NameList.Path(Self.innocentPath, isInnocent: true)],
                marks: Self.persons.map { .init($0, .person) } + Self.innocent.map { .init($0, .innocent) }))
        let extractor = Extractor(maximumBytes: 1 << 20)
        var random = SplitMix64(seed: 20_260_304)
        var counts = (refused: 0, fine: 0)
        for round in 0..<20_000 {
            let tree = random.document(words: Self.words)
            var writer = JSONWriter()
            try tree.write(to: &writer)
            let found = try Array(writer.bytes).withUnsafeBytes { document in
                _ = try extractor.extract(document, ExtractionPlan([SimplePath]()))
                return try extractor.firstRefused(by: list)
            }
            let expected = Naive.first(in: tree)
            if found != nil { counts.refused += 1 } else { counts.fine += 1 }
            let json = String(decoding: writer.bytes, as: UTF8.self)
            let way = try found.map {
                try SimplePath($0.path).steps.count { if case .index = $0 { false } else { true } }
            }
            #expect(way == expected, "round \(round): \(json)")
        }
        #expect(counts.refused > 3000 && counts.fine > 3000, "\(counts)")
    }

    /// Judges by rules written anew: words as texts, runs by trying all of them.
    private enum Naive {
        /// The number of members on the way to the first refused name, it included; nil where there is none.
        static func first(in tree: Tree, above: [String] = []) -> Int? {
            switch tree {
            case .object(let members):
                for (name, value) in members {
                    if isRefused(name, above) { return above.count + 1 }
                    if let found = first(in: value, above: above + [name]) { return found }
                }
                return nil
            case .array(let elements):
                for element in elements {
                    if let found = first(in: element, above: above) { return found }
                }
                return nil
            default: return nil
            }
        }

        static func isRefused(_ name: String, _ above: [String]) -> Bool {
            let way = (above + [name]).map(NameList.folded)
            if fits(innocentPath, way) { return false }
            if paths.contains(where: { fits($0, way) }) { return true }
            let runs = runs(of: name)
            let total = words(of: name).joined().count
            let shields = runs.filter { innocent.map(NameList.folded).contains($0.text) }
            func counts(_ run: Run) -> Bool { !shields.contains { $0.start <= run.start && run.end <= $0.end } }
            func has(_ texts: [String], _ runs: [Run]) -> [Run] {
                runs.filter { texts.map(NameList.folded).contains($0.text) && counts($0) }
            }
            if !has(denied, runs).isEmpty { return true }
            let digits = words(of: name).joined().reversed().prefix { $0 >= "0" && $0 <= "9" }.count
            let ending = max(1, total - digits)
            let said = has(ofPerson, runs)
            if said.contains(where: { $0.end >= ending }), above.contains(where: isPerson) { return true }
            if said.contains(where: { $0.end >= ending || $0.start == 0 }), isPerson(name) { return true }
            return false
        }

        static func isPerson(_ name: String) -> Bool {
            let runs = runs(of: name)
            let shields = runs.filter { innocent.map(NameList.folded).contains($0.text) }
            return runs.contains { run in
                persons.contains(run.text) && !shields.contains { $0.start <= run.start && run.end <= $0.end }
            }
        }

        static func fits(_ path: [[String]], _ way: [String]) -> Bool {
            way.count >= path.count
                && zip(path, way.suffix(path.count)).allSatisfy { $0.map(NameList.folded).contains($1) }
        }

        struct Run { var text: String, start: Int, end: Int }

        static func runs(of name: String) -> [Run] {
            let words = words(of: name)
            var runs: [Run] = []
            var start = 0
            for first in words.indices {
                var text = ""
                for last in first..<words.count {
                    text += words[last]
                    if last - first < 8 { runs.append(Run(text: text, start: start, end: start + text.count)) }
                }
                start += words[first].count
            }
            return runs
        }

        /// The documents hold words in small letters and digits, parted by `_` or a capital; of several capitals the
        /// last one begins the next word where that goes on in small letters.
        static func words(of name: String) -> [String] {
            var words: [String] = [""]
            let characters = Array(name)
            for (place, character) in characters.enumerated() {
                let isDigit = character.isASCII && character.isNumber
                let wasDigit = words[words.count - 1].last.map { $0.isASCII && $0.isNumber } ?? isDigit
                let wasCapital = place > 0 && characters[place - 1].isUppercase
                let goesOn = place + 1 < characters.count && characters[place + 1].isLowercase
                let isCapital = character.isUppercase && (!wasCapital || goesOn)
                if character == "_" || isCapital || isDigit != wasDigit { words.append("") }
                if character != "_" { words[words.count - 1] += NameList.folded(String(character)) }
            }
            return words.filter { !$0.isEmpty }
        }
    }
}

extension SplitMix64 {
    /// A document with names made of words.
    fileprivate mutating func document(words: [String], depth: Int = 4) -> Tree {
        switch below(depth > 0 ? 7 : 3) {
        case 0: return .null
        case 1: return .integer(Int64(below(100)))
        case 2: return .string(words[below(words.count)])
        case 3: return .array((0..<below(4)).map { _ in document(words: words, depth: depth - 1) })
        default:
            var names = Set<String>()
            var members: [(name: String, value: Tree)] = []
            for _ in 0..<below(5) {
                let name = memberName(words)
                if names.insert(name).inserted { members.append((name, document(words: words, depth: depth - 1))) }
            }
            return .object(members)
        }
    }

    private mutating func memberName(_ words: [String]) -> String {
        let isCamel = below(2) == 0
        let count = below(8) == 0 ? below(14) : 1 + below(3)
        return (0..<count).map { place in
            let word = words[below(words.count)]
            return isCamel && place > 0 ? word.prefix(1).uppercased() + word.dropFirst() : word
        }.joined(separator: isCamel ? "" : "_")
    }
}
