import HTTP
import Pipeline
import Primitives
import Releases
import Store

/// `/feed.atom`: the releases for whoever wants to be told of new ones (RFC 4287).
struct AtomFeed: Sendable {
    private static let entriesMax = 100
    private let published: PublishedReleases
    /// What stands before the paths of links. Readers of feeds want to know the host (RFC 4287, section 2), and only
    /// the operator knows it, since a field `Host` can be made up.
    private let base: String

    init(_ published: PublishedReleases, _ url: PublicURL? = nil) {
        (self.published, base) = (published, url?.text ?? "")
    }

    func add(to router: inout Router) throws(RouteError) {
        try router.add("GET", "/feed.atom") { [self] request in
            published.refusal(of: request)
                ?? HTTPResponse(contentType: "application/atom+xml; charset=utf-8", text: text(published.now.items))
        }
    }

    private func text(_ items: [PublishedReleases.Item]) -> String {
        let city = items.first?.release.city ?? ""
        let updated = items.first?.entry.closedAt.description ?? "1970-01-01T00:00:00Z"
        var lines = [
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>", "<feed xmlns=\"http://www.w3.org/2005/Atom\">",
            "<title>\(Markup.escaped("International connections" + (city.isEmpty ? "" : ", \(city)")))</title>",
            "<id>tag:city-attribution.org,2026:releases/\(EngineLoader.slug(city))</id>",
            "<updated>\(updated)</updated>", "<link rel=\"self\" href=\"\(base)/feed.atom\"/>",
            "<author><name>\(Markup.escaped(city.isEmpty ? "City Attribution" : city))</name></author>",
        ]
        for item in items.prefix(AtomFeed.entriesMax) { lines.append(entry(item, city)) }
        return (lines + ["</feed>", ""]).joined(separator: "\n")
    }

    private func entry(_ item: PublishedReleases.Item, _ city: String) -> String {
        let (id, release) = (item.entry.id, item.release)
        let what = release.restates.map { "Takes the place of \($0); \(release.changes.count) figures changed." }
        return """
            <entry><title>\(Markup.escaped(id))</title>
            <id>tag:city-attribution.org,2026:releases/\(EngineLoader.slug(city))/\(Markup.escaped(id))</id>
            <updated>\(item.entry.closedAt)</updated>
            <link rel="alternate" type="text/html" href="\(base)/releases/\(PercentCoding.encode(id))"/>
            <link rel="alternate" type="application/json" href="\(base)/v1/releases/\(PercentCoding.encode(id))"/>
            <summary>\(Markup.escaped("\(release.firstDay) to \(release.lastDay), \(release.figures.count) figures. "
                + (what ?? "The first release of this period.") + " \(item.entry.digest)"))</summary></entry>
            """
    }
}
