/// The one stylesheet of all plots and their tables, for the page to supply once.
public enum ChartStylesheet {
    /// The rules, for light and dark ground and for paper.
    ///
    /// Dark where the reader's system is, unless the root element says `data-theme="light"`, and wherever it says
    /// `data-theme="dark"`. Paper is light. No address is in it, so no request follows.
    public static let css = """
        :root { \(Palette.light.properties) }
        @media screen and (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { \
        \(Palette.dark.properties) } }
        @media screen { :root[data-theme="dark"] { \(Palette.dark.properties) } }
        .chart { display: block; width: 100%; height: auto; background: var(--chart-ground); \
        print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        .chart text { font: 400 13px/1 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, \
        sans-serif; fill: var(--chart-text); font-variant-numeric: tabular-nums; }
        .chart .quiet { fill: var(--chart-quiet); }
        .chart .strong { font-weight: 600; }
        .chart .halo { paint-order: stroke; stroke: var(--chart-ground); stroke-width: 3.5; stroke-linejoin: round; }
        .chart .grid { stroke: var(--chart-grid); stroke-width: 1; }
        .chart .axis { stroke: var(--chart-axis); stroke-width: 1; }
        .chart .target { stroke: var(--chart-quiet); stroke-width: 1.5; stroke-dasharray: 5 4; }
        .chart .stripe { stroke: var(--chart-ground); stroke-width: 1.5; }
        .chart .speck { fill: var(--chart-ground); }
        .chart .hatch { stroke: var(--chart-absent); stroke-width: 1.5; }
        .chart .withheld { stroke: var(--chart-absent); stroke-width: 1; }
        .chart .unstated { fill: var(--chart-ground); stroke: var(--chart-absent); stroke-width: 1.5; }
        .chart .land { fill: var(--chart-land); stroke: var(--chart-ground); stroke-width: .5; stroke-linejoin: round; }
        .chart .country { stroke: var(--chart-ground); stroke-width: .5; stroke-linejoin: round; }
        .chart .spot { stroke: var(--chart-ground); stroke-width: 1.2; }
        .chart .home { fill: var(--chart-2); stroke: var(--chart-ground); stroke-width: 1.5; }
        .chart .muted { fill: var(--chart-absent); }
        .chart .line { fill: none; stroke-width: 2.25; stroke-linejoin: round; stroke-linecap: round; }
        .chart .interval { stroke-width: 1.25; }
        .chart .mark { stroke: var(--chart-ground); stroke-width: 1.25; }
        \(seriesRules)
        \(classRules)
        .chart-narrow { display: none; }
        @media screen and (max-width: 599px) { .chart-wide { display: none; } .chart-narrow { display: block; } }
        .chart-table { border-collapse: collapse; color: var(--chart-text); font-variant-numeric: tabular-nums; }
        .chart-table caption { text-align: start; font-weight: 600; padding: .25rem 0; }
        .chart-table th, .chart-table td { padding: .25rem .75rem .25rem 0; text-align: end; \
        border-bottom: 1px solid var(--chart-grid); }
        .chart-table th[scope="row"], .chart-table thead th:first-child { text-align: start; font-weight: 400; }
        .chart-table .absent { color: var(--chart-quiet); }

        """

    private static let seriesRules = (1...Palette.light.series.count).map {
        ".chart .c\($0) { fill: var(--chart-\($0)); } .chart .s\($0) { stroke: var(--chart-\($0)); }"
    }.joined(separator: "\n")

    private static let classRules = (1...Palette.light.classes.count).map {
        ".chart .k\($0) { fill: var(--chart-class-\($0)); }"
    }.joined(separator: "\n")
}
