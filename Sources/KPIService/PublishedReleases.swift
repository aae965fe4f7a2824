public import Charts
import HTTP
import Operations
import Pages
import Primitives
import Releases
public import SQLDatabase
import Store

/// The releases of a store as they are served: read once, and looked at again now and then.
public final class PublishedReleases: Sendable {
    /// One release, ready to be served.
    struct Item: Sendable {
        let entry: ReleaseShelf.Entry
        let release: Release
        /// Its JSON, byte for byte as it was published.
        let body: HTTPBody
    }

    /// All releases at one time.
    struct State: Sendable {
        /// The newest first.
        var items: [Item] = []
        /// The pages of them.
        var site = Site(releases: [])
        /// A number that grows with every change.
        var version = 0
        /// Whether the store was read.
        var isRead = false

        /// The release of a name, or the newest one of a period's name.
        func item(_ name: String) -> Item? {
            items.first { $0.entry.id == name }
                ?? items.filter { $0.entry.period == name }.max {
                    $0.entry.number < $1.entry.number
                }
        }

        /// What is shown where nothing is asked for: the release of the first page.
        var standard: Item? { site.front.flatMap { item($0.id) } }
    }

    private let address: String
    /// Outlines for the map of partners.
    let map: WorldMap?
    private let state = Locked(State())

    /// Makes an empty list for a store.
    /// - Parameter map: outlines for the map of partners; a table stands in its place where there are none.
    public init(store address: String, map: WorldMap? = nil) { (self.address, self.map) = (address, map) }

    var now: State { state.withLock { $0 } }

    /// The answer for as long as the store was not read: that there is no release would be untrue. Nil from then on.
    func refusal(of request: HTTPRequest) -> HTTPResponse? {
        guard !now.isRead else { return nil }
        return Problem(
            503, detail: "The releases could not be read from the store yet. Try again.", instance: request.path
        ).response([HTTPHeader("Retry-After", "1")])
    }

    /// Looks at the store; what was read before is not read again.
    /// - Throws: where the store cannot be read; what was there stays.
    public func refresh() throws(SQLError) { try refresh(openShelf()) }

    /// Opens the shelf, for who looks at it again and again.
    func openShelf() throws(SQLError) -> ReleaseShelf {
        try ReleaseShelf(address, timeMilliseconds: SystemClock.now().microseconds / 1000)
    }

    func refresh(_ shelf: ReleaseShelf) throws(SQLError) {
        let entries = try shelf.entries()
        let known = now
        if known.isRead, known.items.map(\.entry) == entries { return }
        var items: [Item] = []
        for entry in entries {
            if let item = known.items.first(where: { $0.entry == entry }) {
                items.append(item)
                continue
            }
            guard let body = try shelf.body(period: entry.period, number: entry.number) else { continue }
            do throws(ReleaseError) {
                items.append(Item(entry: entry, release: try Release(json: body), body: HTTPBody(body, isKept: true)))
            } catch {
                throw SQLError(.corrupt, statement: "read releases", reason: "\(entry.id): \(error)")
            }
        }
        let found = items
        let site = Site(releases: items.map(\.release), worldMap: map)
        state.withLock { $0 = State(items: found, site: site, version: $0.version + 1, isRead: true) }
    }
}
