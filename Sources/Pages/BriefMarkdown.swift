import Indicators
import Releases

/// The brief as Markdown, for a terminal, a mail or a wiki.
struct BriefMarkdown {
    let context: PageContext
    private var texts: PageTexts { context.texts }

    init(_ context: PageContext) { self.context = context }

    /// The document.
    var text: String {
        let headline = Headline(context: context)
        let title = texts("brief.title", ["period": context.periods.span(context.release)])
        let plain: (ReleasedFigure, String) -> HTML = { HTML($1) }
        var lines = [
            "# \(Self.escaped(PlainText.of(headline.main(plain))))", "",
            Self.escaped(context.release.city) + " · " + title,
        ]
        let lead = headline.lead(plain).map { PlainText.of($0) }.joined(separator: " ")
        if !lead.isEmpty { lines += ["", Self.escaped(lead)] }
        lines += ["", "## \(texts["key.title"])", ""]
        lines += KeyFigure.all(context).map { key in
            let notes = key.notes.joined(separator: "; ")
            return "- **\(key.name):** \(context.words(key.figure))" + (notes.isEmpty ? "" : " (\(notes))")
        }
        lines += ["", "## \(texts["departments.table"])", ""] + departments
        lines += ["", texts["people.never.summed"]]
        let sureness = Sureness(context: context)
        lines += ["", "## \(texts["sure.title"])", "", sureness.verdict, ""]
        lines += sureness.items.map { item in
            let (value, note) = (PlainText.of(item.value), item.note)
            let says = note.lowercased().hasPrefix(value) ? note : note.isEmpty ? value : "\(value) (\(note))"
            return "- **\(item.name):** \(says)"
        }
        lines += ["", "## \(texts["stories.title"])", ""] + stories
        lines += ["", "## \(texts["care.title"])", ""] + care
        let release = context.release
        lines += [
            "", "## \(texts["brief.method.title"])", "",
            texts("brief.method", ["threshold": String(release.threshold)]), "",
            texts("brief.release", ["release": release.id, "time": context.periods.time(release.closedAt)]) + " "
                + texts["digest"] + " `\(context.index.digest)`",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private var departments: [String] {
        let columns: [Indicator] = [.attributedOutcomes, .creditedOutcomes, .shareOfSuccess, .residentsReached]
        let heads = [texts["department"]] + columns.map { texts["\($0.rawValue).short"] }
        var lines = ["| " + heads.joined(separator: " | ") + " |", "|---|" + columns.map { _ in "---:|" }.joined()]
        for name in context.table.departments {
            let cells = columns.map { context.table[$0, [.department: name]].map { context.words($0) } ?? "–" }
            let shown = Self.escaped(context.names.department(name).capitalisedFirst)
            lines.append("| " + ([shown] + cells).joined(separator: " | ") + " |")
        }
        return lines
    }

    private var stories: [String] {
        let stories = Story.all(context)
        guard !stories.isEmpty else { return [texts["stories.none"]] }
        let told = stories.flatMap { story -> [String] in
            let text = story.sentences(context) { HTML($1) }.map { PlainText.of($0) }.joined(separator: " ")
            let tie = context.names.tie(story.connection.type)
            return ["**\(Self.escaped(story.connection.partner))** (\(tie)). \(Self.escaped(text))", ""]
        }
        return told + [texts["stories.rule"]]
    }

    private var care: [String] {
        let attention = Attention(context)
        let dormant = attention.dormant.map { Self.escaped(context.names.partner($0)) }
        let late = attention.reviewsPast.map { row in
            Self.escaped(row.partner) + (row.reviewOn.map { " (\(context.periods.day($0)))" } ?? "")
        }
        let figure = context.table[.dormantConnections, Slice()]
        let none = figure.map { $0.isStated ? texts["dormant.none"] : context.reason($0) } ?? texts["not.stated"]
        return [
            "- **\(texts["dormant.title"]):** " + (dormant.isEmpty ? none : dormant.joined(separator: ", ")),
            "- **\(texts["reviews.title"]):** " + (late.isEmpty ? texts["reviews.none"] : late.joined(separator: ", ")),
        ]
    }

    /// What has a meaning in Markdown, or is HTML in it, written as itself.
    static func escaped(_ text: String) -> String {
        var shown = ""
        for character in text {
            if "\\`*_[]<>|#&".contains(character) { shown.append("\\") }
            shown.append(character.isNewline ? " " : character)
        }
        return shown
    }
}
