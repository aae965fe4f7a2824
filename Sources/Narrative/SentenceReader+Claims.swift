import Connections
import Primitives

/// What a sentence says that a partner did, and what takes that back.
extension SentenceReader {
    /// What a statement needs in this text, so that it counts.
    struct Needs {
        /// True where money or help alone is not enough.
        let result: Bool
        /// The points that the words around it need; nil where none are counted.
        let points: Int?
        /// The signs for it that stand anywhere in the text, one bit each.
        var signs: UInt64 = 0
    }

    struct Claim {
        var mechanism: Mechanism?
        var obstacle: Obstacle?
        /// The words from the name to the end of the statement.
        var length = 0

        /// What is told as done counts for more than what is not; of two statements the one whose words stand closer to
        /// the name.
        func isBetter(than other: Claim) -> Bool {
            let (left, right) = (obstacle.map { Int($0.rawValue) } ?? -1, other.obstacle.map { Int($0.rawValue) } ?? -1)
            if left != right { return left < right }
            if length != other.length { return length < other.length }
            return (mechanism?.rawValue ?? 0) < (other.mechanism?.rawValue ?? 0)
        }
    }

    /// What the sentence says that the partner did.
    mutating func claim(
        of span: NameSpan, _ range: WordRange, _ tokens: borrowing WorkingList<Token>, _ needs: Needs
    ) -> Claim {
        var best = Claim()
        var isFound = false
        for number in 0..<statements.count {
            let entry = book.entry(statements[number])
            for anchor in 0..<NameSpan.anchors {
                guard let place = span.anchor(anchor),
                    let match = matcher.match(entry, at: place, in: range, of: tokens)
                else { continue }
                var obstacle = obstacle(of: match, span, range, tokens)
                if obstacle == nil, entry.needsResult, needs.result { obstacle = .noResult }
                if obstacle == .noResult, !needs.result { obstacle = nil }
                if obstacle == nil, let least = needs.points,
                    points(of: match, span, range, tokens, needs.signs) < least
                {
                    obstacle = .weak
                }
                let claim = Claim(mechanism: entry.mechanism, obstacle: obstacle, length: match.count)
                if !isFound || claim.isBetter(than: best) { best = claim }
                isFound = true
            }
        }
        if !isFound { best.obstacle = partnerObstacle(span, range, tokens) ?? (needs.result ? .noResult : nil) }
        return best
    }

    /// What takes a statement back, or makes nothing of a result; the first of the obstacles in their order.
    mutating func obstacle(
        of match: WordRange, _ span: NameSpan?, _ range: WordRange, _ tokens: borrowing WorkingList<Token>
    ) -> Obstacle? {
        var found: Obstacle?
        for number in 0..<vetoes.count {
            let entry = book.entry(vetoes[number])
            guard let obstacle = entry.obstacle, obstacle.rawValue < found?.rawValue ?? .max else { continue }
            let isTaken: Bool =
                switch entry.anchor {
                case .statement: matcher.match(entry, at: match, in: range, of: tokens) != nil
                case .partner: span.map { matches(entry, $0, range, tokens) } ?? false
                case .none: matchesAnywhere(entry, range, tokens)
                }
            if isTaken { found = obstacle }
        }
        return found
    }

    /// An obstacle that needs no statement: the partner was helped, or visited.
    private mutating func partnerObstacle(
        _ span: NameSpan, _ range: WordRange, _ tokens: borrowing WorkingList<Token>
    ) -> Obstacle? {
        for number in 0..<vetoes.count {
            let entry = book.entry(vetoes[number])
            if entry.anchor == .partner, matches(entry, span, range, tokens) { return entry.obstacle }
        }
        return nil
    }

    mutating func matches(
        _ entry: PhraseBook.Entry, _ span: NameSpan, _ range: WordRange, _ tokens: borrowing WorkingList<Token>
    ) -> Bool {
        for anchor in NameSpan.vetoAnchors {
            if let place = span.anchor(anchor), matcher.match(entry, at: place, in: range, of: tokens) != nil {
                return true
            }
        }
        return false
    }

    mutating func matchesAnywhere(
        _ entry: PhraseBook.Entry, _ range: WordRange, _ tokens: borrowing WorkingList<Token>
    ) -> Bool {
        for place in range.start..<range.end
        where matcher.match(entry, at: .before(place), in: range, of: tokens) != nil {
            return true
        }
        return false
    }
}
