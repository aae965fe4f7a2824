/// A name or a text of a query, as UTF-8 in memory of its own, so that comparing it with the document costs no more
/// than comparing bytes. (Swift's strings are equal where their canonical forms are; names of JSON are not.)
final class PathText: Sendable, Hashable {
    /// Written by `init`, freed by `deinit` and only read between.
    private nonisolated(unsafe) let memory: UnsafeRawBufferPointer

    init(_ text: some Collection<UInt8>) {
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: text.count, alignment: 1)
        bytes.copyBytes(from: text)
        memory = UnsafeRawBufferPointer(bytes)
    }

    convenience init(_ text: String) { self.init(Array(text.utf8)) }

    deinit { memory.deallocate() }

    /// The bytes; valid as long as this object.
    var bytes: UnsafeRawBufferPointer { memory }

    var string: String { String(decoding: memory, as: UTF8.self) }

    static func == (left: PathText, right: PathText) -> Bool { left.memory.elementsEqual(right.memory) }

    func hash(into hasher: inout Hasher) { hasher.combine(bytes: memory) }
}
