/// Ranges of figures that a map tells apart, at most five of them, with round limits.
struct MapClasses: Hashable {
    /// The lowest figure of each range but the first, ascending.
    let limits: [Double]
    private let (smallest, largest): (Double, Double)

    static let countMax = 5

    /// Makes the ranges: about as many places in each, with limits of 1, 2 or 5 times a power of ten, since figures of
    /// places are few, and most of them small.
    init(_ values: [Double]) {
        let sorted = values.sorted()
        smallest = sorted.first ?? 0
        largest = sorted.last ?? 0
        let distinct = sorted.enumerated().filter { $0.offset == 0 || sorted[$0.offset - 1] != $0.element }
            .map(\.element)
        if distinct.count <= Self.countMax {
            limits = Array(distinct.dropFirst())
            return
        }
        var found: [Double] = []
        for part in 1..<Self.countMax {
            let limit = Self.round(sorted[part * sorted.count / Self.countMax])
            if limit > (found.last ?? smallest), limit <= largest { found.append(limit) }
        }
        // Limits that fell together leave room to part the largest figures.
        while found.count < Self.countMax - 1, let last = found.last {
            let next = Self.round(last * 2.5)
            guard next > last, next <= largest else { break }
            found.append(next)
        }
        limits = found
    }

    /// The range in which a figure lies, from 0.
    func place(_ value: Double) -> Int { limits.count { $0 <= value } }

    /// The colour of a range, so that two ranges are the outer ones of five and not the faintest two.
    func shade(_ place: Int) -> Int {
        limits.isEmpty ? Self.countMax - 2 : place * (Self.countMax - 1) / limits.count
    }

    /// What lies in each range: `5–9` of whole numbers, else the ends.
    func names(_ unit: ChartUnit, _ locale: ChartLocale) -> [String] {
        (0...limits.count).map { place in
            let low = place == 0 ? smallest : limits[place - 1]
            let next = place < limits.count ? limits[place] : largest
            let high = place < limits.count && unit == .count ? next - 1 : next
            let ends = [low, max(low, high)].map { locale.short($0, unit) }
            return ends[0] == ends[1] ? ends[0] : ends.joined(separator: "–")
        }
    }

    /// 1, 2 or 5 times a power of ten, next below.
    private static func round(_ value: Double) -> Double {
        guard value > 1e-200, value < 1e200 else { return value }
        var power = 1.0
        while power * 10 <= value { power *= 10 }
        while power > value { power /= 10 }
        return [5, 2, 1].map { $0 * power }.first { $0 <= value } ?? value
    }
}
