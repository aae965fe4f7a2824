import Primitives
import Testing

@Suite struct PercentCodingTests {
    private func decode(_ text: String, plusIsSpace: Bool = false) -> String? {
        PercentCoding.decode([UInt8](text.utf8)[...], plusIsSpace: plusIsSpace)
    }

    @Test(arguments: [
        ("plain", "plain"), ("a%20b", "a b"), ("%C3%A9", "é"), ("%c3%a9", "é"), ("%F0%9F%8C%8D", "🌍"), ("a+b", "a+b"),
        ("%25", "%"), ("", ""),
    ])
    func anEscapeIsTheByteItNames(encoded: String, decoded: String) {
        #expect(decode(encoded) == decoded)
    }

    @Test(arguments: [
        "%", "%4", "a%", "%G0", "%0g", "%%41", "%C3", "%C3%28", "%C0%AF", "%ED%A0%80", "%F5%80%80%80", "%00", "%0d%0a",
        "%1f", "%7F", "a%00b",
    ])
    func brokenEscapesTextThatIsNoUTF8AndControlsAreRefused(encoded: String) {
        #expect(decode(encoded) == nil)
    }

    @Test func aPlusIsASpaceInQueriesOnly() {
        #expect(decode("a+b%2Bc", plusIsSpace: true) == "a b+c")
        #expect(decode("a+b") == "a+b")
    }

    @Test(arguments: UInt64(1)...20)
    func whatIsEncodedIsDecodedToTheSame(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<500 {
            let scalars = (0..<random.below(12)).compactMap { _ in
                Unicode.Scalar(UInt32(random.below(random.onceIn(2) ? 0x80 : 0x11_0000)))
            }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars.filter { $0.value >= 0x20 && $0.value != 0x7f })
            let encoded = PercentCoding.encode(String(text))
            #expect(decode(encoded).map { Array($0.utf8) } == Array(String(text).utf8), "seed \(seed)")
            #expect(encoded.utf8.allSatisfy { (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "/") }, "seed \(seed)")
        }
    }

    @Test(arguments: UInt64(1)...20)
    func anyBytesAreRefusedOrGiveCleanText(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let pieces = ["%", "%2", "%41", "%c3", "%a9", "%00", "%e2%82%ac", "a", "/", "é", "%2f"]
        for _ in 0..<500 {
            var bytes: [UInt8] = []
            for _ in 0..<random.below(8) {
                if random.onceIn(4) {
                    bytes.append(UInt8(random.below(256)))
                } else {
                    bytes += Array((random.element(of: pieces) ?? "").utf8)
                }
            }
            guard let text = PercentCoding.decode(bytes[...]) else { continue }
            #expect(text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f }, "seed \(seed)")
            #expect(text.utf8.count <= bytes.count, "seed \(seed)")
        }
    }

    @Test func aCharacterCanBeKept() {
        #expect(PercentCoding.encode("a:b/c", keeping: UInt8(ascii: ":")) == "a:b%2Fc")
        #expect(PercentCoding.encode("a:b/c") == "a%3Ab%2Fc")
    }
}
