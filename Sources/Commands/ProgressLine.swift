import Operations

#if canImport(Glibc)
    import Glibc
#endif

/// The last line of a terminal, which says how far a long command has come, and is gone when it is done.
///
/// Drawn only where there is a terminal, where the text has changed, and at most ten times a second. The cursor is
/// never hidden, so that a command that is stopped half-way leaves the terminal as it was.
struct ProgressLine {
    static let intervalMilliseconds: Int64 = 100
    /// Erases from the cursor to the end of the line (ECMA-48, EL).
    static let eraseToEnd = "\u{1b}[K"

    private let columns: () -> Int?
    private let write: (String) -> Void
    private var drawn = ""
    private var drawnAt = Int64.min / 2

    /// Makes a line that is not drawn yet.
    /// - Parameters:
    ///   - columns: the width of the terminal at the moment; nil where nothing is to be drawn.
    ///   - write: writes to the terminal.
    init(columns: @escaping () -> Int?, write: @escaping (String) -> Void) {
        self.columns = columns
        self.write = write
    }

    /// Makes the line of a command.
    init(_ context: CommandContext) {
        self.init(columns: context.terminalColumns, write: { context.note($0) })
    }

    /// Draws what `text` gives for a width in characters, if it is time for it.
    mutating func show(now: Int64 = SystemClock.monotonicMilliseconds(), _ text: (_ width: Int) -> String) {
        guard now - drawnAt >= ProgressLine.intervalMilliseconds, let columns = columns() else { return }
        // A character in the last column would make some terminals go on to the next line.
        let width = max(0, columns - 1)
        let line = String(text(width).prefix(width))
        guard line != drawn else { return }
        write("\r" + line + ProgressLine.eraseToEnd)
        drawn = line
        drawnAt = now
    }

    /// Takes away what was drawn.
    mutating func clear() {
        if !drawn.isEmpty { write("\r" + ProgressLine.eraseToEnd) }
        drawn = ""
    }

    /// `[####....] 4 of 8 events`, with as much of it as the width allows: the bar goes first.
    static func bar(_ done: Int, of total: Int, _ what: String, width: Int) -> String {
        let counts = "\(done) of \(total) \(what)"
        let cells = min(40, width - counts.count - 3)
        if cells >= 8 {
            let filled = cells * min(done, total) / max(total, 1)
            return "[\(String(repeating: "#", count: filled))\(String(repeating: ".", count: cells - filled))] "
                + counts
        }
        return counts.count <= width ? counts : "\(100 * min(done, total) / max(total, 1)) %"
    }
}

/// The terminal of this process.
enum Terminal {
    /// Its width in characters at the moment; nil where results or messages go elsewhere, or where the terminal cannot
    /// go back in a line.
    static func columns(_ environment: [String: String]) -> Int? {
        guard isatty(STDOUT_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return nil }
        guard let type = environment["TERM"], !type.isEmpty, type != "dumb" else { return nil }
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}
