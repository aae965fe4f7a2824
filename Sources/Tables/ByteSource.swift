import Glibc

/// Where the bytes of a file come from, piece by piece.
public struct ByteSource {
    /// Writes the next bytes to the memory: how many, 0 at the end, or an error number, negated.
    let read: (UnsafeMutableRawBufferPointer) -> Int

    /// Makes a source.
    /// - Parameter read: writes the next bytes, at most as many as there is memory, and returns how many; 0 at the end,
    ///   and a negated `errno` where reading fails.
    public init(read: @escaping (UnsafeMutableRawBufferPointer) -> Int) {
        self.read = read
    }

    /// What can be read from a descriptor, which stays the caller's and must stay open.
    public static func descriptor(_ descriptor: Int32) -> ByteSource {
        ByteSource { memory in
            while true {
                let count = Glibc.read(descriptor, memory.baseAddress, memory.count)
                if count >= 0 { return count }
                if errno != EINTR { return -Int(errno) }
            }
        }
    }

    /// Bytes in memory.
    /// - Parameter chunkBytes: the most bytes of one piece.
    public static func bytes(_ bytes: [UInt8], chunkBytes: Int = .max) -> ByteSource {
        var position = 0
        return ByteSource { memory in
            let count = min(memory.count, chunkBytes, bytes.count - position)
            bytes.withUnsafeBytes {
                memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position...].prefix(count)))
            }
            position += count
            return count
        }
    }
}
