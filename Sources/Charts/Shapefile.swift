/// The polygons of a shapefile and the attributes beside it, as far as a map of countries needs them.
///
/// ESRI Shapefile Technical Description (1998), shape type 5; dBASE III tables of text and numbers. Anything else, and
/// anything damaged, gives nil and not half a map.
enum Shapefile {
    /// A closed line of longitudes and latitudes in degrees.
    typealias Ring = [(longitude: Double, latitude: Double)]

    private static let polygon: UInt32 = 5

    /// The rings of each shape; a null shape has none.
    static func polygons(_ bytes: [UInt8]) -> [[Ring]]? {
        var reader = LittleEndian(bytes)
        reader.position = 32
        guard bytes.count >= 100, bytes[0..<4].elementsEqual([0, 0, 0x27, 0x0a]), reader.number() == polygon else {
            return nil
        }
        reader.position = 100
        var shapes: [[Ring]] = []
        while reader.position < bytes.count {
            // The header of a record is big-endian: its number, and its length in words of 16 bits.
            reader.position += 4
            guard let words = reader.number()?.byteSwapped else { return nil }
            let end = reader.position + Int(words) * 2
            guard end <= bytes.count, let shape = shape(&reader, end) else { return nil }
            shapes.append(shape)
            reader.position = end
        }
        return shapes
    }

    private static func shape(_ reader: inout LittleEndian, _ end: Int) -> [Ring]? {
        guard let type = reader.number() else { return nil }
        if type == 0 { return [] }
        guard type == polygon else { return nil }
        reader.position += 32
        guard let partCount = reader.number(), let pointCount = reader.number(),
            Int(partCount) * 4 + Int(pointCount) * 16 <= end - reader.position
        else { return nil }
        var starts: [Int] = []
        for _ in 0..<partCount {
            guard let start = reader.number() else { return nil }
            starts.append(Int(start))
        }
        starts.append(Int(pointCount))
        var rings: [Ring] = []
        for (start, end) in zip(starts, starts.dropFirst()) {
            guard start <= end, end <= Int(pointCount) else { return nil }
            var ring: Ring = []
            ring.reserveCapacity(end - start)
            for _ in start..<end {
                guard let x = reader.double(), let y = reader.double(), (-180.5...180.5).contains(x),
                    (-90.5...90.5).contains(y)
                else { return nil }
                ring.append((x, y))
            }
            rings.append(ring)
        }
        return rings
    }

    /// The values of a column of the attributes, without white space around them.
    static func column(_ name: String, of bytes: [UInt8]) -> [String]? {
        var reader = LittleEndian(bytes)
        reader.position = 4
        guard bytes.count > 32, let count = reader.number(), let sizes = reader.number() else { return nil }
        let (head, size) = (Int(sizes & 0xffff), Int(sizes >> 16))
        guard head <= bytes.count, size > 0, Int(count) <= (bytes.count - head) / size else { return nil }
        var (field, offset) = (32, 1)
        while field + 32 <= head, bytes[field] != 13 {
            let length = Int(bytes[field + 16])
            let title = String(decoding: bytes[field..<field + 11].prefix { $0 != 0 }, as: UTF8.self)
            if title == name, offset + length <= size {
                return (0..<Int(count)).map { row in
                    let start = head + row * size + offset
                    let text = bytes[start..<start + length].filter { $0 != 0 && $0 != 32 }
                    return String(decoding: text, as: UTF8.self)
                }
            }
            offset += length
            field += 32
        }
        return nil
    }
}

/// Reads numbers whose lowest byte comes first.
private struct LittleEndian {
    let bytes: [UInt8]
    var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func number() -> UInt32? {
        guard position >= 0, position + 4 <= bytes.count else { return nil }
        defer { position += 4 }
        return (0..<4).reduce(0) { $0 | UInt32(bytes[position + $1]) << (8 * UInt32($1)) }
    }

    mutating func double() -> Double? {
        guard let low = number(), let high = number() else { return nil }
        return Double(bitPattern: UInt64(high) << 32 | UInt64(low))
    }
}
