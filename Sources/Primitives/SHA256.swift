internal import CCrypto

/// SHA-256 (FIPS 180-4) by OpenSSL, with its context kept from one message to the next.
///
/// Not for use from two threads at once.
public final class SHA256 {
    /// The length of a digest in bytes.
    public static let length = 32

    private let context: OpaquePointer
    private let algorithm: OpaquePointer
    private let digest = UnsafeMutablePointer<UInt8>.allocate(capacity: SHA256.length)

    /// Makes a hasher; nil where the library has no SHA-256 or no memory.
    public init?() {
        guard let context = EVP_MD_CTX_new() else { return nil }
        guard let algorithm = EVP_MD_fetch(nil, "SHA256", nil) else {
            EVP_MD_CTX_free(context)
            return nil
        }
        self.context = context
        self.algorithm = algorithm
    }

    deinit {
        EVP_MD_CTX_free(context)
        EVP_MD_free(algorithm)
        digest.deallocate()
    }

    /// The digest of a message; the memory belongs to the hasher and holds until its next use.
    public func hash(_ message: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        EVP_DigestInit_ex(context, algorithm, nil)
        EVP_DigestUpdate(context, message.baseAddress, message.count)
        EVP_DigestFinal_ex(context, digest, nil)
        return UnsafeRawBufferPointer(start: digest, count: SHA256.length)
    }

    /// The digest of a message as an array; `nil` only where the library cannot be used.
    public static func digest(of message: [UInt8]) -> [UInt8]? {
        guard let hasher = SHA256() else { return nil }
        return message.withUnsafeBytes { [UInt8](hasher.hash($0)) }
    }
}

/// HMAC-SHA-256 (RFC 2104) under one key, with both padded key blocks hashed once.
///
/// Not for use from two threads at once.
public final class HMACSHA256 {
    private let inner: OpaquePointer
    private let outer: OpaquePointer
    private let working: OpaquePointer
    private let digest = UnsafeMutablePointer<UInt8>.allocate(capacity: SHA256.length)

    /// Makes an authenticator for a key of any length; nil where the library has no SHA-256 or no memory.
    public init?(key: [UInt8]) {
        var block = key
        if key.count > 64 {
            guard let short = SHA256.digest(of: key) else { return nil }
            block = short
        }
        block += [UInt8](repeating: 0, count: 64 - block.count)
        guard let inner = HMACSHA256.started(with: block.map { $0 ^ 0x36 }) else { return nil }
        guard let outer = HMACSHA256.started(with: block.map { $0 ^ 0x5c }), let working = EVP_MD_CTX_new() else {
            EVP_MD_CTX_free(inner)
            return nil
        }
        self.inner = inner
        self.outer = outer
        self.working = working
    }

    deinit {
        EVP_MD_CTX_free(inner)
        EVP_MD_CTX_free(outer)
        EVP_MD_CTX_free(working)
        digest.deallocate()
    }

    /// The code of the given message; the memory belongs to the authenticator and holds until its next use.
    public func authenticate(_ message: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        EVP_MD_CTX_copy_ex(working, inner)
        EVP_DigestUpdate(working, message.baseAddress, message.count)
        EVP_DigestFinal_ex(working, digest, nil)
        EVP_MD_CTX_copy_ex(working, outer)
        EVP_DigestUpdate(working, digest, SHA256.length)
        EVP_DigestFinal_ex(working, digest, nil)
        return UnsafeRawBufferPointer(start: digest, count: SHA256.length)
    }

    private static func started(with block: [UInt8]) -> OpaquePointer? {
        guard let context = EVP_MD_CTX_new() else { return nil }
        guard let algorithm = EVP_MD_fetch(nil, "SHA256", nil) else {
            EVP_MD_CTX_free(context)
            return nil
        }
        defer { EVP_MD_free(algorithm) }
        EVP_DigestInit_ex(context, algorithm, nil)
        EVP_DigestUpdate(context, block, block.count)
        return context
    }
}
