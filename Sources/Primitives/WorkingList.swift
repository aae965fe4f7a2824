/// A list of plain values that is filled and emptied for each event, with memory that it keeps.
///
/// It cannot be copied, so that no append has to ask whether somebody else holds the memory, as an array must.
public struct WorkingList<Element: BitwiseCopyable>: ~Copyable {
    /// The number of elements.
    @inlinable public var count: Int { length }
    @usableFromInline var length = 0
    @usableFromInline var storage: UnsafeMutableBufferPointer<Element>

    /// Makes an empty list.
    /// - Parameter capacity: the elements to reserve room for; the room doubles when it is full.
    @inlinable
    public init(capacity: Int = 16) {
        storage = .allocate(capacity: max(capacity, 1))
    }

    @inlinable
    deinit {
        storage.deallocate()
    }

    /// The element at a place below `count`.
    @inlinable
    public subscript(place: Int) -> Element {
        precondition(place >= 0 && place < length)
        return storage[place]
    }

    /// Changes the element at a place below `count`, where it stands.
    @inlinable
    public mutating func change(_ place: Int, _ body: (inout Element) -> Void) {
        precondition(place >= 0 && place < length)
        body(&storage[place])
    }

    /// Appends an element.
    @inlinable
    public mutating func append(_ element: Element) {
        if length == storage.count { grow() }
        storage.initializeElement(at: length, to: element)
        length += 1
    }

    /// Forgets the elements and keeps the memory.
    @inlinable
    public mutating func clear() {
        length = 0
    }

    /// Forgets the elements from a place on; a place behind the last one changes nothing.
    @inlinable
    public mutating func truncate(to count: Int) {
        length = min(length, max(count, 0))
    }

    @inlinable
    mutating func grow() {
        let larger = UnsafeMutableBufferPointer<Element>.allocate(capacity: storage.count * 2)
        _ = larger.initialize(from: storage)
        storage.deallocate()
        storage = larger
    }
}
