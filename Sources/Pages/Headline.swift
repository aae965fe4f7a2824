import Indicators
import Releases

/// The sentences that answer what the connections did in a period, made of its figures.
struct Headline {
    let context: PageContext
    private var texts: PageTexts { context.texts }

    /// `Between April and June 2026, international connections helped make 423 outcomes of four departments possible.`
    func main(_ shown: (ReleasedFigure, String) -> HTML) -> HTML {
        let period = HTML(context.periods.within(context.release))
        guard let figure = context.table[.attributedOutcomes, Slice()] else {
            return texts.html("headline.not.stated", ["period": period])
        }
        switch figure.value {
        case .withheld:
            return texts.html("headline.withheld", ["period": period, "word": shown(figure, texts["withheld"])])
        case .notStated:
            return texts.html("headline.not.stated", ["period": period])
        case .stated(let amount):
            let count = Int64(amount) ?? 0
            let key = count == 0 ? "headline.none" : count == 1 ? "headline.one" : "headline.many"
            let words = count == 1 ? texts["outcome.one"] : texts("outcome.other", ["n": context.words(figure)])
            return texts.html(
                key, ["period": period, "outcomes": shown(figure, words), "departments": HTML(departments)])
        }
    }

    /// ` of four city departments`; nothing where not every department's figure can be seen.
    private var departments: String {
        let figures = context.table.all(.attributedOutcomes, by: [.department])
        guard !figures.isEmpty, figures.allSatisfy(\.isStated) else { return "" }
        let count = figures.count { ($0.amount ?? 0) > 0 }
        guard count > 0 else { return "" }
        return texts(
            texts.form("headline.departments", Int64(count)),
            ["n": texts.known("number.\(count)") ?? String(count)])
    }

    /// How much of it is the connections' credit, and how it compares.
    func lead(_ shown: (ReleasedFigure, String) -> HTML) -> [HTML] {
        guard let outcomes = context.table[.attributedOutcomes, Slice()], let count = outcomes.amount, count > 0 else {
            return []
        }
        var sentences = context.compared(outcomes).map { [HTML($0)] } ?? []
        let credited = context.table[.creditedOutcomes, Slice()]
        let domestic = context.table[.domesticShare, Slice()]
        if let credited, credited.isStated {
            let amount = shown(credited, context.words(credited))
            if let domestic, domestic.isStated {
                sentences.append(
                    texts.html(
                        "lead.credit", ["credited": amount, "domestic": shown(domestic, context.words(domestic))]))
            } else {
                sentences.append(texts.html("lead.credit.alone", ["credited": amount]))
            }
        } else if let credited {
            sentences.append(
                texts.html("lead.credit.absent", ["word": shown(credited, context.words(credited))]))
        }
        return sentences
    }
}
