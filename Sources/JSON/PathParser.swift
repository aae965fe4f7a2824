/// A path that cannot be read.
public struct PathSyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The offset of the fault in the text, in Unicode scalars from 0.
    public let position: Int
    /// What was expected there.
    public let expected: String

    /// Makes an error.
    public init(position: Int, expected: String) {
        self.position = position
        self.expected = expected
    }

    /// A sentence for the author of the path.
    public var description: String {
        "path, character \(position + 1): expected \(expected)"
    }
}

/// Character classes of RFC 9535, section 2.5.1.1.
enum PathGrammar {
    static func startsName(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "_": true
        default: scalar.value >= 0x80
        }
    }

    static func continuesName(_ scalar: Unicode.Scalar) -> Bool {
        startsName(scalar) || isDigit(scalar)
    }

    static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar)
    }

    static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
    }
}

/// Reads the text of a `SimplePath`.
struct PathParser {
    private let scalars: [Unicode.Scalar]
    private var position = 0

    /// The highest index: integers that every JSON implementation can tell apart (RFC 7493, section 2.2).
    private static let highestIndex = 9_007_199_254_740_991

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    mutating func parse() throws(PathSyntaxError) -> [SimplePath.Step] {
        guard take("$") else { throw error("'$', the root of the document") }
        var steps: [SimplePath.Step] = []
        while position < scalars.count {
            let end = position
            skipBlanks()
            if take(".") {
                steps.append(try shorthand())
            } else if take("[") {
                steps.append(try bracketed())
            } else {
                position = end
                throw error("'.', '[' or the end of the path")
            }
        }
        return steps
    }

    // MARK: Steps

    private mutating func shorthand() throws(PathSyntaxError) -> SimplePath.Step {
        if take("*") { return .wildcard }
        guard let first = current, PathGrammar.startsName(first) else {
            throw error("a name that starts with a letter or '_', or '*'; other names stand in brackets and quotes")
        }
        var name = String.UnicodeScalarView()
        while let scalar = current, PathGrammar.continuesName(scalar) {
            name.append(scalar)
            position += 1
        }
        return .member(String(name))
    }

    private mutating func bracketed() throws(PathSyntaxError) -> SimplePath.Step {
        skipBlanks()
        let step: SimplePath.Step
        switch current {
        case "*":
            position += 1
            step = .wildcard
        case "'", "\"":
            step = .member(try quotedName())
        case let digit? where PathGrammar.isDigit(digit):
            step = .index(try index())
        default:
            throw error("a name in quotes, an index from 0, or '*'")
        }
        skipBlanks()
        guard take("]") else { throw error("']' after one selector") }
        return step
    }

    private mutating func index() throws(PathSyntaxError) -> Int {
        let start = position
        var value = 0
        while let digit = current, PathGrammar.isDigit(digit) {
            value = value * 10 + Int(digit.value - 48)
            position += 1
            let hasLeadingZero = position - start > 1 && scalars[start] == "0"
            guard value <= Self.highestIndex, !hasLeadingZero else {
                position = start
                throw error("an index without leading zeros, at most \(Self.highestIndex)")
            }
        }
        return value
    }

    private mutating func quotedName() throws(PathSyntaxError) -> String {
        let quote = scalars[position]
        position += 1
        var name = String.UnicodeScalarView()
        while let scalar = current {
            switch scalar {
            case quote:
                position += 1
                return String(name)
            case "\\":
                position += 1
                name.append(try escape(quote))
            case "\0"..<" ":
                throw error("an escape such as \\n in place of a control character")
            default:
                name.append(scalar)
                position += 1
            }
        }
        throw error("the closing quote")
    }

    // MARK: Escapes

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

    private var current: Unicode.Scalar? {
        position < scalars.count ? scalars[position] : nil
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard current == scalar else { return false }
        position += 1
        return true
    }

    private mutating func skipBlanks() {
        while let scalar = current, PathGrammar.isBlank(scalar) { position += 1 }
    }

    private func error(_ expected: String) -> PathSyntaxError {
        PathSyntaxError(position: position, expected: expected)
    }
}
