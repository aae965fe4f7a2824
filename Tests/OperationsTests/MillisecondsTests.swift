import Testing

@testable import Operations

/// Durations as texts.
@Suite struct MillisecondsTests {
    @Test(
        arguments: [
            ("0ms", 0), ("1ms", 1), ("200ms", 200), ("20s", 20_000), ("5m", 300_000), ("1h", 3_600_000), ("007s", 7000),
            ("1000000000h", 3_600_000_000_000_000),
        ])
    func values(text: String, value: Int) {
        #expect(Milliseconds.value(text) == value)
    }

    @Test(
        arguments: [
            "", "5", "ms", "5 s", " 5s", "5s ", "-5s", "+5s", "1.5s", "5S", "5sec", "1d", "1h30m", "1000000001ms",
            "99999999999999999999s", "٥s", "5µs",
        ])
    func whatIsNoDuration(text: String) {
        #expect(Milliseconds.value(text) == nil)
    }

    @Test func texts() {
        #expect(Milliseconds.text(0) == "0ms")
        #expect(Milliseconds.text(1500) == "1500ms")
        #expect(Milliseconds.text(20_000) == "20s")
        #expect(Milliseconds.text(90_000) == "90s")
        #expect(Milliseconds.text(300_000) == "5m")
        #expect(Milliseconds.text(7_200_000) == "2h")
    }

    @Test func aTextReadsBackAsItsValue() {
        for value in [0, 1, 999, 1000, 1001, 59_999, 60_000, 61_000, 3_599_999, 3_600_000, 86_400_000] {
            #expect(Milliseconds.value(Milliseconds.text(value)) == value)
        }
    }
}
