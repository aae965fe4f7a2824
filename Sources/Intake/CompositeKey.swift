/// The id of a source record that is made of several parts.
public enum CompositeKey {
    /// The unit separator of ASCII, so that `ab` and `c` are not `a` and `bc`.
    private static let separator: UInt8 = 0x1f

    /// The parts as one id; nil where one is missing or empty.
    public static func joined(_ parts: some Sequence<some Collection<UInt8>>) -> [UInt8]? {
        var joined: [UInt8] = []
        for (place, part) in parts.enumerated() {
            if part.isEmpty { return nil }
            if place > 0 { joined.append(separator) }
            joined += part
        }
        return joined
    }
}
