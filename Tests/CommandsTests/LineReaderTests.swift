import Testing

@testable import Commands

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct LineReaderTests {
    /// The lines of a content, read with a bound on their length.
    private func lines(_ content: [UInt8], lineBytesMax: Int) throws -> [[UInt8]] {
        let folder = try Folder()
        let descriptor = open(folder.write("lines", content), O_RDONLY)
        defer { close(descriptor) }
        var reader = LineReader(descriptor, lineBytesMax: lineBytesMax)
        var lines: [[UInt8]] = []
        while let line = reader.next() {
            #expect(reader.index == Int64(lines.count))
            lines.append(Array(line))
        }
        #expect(reader.next() == nil)
        return lines
    }

    @Test func readsAcrossPieces() throws {
        var state: UInt64 = 20_261_123
        for round in 0..<6 {
            var expected: [[UInt8]] = []
            var size = 0
            while size < LineReader.chunkBytes * 2 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let length = Int(state >> 33) % (round % 2 == 0 ? 900 : 90_000)
                expected.append([UInt8](repeating: UInt8(97 + expected.count % 26), count: length))
                size += length + 1
            }
            let content = Array(expected.joined(separator: [10])) + (round < 3 ? [10] : [])
            if round >= 3, expected.last?.isEmpty == true { expected.removeLast() }
            #expect(try lines(content, lineBytesMax: 100_000) == expected, "round \(round)")
        }
    }

    @Test(arguments: [1, 15, 16, 17, 400_000, 900_000])
    func cutsWhatIsTooLong(_ length: Int) throws {
        let long = [UInt8](repeating: 120, count: length)
        let read = try lines([97, 10] + long + [10, 98, 10] + long, lineBytesMax: 16)
        #expect(read == [[97], Array(long.prefix(17)), [98], Array(long.prefix(17))])
    }

    @Test func readsEmptyFiles() throws {
        #expect(try lines([], lineBytesMax: 16).isEmpty)
        #expect(try lines([10, 10], lineBytesMax: 16) == [[], []])
    }
}
