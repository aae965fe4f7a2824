internal import CCrypto

/// SHA-256 (FIPS 180-4) by OpenSSL.
///
/// By its plain functions, not the envelope ones (`EVP_…`): an envelope allocates for every message and for every copy
/// of a state, which is what HMAC under one key consists of.
public struct SHA256: ~Copyable {
    /// The length of a digest in bytes.
    public static let length = 32

    private var state = SHA256_CTX()
    private let digest = UnsafeMutablePointer<UInt8>.allocate(capacity: SHA256.length)

    /// Makes a hasher.
    public init() {}

    deinit {
        digest.deallocate()
    }

    /// The digest of a message; the memory belongs to the hasher and holds until its next use.
    public mutating func hash(_ message: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        SHA256_Init(&state)
        SHA256_Update(&state, message.baseAddress, message.count)
        SHA256_Final(digest, &state)
        return UnsafeRawBufferPointer(start: digest, count: SHA256.length)
    }

    /// The digest of a message as an array.
    public static func digest(of message: [UInt8]) -> [UInt8] {
        var hasher = SHA256()
        return message.withUnsafeBytes { [UInt8](hasher.hash($0)) }
    }
}

/// HMAC-SHA-256 (RFC 2104) under one key, with both padded key blocks hashed once.
public struct HMACSHA256: ~Copyable {
    private let inner: SHA256_CTX
    private let outer: SHA256_CTX
    private let digest = UnsafeMutablePointer<UInt8>.allocate(capacity: SHA256.length)

    /// Makes an authenticator for a key of any length.
    public init(key: [UInt8]) {
        var block = key.count > 64 ? SHA256.digest(of: key) : key
        block += [UInt8](repeating: 0, count: 64 - block.count)
        inner = HMACSHA256.started(with: block.map { $0 ^ 0x36 })
        outer = HMACSHA256.started(with: block.map { $0 ^ 0x5c })
    }

    deinit {
        digest.deallocate()
    }

    /// The code of the given message; the memory belongs to the authenticator and holds until its next use.
    public func authenticate(_ message: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var state = inner
        SHA256_Update(&state, message.baseAddress, message.count)
        SHA256_Final(digest, &state)
        state = outer
        SHA256_Update(&state, digest, SHA256.length)
        SHA256_Final(digest, &state)
        return UnsafeRawBufferPointer(start: digest, count: SHA256.length)
    }

    private static func started(with block: [UInt8]) -> SHA256_CTX {
        var state = SHA256_CTX()
        SHA256_Init(&state)
        SHA256_Update(&state, block, block.count)
        return state
    }
}
