import Indicators
import Releases

/// How sure the figures of a release are: what was reviewed, set aside, rests on one source, and is withheld.
struct Sureness {
    let context: PageContext
    private var texts: PageTexts { context.texts }

    /// One of the things that say how sure the figures are.
    struct Item {
        let name: String
        let value: HTML
        let note: String
    }

    /// The three measures of claim quality, and what is withheld.
    var items: [Item] {
        let measures = ["upheld", "abstained", "on one source"].compactMap { measure -> Item? in
            guard let figure = context.table[.claimQuality, [.measure: measure]] else { return nil }
            return Item(
                name: texts["sure.\(measure)"], value: context.link(figure), note: note(figure, measure))
        }
        let release = context.release
        let hidden = release.suppression.primary + release.suppression.complementary
        let withheld = Item(
            name: texts["sure.withheld"],
            value: context.link(
                .method, texts("sure.withheld.value", ["n": Numerals.text(Int64(hidden))]), "figure"),
            note: texts(
                "sure.withheld.note",
                [
                    "all": Numerals.text(Int64(release.suppression.populations)),
                    "threshold": String(release.threshold),
                ]))
        return measures + [withheld]
    }

    private func note(_ figure: ReleasedFigure, _ measure: String) -> String {
        guard figure.isStated else { return context.reason(figure) }
        var parts: [String] = []
        if let lower = figure.lower, let upper = figure.upper {
            parts.append(
                texts(
                    "interval", ["lower": context.amount(lower, .percent), "upper": context.amount(upper, .percent)]))
        }
        if let numerator = figure.numerator, let denominator = figure.denominator {
            parts.append(
                texts(
                    "sure.\(measure).note",
                    ["numerator": Numerals.text(numerator), "denominator": Numerals.text(denominator)]))
        }
        return parts.joined(separator: " ")
    }

    /// The sum of it in a sentence.
    var verdict: String {
        let upheld = context.table[.claimQuality, [.measure: "upheld"]]
        guard let upheld, upheld.isStated else { return texts["sure.verdict.unreviewed"] }
        return texts("sure.verdict.reviewed", ["share": context.words(upheld)])
    }

    /// The panel beside the headline, of the first page and of the brief.
    var panel: HTML {
        let rows = items.map { item -> HTML in
            """
            <div><dt>\(item.name)</dt><dd class="measure">\(item.value)</dd><dd class="note">\(item.note)</dd></div>

            """
        }
        return """
            <section class="sure" aria-labelledby="sure-title">
            <h2 id="sure-title">\(texts["sure.title"])</h2>
            <p>\(verdict)</p>
            <dl>
            \(rows)</dl>
            </section>

            """
    }
}

extension PageContext {
    /// Why a figure says nothing, in a sentence; empty where it says something.
    func reason(_ figure: ReleasedFigure) -> String {
        switch figure.value {
        case .stated: ""
        case .withheld: texts("withheld.reason", ["threshold": String(release.threshold)])
        case .notStated(let missing):
            texts.known("missing.\(missing)") ?? texts("missing.other", ["input": missing])
        }
    }
}
