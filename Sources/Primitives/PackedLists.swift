/// Lists of plain values, one behind the other in memory of their own: made once, then only read, by any number of
/// threads. To look at one counts no references and copies nothing.
public struct PackedLists<Element: BitwiseCopyable & Sendable>: ~Copyable, @unchecked Sendable {
    /// The number of lists.
    @inlinable public var count: Int { starts.count - 1 }
    @usableFromInline let elements: UnsafeMutableBufferPointer<Element>
    /// Where each list begins, and the last one ends.
    @usableFromInline let starts: UnsafeMutableBufferPointer<Int>

    /// Packs lists.
    @inlinable
    public init(_ lists: [[Element]]) {
        elements = .allocate(capacity: max(lists.reduce(0) { $0 + $1.count }, 1))
        _ = elements.initialize(from: lists.joined())
        starts = .allocate(capacity: lists.count + 1)
        _ = starts.initialize(from: lists.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) })
    }

    @inlinable
    deinit {
        elements.deallocate()
        starts.deallocate()
    }

    /// The list at a place below `count`; valid as long as the lists.
    @inlinable
    public subscript(place: Int) -> UnsafeBufferPointer<Element> {
        precondition(place >= 0 && place < count)
        return UnsafeBufferPointer(rebasing: elements[starts[place]..<starts[place + 1]])
    }
}
