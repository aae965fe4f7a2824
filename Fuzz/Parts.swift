/// Inputs that consist of several parts are text, so that seeds can be read and written by hand.
extension UnsafeRawBufferPointer {
    /// What stands before and behind the first separator; nil behind where there is none.
    func divided(at separator: StaticString) -> (before: UnsafeRawBufferPointer, behind: UnsafeRawBufferPointer?) {
        let length = separator.utf8CodeUnitCount
        let mark = UnsafeBufferPointer(start: separator.utf8Start, count: length)
        guard count >= length else { return (self, nil) }
        for start in 0...(count - length) where self[start..<start + length].elementsEqual(mark) {
            return (part(0..<start), part(start + length..<count))
        }
        return (self, nil)
    }

    /// The head and the body of a message, between which an empty line stands; nil for a message without a body.
    var message: (head: [HeadLine], body: UnsafeRawBufferPointer?) {
        let (head, body) = divided(at: "\n\n")
        return (head.lines.map { HeadLine($0) }, body)
    }

    /// The lines, without their ends.
    var lines: [UnsafeRawBufferPointer] {
        split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
            UnsafeRawBufferPointer(rebasing: $0)
        }
    }

    var text: String { String(decoding: self, as: UTF8.self) }

    private func part(_ range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: self[range]) }
}

/// A line `name: value` of the head of a message.
struct HeadLine {
    let name: UnsafeRawBufferPointer
    /// Nil where the line has no colon.
    let value: UnsafeRawBufferPointer?

    init(_ line: UnsafeRawBufferPointer) { (name, value) = line.divided(at: ": ") }
}
