import JSON

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A JSON Web Token for SASL/OAUTHBEARER, as far as a client has to know it (RFC 7519). Brokers check its signature.
struct BearerToken: Equatable {
    /// The token as it is sent.
    let text: String
    /// When it ends, in milliseconds since 1970: its claim `exp`.
    let endMilliseconds: Int64
    /// Whom it is for: its claim `sub`.
    let subject: String

    /// Why a text is no such token; never quotes it.
    struct Refusal: Error, Equatable {
        let reason: String
    }

    /// Reads a token; white space around it does not count.
    init(_ bytes: [UInt8]) throws(Refusal) {
        let text = String(decoding: bytes, as: UTF8.self)
        let trimmed = text.drop(while: \.isWhitespace)
        let end = trimmed.lastIndex { !$0.isWhitespace }.map(trimmed.index(after:)) ?? trimmed.endIndex
        let token = trimmed[..<end]
        let parts = token.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let payload = BearerToken.decode(parts[1]) else {
            throw Refusal(reason: "expected a JSON Web Token: three parts in base64url with points between them")
        }
        var claims: (end: Int64?, subject: String?)
        do {
            let extractor = Extractor(maximumBytes: 65_536, maximumDepth: 32)
            claims = try payload.withUnsafeBytes { bytes in
                let document = try extractor.document(bytes)
                return (document.member("exp")?.integer, document.member("sub")?.string)
            }
        } catch {
            throw Refusal(reason: "expected a JSON Web Token; its second part is no JSON")
        }
        guard let end = claims.end, end > 0, end < Int64.max / 1000 else {
            throw Refusal(reason: "expected a token with the claim `exp` in whole seconds")
        }
        self.text = String(token)
        endMilliseconds = end * 1000
        subject = claims.subject ?? ""
    }

    /// The token in a file, now.
    static func read(_ path: String) throws(Refusal) -> BearerToken {
        guard let bytes = content(of: path) else {
            throw Refusal(reason: "\(path): the file cannot be read; check its name and its permissions")
        }
        do throws(Refusal) {
            return try BearerToken(bytes)
        } catch {
            throw Refusal(reason: "\(path): \(error.reason)")
        }
    }

    private static func content(of path: String) -> [UInt8]? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        // No token is longer: what is would not fit into a header of a request either.
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = fread(&bytes, 1, bytes.count, file)
        guard ferror(file) == 0, count < bytes.count else { return nil }
        return Array(bytes[..<count])
    }

    /// The bytes that base64url (RFC 4648, section 5) stands for, without padding; nil where it is none.
    static func decode(_ text: Substring.UTF8View) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for letter in text {
            let value: UInt8
            switch letter {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = letter - UInt8(ascii: "A")
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = letter - UInt8(ascii: "a") + 26
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = letter - UInt8(ascii: "0") + 52
            case UInt8(ascii: "-"): value = 62
            case UInt8(ascii: "_"): value = 63
            default: return nil
            }
            bits = (bits << 6 | UInt32(value)) & 0xff_ffff
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }
}
