import Primitives
import Text

/// The words of a text in the form in which names are compared: no case, no accents, no punctuation.
struct WordReader: ~Copyable {
    /// Passages are a few sentences; a longer text is taken for one without words.
    private static let bytesMax = 1 << 20
    private var normaliser = TextNormaliser(bytesMax: bytesMax)
    private var folded = ByteBuffer()

    /// The words; none of a text that cannot be folded.
    mutating func words(_ text: String) -> [[UInt8]] {
        guard fold(Array(text.utf8)) else { return [] }
        var words: [[UInt8]] = []
        var word: [UInt8] = []
        var bytes = Array(folded.bytes)[...]
        while let byte = bytes.popFirst() {
            switch byte {
            case 0x30...0x39, 0x61...0x7a: word.append(byte)
            case UInt8(ascii: "'"): WordReader.passApostrophe(&bytes)
            // The point of an abbreviation stands within a word.
            case UInt8(ascii: "."): break
            // General Punctuation: U+2018 and U+2019 as apostrophes, all else between words.
            case 0xe2 where bytes.first == 0x80:
                let isApostrophe = (bytes.dropFirst().first ?? 0) & 0xfe == 0x98
                bytes = bytes.dropFirst(2)
                if isApostrophe { WordReader.passApostrophe(&bytes) } else { WordReader.end(&word, &words) }
            case 0x80...: word.append(byte)
            default: WordReader.end(&word, &words)
            }
        }
        WordReader.end(&word, &words)
        return words
    }

    /// Brings a text into the form for comparison; false where that cannot be done.
    private mutating func fold(_ text: [UInt8]) -> Bool {
        folded.clear()
        return text.withUnsafeBytes { bytes in
            do {
                try normaliser.append(bytes, .forMatching, to: &folded)
                return true
            } catch {
                return false
            }
        }
    }

    /// An apostrophe stands within a word (`d'Ivoire`); with an s at the end it is no part of it (`Japan's`).
    private static func passApostrophe(_ bytes: inout ArraySlice<UInt8>) {
        guard bytes.first == UInt8(ascii: "s") else { return }
        let next = bytes.dropFirst().first ?? 0
        if !(0x61...0x7a).contains(next), next < 0x80 || next == 0xe2 { bytes.removeFirst() }
    }

    private static func end(_ word: inout [UInt8], _ words: inout [[UInt8]]) {
        if !word.isEmpty { words.append(word) }
        word.removeAll(keepingCapacity: true)
    }
}

/// A list of words and of beginnings of words, from a built-in file.
struct WordList: Sendable {
    private struct Entry {
        let letters: [UInt8]
        let isWhole: Bool

        func fits(_ word: [UInt8]) -> Bool { isWhole ? word == letters : word.starts(with: letters) }
    }

    /// The entries, each a row of words, by their first letter.
    private let rows: [UInt8: [[Entry]]]

    /// Reads the lines of a file; those with # are remarks.
    init(_ file: [UInt8]) {
        let lines = file.split(separator: UInt8(ascii: "\n")).filter { $0.first != UInt8(ascii: "#") }
        let rows = lines.map { line in
            line.split(separator: UInt8(ascii: " ")).map { word in
                let isWhole = word.first == UInt8(ascii: "=")
                return Entry(letters: Array(isWhole ? word.dropFirst() : word), isWhole: isWhole)
            }
        }
        self.rows = Dictionary(grouping: rows) { $0.first?.letters.first ?? 0 }
    }

    /// Whether one of the entries stands among the words.
    func isFound(in words: [[UInt8]]) -> Bool {
        words.indices.contains { place in
            (rows[words[place].first ?? 0] ?? []).contains { row in
                place + row.count <= words.count && zip(row, words[place...]).allSatisfy { $0.fits($1) }
            }
        }
    }
}

/// Names of one word or several, by the words that they consist of.
struct PhraseList: Sendable {
    private let names: Set<[[UInt8]]>
    private let longest: Int

    init(_ names: [String]) {
        var reader = WordReader()
        let read = names.map { reader.words($0) }.filter { !$0.isEmpty }
        self.names = Set(read)
        longest = read.map(\.count).max() ?? 0
    }

    /// Whether one of the names stands among the words.
    func isFound(in words: [[UInt8]]) -> Bool {
        words.indices.contains { start in
            (start..<min(start + longest, words.count)).contains { names.contains(Array(words[start...$0])) }
        }
    }
}
