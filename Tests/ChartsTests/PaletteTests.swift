import Foundation
import Testing

@testable import Charts

@Suite("The palette")
struct PaletteTests {
    static let grounds = [("light", Palette.light), ("dark", Palette.dark)]

    @Test("has text of at least 4.5:1 and marks of at least 3:1 on its ground (WCAG 2.2)", arguments: grounds)
    func contrast(_ name: String, _ palette: Palette) {
        for color in [palette.text, palette.quiet] {
            #expect(contrast(color, palette.ground) >= 4.5, "\(name) \(color)")
        }
        for color in palette.series + palette.classes + [palette.absent, palette.axis] {
            #expect(contrast(color, palette.ground) >= 3, "\(name) \(color)")
        }
    }

    @Test("tells its series apart for people with protanopia, deuteranopia and tritanopia too", arguments: grounds)
    func colorBlindness(_ name: String, _ palette: Palette) {
        for (kind, matrix) in Self.visions {
            let seen = palette.series.map { lab(linear($0), matrix) }
            for left in seen.indices {
                for right in seen.indices where right > left {
                    let distance = zip(seen[left], seen[right]).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
                    #expect(distance > 11, "\(name), \(kind): \(left + 1) and \(right + 1)")
                }
            }
        }
    }

    @Test("has classes that go away from the ground, each well apart from the next", arguments: grounds)
    func classesAreOrdered(_ name: String, _ palette: Palette) {
        let contrasts = palette.classes.map { contrast($0, palette.ground) }
        for (low, high) in zip(contrasts, contrasts.dropFirst()) { #expect(high / low > 1.3, "\(name)") }
        #expect(palette.classes.count == MapClasses.countMax)
    }

    // Machado, Oliveira and Fernandes (IEEE TVCG 15, 2009), severity 1, on linear RGB.
    private static let visions: [(String, [[Double]])] = [
        ("full", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
        ("protanopia", [[0.1523, 1.0526, -0.2049], [0.1145, 0.7863, 0.0992], [-0.0039, -0.0481, 1.0520]]),
        ("deuteranopia", [[0.3673, 0.8606, -0.2280], [0.2801, 0.6725, 0.0474], [-0.0118, 0.0429, 0.9689]]),
        ("tritanopia", [[1.2555, -0.0767, -0.1788], [-0.0784, 0.9308, 0.1476], [0.0047, 0.6914, 0.3039]]),
    ]

    private func linear(_ color: String) -> [Double] {
        let value = Int(color.dropFirst(), radix: 16) ?? 0
        return [16, 8, 0].map { shift in
            let part = Double(value >> shift & 255) / 255
            return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
    }

    private func contrast(_ left: String, _ right: String) -> Double {
        let values = [left, right].map { color in
            zip(linear(color), [0.2126, 0.7152, 0.0722]).map { $0 * $1 }.reduce(0, +) + 0.05
        }
        return max(values[0], values[1]) / min(values[0], values[1])
    }

    private func lab(_ rgb: [Double], _ vision: [[Double]]) -> [Double] {
        let seen = vision.map { row in min(1, max(0, zip(row, rgb).map { $0 * $1 }.reduce(0, +))) }
        let toXYZ = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
        let xyz = zip(toXYZ, [0.95047, 1, 1.08883]).map { row, white in
            let value = zip(row, seen).map { $0 * $1 }.reduce(0, +) / white
            return value > 0.008856 ? cbrt(value) : 7.787 * value + 16.0 / 116
        }
        return [116 * xyz[1] - 16, 500 * (xyz[0] - xyz[1]), 200 * (xyz[1] - xyz[2])]
    }
}
