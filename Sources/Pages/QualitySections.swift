import Charts
import Indicators
import Releases

/// The parts of the first page about who was reached, and how good the claims are.
struct QualitySections {
    let context: PageContext
    private var texts: PageTexts { context.texts }

    /// Each group's share of those reached over its share of the clients.
    var equity: HTML {
        let figures = context.table.all(.equityLens, by: [.department, .group])
        guard !figures.isEmpty else { return .empty }
        let named = figures.map { figure in
            (name: context.names.slice(figure.slice), figure: figure)
        }
        let chart = RatioChart(
            ChartText(
                id: "equity", title: texts["equity.plot"], description: texts["equity.plot.description"]),
            nameHead: texts["group"], rows: named.map { .init($0.name, context.plotted($0.figure)) },
            sides: (texts["equity.less"], texts["equity.more"]))
        let table = context.figureTable(
            "equity-table", texts["equity.plot"], head: texts["group"],
            rows: named.map { (HTML($0.name), $0.figure.slice) }, columns: [.equityLens, .residentsReached],
            showsCaption: false)
        return context.section(
            "equity-lens", texts["equity.title"], lead: HTML(texts["equity.lead"]),
            LinkedPlot(context: context, chart: chart, table: table).html)
    }

    /// Claim quality over time, and what decided the outcomes.
    var claims: HTML {
        let measures = ["upheld", "abstained", "on one source"].compactMap { measure in
            context.table[.claimQuality, [.measure: measure]].map { (texts["measure.\(measure)"], $0) }
        }
        guard !measures.isEmpty else { return .empty }
        let chart = ShareChart(
            ChartText(
                id: "claim-quality", title: texts["claims.plot"], description: texts["claims.plot.description"]),
            months: context.steps.map(\.month), step: context.step,
            series: measures.map { name, figure in .init(name.capitalisedFirst, points(figure.slice)) }, decimals: 1)
        let plot = LinkedPlot(
            context: context, chart: chart,
            table: context.timeTable(
                "claim-quality-table", texts["claims.plot"],
                measures.map { ($0.0.capitalisedFirst, .claimQuality, $0.1.slice) }))
        return context.section(
            "claims", texts["claims.title"], lead: HTML(texts["claims.lead"]),
            "<div class=\"pair\">\n\(plot.html)<div>\(Provenance(context: context).html)</div>\n</div>\n")
    }

    private func points(_ slice: Slice) -> [ShareChart.Point] {
        context.steps.map { step in
            let figure = step.table?[.claimQuality, slice]
            let ends = [figure?.lower, figure?.upper].compactMap { $0.flatMap { Double($0) } }
            let interval = ends.count == 2 && ends[0] <= ends[1] ? ends[0] / 100...ends[1] / 100 : nil
            return ShareChart.Point(context.plotted(figure), interval: interval)
        }
    }
}

/// What decided the outcomes of a release: rules, registry, profile, program, each by its digest.
struct Provenance {
    let context: PageContext
    private var texts: PageTexts { context.texts }

    var html: HTML {
        let release = context.release
        var table = PageTable(
            "versions", texts["versions.caption"],
            heads: [
                (texts["versions.engine"], false), (texts["versions.rules"], false),
                (texts["versions.registry"], false),
                (texts["versions.profile"], false), (texts["versions.outcomes"], true),
            ])
        for entry in release.versions {
            table.add(
                "<code>\(entry.engine)</code>",
                [entry.rules, entry.registry, entry.profile].map { .text(Provenance.short($0)) }
                    + [.number(HTML(Numerals.text(entry.outcomes)))])
        }
        let counts = texts(
            "records",
            [
                "received": Numerals.text(release.records.received), "refused": Numerals.text(release.records.refused),
                "outcomes": Numerals.text(release.records.outcomes),
            ])
        return "<p>\(counts)</p>\n\(table.count > 0 ? table.html : .empty)"
    }

    /// The first digits of a digest, with all of them where a pointer rests.
    static func short(_ digest: String) -> HTML {
        let plain = digest.hasPrefix("sha256:") ? String(digest.dropFirst(7)) : digest
        return "<code title=\"\(plain)\">\(String(plain.prefix(12)))</code>"
    }
}
