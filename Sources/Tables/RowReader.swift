/// What is wrong with a row.
struct RowProblem {
    /// Where a row comes from: what the messages speak of.
    enum Origin {
        case file, message
    }

    enum Kind {
        case quotes(RowScanner.Fault)
        /// A row beyond the limit.
        case tooLong
        /// A wrong number of fields, and the last line of a row of several lines.
        case fieldCount(expected: Int, found: Int, lastLine: Int?)
        case nul
        /// Bytes that are not of the encoding, and whether the encoding was named: by the caller or by the file.
        case encoding(TextEncoding, isNamed: Bool)
    }

    let kind: Kind
    /// The place of the field that is to blame, where it is one.
    let field: Int?

    /// What was expected; never data.
    func message(_ format: CSVFormat, in origin: Origin = .file) -> String {
        let isFile = origin == .file
        return switch kind {
        case .quotes(.quoteInUnquotedField):
            "expected a field that holds a quote to stand in quotes, with each quote in it doubled"
        case .quotes(.textAfterQuote):
            "expected a delimiter or a line end behind the closing quote; a quote in a field is doubled"
        case .quotes(.unclosedQuote): "expected a closing quote before the end of the \(isFile ? "file" : "row")"
        case .tooLong: "expected a row of at most \(format.rowBytesMax) bytes; if it is shorter, a quote is not closed"
        case .fieldCount(let expected, let found, let lastLine):
            "expected \(expected) \(expected == 1 ? "field" : "fields"), one for each column; found \(found)"
                + (lastLine.map { ", in quotes up to line \($0): is a quote not closed?" } ?? "")
        case .nul: "expected text without NUL bytes" + (isFile ? "; if the file is UTF-16, name that encoding" : "")
        case .encoding(let encoding, isNamed: true): "expected text in \(encoding.title)"
        case .encoding(let encoding, isNamed: false):
            "expected text in \(encoding.title); if \(isFile ? "the file" : "it") is in another encoding, name it, "
                + "such as windows-1252"
        }
    }
}

/// Reads rows of any number of fields.
struct RowReader: ~Copyable {
    enum Step {
        case end, row
        case bad(RowProblem)
    }

    /// The line that the last row begins on.
    private(set) var line = 0
    private let rowBytesMax: Int
    private let isEncodingNamed: Bool
    private var input: TextInput
    private var scanner: RowScanner
    private var nextLine = 1
    /// Whether a line feed that comes next belongs to the line end before it.
    private var isBehindCarriageReturn = false
    /// The last row: its first byte, and its length without the line end.
    private var start: UnsafeMutablePointer<UInt8>
    private var count = 0

    init(_ source: ByteSource, name: String, format: CSVFormat) {
        rowBytesMax = format.rowBytesMax
        isEncodingNamed = format.encoding != nil
        input = TextInput(source, name: name, encoding: format.encoding, heldMax: format.rowBytesMax + 1)
        scanner = RowScanner(delimiter: format.delimiter.byte, fieldsMax: format.columnsMax + 1)
        start = input.memory
    }

    /// The number of fields of the last row.
    var fieldCount: Int { scanner.fieldCount }

    /// Goes to the end of the next row, whose fields can be read after `finishRow`.
    mutating func next() throws(TableError) -> Step {
        guard try passBlankLines() else { return .end }
        scanner.begin()
        line = nextLine
        while true {
            // Never more than the limit, so that what is found does not depend on the size of pieces.
            let available = min(input.count, rowBytesMax + 1)
            var progress = scanner.scan(input.first, count: available)
            if case .needsMore = progress {
                if available > rowBytesMax { return try giveUp(.tooLong, at: available) }
                if try input.fill() { continue }
                progress = scanner.finish()
            }
            switch progress {
            case .needsMore: continue
            case .fault(let fault, let at): return try giveUp(.quotes(fault), at: at)
            case .row(let end, let next):
                (start, count) = (input.first, end)
                nextLine = line + scanner.lineEnds + 1
                isBehindCarriageReturn = next > end && start[end] == 0x0d
                input.take(next)
                return .row
            }
        }
    }

    /// What is wrong with the last row, whose quotes are right.
    func problem(expecting expected: Int) -> RowProblem? {
        scanner.problem(
            expecting: expected, in: UnsafeRawBufferPointer(start: start, count: count), line: line, input.encoding,
            isNamed: isEncodingNamed || input.isDeclared)
    }

    /// The bytes of the last row before `finishRow`, without its line end.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

    /// How the file is encoded, and whether a byte order mark says so; known once it has been read from.
    var encoding: (TextEncoding, isDeclared: Bool) { (input.encoding, input.isDeclared) }

    /// Makes the fields of a good row what they say.
    mutating func finishRow() {
        scanner.undoubleQuotes(start)
    }

    /// A field of the last row.
    func field(_ index: Int) -> UnsafeRawBufferPointer { scanner.bytes(index, of: start) }

    /// False at the end of the file.
    private mutating func passBlankLines() throws(TableError) -> Bool {
        while true {
            if input.count == 0, try !input.fill() { return false }
            let byte = input.first.pointee
            guard byte == 0x0a || byte == 0x0d else {
                isBehindCarriageReturn = false
                return true
            }
            if !(byte == 0x0a && isBehindCarriageReturn) { nextLine += 1 }
            isBehindCarriageReturn = byte == 0x0d
            input.take(1)
        }
    }

    /// Leaves a row whose end is not known, and goes on behind its first line.
    private mutating func giveUp(_ kind: RowProblem.Kind, at offset: Int) throws(TableError) -> Step {
        let problem = RowProblem(kind: kind, field: scanner.fieldCount)
        nextLine = line + 1
        if scanner.secondLine > 0 {
            isBehindCarriageReturn = input.first[scanner.secondLine - 1] == 0x0d
            input.take(scanner.secondLine)
            return .bad(problem)
        }
        input.take(offset)
        while true {
            for place in 0..<input.count where input.first[place] == 0x0a || input.first[place] == 0x0d {
                isBehindCarriageReturn = input.first[place] == 0x0d
                input.take(place + 1)
                return .bad(problem)
            }
            input.take(input.count)
            if try !input.fill() { return .bad(problem) }
        }
    }
}

extension RowScanner {
    /// The bytes of a field of a row.
    func bytes(_ index: Int, of row: UnsafeRawPointer) -> UnsafeRawBufferPointer {
        let field = field(index)
        return UnsafeRawBufferPointer(start: row + Int(field.start), count: Int(field.end - field.start))
    }

    /// What is wrong with a row whose quotes are right.
    /// - Parameters:
    ///   - line: the line that it begins on.
    ///   - isNamed: whether the encoding was named, by the caller or by a byte order mark.
    func problem(
        expecting expected: Int, in row: UnsafeRawBufferPointer, line: Int, _ encoding: TextEncoding, isNamed: Bool
    ) -> RowProblem? {
        if fieldCount != expected {
            let lastLine = lineEnds > 0 ? line + lineEnds : nil
            return RowProblem(
                kind: .fieldCount(expected: expected, found: fieldCount, lastLine: lastLine),
                field: fieldCount < expected ? fieldCount : nil)
        }
        if hasNUL { return RowProblem(kind: .nul, field: firstField(row) { $0.contains(0) }) }
        guard isBeyondASCII, !RowScanner.isUTF8(row) else { return nil }
        let kind = RowProblem.Kind.encoding(encoding, isNamed: isNamed)
        return RowProblem(kind: kind, field: firstField(row) { !RowScanner.isUTF8($0) })
    }

    private func firstField(_ row: UnsafeRawBufferPointer, where holds: (UnsafeRawBufferPointer) -> Bool) -> Int? {
        guard let start = row.baseAddress else { return nil }
        for index in 0..<fieldCount where holds(bytes(index, of: start)) { return index }
        return nil
    }

    private static func isUTF8(_ text: UnsafeRawBufferPointer) -> Bool {
        text.withMemoryRebound(to: UInt8.self) { (try? UTF8Span(validating: $0.span)) != nil }
    }
}
