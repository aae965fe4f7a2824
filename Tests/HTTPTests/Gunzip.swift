import CZlib

/// The content of gzip's format; nil where it is broken or does not end where the bytes do.
func gunzip(_ bytes: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    guard czlib_begin_gunzip(&stream) == Z_OK else { return nil }
    defer { inflateEnd(&stream) }
    var input = bytes
    var output: [UInt8] = []
    var code = Z_OK
    input.withUnsafeMutableBufferPointer { source in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        while code == Z_OK {
            output += [UInt8](unsafeUninitializedCapacity: 65_536) { target, written in
                stream.next_out = target.baseAddress
                stream.avail_out = 65_536
                code = inflate(&stream, Z_NO_FLUSH)
                written = 65_536 - Int(stream.avail_out)
            }
        }
    }
    return code == Z_STREAM_END && stream.avail_in == 0 ? output : nil
}
