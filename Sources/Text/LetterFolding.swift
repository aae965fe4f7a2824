extension CodePoints {
    /// Copies a decomposed and folded text without diacritics, and with letters that have no decomposition replaced.
    func foldLetters(into target: inout CodePoints) {
        target.clear()
        for place in 0..<count {
            let point = self[place]
            if point < 0x80 {
                target.append(point)
                continue
            }
            guard !Self.isDiacritic(point) else { continue }
            switch point {
            case 0xe6: target.append("a", "e")
            case 0x153: target.append("o", "e")
            case 0xfe: target.append("t", "h")
            case 0xf8: target.append("o")
            case 0x111, 0xf0: target.append("d")
            case 0x142: target.append("l")
            case 0x127: target.append("h")
            case 0x131: target.append("i")
            default: target.append(point)
            }
        }
    }

    private mutating func append(_ letter: Unicode.Scalar) {
        append(Int32(bitPattern: letter.value))
    }

    private mutating func append(_ first: Unicode.Scalar, _ second: Unicode.Scalar) {
        append(first)
        append(second)
    }

    /// Marks that people leave out: those of Latin, Greek, Cyrillic, Hebrew and Arabic, and those of any script.
    static func isDiacritic(_ point: Int32) -> Bool {
        switch point {
        // Combining Diacritical Marks, and what was added to them later; half marks; marks for symbols.
        case 0x300...0x36f, 0x1ab0...0x1aff, 0x1dc0...0x1dff, 0x20d0...0x20ff, 0xfe20...0xfe2f: true
        // Cyrillic.
        case 0x483...0x489: true
        // Hebrew points and accents.
        case 0x591...0x5bd, 0x5bf, 0x5c1...0x5c2, 0x5c4...0x5c5, 0x5c7: true
        // Arabic vowels, hamza and signs of the Koran.
        case 0x610...0x61a, 0x64b...0x65f, 0x670, 0x6d6...0x6dc, 0x6df...0x6e4, 0x6e7...0x6e8, 0x6ea...0x6ed: true
        default: false
        }
    }
}
