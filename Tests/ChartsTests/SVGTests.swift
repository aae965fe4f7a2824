import Testing

@testable import Charts

@Suite("Every plot as SVG")
struct SVGTests {
    @Test("is well-formed, inside its view box, named, and free of scripts, styles, addresses and fixed sizes")
    func keepsTheRules() {
        for seed in 0..<150 as Range<UInt64> {
            var maker = ChartMaker(seed: seed)
            let locale = maker.locale()
            for chart in maker.all() {
                for layout in ChartLayout.allCases {
                    let text = chart.svg(layout, locale: locale)
                    let parts = SVGElements(text)
                    let place: Comment = "seed \(seed), \(type(of: chart)), \(layout)"
                    #expect(parts.isWellFormed, place)
                    #expect(parts.outside.isEmpty, place)
                    let root = parts.elements.first
                    #expect(root?.attributes["role"] == "img", place)
                    #expect(
                        root?.attributes["aria-labelledby"] == "plot-1-\(layout)-title plot-1-\(layout)-desc", place)
                    #expect(root?.attributes["width"] == nil && root?.attributes["height"] == nil, place)
                    #expect(root?.title == ChartMaker.text.title, place)
                    #expect(parts.elements.contains { $0.name == "desc" && $0.text == "What can be seen" }, place)
                    let names = ["style", "script", "image", "a", "use", "foreignObject"]
                    #expect(!parts.elements.contains { names.contains($0.name) }, place)
                    #expect(parts.elements.allSatisfy { $0.attributes["style"] == nil }, place)
                    #expect(!text.contains("nan") && !text.contains("inf\""), place)
                    // No colour, and no address but the namespace and patterns of the image itself.
                    #expect(text.split(separator: "http").count == 2, place)
                    let fills = parts.elements.compactMap { $0.attributes["fill"] }
                    #expect(fills.allSatisfy { $0.hasPrefix("url(#plot-1-\(layout)-") }, place)
                    #expect(parts.elements.allSatisfy { $0.attributes["stroke"] == nil }, place)
                }
            }
        }
    }

    @Test("is the same, byte for byte, each time")
    func isDeterministic() {
        for seed in 0..<20 as Range<UInt64> {
            var (first, second) = (ChartMaker(seed: seed), ChartMaker(seed: seed))
            let pairs = zip(first.all(), second.all())
            for (left, right) in pairs {
                #expect(left.responsiveSVG() == right.responsiveSVG(), "seed \(seed), \(type(of: left))")
            }
        }
    }

    @Test("says so where there are no data")
    func emptyPlotsSaySo() {
        let text = ChartMaker.text
        let charts: [any Chart] = [
            ColumnChart(text, months: [], series: []), BarChart(text, nameHead: "", bars: []),
            ShareChart(text, months: [], series: []), RatioChart(text, nameHead: "", rows: [], sides: ("", "")),
            Sparkline(text, months: [], values: []),
            MapChart(text, world: ChartMaker.world, nameHead: "", places: []),
        ]
        for chart in charts {
            #expect(SVGElements(chart.svg(.wide, locale: .spanish)).texts.contains("sin datos"), "\(type(of: chart))")
        }
    }

    @Test("uses only classes and properties that the stylesheet defines")
    func stylesheetDefinesAllClasses() {
        let css = ChartStylesheet.css
        var used: Set<String> = []
        for seed in 0..<60 as Range<UInt64> {
            var maker = ChartMaker(seed: seed)
            for chart in maker.all() {
                used.formUnion(SVGElements(chart.responsiveSVGAsOne()).elements.flatMap(\.styles))
            }
        }
        #expect(used.count > 25)
        for style in used where style != "chart-wide" {
            #expect(css.contains(".\(style) "), "\(style)")
        }
        for property in css.matches(of: /var\((--[a-z0-9-]+)\)/).map(\.1) {
            #expect(Palette.light.properties.contains("\(property):"), "\(property)")
            #expect(Palette.dark.properties.contains("\(property):"), "\(property)")
        }
        #expect(!css.contains("http") && !css.contains("@import") && !css.contains("url("))
    }
}

extension Chart {
    /// Both layouts within one element, for an XML parser.
    func responsiveSVGAsOne() -> String { "<svg>\(responsiveSVG())</svg>" }
}
