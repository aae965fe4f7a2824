import Primitives

/// Finds the country that a text means, with memory that it keeps: it allocates nothing after the first texts.
///
/// Case, diacritics, punctuation and superfluous spaces do not matter, so that `COTE D'IVOIRE`, `Côte d’Ivoire` and
/// `cote divoire` are one. Ask only of fields that hold a country: `Georgia` is the country here and never the US
/// state, `CA` is Canada and never California, `Jersey` the island, and `Congo` the Republic of the Congo, as in ISO
/// 3166-1.
public struct CountryReader: ~Copyable {
    private var folder = KeyFolder()

    /// Makes a reader.
    public init() {}

    /// The country that a two- or three-letter code, a name or an alias means, as UTF-8; nil where there is none.
    public mutating func country(_ text: UnsafeRawBufferPointer) -> Country? {
        guard let key = folder.key(text) else { return nil }
        return Countries.byKey[key]
    }

    /// Makes one key of the ways in which a name is written.
    struct KeyFolder: ~Copyable {
        /// No name of a country is as long.
        private static let bytesMax = 256
        private var text = TextNormaliser(bytesMax: bytesMax)
        private var folded = ByteBuffer(capacity: bytesMax)
        private var key = ByteBuffer(capacity: bytesMax * 2)

        init() {}

        /// The key, valid until the next call; nil where the text is none, or has no letter.
        mutating func key(_ name: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
            folded.clear()
            key.clear()
            do {
                try text.append(name, .forMatching, to: &folded)
            } catch {
                return nil
            }
            var needsSpace = false
            var offset = 0
            while offset < folded.count {
                let (part, length) = Self.part(folded.bytes, at: offset)
                switch part {
                case .letter:
                    if needsSpace { key.append(UInt8(ascii: " ")) }
                    needsSpace = false
                    key.append(UnsafeRawBufferPointer(rebasing: folded.bytes[offset..<(offset + length)]))
                case .and:
                    key.append(key.count > 0 ? " and" : "and")
                    needsSpace = true
                case .gap: needsSpace = key.count > 0
                case .nothing: break
                }
                offset += length
            }
            return key.count > 0 ? key.bytes : nil
        }

        private enum Part {
            case letter, gap, nothing, and
        }

        /// What a character is for a key, and its bytes.
        private static func part(_ text: UnsafeRawBufferPointer, at offset: Int) -> (Part, length: Int) {
            switch text[offset] {
            case 0x61...0x7a, 0x30...0x39: return (.letter, 1)
            // `U.S.A.`, `Cote d'Ivoire`.
            case UInt8(ascii: "."), UInt8(ascii: "'"), UInt8(ascii: "`"): return (.nothing, 1)
            case UInt8(ascii: "&"): return (.and, 1)
            case 0..<0x80: return (.gap, 1)
            // General Punctuation: quotation marks U+2018 and U+2019 as apostrophes, dashes U+2010 to U+2015.
            case 0xe2 where offset + 2 < text.count && text[offset + 1] == 0x80:
                switch text[offset + 2] {
                case 0x98, 0x99: return (.nothing, 3)
                case 0x90...0x95: return (.gap, 3)
                default: return (.letter, 3)
                }
            default: return (.letter, 1)
            }
        }
    }
}
