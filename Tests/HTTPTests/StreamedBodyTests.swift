import Primitives
import Testing

@testable import HTTP

@Suite struct StreamedBodyTests {
    struct Broken: Error {}

    /// Reads a source to its end through buffers of random sizes.
    private func read(_ source: ChunkSource, _ random: inout SplitMix64) throws -> [UInt8] {
        var whole: [UInt8] = []
        while true {
            var piece = [UInt8](repeating: 0, count: random.within(1...300))
            let filled = try piece.withUnsafeMutableBytes { try source.fill($0) }
            if filled == 0 { return whole }
            whole += piece[..<filled]
        }
    }

    @Test(arguments: UInt64(1)...20)
    func whatIsPulledIsWhatComesOutPlainOrCompressed(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let chunks = (0..<random.below(30)).map { _ in
            (0..<random.below(500)).map { _ in UInt8(random.below(4) + 97) }
        }
        for isCompressed in [false, true] {
            var rest = chunks[...]
            let source = ChunkSource({ rest.popFirst() }, encoder: isCompressed ? GzipEncoder(level: 4) : nil)
            let read = try read(source, &random)
            #expect(source.bytesTaken == read.count, "seed \(seed)")
            #expect((isCompressed ? gunzip(read) : read) == Array(chunks.joined()), "seed \(seed)")
        }
    }

    @Test func anErrorIsPassedOn() {
        let source = ChunkSource({ throw Broken() }, encoder: nil)
        var piece = [UInt8](repeating: 0, count: 10)
        #expect(throws: Broken.self) { try piece.withUnsafeMutableBytes { try source.fill($0) } }
    }

    @Test func nothingIsPulledBehindTheEnd() throws {
        var pulls = 0
        let source = ChunkSource(
            {
                pulls += 1
                return pulls == 1 ? [1] : nil
            }, encoder: nil)
        var piece = [UInt8](repeating: 0, count: 1)
        for expected in [1, 0, 0] {
            #expect(try piece.withUnsafeMutableBytes { try source.fill($0) } == expected)
        }
        #expect(pulls == 2)
    }
}
