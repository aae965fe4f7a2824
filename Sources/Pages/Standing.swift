import Indicators
import Primitives
import Releases

/// What figures stand for: a release that holds, one that was restated, or a period that is not closed yet.
struct Standing {
    /// How often a page can be asked to be loaded again, in seconds.
    static let reloadSeconds = 10

    let context: PageContext
    private var texts: PageTexts { context.texts }
    private var release: Release { context.release }

    /// What the window shows before the title.
    var titlePrefix: String? { release.isProvisional ? texts["provisional"] : nil }

    /// A line above the content, where the figures are not those that hold.
    var banner: HTML {
        if release.isProvisional { return provisional }
        guard let successor = context.index.successor else { return .empty }
        let link = context.link(.release(successor), successor)
        return "<p class=\"banner\">\(texts.html("superseded", ["release": HTML(release.id), "successor": link]))</p>\n"
    }

    /// A line below the content: where the figures are from.
    var source: HTML {
        let time = HTML(context.periods.time(release.closedAt))
        guard !release.isProvisional else { return texts.html("footer.provisional", ["time": time]) }
        let link = context.link(.release(release.id), release.id)
        return texts.html("footer.release", ["release": link, "time": time])
    }

    /// What it can be checked by; nil where there is nothing that stays.
    var digest: String? { release.isProvisional ? nil : context.index.digest }

    /// The same in plain words, for the brief.
    var plainSource: String {
        let time = context.periods.time(release.closedAt)
        guard !release.isProvisional else { return texts("footer.provisional", ["time": time]) }
        return texts("brief.release", ["release": release.id, "time": time])
    }

    private var provisional: HTML {
        let statement = texts.html(
            "provisional.banner",
            ["period": HTML(context.periods.span(release)), "time": HTML(context.periods.time(release.closedAt))])
        let here = context.address(context.route)
        var links: [HTML] = [
            context.reloadSeconds == nil
                ? """
                <a href="\(here)&amp;every=\(Standing.reloadSeconds)">\
                \(texts("provisional.follow", ["seconds": String(Standing.reloadSeconds)]))</a>
                """
                : "<a href=\"\(here)\">\(texts["provisional.stop"])</a>"
        ]
        if let next = release.following {
            links.append(context.link(.release(Release.provisionalID(of: next.name)), texts["provisional.next"]))
        }
        return "<p class=\"banner\">\(statement) \(links.joined(" · "))</p>\n"
    }
}

extension Release {
    /// The period behind this one, where it had begun when the figures were computed.
    fileprivate var following: ReportingPeriod? {
        let end = lastDay.adding(days: 1)
        guard end <= closedAt.date, length != .fiscalYear else { return nil }
        return ReportingPeriod(length, holding: MonthNumber(end))
    }
}
