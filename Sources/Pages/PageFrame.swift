import Releases

/// What a page says between its header and its footer.
struct PageBody {
    /// The name of the page, for the window and for search engines.
    var title: String
    /// What it says in a sentence.
    var summary: String
    /// The content of `main`.
    var html: HTML
    /// A class for the whole page.
    var kind = ""
}

/// The frame of all pages: head, header, footer.
struct PageFrame {
    /// How a page names its stylesheet.
    static let stylesheetLink = "<link rel=\"stylesheet\" href=\"/style.css\"/>"

    let context: PageContext
    private var texts: PageTexts { context.texts }
    private var release: Release { context.release }

    init(_ context: PageContext) { self.context = context }

    /// The whole document.
    func document(_ body: PageBody) -> HTML {
        let city = release.city
        let standing = Standing(context: context)
        let title = [standing.titlePrefix ?? "", body.title, city].filter { !$0.isEmpty }.joined(separator: " · ")
        let description: HTML = "<meta name=\"description\" content=\"\(body.summary)\"/>\n"
        return """
            \(PageFrame.head(context.language, title: title, description + alternates + reload))\
            <body class="\(body.kind)">
            <a class="skip" href="#main">\(texts["skip"])</a>
            \(header)<main id="main" tabindex="-1">
            <div class="wrap">
            \(standing.banner)\(body.html)</div>
            </main>
            \(footer)</body>
            </html>

            """
    }

    /// What every document begins with, up to its body.
    static func head(_ language: PageLanguage, title: String, _ more: HTML = .empty) -> HTML {
        """
        <!DOCTYPE html>
        <html lang="\(language.rawValue)">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <title>\(title)</title>
        \(HTML(made: stylesheetLink))
        \(more)</head>

        """
    }

    private var alternates: HTML {
        PageLanguage.allCases.map { language -> HTML in
            """
            <link rel="alternate" hreflang="\(language.rawValue)" href="\(context.route.address(language))"/>

            """
        }.joined()
    }

    private var header: HTML {
        let id = release.id
        let places: [(PageRoute, String, Bool)] = [
            (.release(id), texts["nav.overview"], isOverview),
            (.connections(release: id), texts["nav.connections"], context.route == .connections(release: id)),
            (.releases, texts["nav.releases"], context.route == .releases),
            (.method, texts["nav.method"], context.route == .method),
            (.brief(id), texts["nav.brief"], context.route == .brief(id)),
        ]
        let items = places.map { route, name, isHere -> HTML in
            let here: HTML = isHere ? " aria-current=\"page\"" : ""
            return "<li><a href=\"\(context.address(route))\"\(here)>\(name)</a></li>"
        }
        return """
            <header class="site">
            <div class="wrap bar">
            <a class="brand" href="\(context.address(.home))"><span class="city">\(release.city)</span> \
            <span class="what">\(texts["brand"])</span></a>
            <nav aria-label="\(texts["nav.main"])"><ul>\(items)</ul></nav>
            \(languageLinks)</div>
            </header>

            """
    }

    private var isOverview: Bool { context.route == .release(release.id) || context.route == .home }

    private var languageLinks: HTML {
        PageLanguage.allCases.filter { $0 != context.language }.map { language -> HTML in
            """
            <a class="language" lang="\(language.rawValue)" hreflang="\(language.rawValue)" \
            href="\(context.route.address(language))">\(language.ownName)</a>

            """
        }.joined()
    }

    /// Loads the page again by itself, where its reader asked for that.
    private var reload: HTML {
        guard let seconds = context.reloadSeconds else { return .empty }
        return "<meta http-equiv=\"refresh\" content=\"\(seconds)\"/>\n"
    }

    private var footer: HTML {
        let standing = Standing(context: context)
        let note = texts(
            "footer.threshold", ["threshold": String(release.threshold)])
        let digest: HTML =
            standing.digest.map { "<p class=\"digest\">\(texts["digest"]) <code>\($0)</code></p>\n" } ?? .empty
        return """
            <footer class="site">
            <div class="wrap">
            <p>\(standing.source)</p>
            <p>\(note) <a href="\(context.address(.method))">\(texts["nav.method"])</a></p>
            \(digest)</div>
            </footer>

            """
    }
}

/// The first page of a city that has closed no period yet.
enum EmptyPage {
    static func html(_ language: PageLanguage) -> HTML {
        let texts = PageTexts.of(language)
        return """
            \(PageFrame.head(language, title: texts["brand"]))<body>
            <main id="main"><div class="wrap">
            <h1>\(texts["empty.title"])</h1>
            <p>\(texts["empty.text"])</p>
            </div></main>
            </body>
            </html>

            """
    }
}
