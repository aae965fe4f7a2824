#if canImport(Glibc)
    import Glibc
#endif

extension UnsafeRawBufferPointer {
    /// True where both hold the same bytes.
    public func holdsSame(as other: UnsafeRawBufferPointer) -> Bool {
        guard count == other.count else { return false }
        guard let left = baseAddress, let right = other.baseAddress, count > 0 else { return true }
        return memcmp(left, right, count) == 0
    }

    /// True where the bytes are those of a literal.
    public func holdsSame(as literal: StaticString) -> Bool {
        holdsSame(as: UnsafeRawBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }
}
