import Connections
import Primitives

/// Who is named in a sentence.
extension SentenceReader {
    /// Finds the names of the sentence, each with the words that belong to it.
    mutating func findSpans(
        _ range: WordRange, _ tokens: borrowing WorkingList<Token>, _ text: UnsafeRawBufferPointer
    ) {
        spans.clear()
        let hasTie = hasTie(range, tokens)
        for place in range.start..<range.end where tokens[place].kind == .name {
            var span = NameSpan(place, index.meaning(tokens[place].value))
            ruleOut(&span, Surroundings(sentence: range, text: text), tokens)
            span.isCertain = hasTie || isCertainElsewhere(span.meaning)
            if span.possible == 0 || isNoName(span, range, tokens) { continue }
            span.isLocation = isLocation(span, range, tokens)
            widen(&span, range, tokens)
            spans.append(span)
        }
        joinSpans(tokens)
    }

    private func ruleOut(
        _ span: inout NameSpan, _ surroundings: consuming Surroundings, _ tokens: borrowing WorkingList<Token>
    ) {
        let uses = index.uses(of: span.meaning)
        span.possible = uses.count == 64 ? .max : (1 << UInt64(uses.count)) - 1
        for (number, use) in uses.enumerated() where use.context >= 0 {
            if !surroundings.allow(index.contexts[Int(use.context)], at: span.name.start, tokens) {
                span.possible &= ~(1 << UInt64(number))
            }
        }
    }

    private mutating func hasTie(_ range: WordRange, _ tokens: borrowing WorkingList<Token>) -> Bool {
        for number in 0..<free.count {
            let entry = book.entry(free[number])
            guard entry.role == .tie else { continue }
            for place in range.start..<range.end
            where matcher.match(entry, at: .before(place), in: range, of: tokens) != nil {
                return true
            }
        }
        return false
    }

    private mutating func isNoName(
        _ span: NameSpan, _ range: WordRange, _ tokens: borrowing WorkingList<Token>
    ) -> Bool {
        for number in 0..<aboutNames.count {
            let entry = book.entry(aboutNames[number])
            if entry.role == .notName, let match = matcher.match(entry, at: span.name, in: range, of: tokens),
                !hasOwnCountry(span, match, tokens)
            {
                return true
            }
        }
        return false
    }

    /// Whether words have the country of a connection that is meant: `Paris, Texas` is Paris where Paris is in the US.
    private func hasOwnCountry(_ span: NameSpan, _ words: WordRange, _ tokens: borrowing WorkingList<Token>) -> Bool {
        for place in words.start..<words.end where tokens[place].country >= 0 && !span.name.contains(place) {
            for use in index.uses(of: span.meaning) where use.country == tokens[place].country { return true }
        }
        return false
    }

    /// Whether a country only says where: behind a comma or parenthesis, unless the year or another country stands
    /// before that, or in a phrase for it.
    private mutating func isLocation(
        _ span: NameSpan, _ range: WordRange, _ tokens: borrowing WorkingList<Token>
    ) -> Bool {
        guard span.meaning.country >= 0 else { return false }
        let place = span.name.start
        if place > range.start, tokens[place].before == .soft, tokens[place - 1].kind != .number,
            tokens[place - 1].country < 0
        {
            return true
        }
        for number in 0..<aboutNames.count {
            let entry = book.entry(aboutNames[number])
            if entry.role == .location, matcher.match(entry, at: span.name, in: range, of: tokens) != nil {
                return true
            }
        }
        return false
    }

    /// Takes in the words that belong to the name: `the City of …`, `…, Japan`.
    private mutating func widen(_ span: inout NameSpan, _ range: WordRange, _ tokens: borrowing WorkingList<Token>) {
        let uses = index.uses(of: span.meaning)
        for number in 0..<aboutNames.count {
            let entry = book.entry(aboutNames[number])
            if entry.role == .notName || entry.role == .location || entry.namesCountry && !hasCountry { continue }
            let isRepresentation = entry.role == .representation
            for (place, use) in uses.enumerated() where isRepresentation == use.isOfState && span.allows(place) {
                guard
                    let match = matcher.match(entry, at: span.name, in: range, of: tokens, country: use.country)
                else { continue }
                if isRepresentation {
                    span.isRepresented = true
                } else if entry.role == .certain {
                    span.isCertain = true
                }
                span.words.takeIn(match)
                if entry.namesCountry { span.country = use.country }
            }
        }
        while span.words.start > range.start, tokens[span.words.start].before == .none,
            language.isDeterminer(tokens[span.words.start - 1].word)
        {
            span.words.start -= 1
        }
    }

    /// Takes in that the partner is in a country: connections of another are not meant, and one of it is meant for
    /// sure.
    func keepUses(of span: inout NameSpan, in country: Int32) {
        for (number, use) in index.uses(of: span.meaning).enumerated() where span.allows(number) {
            if use.country == country {
                (span.isCertain, span.country) = (true, country)
            } else if use.country >= 0 {
                span.possible &= ~(1 << UInt64(number))
            }
        }
    }

    /// Names that are listed beside each other did the same: `Gwangju and Kumamoto gave`.
    private mutating func joinSpans(_ tokens: borrowing WorkingList<Token>) {
        var first = 0
        while first < spans.count {
            var last = first
            var all = spans[first].words
            while last + 1 < spans.count, isList(from: spans[last].words.end, to: spans[last + 1].words.start, tokens) {
                last += 1
                all.takeIn(spans[last].words)
            }
            for place in first...last { spans.change(place) { $0.list = all } }
            first = last + 1
        }
    }

    /// Whether only a comma or a conjunction stands between two names, or the words of the one take in the other.
    private func isList(from end: Int, to start: Int, _ tokens: borrowing WorkingList<Token>) -> Bool {
        if start < end { return true }
        if start == end { return tokens[start].before == .soft }
        return start == end + 1 && language.isConjunction(tokens[end].word)
    }

    /// Appends the connections that are meant, each once: of two that have the name, the one whose country stands with
    /// it.
    func append(
        _ span: NameSpan, _ claim: Claim, into found: inout [TextStatement], atMost most: TextStatement.Certainty
    ) {
        let uses = index.uses(of: span.meaning)
        var meant = span.possible
        var ofCountry: UInt64 = 0
        for (number, use) in uses.enumerated() where span.allows(number) {
            if !span.means(use, claim.mechanism) {
                meant &= ~(1 << UInt64(number))
            } else if span.country >= 0, use.country == span.country {
                ofCountry |= 1 << UInt64(number)
            }
        }
        if ofCountry != 0 { meant = ofCountry }
        guard meant != 0 else { return }
        let leading = uses[meant.trailingZeroBitCount].connection
        var isAmbiguous = false
        for (number, use) in uses.enumerated() where meant & (1 << UInt64(number)) != 0 && use.connection != leading {
            isAmbiguous = true
        }
        var last: Int32 = -1
        for (number, use) in uses.enumerated() where meant & (1 << UInt64(number)) != 0 && use.connection != last {
            last = use.connection
            // What was delivered in the partner's city was delivered to its people.
            let isThere = use.certainty == .withContext && claim.mechanism == .deliveredAt && claim.obstacle == nil
            TextStatement(
                connection: Int(use.connection),
                certainty: isAmbiguous ? .ambiguous : min(span.certainty(of: use), most),
                mechanism: claim.mechanism, obstacle: isThere ? .outbound : claim.obstacle
            ).insert(into: &found, from: first)
        }
    }
}
