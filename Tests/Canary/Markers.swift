import Primitives

#if canImport(Glibc)
    import Glibc
#endif

/// Makes markers that stand nowhere else, and finds them again.
///
/// Every marker of a run begins and ends with the run's mark, so that one that was cut short is found as well, and
/// one search finds all. Those of digits are looked up one by one.
package struct Markers {
    /// Gives the same markers again.
    package let seed: UInt64
    /// How many were made.
    package var count: Int { places.count }
    private let mark: String
    private var random: SplitMix64
    private var places: [String: String] = [:]
    private var numbers: [UInt64: String] = [:]
    private let marksIdentifiers: Bool

    /// Makes markers of a seed.
    /// - Parameter marksIdentifiers: false where identifiers of references may be shown.
    package init(seed: UInt64, marksIdentifiers: Bool = true) {
        self.seed = seed
        self.marksIdentifiers = marksIdentifiers
        random = SplitMix64(seed: seed)
        mark = "Q" + Markers.letters(7, &random)
    }

    private static let alphabet = Array("abcdefghijkmnopqrstuvwxyzABCDEFGHIJKLMNPQRSTUVWXYZ123456789")

    private static func letters(_ count: Int, _ random: inout SplitMix64) -> String {
        String((0..<count).map { _ in alphabet[random.below(alphabet.count)] })
    }

    /// A marker of letters and digits.
    package mutating func word(_ place: String) -> String {
        let marker = mark + Markers.letters(8, &random) + mark
        places[marker] = place
        return marker
    }

    /// A marker of 15 digits, which a number of JSON holds exactly.
    package mutating func digits(_ place: String) -> String {
        let number = UInt64(random.within(100_000_000_000_000...999_999_999_999_999))
        numbers[number] = place
        places[String(number)] = place
        return String(number)
    }

    mutating func json(_ form: Field.Form, at place: String) -> String {
        switch form {
        case .word: "\"\(word(place))\""
        case .sentence: "\"Told by \(word(place)), and by \(word(place)).\""
        case .escaped: "\"\\u0051\(word(place).dropFirst())\""
        case .whole: digits(place)
        case .fraction: "0.\(digits(place))"
        case .identifier: marksIdentifiers ? "\"\(word(place))\"" : "\"V-1\""
        }
    }

    // Search

    /// What was found of any marker: where the marker stands in the events, and what is around it in the text.
    package func found(in bytes: [UInt8]) -> [String] {
        let lower = bytes.map { $0 &- 65 < 26 ? $0 | 0x20 : $0 }
        let letters = foldedForms.flatMap { name, form in
            Markers.ranges(of: form, in: lower).map { "\(name): \(around($0, bytes))" }
        }
        let encoded = base64Forms.flatMap { form in
            Markers.ranges(of: form, in: bytes).map { "base64: \(around($0, bytes))" }
        }
        return letters + encoded + foundNumbers(in: bytes)
    }

    /// Whether any marker is there as it is.
    package func isThere(in bytes: [UInt8]) -> Bool { !Markers.ranges(of: Array(mark.utf8), in: bytes).isEmpty }

    private var foldedForms: [(String, [UInt8])] {
        let lower = Array(mark.lowercased().utf8)
        let hex = lower.map { String($0, radix: 16) }
        let upper = mark.utf8.map { String($0, radix: 16) }
        return [
            ("as it is", lower), ("in hexadecimal digits", Array(upper.joined().utf8)),
            ("in hexadecimal digits of lower case", Array(hex.joined().utf8)),
            ("escaped for JSON", Array(upper.map { "\\u00\($0)" }.joined().utf8)),
            ("percent-encoded", Array(upper.map { "%\($0)" }.joined().utf8)),
            ("backwards", lower.reversed()),
        ]
    }

    /// The mark in base64 behind any number of bytes, in both alphabets, less the letters that its neighbours change.
    private var base64Forms: [[UInt8]] {
        (0..<3).flatMap { shift -> [[UInt8]] in
            let bits = (Array(repeating: UInt8(0), count: shift) + mark.utf8).flatMap { byte in
                (0..<8).map { byte >> (7 - $0) & 1 }
            }
            let first = (shift * 8 + 5) / 6
            return ["+/", "-_"].map { last in
                let alphabet = Array(
                    ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + last).utf8)
                return (first..<bits.count / 6).map { letter in
                    alphabet[bits[letter * 6..<letter * 6 + 6].reduce(0) { $0 * 2 + Int($1) }]
                }
            }
        }
    }

    private func foundNumbers(in bytes: [UInt8]) -> [String] {
        var found: [String] = []
        var (run, value) = (0, UInt64(0))
        for (index, byte) in bytes.enumerated() {
            guard byte &- 48 < 10 else {
                (run, value) = (0, 0)
                continue
            }
            run += 1
            value = (value * 10 + UInt64(byte - 48)) % 1_000_000_000_000_000
            guard run >= 15, found.count < 8, let place = numbers[value] else { continue }
            found.append("digits of \(place): \(around(index - 14, bytes))")
        }
        return found
    }

    private func around(_ index: Int, _ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes[max(0, index - 60)..<min(bytes.count, index + 60)], as: UTF8.self)
        let place = places.first { text.contains($0.key) }?.value ?? "a marker"
        return "\(place) in \(text)"
    }

    private static func ranges(of needle: [UInt8], in bytes: [UInt8]) -> [Int] {
        var found: [Int] = []
        bytes.withUnsafeBytes { memory in
            guard let start = memory.baseAddress, let first = needle.first else { return }
            var at = 0
            // More than a few say nothing new.
            while found.count < 8, memory.count - at >= needle.count,
                let hit = memchr(start + at, Int32(first), memory.count - at - needle.count + 1)
            {
                let place = start.distance(to: UnsafeRawPointer(hit))
                let isFound = memcmp(hit, needle, needle.count) == 0
                if isFound { found.append(place) }
                at = place + (isFound ? needle.count : 1)
            }
        }
        return found
    }
}
