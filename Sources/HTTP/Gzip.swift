import CZlib

/// Compresses bytes that come in pieces into the gzip format (RFC 1952).
///
/// A class, since zlib keeps a pointer to its stream, which therefore must not move.
final class GzipEncoder {
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

    /// Makes an encoder.
    /// - Parameter level: 1 (fast) to 9 (small).
    init(level: Int32) {
        stream.initialize(to: z_stream())
        // It fails for want of memory only, which Linux does not refuse here.
        _ = czlib_begin_gzip(stream, level)
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// What there is to send after some more bytes: perhaps nothing yet, and all of it with the last ones.
    func encode(_ bytes: UnsafeRawBufferPointer, isLast: Bool) -> [UInt8] {
        var encoded: [UInt8] = []
        var rest = bytes
        // zlib counts in 32 bits.
        while rest.count > GzipEncoder.pieceBytesMax {
            write(UnsafeRawBufferPointer(rebasing: rest[..<GzipEncoder.pieceBytesMax]), Z_NO_FLUSH, to: &encoded)
            rest = UnsafeRawBufferPointer(rebasing: rest[GzipEncoder.pieceBytesMax...])
        }
        write(rest, isLast ? Z_FINISH : Z_NO_FLUSH, to: &encoded)
        return encoded
    }

    private static let pieceBytesMax = 1 << 30

    private func write(_ bytes: UnsafeRawBufferPointer, _ flush: Int32, to encoded: inout [UInt8]) {
        stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
        stream.pointee.avail_in = UInt32(bytes.count)
        let room = max(bytes.count / 2, 1024)
        var isFull = true
        while isFull {
            encoded += [UInt8](unsafeUninitializedCapacity: room) { target, written in
                stream.pointee.next_out = target.baseAddress
                stream.pointee.avail_out = UInt32(room)
                deflate(stream, flush)
                written = room - Int(stream.pointee.avail_out)
            }
            isFull = stream.pointee.avail_out == 0
        }
    }

    /// Bytes compressed as a whole.
    static func encode(_ bytes: UnsafeRawBufferPointer, level: Int32) -> [UInt8] {
        GzipEncoder(level: level).encode(bytes, isLast: true)
    }
}
