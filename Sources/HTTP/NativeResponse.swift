import CMicroHTTPD
import Glibc

/// Owns a response of libmicrohttpd, which keeps a count of its own while it sends it.
struct NativeResponse: ~Copyable {
    let pointer: OpaquePointer

    /// Makes one; nil where memory is wanting.
    /// - Parameter onChunk: called whenever the client has room for more of a streamed body.
    init?(_ payload: OutgoingResponse.Payload, onChunk: @escaping () -> Void) {
        guard let made = NativeResponse.make(payload, onChunk) else { return nil }
        pointer = made
    }

    /// Adds fields.
    /// - Returns: whether all of them could be added.
    func add(_ headers: [HTTPHeader]) -> Bool {
        headers.allSatisfy { MHD_add_response_header(pointer, $0.name, $0.value) == .YES }
    }

    deinit {
        MHD_destroy_response(pointer)
    }

    private static func make(_ payload: OutgoingResponse.Payload, _ onChunk: @escaping () -> Void) -> OpaquePointer? {
        switch payload {
        case .none:
            return MHD_create_response_from_buffer(0, nil, .RESPMEM_PERSISTENT)
        case .block(let block):
            let held = Unmanaged.passRetained(block)
            let made = MHD_create_response_from_buffer_with_free_callback_cls(
                block.bytes.count, UnsafeMutableRawPointer(mutating: block.bytes.baseAddress),
                { context in
                    if let context { Unmanaged<ByteBlock>.fromOpaque(context).release() }
                }, held.toOpaque())
            if made == nil { held.release() }
            return made
        case .withheldStream:
            let made = MHD_create_response_from_callback(
                UInt64.max, chunkBytes, { _, _, _, _ in NativeResponse.endOfStream }, nil, nil)
            // In chunks libmicrohttpd 0.9.75 would send the last one, which a client takes for the next response.
            if let made { _ = cmicrohttpd_send_unchunked(made) }
            return made
        case .stream(let source):
            let held = Unmanaged.passRetained(Stream(source: source, onChunk: onChunk))
            let made = MHD_create_response_from_callback(
                UInt64.max, chunkBytes,
                { context, _, buffer, room in
                    guard let context, let buffer else { return NativeResponse.endWithError }
                    return Unmanaged<Stream>.fromOpaque(context).takeUnretainedValue().fill(buffer, room)
                }, held.toOpaque(),
                { context in
                    if let context { Unmanaged<Stream>.fromOpaque(context).release() }
                })
            if made == nil { held.release() }
            return made
        }
    }

    private static let chunkBytes = 32 * 1024
    // The macros have casts in them, which Swift does not read.
    private static let endOfStream = -1
    private static let endWithError = -2

    private final class Stream {
        let source: ChunkSource
        let onChunk: () -> Void

        init(source: ChunkSource, onChunk: @escaping () -> Void) {
            self.source = source
            self.onChunk = onChunk
        }

        func fill(_ buffer: UnsafeMutablePointer<CChar>, _ room: Int) -> Int {
            onChunk()
            let target = UnsafeMutableRawBufferPointer(start: buffer, count: room)
            guard let filled = try? source.fill(target) else { return endWithError }
            return filled == 0 ? endOfStream : filled
        }
    }
}
