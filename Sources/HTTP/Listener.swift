import Glibc

/// Owns a socket that listens.
struct Listener: ~Copyable {
    let descriptor: Int32

    /// Listens at an address; of a name with several the first that can be had, IPv4 before IPv6.
    init(_ address: ListenAddress) throws(HTTPServerError) {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(address.host, String(address.port), &hints, &found)
        guard code == 0, let found else {
            throw HTTPServerError(
                address: address, reason: String(cString: gai_strerror(code)),
                advice: "Give an address of this machine, such as 127.0.0.1, or a name that it knows.")
        }
        defer { freeaddrinfo(found) }
        var failure: Int32 = EADDRNOTAVAIL
        for candidate in Listener.ordered(found) {
            let opened = Listener.open(candidate)
            if opened >= 0 {
                descriptor = opened
                return
            }
            failure = errno
        }
        throw HTTPServerError(address: address, code: failure)
    }

    deinit {
        close(descriptor)
    }

    /// Leaves the socket to another owner.
    consuming func handOver() -> Int32 {
        let socket = descriptor
        discard self
        return socket
    }

    /// The port, which the system chose where none was given.
    var port: UInt16 {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutableBytes(of: &storage) { bytes in
            guard let address = bytes.baseAddress,
                getsockname(descriptor, address.assumingMemoryBound(to: sockaddr.self), &length) == 0
            else { return 0 }
            // The port stands in the same place in both families.
            return UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
        }
    }

    private static func ordered(_ first: UnsafeMutablePointer<addrinfo>) -> [addrinfo] {
        var candidates: [addrinfo] = []
        var next: UnsafeMutablePointer<addrinfo>? = first
        while let entry = next {
            candidates.append(entry.pointee)
            next = entry.pointee.ai_next
        }
        return candidates.filter { $0.ai_family == AF_INET } + candidates.filter { $0.ai_family == AF_INET6 }
    }

    /// A descriptor; negative with `errno` set where there is none.
    private static func open(_ candidate: addrinfo) -> Int32 {
        let type = candidate.ai_socktype | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let opened = socket(candidate.ai_family, type, 0)
        guard opened >= 0 else { return opened }
        var yes: Int32 = 1
        // Else the port of a server that has just ended is not to be had for a minute.
        setsockopt(opened, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard bind(opened, candidate.ai_addr, candidate.ai_addrlen) == 0, listen(opened, 512) == 0 else {
            let failure = errno
            close(opened)
            errno = failure
            return -1
        }
        return opened
    }
}
