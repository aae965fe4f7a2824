import Connections
import Indicators
import Releases

/// What one connection did in a period, told from released figures and kinds of evidence alone.
///
/// The rule: of the connections whose outcomes, credit and departments are all shown, with two outcomes or more and
/// with documents (T1) as their commonest evidence, those with the largest product of credit and the share of their
/// cases that was decided; at most one of each kind of tie. Where abstentions are withheld, that share counts as a
/// half.
struct Story {
    let connection: ReleasedConnection
    let outcomes: ReleasedFigure
    let credit: ReleasedFigure
    /// By department, the largest first.
    let departments: [ReleasedFigure]
    /// Money from abroad, given as money; nil where none is stated.
    let grant: ReleasedFigure?

    /// How many a brief tells.
    static let countMax = 3

    /// The stories of a release.
    static func all(_ context: PageContext) -> [Story] {
        let candidates = context.release.connections.compactMap { row in
            Story(row, context).map { (story: $0, score: $0.score) }
        }
        let ordered = candidates.sorted { left, right in
            left.score == right.score
                ? left.story.connection.id < right.story.connection.id : left.score > right.score
        }
        var kinds: Set<ConnectionType> = []
        return Array(ordered.map(\.story).filter { kinds.insert($0.connection.type).inserted }.prefix(countMax))
    }

    private init?(_ row: ReleasedConnection, _ context: PageContext) {
        let slice = Slice([.connection: row.id])
        guard let outcomes = context.table[.attributedOutcomes, slice], outcomes.amount ?? 0 >= 2,
            let credit = context.table[.creditedOutcomes, slice], credit.amount ?? 0 > 0,
            row.evidence.first?.hasPrefix("T1 ") == true
        else { return nil }
        let departments = context.ranked(.attributedOutcomes, by: [.department, .connection], where: slice)
        guard !departments.isEmpty, departments.allSatisfy(\.isStated) else { return nil }
        (connection, self.outcomes, self.credit) = (row, outcomes, credit)
        self.departments = departments.filter { $0.amount ?? 0 > 0 }
        let money = context.table[.foreignFunds, [.connection: row.id, .form: "grant"]]
        grant = money?.amount ?? 0 > 0 ? money : nil
    }

    /// Credit times the share that was decided.
    private var score: Double {
        let decided = outcomes.amount ?? 0
        guard let abstained = outcomes.abstained else { return (credit.amount ?? 0) / 2 }
        return (credit.amount ?? 0) * decided / (decided + Double(abstained))
    }

    /// The sentences.
    func sentences(_ context: PageContext, _ shown: (ReleasedFigure, String) -> HTML) -> [HTML] {
        let texts = context.texts
        let names = departments.map { HTML(context.names.department($0.slice[.department] ?? "")) }
        var sentences = [
            texts.html(
                "story.outcomes",
                [
                    "outcomes": shown(outcomes, texts("outcome.other", ["n": context.words(outcomes)])),
                    "departments": texts.list(names), "credited": shown(credit, context.words(credit)),
                ])
        ]
        if let compared = context.compared(outcomes) { sentences.append(HTML(compared)) }
        if let kind = connection.evidence.first {
            sentences.append(
                texts.html(
                    "story.evidence", ["evidence": HTML(EvidenceWords(texts: texts).clause(kind)), "kind": HTML(kind)]))
        }
        if let grant {
            sentences.append(texts.html("story.money", ["amount": shown(grant, context.words(grant))]))
        }
        if let abstained = outcomes.abstained, abstained > 0 {
            sentences.append(
                HTML(texts(texts.form("story.abstained", abstained), ["n": Numerals.text(abstained)])))
        }
        return sentences
    }
}

extension EvidenceWords {
    /// The same within a sentence: `documents show that the partner funded the work`.
    func clause(_ kind: String) -> String {
        var sentence = sentence(kind)
        if sentence.hasSuffix(".") { sentence.removeLast() }
        return sentence.prefix(1).lowercased() + sentence.dropFirst()
    }
}
