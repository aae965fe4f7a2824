import Testing

@testable import Commands

@Suite struct ProgressLineTests {
    private final class Screen {
        var columns: Int? = 80
        var written: [String] = []
        func line() -> ProgressLine { ProgressLine(columns: { self.columns }, write: { self.written.append($0) }) }
    }

    @Test func drawsOnlyWhatHasChangedAndNotTooOften() {
        let screen = Screen()
        var line = screen.line()
        for now in stride(from: Int64(0), to: 1000, by: 10) { line.show(now: now) { _ in "\(now / 500)" } }
        #expect(screen.written == ["\r0\u{1b}[K", "\r1\u{1b}[K"])
        screen.written = []
        for now in stride(from: Int64(1000), to: 2000, by: 10) { line.show(now: now) { _ in "\(now)" } }
        #expect(screen.written.count == 10)
        line.clear()
        line.clear()
        #expect(screen.written.count == 11 && screen.written.last == "\r\u{1b}[K")
    }

    @Test func drawsNothingWithoutATerminal() {
        let screen = Screen()
        screen.columns = nil
        var line = screen.line()
        line.show(now: 0) { _ in "x" }
        line.clear()
        #expect(screen.written.isEmpty)
    }

    @Test func fitsAnyWidth() {
        let screen = Screen()
        var line = screen.line()
        for columns in [1, 2, 5, 10, 30, 40, 60, 200] {
            screen.columns = columns
            line.show(now: Int64(columns) * 1000) { ProgressLine.bar(2500, of: 10_000, "events", width: $0) }
        }
        let drawn = screen.written.map { String($0.dropFirst().dropLast(3)) }
        #expect(
            drawn == [
                "2", "25 %", "2500 of 10000 events", "[####............] 2500 of 10000 events",
                "[#########...........................] 2500 of 10000 events",
                "[##########..............................] 2500 of 10000 events",
            ])
    }

    @Test func barsOfNothing() {
        #expect(ProgressLine.bar(0, of: 0, "events", width: 5) == "0 %")
        #expect(
            ProgressLine.bar(5, of: 4, "events", width: 60).hasPrefix("[########################################] 5"))
    }

    @Test func dumbTerminalsAreNone() {
        #expect(Terminal.columns(["TERM": "dumb"]) == nil && Terminal.columns([:]) == nil)
    }
}
