import Primitives
import Testing

@testable import Text

#if canImport(Glibc)
    import Glibc
#endif

/// A search that tries every phrase at every place.
struct NaiveSearch {
    struct Found: Equatable {
        let start: Int
        let end: Int
        let phrase: [Unicode.Scalar]
    }

    let phrases: [[Unicode.Scalar]]

    func matches(in text: String) -> [Found] {
        let scalars = Array(text.unicodeScalars)
        var offsets = [0]
        for scalar in scalars { offsets.append(offsets[offsets.count - 1] + String(scalar).utf8.count) }
        var found: [Found] = []
        var place = 0
        while place < scalars.count {
            let before = place > 0 ? scalars[place - 1] : nil
            let fitting = phrases.filter { phrase in
                let end = place + phrase.count
                guard end <= scalars.count, zip(phrase, scalars[place..<end]).allSatisfy(Self.areSame) else {
                    return false
                }
                let after = end < scalars.count ? scalars[end] : nil
                return Self.mayBegin(before, scalars[place]) && Self.mayEnd(scalars[end - 1], after)
            }
            guard let longest = fitting.max(by: { $0.count < $1.count }) else {
                place += 1
                continue
            }
            let end = place + longest.count
            found.append(Found(start: offsets[place], end: offsets[end], phrase: longest.map { $0 == "-" ? " " : $0 }))
            place = end
        }
        return found
    }

    private static func areSame(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
        left == right || (left == "-" && right == " ") || (left == " " && right == "-")
    }

    private static func mayBegin(_ before: Unicode.Scalar?, _ first: Unicode.Scalar) -> Bool {
        guard let before else { return !isMark(first) }
        return !isMark(first) && !isOneWord(before, first)
    }

    private static func mayEnd(_ last: Unicode.Scalar, _ after: Unicode.Scalar?) -> Bool {
        guard let after else { return true }
        return !isMark(after) && (isHangul(after) || !isOneWord(last, after))
    }

    private static func isOneWord(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
        (isSpaced(left) && isSpaced(right)) || (isKatakana(left) && isKatakana(right))
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        [.nonspacingMark, .spacingMark, .enclosingMark].contains(scalar.properties.generalCategory)
    }

    private static func isHangul(_ scalar: Unicode.Scalar) -> Bool { ("가"..."힣").contains(scalar) }
    private static func isKatakana(_ scalar: Unicode.Scalar) -> Bool { ("ァ"..."ヺ").contains(scalar) || scalar == "ー" }

    /// Of the alphabets below.
    private static func isSpaced(_ scalar: Unicode.Scalar) -> Bool {
        let isLetter = scalar.properties.isAlphabetic || isMark(scalar) || ("0"..."9").contains(scalar)
        let isUnspaced = "中国の𠮷กา\u{e48}".unicodeScalars.contains(scalar)
        return isLetter && !isUnspaced && !isKatakana(scalar)
    }
}

@Suite struct PhrasePropertyTests {
    private static let alphabets = [
        "ab ", "ab -'.\n", "abs1 '", "a bя", "ab中国 の", "カナー中a ", "서울가 a-", "ا ب-", "क\u{93f}म\u{94d} a",
        "กา\u{e48} a中", "𠮷😀a 中.", "ab.!) ", "ab中カ서я -'.\n",
    ]

    private func random(_ generator: inout SplitMix64, _ alphabet: [Unicode.Scalar], _ length: Int) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<length { if let scalar = generator.element(of: alphabet) { text.append(scalar) } }
        return String(text)
    }

    /// A text as a phrase, where it can be one.
    private func usable(_ text: String) -> [UInt8]? {
        let phrase = searchable(Array(text.utf8))
        return (try? PhraseAutomaton([(phrase: phrase, value: 0)])) == nil ? nil : phrase
    }

    /// Phrases of a few characters, with ends and starts of each other among them.
    private func phrases(_ generator: inout SplitMix64, _ alphabet: [Unicode.Scalar]) -> [[UInt8]] {
        var phrases: [[UInt8]] = []
        for _ in 0..<generator.within(1...12) {
            var text = random(&generator, alphabet, generator.within(1...(generator.onceIn(4) ? 20 : 6)))
            if let other = generator.element(of: phrases), generator.onceIn(2) {
                let scalars = Array(String(decoding: other, as: UTF8.self).unicodeScalars)
                let part = String(String.UnicodeScalarView(scalars.prefix(generator.within(1...scalars.count))))
                text = generator.onceIn(2) ? part + text : generator.onceIn(2) ? text + part : part
            }
            if let phrase = usable(text) { phrases.append(phrase) }
        }
        return phrases
    }

    @Test func agreesWithTheNaiveSearch() throws {
        let seed: UInt64 = 41
        var generator = SplitMix64(seed: seed)
        var matches = WorkingList<PhraseMatch>()
        var all = 0
        for round in 0..<4000 {
            let alphabet = Array(Self.alphabets[round % Self.alphabets.count].unicodeScalars)
            let phrases = phrases(&generator, alphabet)
            let automaton = try PhraseAutomaton(phrases.enumerated().map { (phrase: $1, value: Int32($0)) })
            let naive = NaiveSearch(phrases: phrases.map { Array(String(decoding: $0, as: UTF8.self).unicodeScalars) })
            for _ in 0..<4 {
                let text = random(&generator, alphabet, generator.below(generator.onceIn(4) ? 150 : 30))
                let expected = naive.matches(in: text)
                Array(text.utf8).withUnsafeBytes { automaton.find(in: $0, &matches) }
                let found = (0..<matches.count).map { place in
                    let match = matches[place]
                    let phrase = phrases[Int(automaton.values(of: match.phrase)[0])]
                    return NaiveSearch.Found(
                        start: match.start, end: match.end,
                        phrase: String(decoding: phrase, as: UTF8.self).unicodeScalars.map { $0 == "-" ? " " : $0 })
                }
                let names = phrases.map { String(decoding: $0, as: UTF8.self) }
                #expect(found == expected, "\(names) in \(text.debugDescription), seed \(seed), round \(round)")
                all += expected.count
            }
        }
        #expect(all > 20_000)
    }

    /// Bytes at random, at either end of a page that has none beside it.
    @Test func readsNothingBesideTheText() throws {
        let seed: UInt64 = 42
        var generator = SplitMix64(seed: seed)
        let page = sysconf(Int32(_SC_PAGESIZE))
        let memory = try #require(mmap(nil, 3 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
        defer { munmap(memory, 3 * page) }
        #expect(mprotect(memory, page, PROT_NONE) == 0)
        #expect(mprotect(memory + 2 * page, page, PROT_NONE) == 0)
        let automaton = try PhraseAutomaton(
            ["a", "ab", "u.s.", "中", "中国", "서울", "カナ", "a b"].map { (phrase: Array($0.utf8), value: 0) })
        let pieces = ["a", "b", " ", "中", "国", "서", "カ", "é", "\u{301}", "ﷺ", "😀", "\n"].map { Array($0.utf8) }
        var folder = SearchText()
        var matches = WorkingList<PhraseMatch>()
        for _ in 0..<20_000 {
            var bytes: [UInt8] = []
            for _ in 0..<generator.below(generator.onceIn(8) ? 80 : 12) {
                bytes += generator.onceIn(3) ? [UInt8(generator.below(256))] : generator.element(of: pieces) ?? []
            }
            let start = generator.onceIn(2) ? page : 2 * page - bytes.count
            let text = UnsafeMutableRawBufferPointer(start: memory + start, count: bytes.count)
            text.copyBytes(from: bytes)
            let folded = folder.fold(UnsafeRawBufferPointer(text))
            #expect(String(validating: folded, as: UTF8.self) != nil, "\(bytes), seed \(seed)")
            automaton.find(in: folded, &matches)
            automaton.find(in: UnsafeRawBufferPointer(text), &matches)
            for place in 0..<matches.count {
                let match = matches[place]
                let isInside = match.start >= 0 && match.start < match.end && match.end <= bytes.count
                #expect(isInside, "\(bytes), seed \(seed)")
            }
        }
    }

    /// However phrases and text are made to get in each other's way, the steps are as many as the text is long.
    @Test(arguments: [
        ("a ", "b"), ("a ", "a b"), ("中", "国"), ("서", "a"), ("x! ", "!!!"), ("ab.", "c"), ("a-", "a"), ("カ ", "ナ"),
    ])
    func stepsAreLinear(_ part: String, _ end: String) throws {
        for length in [10, 1000] {
            let long = String(repeating: part, count: length)
            let nested = (1...8).map { String(repeating: part, count: length * $0 / 8) + end }
            let marks = String(repeating: "!", count: length)
            let names = [long + end, end + " " + long + "a", String(part.prefix(1)) + marks] + nested
            let phrases = names.compactMap { usable($0) }
            let automaton = try PhraseAutomaton(phrases.map { (phrase: $0, value: 0) })
            var matches = WorkingList<PhraseMatch>()
            for text in [
                String(repeating: part, count: 20_000), String(repeating: part, count: 10_000) + end,
                String(repeating: long + "z ", count: 20_000 / length), String(repeating: "x!! ! !!!", count: 5000),
                String(repeating: part + marks, count: 20_000 / length),
            ] {
                let folded = searchable(Array(text.utf8))
                let steps = folded.withUnsafeBytes { automaton.findCountingSteps(in: $0, &matches) }
                #expect(steps <= 4 * folded.count, "\(length) \(text.prefix(20))")
            }
        }
    }

    /// Nearly all that an automaton keeps is its nodes and their links.
    @Test func isSmall() throws {
        var generator = SplitMix64(seed: 43)
        let syllables = ["san", "to", "ku", "ma", "ri", "del", "gwan", "ju", "por", "ta", "lis", "ne", "ba", "ro"]
        let phrases = (0..<20_000).map { _ in
            (0..<generator.within(2...4)).map { _ in
                (0..<generator.within(1...4)).map { _ in generator.element(of: syllables) ?? "" }.joined()
            }.joined(separator: " ")
        }
        let trie = PhraseTrie(phrases.map { Array($0.utf8) })
        #expect(trie.members.count > 19_000)
        let bytes = trie.nodes.count * MemoryLayout<PhraseNode>.stride
        #expect(bytes + trie.links.count * MemoryLayout<PhraseLinks>.stride < 6_000_000)
    }
}
