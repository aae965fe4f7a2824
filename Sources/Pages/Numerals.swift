/// How decimal numbers of releases are written for people. The numbers are texts, and only digits are moved.
enum Numerals {
    /// A decimal number with groups of three digits and so many decimals, halves rounded away from 0.
    /// - Parameter places: the decimals; nil for those that it has, without zeros at the end.
    static func text(_ decimal: String, places: Int? = nil) -> String {
        var digits = decimal[...]
        let isNegative = digits.hasPrefix("-")
        if isNegative { digits = digits.dropFirst() }
        let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        var whole = Array((parts.first ?? "0").utf8)
        var fraction = parts.count > 1 ? Array(parts[1].utf8) : []
        guard !whole.isEmpty, (whole + fraction).allSatisfy({ (0x30...0x39).contains($0) }) else { return decimal }
        if let places {
            round(&whole, &fraction, places)
        } else {
            while fraction.last == 0x30 { fraction.removeLast() }
        }
        var shown = ""
        for (place, digit) in whole.enumerated() {
            if place > 0, (whole.count - place) % 3 == 0 { shown += "," }
            shown.unicodeScalars.append(Unicode.Scalar(digit))
        }
        if !fraction.isEmpty { shown += "." + String(decoding: fraction, as: UTF8.self) }
        let isZero = (whole + fraction).allSatisfy { $0 == 0x30 }
        return (isNegative && !isZero ? "-" : "") + shown
    }

    /// A whole number with groups of three digits.
    static func text(_ number: Int64) -> String { text(String(number)) }

    private static func round(_ whole: inout [UInt8], _ fraction: inout [UInt8], _ places: Int) {
        let isUp = fraction.count > places && fraction[places] >= 0x35
        fraction = Array(fraction.prefix(places))
        fraction += Array(repeating: 0x30, count: places - fraction.count)
        guard isUp else { return }
        var all = whole + fraction
        var place = all.count - 1
        while place >= 0, all[place] == 0x39 {
            all[place] = 0x30
            place -= 1
        }
        if place >= 0 { all[place] += 1 } else { all.insert(0x31, at: 0) }
        whole = Array(all.prefix(all.count - places))
        fraction = Array(all.suffix(places))
    }
}
