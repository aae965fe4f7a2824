import CUTF8Proc
import Primitives

/// A text as code points, in memory that is used again.
struct CodePoints: ~Copyable {
    private(set) var count = 0
    private var storage: UnsafeMutablePointer<Int32>
    private var capacity: Int
    /// U+FDFA has the longest compatibility decomposition there is.
    private static let decomposedMax = 18

    init() {
        capacity = 256
        storage = .allocate(capacity: capacity)
    }

    deinit {
        storage.deallocate()
    }

    subscript(place: Int) -> Int32 { storage[place] }

    mutating func clear() { count = 0 }

    mutating func append(_ point: Int32) {
        reserve(1)
        storage[count] = point
        count += 1
    }

    /// Appends what utf8proc makes of a code point.
    mutating func append(_ point: Int32, options: UInt32) {
        reserve(Self.decomposedMax)
        var written = utf8proc_decompose_char(
            point, storage + count, capacity - count, utf8proc_option_t(rawValue: options), nil)
        if written > capacity - count {
            reserve(written)
            written = utf8proc_decompose_char(
                point, storage + count, capacity - count, utf8proc_option_t(rawValue: options), nil)
        }
        // Of what came from UTF-8 nothing is refused.
        count += max(written, 0)
    }

    /// Appends a code point in lower or upper case.
    mutating func append(_ point: Int32, isLower: Bool) {
        if point < 0x80 {
            let changes = isLower ? (0x41...0x5a).contains(point) : (0x61...0x7a).contains(point)
            append(changes ? point ^ 0x20 : point)
            return
        }
        guard let scalar = Unicode.Scalar(UInt32(bitPattern: point)) else { return }
        let properties = scalar.properties
        // Of at most three code points: such a string needs no memory of its own.
        for mapped in (isLower ? properties.lowercaseMapping : properties.uppercaseMapping).unicodeScalars {
            append(Int32(bitPattern: mapped.value))
        }
    }

    /// Puts runs of combining marks in canonical order (UAX #15, D109), those of one class in the order they have.
    mutating func putMarksInOrder() throws(TextFault) {
        var runStart = 0
        for place in 0..<count {
            let mark = storage[place]
            // No mark is below U+0300.
            let ranking = mark < 0x300 ? 0 : utf8proc_get_property(mark).pointee.combining_class
            guard ranking > 0 else {
                runStart = place + 1
                continue
            }
            guard place - runStart < TextNormaliser.marksMax else { throw .tooManyMarks(max: TextNormaliser.marksMax) }
            var free = place
            while free > runStart, utf8proc_get_property(storage[free - 1]).pointee.combining_class > ranking {
                storage[free] = storage[free - 1]
                free -= 1
            }
            storage[free] = mark
        }
    }

    /// Composes what is decomposed and in order.
    mutating func compose() {
        var written = 0
        var start = 0
        while start < count {
            // U+11A7 composes with nothing, but utf8proc 2.8 takes it for an empty final consonant and drops it.
            var end = start + 1
            while end < count, storage[end] != 0x11a7 { end += 1 }
            let length = composed(start..<end)
            (storage + written).update(from: storage + start, count: length)
            written += length
            start = end
        }
        count = written
    }

    /// Composes a part where it stands, and returns how long it is then.
    private func composed(_ part: Range<Int>) -> Int {
        let options = utf8proc_option_t(rawValue: UTF8PROC_STABLE.rawValue | UTF8PROC_COMPOSE.rawValue)
        return min(part.count, max(0, utf8proc_normalize_utf32(storage + part.lowerBound, part.count, options)))
    }

    /// Trims and collapses white space in place.
    mutating func changeWhiteSpace(_ steps: TextSteps) {
        guard !steps.isDisjoint(with: [.trim, .collapse]) else { return }
        var start = 0
        var end = count
        if steps.contains(.trim) {
            while start < end, WhiteSpace.contains(storage[start]) { start += 1 }
            while end > start, WhiteSpace.contains(storage[end - 1]) { end -= 1 }
        }
        let collapses = steps.contains(.collapse)
        var written = 0
        var isBehindSpace = false
        for place in start..<end {
            let isSpace = collapses && WhiteSpace.contains(storage[place])
            if isSpace && isBehindSpace { continue }
            storage[written] = isSpace ? 0x20 : storage[place]
            written += 1
            isBehindSpace = isSpace
        }
        count = written
    }

    /// The bytes of the text as UTF-8.
    var encodedBytes: Int {
        var bytes = 0
        for place in 0..<count {
            let point = storage[place]
            bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
        }
        return bytes
    }

    /// Appends the text as UTF-8.
    func encode(to buffer: inout ByteBuffer) {
        for place in 0..<count {
            let target = buffer.reserve(4).assumingMemoryBound(to: UInt8.self)
            buffer.advance(by: utf8proc_encode_char(storage[place], target))
        }
    }

    private mutating func reserve(_ extra: Int) {
        guard count + extra > capacity else { return }
        let larger = max(capacity * 2, count + extra)
        let moved = UnsafeMutablePointer<Int32>.allocate(capacity: larger)
        moved.update(from: storage, count: count)
        storage.deallocate()
        storage = moved
        capacity = larger
    }
}

/// The characters with Unicode's property `White_Space` (PropList.txt), which is stable.
enum WhiteSpace {
    static func contains(_ point: Int32) -> Bool {
        switch point {
        case 0x09...0x0d, 0x20, 0x85, 0xa0, 0x1680, 0x2000...0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000: true
        default: false
        }
    }
}
