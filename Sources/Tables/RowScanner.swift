/// Finds the fields of one row, in as many pieces as the row comes in.
///
/// A state machine over bytes; offsets count from the beginning of the row, so that the row may be moved in memory.
struct RowScanner: ~Copyable {
    /// A field between its delimiters, without the quotes around it.
    struct Field {
        var start: Int32
        var end: Int32
        /// Whether quotes in it are doubled.
        var isDoubled: Bool
    }

    /// How a scan ended.
    enum Progress {
        /// The row goes on behind the bytes that are there.
        case needsMore
        /// The row is complete; the offsets say where its text and its line end end.
        case row(end: Int, next: Int)
        /// The row cannot be read beyond this byte.
        case fault(Fault, at: Int)
    }

    /// What can be wrong with a row's quotes.
    enum Fault {
        case quoteInUnquotedField, textAfterQuote, unclosedQuote
    }

    private enum Place {
        case fieldStart, unquoted, quoted
        /// Behind a quote in a quoted field: it closes the field, or the next one makes it a quote of the text.
        case behindQuote
    }

    /// What a byte means, in bits that are gathered over a row.
    private enum Class {
        static let delimiter: UInt8 = 1
        static let quote: UInt8 = 2
        static let lineFeed: UInt8 = 4
        static let carriageReturn: UInt8 = 8
        static let nul: UInt8 = 16
        static let beyondASCII: UInt8 = 32
        static let lineEnd = lineFeed | carriageReturn
    }

    /// The fields found so far, the one that is being scanned not among them.
    private(set) var fieldCount = 0
    /// The line ends inside quotes so far.
    private(set) var lineEnds = 0
    /// The offset behind the first of those; 0 where there is none.
    private(set) var secondLine = 0

    private let classes: UnsafeMutablePointer<UInt8>
    private let fields: UnsafeMutableBufferPointer<Field>
    private var seen: UInt8 = 0
    private var place = Place.fieldStart
    private var offset = 0
    private var fieldStart = 0
    private var isDoubled = false
    private var hasDoubled = false

    /// - Parameter fieldsMax: the most fields that are kept; more are counted only.
    init(delimiter: UInt8, fieldsMax: Int) {
        classes = .allocate(capacity: 256)
        classes.initialize(repeating: 0, count: 128)
        (classes + 128).initialize(repeating: Class.beyondASCII, count: 128)
        classes[0] = Class.nul
        classes[Int(delimiter)] = Class.delimiter
        classes[0x22] = Class.quote
        classes[0x0a] = Class.lineFeed
        classes[0x0d] = Class.carriageReturn
        fields = .allocate(capacity: fieldsMax)
        fields.initialize(repeating: Field(start: 0, end: 0, isDoubled: false))
    }

    deinit {
        classes.deallocate()
        fields.deallocate()
    }

    /// Whether there is a NUL byte in what was scanned.
    var hasNUL: Bool { seen & Class.nul != 0 }

    /// Whether there is a byte beyond ASCII in what was scanned.
    var isBeyondASCII: Bool { seen & Class.beyondASCII != 0 }

    /// A field that was found and kept.
    func field(_ index: Int) -> Field { fields[index] }

    /// Makes one quote of each doubled one, in the place where the fields stand.
    mutating func undoubleQuotes(_ row: UnsafeMutablePointer<UInt8>) {
        guard hasDoubled else { return }
        for index in 0..<min(fieldCount, fields.count) where fields[index].isDoubled {
            let field = fields[index]
            let text = row + Int(field.start)
            let count = Int(field.end - field.start)
            var (from, to) = (0, 0)
            while from < count {
                let byte = text[from]
                text[to] = byte
                from += byte == 0x22 ? 2 : 1
                to += 1
            }
            fields[index].end = field.start + Int32(truncatingIfNeeded: to)
            fields[index].isDoubled = false
        }
    }

    /// Begins with the next row.
    mutating func begin() {
        (fieldCount, lineEnds, secondLine, seen) = (0, 0, 0, 0)
        (place, offset, hasDoubled) = (.fieldStart, 0, false)
    }

    /// Scans on.
    /// - Parameter count: the bytes of the row that are there, and of what is behind it; never fewer than before.
    mutating func scan(_ bytes: UnsafePointer<UInt8>, count: Int) -> Progress {
        while offset < count {
            switch place {
            case .fieldStart:
                let isQuoted = bytes[offset] == 0x22
                isDoubled = false
                offset += isQuoted ? 1 : 0
                fieldStart = offset
                place = isQuoted ? .quoted : .unquoted
            case .unquoted:
                if let end = scanUnquoted(bytes, count) { return end }
            case .quoted:
                scanQuoted(bytes, count)
            case .behindQuote:
                if let end = scanBehindQuote(bytes[offset]) { return end }
            }
        }
        return .needsMore
    }

    /// Ends the last row, behind which there is nothing.
    mutating func finish() -> Progress {
        switch place {
        case .quoted: return .fault(.unclosedQuote, at: offset)
        case .behindQuote: addField(to: offset - 1)
        case .unquoted: addField(to: offset)
        case .fieldStart:
            (fieldStart, isDoubled) = (offset, false)
            addField(to: offset)
        }
        return .row(end: offset, next: offset)
    }

    @inline(__always)
    private mutating func scanUnquoted(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Progress? {
        let stops = Class.delimiter | Class.quote | Class.lineEnd
        var at = offset
        var seen = seen
        defer {
            offset = at
            self.seen = seen
        }
        while at < count {
            let found = classes[Int(bytes[at])]
            seen |= found
            if found & stops == 0 {
                at += 1
                continue
            }
            if found == Class.quote { return .fault(.quoteInUnquotedField, at: at) }
            addField(to: at)
            at += 1
            if found != Class.delimiter { return .row(end: at - 1, next: at) }
            // Straight on to the next field, where it has no quotes: most have none.
            guard at < count, bytes[at] != 0x22 else {
                place = .fieldStart
                return nil
            }
            (fieldStart, isDoubled) = (at, false)
        }
        return nil
    }

    @inline(__always)
    private mutating func scanQuoted(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
        var at = offset
        var seen = seen
        while at < count {
            let found = classes[Int(bytes[at])]
            seen |= found
            at += 1
            if found & (Class.quote | Class.lineEnd) == 0 { continue }
            if found == Class.quote {
                place = .behindQuote
                break
            }
            // A line feed behind a carriage return is of the same line end.
            if found == Class.lineFeed, at >= 2, bytes[at - 2] == 0x0d {
                if secondLine == at - 1 { secondLine = at }
                continue
            }
            lineEnds += 1
            if lineEnds == 1 { secondLine = at }
        }
        offset = at
        self.seen = seen
    }

    private mutating func scanBehindQuote(_ byte: UInt8) -> Progress? {
        switch classes[Int(byte)] {
        case Class.quote:
            isDoubled = true
            hasDoubled = true
            place = .quoted
        case Class.delimiter:
            addField(to: offset - 1)
            place = .fieldStart
        case Class.lineFeed, Class.carriageReturn:
            addField(to: offset - 1)
            offset += 1
            return .row(end: offset - 1, next: offset)
        default:
            return .fault(.textAfterQuote, at: offset)
        }
        offset += 1
        return nil
    }

    @inline(__always)
    private mutating func addField(to end: Int) {
        if fieldCount < fields.count {
            fields[fieldCount] = Field(
                start: Int32(truncatingIfNeeded: fieldStart), end: Int32(truncatingIfNeeded: end), isDoubled: isDoubled)
        }
        fieldCount += 1
    }
}
