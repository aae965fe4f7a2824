import CMicroHTTPD
import Glibc
import Primitives

/// What libmicrohttpd calls, on its threads; each takes its context apart and hands on to the core.
enum NativeCallbacks {
    /// Whether a connection may be opened.
    static let accept: MHD_AcceptPolicyCallback = { context, address, _ in
        guard let core = core(context), let address else { return .NO }
        let client = ClientAddress(address)
        return core.table.withLock { $0.accepts(client) } ? .YES : .NO
    }

    /// A connection begins or ends. Its descriptor is closed after this.
    static let connection: MHD_NotifyConnectionCallback = { context, connection, slot, event in
        guard let core = core(context), let slot else { return }
        if event == .CONNECTION_NOTIFY_STARTED {
            guard let address = info(connection, .CONNECTION_INFO_CLIENT_ADDRESS)?.client_addr,
                let descriptor = info(connection, .CONNECTION_INFO_CONNECTION_FD)?.connect_fd
            else { return }
            let opened = core.opened(descriptor, ClientAddress(address))
            slot.pointee = Unmanaged.passRetained(opened).toOpaque()
        } else if let held = slot.pointee {
            let closed = Unmanaged<ConnectionContext>.fromOpaque(held).takeRetainedValue()
            slot.pointee = nil
            core.table.withLock { $0.close(closed.id) }
        }
    }

    /// A request line has come: its target is taken as it is, before anything is decoded.
    static let target: cmicrohttpd_uri_callback = { context, target, connection in
        guard let core = core(context), let client = client(connection) else { return nil }
        core.enter(.head, client)
        var bytes: [UInt8]? = []
        if let target {
            let length = strnlen(target, core.limits.targetBytes + 1)
            bytes =
                length > core.limits.targetBytes
                ? nil : [UInt8](UnsafeRawBufferPointer(start: target, count: length))
        }
        return Unmanaged.passRetained(Exchange(client, target: bytes)).toOpaque()
    }

    /// The head has come, or a piece of the body, or the end of it.
    static let request: MHD_AccessHandlerCallback = { context, connection, _, method, version, data, size, slot in
        guard let core = core(context), let connection, let held = slot?.pointee, let size else { return .NO }
        let exchange = Unmanaged<Exchange>.fromOpaque(held).takeUnretainedValue()
        switch exchange.stage {
        case .head:
            let headers = headers(of: connection)
            let bytes = info(connection, .CONNECTION_INFO_REQUEST_HEADER_SIZE)?.header_size ?? 0
            let head = RequestHead(
                method: method.map { String(cString: $0) } ?? "", version: version.map { String(cString: $0) } ?? "",
                target: exchange.target, headers: headers, bytes: bytes)
            return core.headCame(exchange, head, connection)
        case .body where size.pointee > 0:
            exchange.take(UnsafeRawBufferPointer(start: data, count: size.pointee))
            size.pointee = 0
            return .YES
        case .body:
            return core.answer(exchange, connection)
        case .answered:
            return .NO
        }
    }

    /// A request is over, answered or not.
    static let completed: MHD_RequestCompletedCallback = { context, connection, slot, ending in
        guard let core = core(context), let slot, let held = slot.pointee else { return }
        slot.pointee = nil
        let exchange = Unmanaged<Exchange>.fromOpaque(held).takeRetainedValue()
        let status = info(connection, .CONNECTION_INFO_HTTP_STATUS)?.http_status ?? 0
        core.finished(exchange, isComplete: ending == .REQUEST_TERMINATED_COMPLETED_OK, status: Int(status))
    }

    /// Leaves text as it is: escapes are read by segments, later.
    static let unescape: cmicrohttpd_unescape_callback = { _, _, text in text.map { strlen($0) } ?? 0 }

    private static func core(_ context: UnsafeMutableRawPointer?) -> ServerCore? {
        context.map { Unmanaged<ServerCore>.fromOpaque($0).takeUnretainedValue() }
    }

    private static func info(_ connection: OpaquePointer?, _ kind: MHD_ConnectionInfoType) -> MHD_ConnectionInfo? {
        connection.flatMap { cmicrohttpd_information($0, kind) }?.pointee
    }

    private static func client(_ connection: OpaquePointer?) -> ConnectionContext? {
        info(connection, .CONNECTION_INFO_SOCKET_CONTEXT)?.socket_context.map {
            Unmanaged<ConnectionContext>.fromOpaque($0).takeUnretainedValue()
        }
    }

    private static func headers(of connection: OpaquePointer) -> [HTTPHeader] {
        var headers: [HTTPHeader] = []
        withUnsafeMutablePointer(to: &headers) { list in
            _ = MHD_get_connection_values_n(
                connection, .HEADER_KIND,
                { list, _, name, nameLength, value, valueLength in
                    guard let list else { return .NO }
                    let header = HTTPHeader(
                        NativeCallbacks.text(name, nameLength), NativeCallbacks.text(value, valueLength).trimmed)
                    list.assumingMemoryBound(to: [HTTPHeader].self).pointee.append(header)
                    return .YES
                }, list)
        }
        return headers
    }

    private static func text(_ start: UnsafePointer<CChar>?, _ length: Int) -> String {
        String(decoding: UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : length), as: UTF8.self)
    }
}
