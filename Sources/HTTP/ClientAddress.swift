import Glibc

/// The address of a client without its port; IPv4 behind IPv6 (`::ffff:1.2.3.4`) is the same as IPv4.
struct ClientAddress: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    private static let mappedPrefix: UInt64 = 0xffff_0000_0000

    /// Reads an address of a socket; one that is neither IPv4 nor IPv6 is `::`.
    init(_ address: UnsafePointer<sockaddr>) {
        let raw = UnsafeRawPointer(address)
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            high = 0
            low = ClientAddress.mappedPrefix | UInt64(raw.load(as: sockaddr_in.self).sin_addr.s_addr.bigEndian)
        case AF_INET6:
            let parts = withUnsafeBytes(of: raw.load(as: sockaddr_in6.self).sin6_addr) {
                ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            }
            high = UInt64(bigEndian: parts.0)
            low = UInt64(bigEndian: parts.1)
        default:
            (high, low) = (0, 0)
        }
    }

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// What is counted as one client: an address of IPv4, a /64 network of IPv6, which one household has.
    var network: ClientAddress { isIPv4 ? self : ClientAddress(high: high, low: 0) }

    private var isIPv4: Bool { high == 0 && low & ~0xffff_ffff == ClientAddress.mappedPrefix }

    /// The address as text (RFC 5952).
    var text: String {
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        if isIPv4 {
            var bytes = in_addr(s_addr: UInt32(truncatingIfNeeded: low).bigEndian)
            inet_ntop(AF_INET, &bytes, &buffer, socklen_t(buffer.count))
        } else {
            var bytes = (high.bigEndian, low.bigEndian)
            inet_ntop(AF_INET6, &bytes, &buffer, socklen_t(buffer.count))
        }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
