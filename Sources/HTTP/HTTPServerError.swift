import Glibc

/// A server that cannot listen.
public struct HTTPServerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where it was to listen.
    public let address: ListenAddress
    /// What the system says.
    public let reason: String
    /// What to do.
    public let advice: String

    init(address: ListenAddress, reason: String, advice: String) {
        self.address = address
        self.reason = reason
        self.advice = advice
    }

    init(address: ListenAddress, code: Int32) {
        let advice =
            switch code {
            case EADDRINUSE: "Stop the program that listens there, or give another port; 0 means any that is free."
            case EACCES: "Give a port from 1024 on, or let the program have the capability CAP_NET_BIND_SERVICE."
            case EADDRNOTAVAIL: "Give an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them."
            case EMFILE, ENFILE: "Raise the limit of open files (ulimit -n)."
            default: "Check the address and the limits of this process."
            }
        self.init(address: address, reason: String(cString: strerror(code)), advice: advice)
    }

    /// Where, why, and what to do.
    public var description: String { "cannot listen on \(address): \(reason). \(advice)" }
}
