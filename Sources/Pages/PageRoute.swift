public import Indicators
import Primitives

/// The address of a page. Every figure has one: an indicator with a release and a slice.
public enum PageRoute: Hashable, Sendable {
    /// The first page: the newest quarter, or else the newest release.
    case home
    /// The page of a release.
    case release(String)
    /// The list of releases.
    case releases
    /// A department in a release; in that of the first page where none is named.
    case department(String, release: String?)
    /// The list of connections.
    case connections(release: String?)
    /// A connection.
    case connection(String, release: String?)
    /// An indicator, and of its figures the one of a slice.
    case indicator(Indicator, Slice, release: String?)
    /// How to read all this.
    case method
    /// The printed brief of a release.
    case brief(String)

    /// Reads an address.
    /// - Parameters:
    ///   - segments: the parts of the path, decoded.
    ///   - query: the names and values behind it, decoded; those that no page knows are passed over.
    public init?(segments: [String], query: [(name: String, value: String)] = []) {
        let release = query.first { $0.name == "release" }?.value
        switch (segments.first, segments.count) {
        case (nil, _): self = .home
        case ("releases", 1): self = .releases
        case ("releases", 2): self = .release(segments[1])
        case ("departments", 2): self = .department(segments[1], release: release)
        case ("connections", 1): self = .connections(release: release)
        case ("connections", 2): self = .connection(segments[1], release: release)
        case ("indicators", 2):
            guard let indicator = Indicator(rawValue: segments[1]) else { return nil }
            let values = Dimension.allCases.compactMap { dimension in
                query.first { $0.name == dimension.rawValue }.map { (dimension, $0.value) }
            }
            self = .indicator(indicator, Slice(values), release: release)
        case ("method", 1): self = .method
        case ("brief", 2): self = .brief(segments[1])
        default: return nil
        }
    }

    /// The release that the page is asked of; nil for that of the first page.
    public var release: String? {
        switch self {
        case .home, .releases, .method: nil
        case .release(let id), .brief(let id): id
        case .department(_, let release), .connections(let release), .connection(_, let release),
            .indicator(_, _, let release):
            release
        }
    }

    /// The path, encoded.
    public var path: String {
        switch self {
        case .home: "/"
        case .release(let id): "/releases/" + Self.encoded(id)
        case .releases: "/releases"
        case .department(let name, _): "/departments/" + Self.encoded(name)
        case .connections: "/connections"
        case .connection(let id, _): "/connections/" + Self.encoded(id)
        case .indicator(let indicator, _, _): "/indicators/" + indicator.rawValue
        case .method: "/method"
        case .brief(let id): "/brief/" + Self.encoded(id)
        }
    }

    /// Path and query, encoded, with the language of the page.
    public func address(_ language: PageLanguage) -> String {
        var query: [(String, String)] = []
        switch self {
        case .department(_, let release), .connections(let release), .connection(_, let release):
            query = Self.item(release)
        case .indicator(_, let slice, let release):
            query = Self.item(release) + slice.parts.map { ($0.dimension.rawValue, $0.value) }
        case .home, .release, .releases, .method, .brief: break
        }
        query.append(("lang", language.rawValue))
        return path + "?" + query.map { "\($0.0)=\(Self.encoded($0.1))" }.joined(separator: "&")
    }

    private static func item(_ release: String?) -> [(String, String)] { release.map { [("release", $0)] } ?? [] }

    /// Ids of connections are full of colons, which mean nothing in a path or a query.
    private static func encoded(_ text: String) -> String { PercentCoding.encode(text, keeping: UInt8(ascii: ":")) }
}
