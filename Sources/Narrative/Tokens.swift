import Primitives

/// The words of a folded text with the ends of its sentences, in memory that is used again.
struct Tokens: ~Copyable {
    private(set) var list = WorkingList<Token>(capacity: 256)
    /// Words longer than this are cut: no phrase has one, and no loop is long.
    private static let wordBytesMax = 256
    /// A number so many words before a currency, at most, is its amount.
    private static let wordsBeforeCurrency = 3
    /// An amount so many words behind a word such as `worth`, at most, is a value.
    private static let wordsBehindValue = 4

    /// Splits a text.
    ///
    /// - Parameters:
    ///   - text: in the form of `SearchText`.
    ///   - names: what stands in it, in order and not overlapping; each becomes one token.
    ///   - onlyNamed: true where only the sentences that name a connection are needed, and some around them at most.
    mutating func split(
        _ text: UnsafeRawBufferPointer, _ names: borrowing WorkingList<FoundName>, _ language: Language, onlyNamed: Bool
    ) {
        list.clear()
        var next = 0
        guard onlyNamed else { return split(text, 0, text.count, names, &next, language) }
        var done = 0
        for place in 0..<names.count where names[place].kind == .name && Int(names[place].start) >= done {
            let start = Self.boundary(before: Int(names[place].start), downTo: done, text, language)
            let end = Self.boundary(behind: Int(names[place].end), text, language)
            while next < names.count, Int(names[next].start) < start { next += 1 }
            split(text, start, end, names, &next, language)
            done = end
        }
    }

    /// Splits a part of a text that begins and ends with a sentence.
    private mutating func split(
        _ text: UnsafeRawBufferPointer, _ start: Int, _ end: Int, _ names: borrowing WorkingList<FoundName>,
        _ next: inout Int, _ language: Language
    ) {
        var scan = TokenScan()
        var place = start
        while place < end {
            if next < names.count, place >= Int(names[next].start) {
                let name = names[next]
                add(scan.token(Int(name.start), Int(name.end), name.kind, name), text, language)
                place = max(Int(name.end), place + 1)
                next += 1
                continue
            }
            let limit = next < names.count ? min(Int(names[next].start), end) : end
            switch Self.kind(text[place]) {
            case .letter, .digit:
                let kind: Token.Kind = Self.kind(text[place]) == .digit ? .number : .word
                let end = Self.end(of: text, from: place, limit: limit)
                add(scan.token(place, end, kind, nil), text, language)
                place = end
            default: place = scan.skip(text, place, limit, after: list.count > 0 ? list[list.count - 1] : nil, language)
            }
        }
    }

    /// Behind the last place before another where a sentence ends for sure; `lowest` where there is none.
    private static func boundary(
        before place: Int, downTo lowest: Int, _ text: UnsafeRawBufferPointer, _ language: Language
    ) -> Int {
        var place = place
        while place > lowest {
            if text[place - 1] < 0x40, isBoundary(place - 1, text, language) { return place }
            place -= 1
        }
        return lowest
    }

    /// Behind the first place from another on where a sentence ends for sure; the end of the text where there is none.
    private static func boundary(behind place: Int, _ text: UnsafeRawBufferPointer, _ language: Language) -> Int {
        var place = place
        while place < text.count {
            if text[place] < 0x40, isBoundary(place, text, language) { return place + 1 }
            place += 1
        }
        return text.count
    }

    /// Whether a sentence ends with this byte: not behind what may be an abbreviation.
    private static func isBoundary(_ place: Int, _ text: UnsafeRawBufferPointer, _ language: Language) -> Bool {
        switch text[place] {
        case 0x0a: return true
        case UInt8(ascii: "!"), UInt8(ascii: "?"): return TokenScan.endsSentence(text, place)
        case UInt8(ascii: "."):
            guard TokenScan.endsSentence(text, place) else { return false }
            var start = place
            while start > 0, place - start < wordBytesMax, kind(text[start - 1]) == .letter { start -= 1 }
            if place - start < 2 { return false }
            let word = UnsafeRawBufferPointer(rebasing: text[start..<place])
            return !language.isAbbreviation(language.vocabulary.word(word))
        default: return false
        }
    }

    /// The sentence that begins at a word.
    func sentence(from start: Int) -> WordRange {
        var end = start + 1
        while end < list.count, !list[end].startsSentence { end += 1 }
        return WordRange(start: start, end: end)
    }

    private mutating func add(_ token: Token, _ text: UnsafeRawBufferPointer, _ language: Language) {
        var token = token
        if token.kind != .name, token.kind != .home {
            let bytes = UnsafeRawBufferPointer(rebasing: text[Int(token.start)..<Int(token.end)])
            token.word = language.vocabulary.word(bytes)
        }
        if token.kind == .number {
            // `USD 10,000`, and the signs of currencies.
            let follows = list.count > 0 && token.before == .none && !token.startsSentence
            token.isMoney =
                (follows && language.isCurrency(list[list.count - 1].word) || Self.hasCurrencySign(token, text))
                && !isWorth(list.count, language)
        } else if language.isCurrency(token.word) {
            markMoney(language)
        }
        list.append(token)
    }

    /// Makes money of the number before a currency: `20,000 pesos`, `5 million dollars`, `5 millones de pesos`.
    private mutating func markMoney(_ language: Language) {
        for place in (max(0, list.count - Self.wordsBeforeCurrency)..<list.count).reversed()
        where list[place].kind == .number {
            let isWorth = isWorth(place, language)
            list.change(place) { $0.isMoney = !isWorth }
            return
        }
    }

    /// Whether an amount at a place is what something is worth: `a truck valued at more than $5,000`.
    private func isWorth(_ place: Int, _ language: Language) -> Bool {
        for before in max(0, place - Self.wordsBehindValue)..<place where language.isValue(list[before].word) {
            return true
        }
        return false
    }

    /// Whether the sign of a currency stands before a number or behind it: `$5`, `US$ 5`, `5 $`. All signs are one in
    /// a text that is searched.
    private static func hasCurrencySign(_ number: Token, _ text: UnsafeRawBufferPointer) -> Bool {
        let sign = UInt8(ascii: "$")
        var before = Int(number.start) - 1
        if before >= 0, text[before] == 0x20 { before -= 1 }
        if before >= 0, text[before] == sign { return true }
        var behind = Int(number.end)
        if behind < text.count, text[behind] == 0x20 { behind += 1 }
        guard behind < text.count, text[behind] == sign else { return false }
        // In `2 $5` the sign belongs to the next number.
        return behind + 1 == text.count || kind(text[behind + 1]) != .digit
    }

    /// The end of the word or number that begins here. A number goes on over `.` and `,` between digits.
    private static func end(of text: UnsafeRawBufferPointer, from start: Int, limit: Int) -> Int {
        var end = start + 1
        while end < limit, end - start < wordBytesMax {
            let kind = Self.kind(text[end])
            if kind == .letter || kind == .digit {
                end += 1
            } else if (kind == .stop || kind == .comma) && Self.kind(text[end - 1]) == .digit && end + 1 < limit
                && Self.kind(text[end + 1]) == .digit
            {
                end += 2
            } else {
                break
            }
        }
        return end
    }

    /// The words of a text, split in the same way; for those of a rules file.
    static func words(of text: UnsafeRawBufferPointer) -> [String] {
        var words: [String] = []
        var place = 0
        while place < text.count {
            let kind = Self.kind(text[place])
            if kind == .letter || kind == .digit {
                let end = end(of: text, from: place, limit: text.count)
                words.append(String(decoding: text[place..<end], as: UTF8.self))
                place = end
            } else if kind == .apostrophe {
                place = TokenScan.behindApostrophe(text, place, text.count)
            } else {
                place += 1
            }
        }
        return words
    }

    enum ByteKind: UInt8 {
        case other, letter, digit, space, line, stop, comma, semicolon, mark, apostrophe, hyphen, quote
    }

    /// What a byte is for the splitting of words; of other characters than ASCII every byte is that of a letter.
    @inline(__always)
    static func kind(_ byte: UInt8) -> ByteKind {
        if byte >= 0x80 || (byte | 0x20) &- 0x61 < 26 { return .letter }
        if byte &- 0x30 < 10 { return .digit }
        switch byte {
        case 0x20: return .space
        case 0x0a: return .line
        case UInt8(ascii: "."): return .stop
        case UInt8(ascii: ","): return .comma
        case UInt8(ascii: ";"): return .semicolon
        case UInt8(ascii: "!"), UInt8(ascii: "?"): return .mark
        case UInt8(ascii: "'"): return .apostrophe
        case UInt8(ascii: "-"): return .hyphen
        case UInt8(ascii: "\""), UInt8(ascii: ":"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["),
            UInt8(ascii: "]"),
            UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "/"), UInt8(ascii: "|"):
            return .quote
        default: return .other
        }
    }
}

/// What has been seen between the last word and the next.
struct TokenScan {
    private var pending = Token.Break.none
    private var startsSentence = true

    mutating func token(_ start: Int, _ end: Int, _ kind: Token.Kind, _ name: FoundName?) -> Token {
        let token = Token(
            start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end), kind: kind,
            before: pending, startsSentence: startsSentence, value: name?.value ?? -1, country: name?.country ?? -1)
        pending = .none
        startsSentence = false
        return token
    }

    /// Passes over what is no word, and notes what it means.
    /// - Returns: the place behind it.
    mutating func skip(
        _ text: UnsafeRawBufferPointer, _ place: Int, _ limit: Int, after last: Token?, _ language: Language
    ) -> Int {
        switch Tokens.kind(text[place]) {
        case .line: startsSentence = true
        case .mark: if Self.endsSentence(text, place) { startsSentence = true }
        case .stop:
            // `...` and `[...]` leave something out: what follows need not belong to what stands before.
            if place + 1 < text.count, text[place + 1] == 0x2e {
                startsSentence = true
            } else if Self.endsSentence(text, place), !Self.isAbbreviation(last, place, language) {
                startsSentence = true
            }
        case .comma, .quote: soften()
        case .semicolon: pending = .hard
        case .hyphen:
            // A dash stands between spaces; a hyphen joins.
            if place > 0, text[place - 1] == 0x20 || text[place - 1] == 0x2d { soften() }
        case .apostrophe: return min(Self.behindApostrophe(text, place, limit), max(limit, place + 1))
        default: break
        }
        return place + 1
    }

    private mutating func soften() {
        if pending == .none { pending = .soft }
    }

    /// Behind `'s` of a possessive; else behind the apostrophe.
    static func behindApostrophe(_ text: UnsafeRawBufferPointer, _ place: Int, _ limit: Int) -> Int {
        guard place + 1 < limit, text[place + 1] == UInt8(ascii: "s"), place > 0 else { return place + 1 }
        if place + 2 < text.count {
            let next = Tokens.kind(text[place + 2])
            if next == .letter || next == .digit { return place + 1 }
        }
        return place + 2
    }

    static func endsSentence(_ text: UnsafeRawBufferPointer, _ place: Int) -> Bool {
        guard place + 1 < text.count else { return true }
        switch Tokens.kind(text[place + 1]) {
        case .space, .line, .quote, .apostrophe: return true
        default: return false
        }
    }

    /// True for a stop behind a single letter or a known abbreviation.
    private static func isAbbreviation(_ last: Token?, _ place: Int, _ language: Language) -> Bool {
        guard let last, Int(last.end) == place, last.kind == .word else { return false }
        return last.end - last.start == 1 || language.isAbbreviation(last.word)
    }
}
