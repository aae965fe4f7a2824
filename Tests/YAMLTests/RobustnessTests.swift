import Testing
import YAML

private let sample = Array(
    """
    # A sample with most of what a file can hold.
    city: {name: "Port \\"Meridian\\"", state: 'it''s', list: [1, 2.5, ~]}
    rows:
      - id: a:b
        text: |
          first
            second
        folded: >-
          one
          two
      - - nested
        - "\\u00e9\\U0001F600"
    ? key
    : value
    """.utf8)

@Suite struct RobustnessTests {
    @Test func everyPrefixIsReadOrRefused() {
        for length in 0...sample.count {
            do throws(YAMLError) {
                _ = try YAMLDocument.parse(Array(sample[..<length]), file: "prefix")
            } catch {
                #expect(error.line >= 1 && error.column >= 1 && !error.message.isEmpty)
            }
        }
    }

    @Test(arguments: 0..<300)
    func damagedFilesAreReadOrRefused(_ seed: UInt64) {
        var state = seed &* 0x9e37_79b9_7f4a_7c15 | 1
        var bytes = sample
        for _ in 0..<(1 + seed % 8) {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 24)
        }
        do throws(YAMLError) {
            _ = try YAMLDocument.parse(bytes, file: "damaged")
        } catch {
            #expect(error.line >= 1 && error.column >= 1 && !error.message.isEmpty)
        }
    }
}
