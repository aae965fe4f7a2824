import Testing

@testable import Primitives

/// Texts as small numbers.
@Suite struct ByteInternerTests {
    @Test func eachDistinctTextHasTheNextNumber() {
        var names = ByteInterner()
        #expect(names.id(of: "housing") == 0)
        #expect(names.id(of: "health") == 1)
        #expect(names.id(of: "housing") == 0)
        #expect(names.count == 2)
        #expect(names.text(1) == "health")
    }

    @Test func theEmptyTextIsOne() {
        var names = ByteInterner()
        #expect(names.id(of: UnsafeRawBufferPointer(start: nil, count: 0)) == 0)
        #expect(names.id(of: "") == 0)
        #expect(names.id(of: "a") == 1)
        #expect(names.text(0) == "")
        #expect(names.text(1) == "a")
    }

    @Test func aNumberThatNoTextHasIsEmpty() {
        var names = ByteInterner()
        #expect(names.text(0) == "")
        _ = names.id(of: "a")
        #expect(names.text(1) == "")
        #expect(names.text(-1) == "")
    }

    @Test func textsThatBeginAlikeAreDistinct() {
        var names = ByteInterner()
        let texts = ["a", "ab", "abc", "a\0", "b", "bc", "abcdefgh", "abcdefghi"]
        #expect(texts.map { names.id(of: $0) } == (0..<8).map { Int32($0) })
        #expect((0..<8).map { names.text($0) } == texts)
    }

    @Test func aCopyGoesOnByItself() {
        var names = ByteInterner()
        _ = names.id(of: "a")
        var copy = names
        #expect(copy.id(of: "b") == 1)
        #expect(names.id(of: "c") == 1)
        #expect(copy.text(1) == "b")
        #expect(names.text(1) == "c")
    }

    @Test func itSaysWhatADictionarySays() {
        let seed: UInt64 = 71
        var random = SplitMix64(seed: seed)
        for round in 0..<20 {
            var (names, known) = (ByteInterner(), [[UInt8]: Int32]())
            for _ in 0..<3000 {
                // Short texts of three letters come again, long ones seldom.
                let length = random.onceIn(4) ? random.below(40) : random.below(6)
                let text = (0..<length).map { _ in UInt8(97 + random.below(3)) }
                let expected = known[text] ?? Int32(known.count)
                known[text] = expected
                let id = text.withUnsafeBytes { names.id(of: $0) }
                #expect(id == expected, "seed \(seed), round \(round)")
            }
            #expect(names.count == known.count, "seed \(seed), round \(round)")
            for (text, id) in known {
                #expect(names.text(id) == String(decoding: text, as: UTF8.self), "seed \(seed), round \(round)")
            }
        }
    }
}
