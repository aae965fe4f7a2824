import CMicroHTTPD
import Glibc
import Primitives

/// A server of HTTP/1.1 over libmicrohttpd.
///
/// Handlers run on the server's few threads and must come to an end: one that waits holds up the other connections of
/// its thread, and `stop`. Every response has the security headers; every refusal is a problem document, but for
/// requests that libmicrohttpd cannot read at all or that overflow its memory, which it answers with a bare status.
public final class HTTPServer: Sendable {
    private struct State: @unchecked Sendable {
        var daemon: OpaquePointer?
        var watch: pthread_t?
        var isStopped = false
    }

    /// Where the server listens, with the port that it got.
    public let address: ListenAddress
    private let core: ServerCore
    private let state: Locked<State>

    /// Listens and answers from now on.
    ///
    /// - Parameters:
    ///   - onFinished: called once for each request that is over, on the server's threads.
    ///   - handler: answers the requests; often `Router.respond`.
    public init(
        _ address: ListenAddress, limits: HTTPLimits = HTTPLimits(),
        onFinished: @escaping @Sendable (RequestRecord) -> Void = { _ in }, handler: @escaping HTTPHandler
    ) throws(HTTPServerError) {
        let listener = try Listener(address)
        self.address = ListenAddress(host: address.host, port: listener.port)
        core = ServerCore(limits, onFinished: onFinished, handler: handler)
        // The daemon closes the socket, be it that it does not start.
        guard let daemon = HTTPServer.start(core, listener.handOver()) else {
            throw HTTPServerError(
                address: address, reason: "libmicrohttpd does not start",
                advice: "Check the limits of this process: open files, threads and memory.")
        }
        let core = core
        state = Locked(State(daemon: daemon))
        let state = state
        let watch = Threads.start { HTTPServer.watch(core) { state.withLock { $0.isStopped } } }
        state.withLock { $0.watch = watch }
    }

    deinit {
        stop(graceSeconds: 0)
    }

    /// Takes no new connections, finishes the answers under way within a grace, and closes everything.
    ///
    /// Not to be called by a handler. It returns when every handler has; a second call does nothing.
    public func stop(graceSeconds: Double = 10) {
        let taken = state.withLock { state -> State in
            defer { state.daemon = nil }
            return state
        }
        guard let daemon = taken.daemon else { return }
        core.table.withLock { $0.stop() }
        let listening = MHD_quiesce_daemon(daemon)
        // Newcomers are refused instead of waiting in the socket's queue; it is closed when no thread has it.
        if listening >= 0 { shutdown(listening, Int32(SHUT_RDWR)) }
        let end = MonotonicClock.now() + Int64(graceSeconds * 1e9)
        while core.table.withLock({ $0.busyCount }) > 0, MonotonicClock.now() < end { usleep(5_000) }
        MHD_stop_daemon(daemon)
        if listening >= 0 { close(listening) }
        state.withLock { $0.isStopped = true }
        taken.watch.map(Threads.join)
    }

    private static func start(_ core: ServerCore, _ descriptor: Int32) -> OpaquePointer? {
        let context = Unmanaged.passUnretained(core).toOpaque()
        let limits = core.limits
        let threads = max(limits.threads, 1)
        // Who is to be refused with an answer must get in first; each thread has its share of the whole.
        let connections = limits.connections + ConnectionTable.refusedInAll
        let share = (connections + threads - 1) / threads
        var options = [
            MHD_OptionItem(option: .LISTEN_SOCKET, value: Int(descriptor), ptr_value: nil),
            MHD_OptionItem(option: .THREAD_POOL_SIZE, value: threads, ptr_value: nil),
            MHD_OptionItem(option: .CONNECTION_LIMIT, value: share * threads, ptr_value: nil),
            // A head that is too large for us should yet be read, so that it is answered as everything is.
            MHD_OptionItem(
                option: .CONNECTION_MEMORY_LIMIT, value: 4 * limits.headBytes + 32 * 1024, ptr_value: nil),
            MHD_OptionItem(
                option: .NOTIFY_CONNECTION, value: cmicrohttpd_connection(NativeCallbacks.connection),
                ptr_value: context),
            MHD_OptionItem(
                option: .NOTIFY_COMPLETED, value: cmicrohttpd_completed(NativeCallbacks.completed),
                ptr_value: context),
            MHD_OptionItem(
                option: .URI_LOG_CALLBACK, value: cmicrohttpd_uri(NativeCallbacks.target),
                ptr_value: context),
            MHD_OptionItem(
                option: .UNESCAPE_CALLBACK, value: cmicrohttpd_unescape(NativeCallbacks.unescape),
                ptr_value: context),
            MHD_OptionItem(option: .END, value: 0, ptr_value: nil),
        ]
        // Not epoll: there libmicrohttpd 0.9.75 ends the process where a thread that is at its limit takes the
        // listening socket out of its set just as the daemon is quiesced.
        let flags = MHD_USE_POLL_INTERNAL_THREAD.rawValue | MHD_USE_ITC.rawValue
        return cmicrohttpd_start(flags, NativeCallbacks.accept, NativeCallbacks.request, context, &options)
    }

    /// Cuts the connections whose time is up: libmicrohttpd looks at pauses only, which a slow client need not make.
    private static func watch(_ core: ServerCore, until isStopped: () -> Bool) {
        let answer = RawResponse.requestTimeout
        while !isStopped() {
            usleep(50_000)
            let now = MonotonicClock.now()
            // Under the lock, since a descriptor is closed, and used again, as soon as its entry has gone.
            core.table.withLock { table in
                for overdue in table.takeOverdue(now: now) {
                    if overdue.deservesAnswer {
                        _ = answer.withUnsafeBytes {
                            send(overdue.descriptor, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
                        }
                    }
                    shutdown(overdue.descriptor, Int32(SHUT_RDWR))
                }
            }
        }
    }
}
