import Charts
import Indicators
import Releases
import Testing

@testable import Pages

@Suite("The pages of a city")
struct SiteTests {
    /// All pages that links lead to from the first one, by their address.
    static func crawl(_ site: Site) throws -> [String: String] {
        var pages: [String: String] = [:]
        var waiting = [PageRoute.home.address(.english)]
        while let link = waiting.popLast() {
            guard pages[link] == nil else { continue }
            let place = try #require(route(link), "no route: \(link)")
            let page = try #require(site.page(place.route, language: place.language), "no page: \(link)")
            pages[link] = page
            waiting += PageChecker(page).links.filter { $0 != "/style.css" && !$0.hasPrefix("#") }
        }
        return pages
    }

    @Test("are well-formed, link to one another only, and every link leads to a page")
    func crawled() throws {
        let pages = try Self.crawl(SmallCity.site())
        #expect(pages.count > 200)
        for (link, page) in pages {
            let checker = PageChecker(page)
            #expect(checker.problems.isEmpty, "\(link): \(checker.problems)")
            #expect(checker.links.allSatisfy { $0 == "#main" || $0.hasPrefix("/") && !$0.hasPrefix("//") }, "\(link)")
        }
        let kinds = Set(pages.keys.map { $0.split(separator: "/").first.map { $0.prefix { $0 != "?" } } ?? "" })
        #expect(kinds.isSuperset(of: ["releases", "departments", "connections", "indicators", "method", "brief"]))
    }

    @Test("open every figure with its value, numerator, denominator, n, abstentions and versions")
    func figuresOpen() throws {
        let release = try SmallCity().release()
        let site = try SmallCity.site()
        for figure in release.figures {
            let place = PageRoute.indicator(figure.indicator, figure.slice, release: release.id)
            for language in PageLanguage.allCases {
                let page = try #require(site.page(place, language: language))
                let opened = try #require(
                    page.split(separator: "id=\"figure\"").last?.split(separator: "</section>").first)
                switch figure.value {
                case .withheld: #expect(opened.contains(language == .english ? ">withheld<" : ">reservado<"))
                case .notStated: #expect(opened.contains(language == .english ? ">not stated<" : ">no indicado<"))
                case .stated:
                    let n = try #require(figure.n)
                    #expect(opened.contains("<dd>\(Numerals.text(n))"), "\(place)")
                }
                for part in [figure.numerator, figure.denominator].compactMap({ $0 }) {
                    #expect(opened.contains("<dd>\(Numerals.text(part))"), "\(place)")
                }
                #expect(page.contains("0123456789ab"), "the rules of \(place)")
                #expect(page.contains(PageTexts.of(language)["\(figure.indicator.rawValue).definition"]))
            }
        }
    }

    @Test("of a period that is not closed say so everywhere, and no public page leads to them")
    func provisional() throws {
        let figures = try SmallCity(period: "2026-Q3", days: ("2026-07-01", "2026-09-30"), number: 0).release()
        let site = Site(releases: [try SmallCity().release()], provisional: figures)
        let places: [PageRoute] = [
            .release(figures.id), .connections(release: figures.id), .department("housing", release: figures.id),
            .indicator(.attributedOutcomes, Slice(), release: figures.id), .brief(figures.id),
        ]
        for place in places {
            for language in PageLanguage.allCases {
                let page = try #require(site.page(place, language: language))
                #expect(PageChecker(page).problems.isEmpty && page.contains("<title>Provisional"), "\(place)")
                #expect(page.contains("class=\"banner\"") && !page.contains("sha256:"), "\(place)")
                #expect(!page.contains("http-equiv"))
                let again = try #require(site.page(place, language: language, reloadSeconds: 10))
                #expect(again.contains("<meta http-equiv=\"refresh\" content=\"10\"/>"))
            }
        }
        #expect(site.front?.id == "2026-Q2.1")
        #expect(try Self.crawl(site).values.allSatisfy { !$0.contains("rovisional") })
    }

    @Test("let every figure of the first page be opened by one click")
    func firstPageLinks() throws {
        let page = try #require(try SmallCity.site().page(.home))
        let links = Set(PageChecker(page).links)
        for (indicator, slice) in [
            (Indicator.attributedOutcomes, Slice()), (.creditedOutcomes, Slice()), (.domesticShare, Slice()),
            (.shareOfSuccess, Slice([.department: "housing"])), (.claimQuality, Slice([.measure: "upheld"])),
            (.creditedOutcomes, Slice([.connection: "pm:consulate:c"])), (.dormantConnections, Slice()),
        ] {
            let place = PageRoute.indicator(indicator, slice, release: "2026-Q2.1")
            #expect(links.contains(place.address(.english)), "\(place)")
        }
    }

    @Test("list the figures of an indicator with the parts that it has, connections by their names")
    func figuresListed() throws {
        let site = try SmallCity.site()
        let count = try #require(site.page(.indicator(.attributedOutcomes, Slice(), release: nil)))
        let share = try #require(site.page(.indicator(.shareOfSuccess, Slice(), release: nil)))
        #expect(!count.contains(">Numerator</th>") && count.contains(">n</th>") && count.contains(">Set aside</th>"))
        #expect(share.contains(">Numerator</th>") && share.contains(">Denominator</th>"))
        let table = try #require(count.split(separator: "id=\"by-connection-caption\"").last)
        let places = ["&lt;script", "Asanagi", "Consulate of Verdania", "Harbour agreement"].map {
            table.firstRange(of: ">\($0)")?.lowerBound
        }
        for (before, after) in zip(places, places.dropFirst()) {
            #expect(try #require(before) < #require(after))
        }
    }

    @Test("have the main plots for a terminal, no line wider than it, and what is withheld named so")
    func terminalPlots() throws {
        let site = try SmallCity.site()
        for columns in [40, 80, 120] {
            for language in PageLanguage.allCases {
                let text = try #require(site.terminalPlots("2026-Q2.1", columns: columns, language: language))
                let lines = text.split(separator: "\n")
                #expect(lines.allSatisfy { $0.count <= columns }, "\(columns)")
                #expect(!text.contains("\u{1b}") && !text.contains(String(SmallCity.secret)))
                let texts = PageTexts.of(language)
                let title = texts("credit.plot.first", ["n": "12", "all": "17"]).prefix(8)
                for start in [texts["K01.title"].prefix(12), texts["departments.plot"].prefix(12), title] {
                    #expect(lines.contains { $0.hasPrefix(start) }, "\(columns), \(start)")
                }
                #expect(text.contains(texts["withheld"]), "\(columns)")
            }
        }
        let ascii = try #require(site.terminalPlots("2026-Q2.1", columns: 80, glyphs: .ascii))
        let bars = ascii.split(separator: "\n").filter { $0.hasPrefix("Harbour agreement") }
        #expect(bars.count == 1 && bars[0].contains(" |###") && !ascii.contains("█"))
        #expect(site.terminalPlots("2020-Q1.1", columns: 80) == nil)
    }

    @Test("show nothing of a withheld figure but that it is withheld")
    func withheldStaysWithheld() throws {
        // Numbers that a release ought not to hold, and that no page may show even so.
        var city = SmallCity()
        let secret = String(SmallCity.secret)
        city.figures = city.figures.map { figure in
            figure.contains("withheld") ? figure + ",\"abstained\":\(secret)" : figure
        }
        let pages = try Self.crawl(Site(releases: [city.release()]))
        for (link, page) in pages {
            #expect(!page.contains("7,654,321") && !page.contains(secret), "\(link)")
        }
        let release = try city.release()
        let withheld = release.figures.filter { $0.value == .withheld }
        #expect(withheld.count == 5)
        for figure in withheld {
            let place = PageRoute.indicator(figure.indicator, figure.slice, release: release.id)
            #expect(try #require(pages[place.address(.english)]).contains("groups of 1 to 10 people"))
        }
    }

    @Test("never show what is not stated or withheld as 0")
    func absentIsNotZero() throws {
        let page = try #require(try SmallCity.site().page(.home))
        let place = PageRoute.indicator(.foreignFunds, Slice([.form: "in-kind"]), release: "2026-Q2.1")
        let link = HTML(place.address(.english)).text
        #expect(page.contains("href=\"\(link)\">not stated</a>"))
        #expect(!page.contains("href=\"\(link)\">$0"))
    }

    @Test("write hostile names as text, and none that turns the direction of what follows")
    func hostileNames() throws {
        for (link, page) in try Self.crawl(SmallCity.site()) {
            #expect(!page.contains("<script") && !page.contains("\u{202e}"), "\(link)")
        }
        let page = try #require(try SmallCity.site().page(.connection("pm:network:b \"<&", release: nil)))
        #expect(page.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;Söhne&#39;"))
        let markdown = try #require(try SmallCity.site().briefMarkdown("2026-Q2.1"))
        #expect(!markdown.contains("<script>"))
    }

    @Test("are of the newest quarter first, and say when a release was restated")
    func restated() throws {
        let site = try SmallCity.site()
        #expect(site.front?.id == "2026-Q2.1")
        let old = try #require(site.page(.release("2026-Q1.1")))
        #expect(old.contains("class=\"banner\"") && old.contains("/releases/2026-Q1.2"))
        #expect(try #require(site.page(.release("2026-Q1.2"))).contains("class=\"banner\"") == false)
        let list = try #require(site.page(.releases))
        #expect(list.contains("Takes the place of 2026-Q1.1; 1 figure changed."))
        // The comparison is with the newest release of the period before.
        #expect(try #require(site.page(.home)).contains("2 more than in Q1 2026 (10)"))
    }

    @Test("are none where there is no such release, department, connection or figure")
    func nothingThere() throws {
        let site = try SmallCity.site()
        for place in [
            PageRoute.release("2020-Q1.1"), .brief("x"), .department("nobody", release: nil),
            .department("housing", release: "x"), .connection("pm:none", release: nil),
            .indicator(.attributedOutcomes, Slice([.department: "nobody"]), release: nil),
        ] {
            #expect(site.page(place) == nil, "\(place)")
        }
        #expect(site.page(.indicator(.residentsReached, Slice(), release: nil))?.contains("never added up") == true)
        #expect(Site(releases: []).page(.home)?.contains("No period has been closed yet") == true)
        #expect(Site(releases: []).page(.method) == nil)
    }

    @Test("are the same bytes every time, whatever the order of the releases")
    func deterministic() throws {
        let releases = try [SmallCity().release(), SmallCity(number: 2, restates: "2026-Q2.1").release()]
        let sites = [Site(releases: releases), Site(releases: releases.reversed())]
        for place in [PageRoute.home, .releases, .brief("2026-Q2.2"), .connections(release: nil)] {
            #expect(sites[0].page(place, language: .spanish) == sites[1].page(place, language: .spanish))
        }
    }

    @Test("have addresses that are read as what they were made of")
    func routes() {
        let slice = Slice([.connection: "pm:a b/c?d&e=ñ", .form: "in-kind"])
        for place in [
            PageRoute.home, .release("2026-Q1.1"), .releases, .department("a/b c", release: "r&1"),
            .department("x", release: nil), .connections(release: "r"), .connection("pm:x:y", release: "r"),
            .indicator(.foreignFunds, slice, release: "r"), .indicator(.claimQuality, Slice(), release: nil), .method,
            .brief("2026-Q1.1"),
        ] {
            for language in PageLanguage.allCases {
                let read = route(place.address(language))
                #expect(read?.route == place && read?.language == language, "\(place.address(language))")
            }
        }
        #expect(PageRoute(segments: ["indicators", "K99"]) == nil && PageRoute(segments: ["a"]) == nil)
    }

    @Test("take their one stylesheet from the charts' and their own")
    func stylesheet() {
        #expect(Site.stylesheet.contains("--chart-ground") && Site.stylesheet.contains("@page"))
        #expect(!Site.stylesheet.contains("url(") && !Site.stylesheet.contains("@import"))
    }
}
