import Primitives
import Testing

@testable import Operations

@Suite struct HistogramTests {
    @Test func aValueOnABoundCountsBelowIt() {
        var histogram = Histogram([1, 2.5])
        for value in [0, 1, 1.5, 2.5, 2.6, 100] { histogram.note(value) }
        #expect(histogram.counts == [2, 2, 2] && histogram.count == 6 && histogram.sum == 107.6)
    }

    @Test func isWrittenWithSumsUpToEachBound() {
        var histogram = Histogram([0.5, 1])
        for value in [0.25, 0.75, 4] { histogram.note(value) }
        var text = MetricsText()
        let family = MetricFamily("wait_seconds", .histogram, labels: [MetricFamily.Label("queue")], "Waiting.")
        text.write(family, labels: ["a"], histogram)
        #expect(
            text.text == """
                # HELP wait_seconds Waiting.
                # TYPE wait_seconds histogram
                wait_seconds_bucket{queue="a",le="0.5"} 1
                wait_seconds_bucket{queue="a",le="1"} 2
                wait_seconds_bucket{queue="a",le="+Inf"} 3
                wait_seconds_sum{queue="a"} 5
                wait_seconds_count{queue="a"} 3

                """)
    }

    @Test func everyValueFallsIntoOneRange() {
        let seed: UInt64 = 4
        var random = SplitMix64(seed: seed)
        var histogram = Histogram([1, 10, 100])
        var sum = 0.0
        for _ in 0..<1000 {
            let value = Double(random.next() % 200)
            histogram.note(value)
            sum += value
        }
        #expect(histogram.count == 1000 && histogram.sum == sum, "seed \(seed)")
    }
}
