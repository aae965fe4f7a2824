import Charts
import Indicators
import Releases

/// What the connections did for the city in a period, and how sure that is: the first page, and the page of a release.
struct OverviewPage {
    let context: PageContext
    let map: WorldMap?
    private var texts: PageTexts { context.texts }

    init(_ context: PageContext, _ map: WorldMap?) { (self.context, self.map) = (context, map) }

    var body: PageBody {
        let outcomes = OutcomeSections(context: context, map: map)
        let upkeep = UpkeepSections(context: context)
        let quality = QualitySections(context: context)
        let plain = Headline(context: context).main { HTML($1) }
        let sections = [
            outcomes.departments, outcomes.shares, outcomes.credit, outcomes.countries, upkeep.upkeep, quality.equity,
            upkeep.money, quality.claims, upkeep.others, allFigures,
        ]
        return PageBody(
            title: context.periods.span(context.release), summary: PlainText.of(plain),
            html: hero + cards + sections.joined(), kind: "overview")
    }

    private var hero: HTML {
        let headline = Headline(context: context)
        let lead = headline.lead { context.link($0, saying: $1) }.joined(" ")
        let older = context.index.history.reversed().prefix(3).map { table in
            context.link(.release(table.release.id), context.periods.short(table.release))
        }
        let earlier: HTML =
            older.isEmpty ? .empty : "<p class=\"earlier\">\(texts["earlier"]) \(older.joined(", "))</p>\n"
        return """
            <div class="hero">
            <div class="headline">
            <p class="kicker">\(context.release.city) · \(context.periods.span(context.release))</p>
            <h1>\(headline.main { context.link($0, saying: $1) })</h1>
            <p class="lead">\(lead)</p>
            \(earlier)</div>
            \(Sureness(context: context).panel)</div>

            """
    }

    /// The figures that are shown large.
    private var cards: HTML {
        let cards = KeyFigure.all(context).map(\.card)
        return cards.isEmpty
            ? .empty
            : """
            <section class="key" aria-labelledby="key-title">
            <h2 id="key-title" class="unseen">\(texts["key.title"])</h2>
            <ul class="cards">
            \(cards)</ul>
            </section>

            """
    }

    private var allFigures: HTML {
        let items = Indicator.allCases.filter { !context.table.all($0).isEmpty }.map { indicator -> HTML in
            """
            <li>\(context.link(context.figure(indicator), texts["\(indicator.rawValue).title"])) \
            <span class="code">\(indicator.rawValue)</span></li>

            """
        }
        return context.section("figures", texts["figures.title"], "<ul class=\"index\">\n\(items)</ul>\n")
    }
}

/// The text of a piece of HTML that has been escaped, without its tags.
enum PlainText {
    static func of(_ html: HTML) -> String {
        var text = ""
        var isTag = false
        for character in html.text {
            if character == "<" {
                isTag = true
            } else if character == ">" {
                isTag = false
            } else if !isTag {
                text.append(character)
            }
        }
        for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
            text = text.split(separator: entity, omittingEmptySubsequences: false).joined(separator: character)
        }
        return text
    }
}
