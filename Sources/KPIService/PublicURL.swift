import HTTP

/// Where readers find the service: `https://figures.example.org`, perhaps with a port and never with a path, since
/// pages link to one another from the root.
public struct PublicURL: Hashable, Sendable {
    /// The URL without a slash at its end, so that a path follows.
    let text: String

    /// Reads a URL; nil where it is none of this form.
    public init?(_ text: String) {
        let text = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard let scheme = ["https://", "http://"].first(where: { text.hasPrefix($0) }) else { return nil }
        let place = text.dropFirst(scheme.count)
        let isPlain = place.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte | 0x20) || ".-:[]".utf8.contains(byte)
        }
        // The port is that of the scheme where none is named.
        guard isPlain, ListenAddress(String(place)) != nil || ListenAddress("\(place):1") != nil else { return nil }
        self.text = text
    }
}
