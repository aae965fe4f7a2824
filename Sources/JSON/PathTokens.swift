/// Character classes of RFC 9535, section 2.5.1.1.
enum PathGrammar {
    /// The highest integer, and the lowest negated: those that every JSON implementation can tell apart (RFC 7493,
    /// section 2.2).
    static let highestInteger = 9_007_199_254_740_991

    static func startsName(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "_": true
        default: scalar.value >= 0x80
        }
    }

    static func continuesName(_ scalar: Unicode.Scalar) -> Bool {
        startsName(scalar) || isDigit(scalar)
    }

    /// Whether a name may stand behind a dot.
    static func isShorthand(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, startsName(first) else { return false }
        return name.unicodeScalars.allSatisfy(continuesName)
    }

    static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar)
    }

    static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
    }

    /// A name as it stands between single quotes in a normalized path (section 2.7).
    static func escaped(_ name: String) -> String {
        var text = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "\u{8}": text += "\\b"
            case "\t": text += "\\t"
            case "\n": text += "\\n"
            case "\u{c}": text += "\\f"
            case "\r": text += "\\r"
            case "'": text += "\\'"
            case "\\": text += "\\\\"
            case "\0"..<" ":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

extension PathParser {
    // MARK: Numbers

    /// Reads the integer of an index or slice.
    mutating func integer() throws(PathSyntaxError) -> Int {
        let start = position
        let isNegative = take("-")
        let first = position
        var value = 0
        while let digit = current, PathGrammar.isDigit(digit) {
            value = value * 10 + Int(digit.value - 48)
            position += 1
            let hasLeadingZero = scalars[first] == "0" && (isNegative || position - first > 1)
            guard value <= PathGrammar.highestInteger, !hasLeadingZero else {
                position = start
                throw error("an integer without leading zeros, at most \(PathGrammar.highestInteger)")
            }
        }
        guard position > first else { throw error("a digit") }
        return isNegative ? -value : value
    }

    /// Reads the number of a comparison.
    mutating func number() throws(PathSyntaxError) -> JSONNumber {
        let start = position
        _ = take("-")
        let first = position
        try digits()
        guard scalars[first] != "0" || position == first + 1 else {
            position = first
            throw error("a number without leading zeros")
        }
        var isInteger = true
        if take(".") {
            isInteger = false
            try digits()
        }
        if take("e") || take("E") {
            isInteger = false
            if !take("-") { _ = take("+") }
            try digits()
        }
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars[start..<position])
        if isInteger {
            if let value = Int64(text) { return .integer(value) }
            if let value = UInt64(text) { return .unsigned(value) }
        }
        // Beyond the range of a double this is an infinity, which compares rightly with every number of a document.
        return .double(Double(text) ?? 0)
    }

    private mutating func digits() throws(PathSyntaxError) {
        guard let first = current, PathGrammar.isDigit(first) else { throw error("a digit") }
        while let digit = current, PathGrammar.isDigit(digit) { position += 1 }
    }

    // MARK: Strings

    /// Reads a string in quotes of either kind.
    mutating func quoted() throws(PathSyntaxError) -> String {
        let quote = scalars[position]
        position += 1
        var text = String.UnicodeScalarView()
        while let scalar = current {
            switch scalar {
            case quote:
                position += 1
                return String(text)
            case "\\":
                position += 1
                text.append(try escape(quote))
            case "\0"..<" ":
                throw error("an escape such as \\n in place of a control character")
            default:
                text.append(scalar)
                position += 1
            }
        }
        throw error("the closing quote")
    }

    private mutating func escape(_ quote: Unicode.Scalar) throws(PathSyntaxError) -> Unicode.Scalar {
        let plain: Unicode.Scalar
        switch current {
        case quote: plain = quote
        case "b": plain = "\u{8}"
        case "f": plain = "\u{c}"
        case "n": plain = "\n"
        case "r": plain = "\r"
        case "t": plain = "\t"
        case "/": plain = "/"
        case "\\": plain = "\\"
        case "u":
            position += 1
            return try unicodeEscape()
        default: throw error("an escape: b f n r t / \\ u or the quote")
        }
        position += 1
        return plain
    }

    private mutating func unicodeEscape() throws(PathSyntaxError) -> Unicode.Scalar {
        let start = position
        let high = try fourDigits()
        if let scalar = Unicode.Scalar(high) { return scalar }
        if high < 0xdc00, take("\\"), take("u") {
            let low = try fourDigits()
            if 0xdc00...0xdfff ~= low, let scalar = Unicode.Scalar(0x10000 + ((high - 0xd800) << 10 | (low - 0xdc00))) {
                return scalar
            }
        }
        position = start
        throw error("a surrogate pair, the high half before the low one")
    }

    private mutating func fourDigits() throws(PathSyntaxError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let scalar = current, scalar.isASCII, let digit = Character(scalar).hexDigitValue else {
                throw error("four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    // MARK: Scalars

    var current: Unicode.Scalar? {
        position < scalars.count ? scalars[position] : nil
    }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard current == scalar else { return false }
        position += 1
        return true
    }

    mutating func take(_ word: String) -> Bool {
        guard scalars[position...].starts(with: word.unicodeScalars) else { return false }
        position += word.unicodeScalars.count
        return true
    }

    mutating func skipBlanks() {
        while let scalar = current, PathGrammar.isBlank(scalar) { position += 1 }
    }

    func error(_ expected: String) -> PathSyntaxError {
        PathSyntaxError(position: position, expected: expected)
    }
}
