/// Numbers with a fixed number of decimals, the same on every machine.
enum FixedDecimal {
    static func power(_ places: Int) -> Double {
        var power = 1.0
        for _ in 0..<places { power *= 10 }
        return power
    }

    /// Rounded to the nearest, halves away from 0. Numbers that cannot be written so become 0.
    /// - Parameter trimmed: true to leave out zeros at the end of the decimals.
    static func text(_ value: Double, _ places: Int, trimmed: Bool = false) -> String {
        let scale = power(places)
        let scaled = (value * scale).rounded()
        guard scaled.magnitude < 9e18 else { return places > 0 ? text(value, places - 1, trimmed: trimmed) : "0" }
        let number = Int(scaled)
        let whole = String(number.magnitude / UInt(scale))
        var decimals = String(number.magnitude % UInt(scale))
        decimals = String(repeating: "0", count: places - decimals.count < 0 ? 0 : places - decimals.count) + decimals
        if trimmed { while decimals.last == "0" { decimals.removeLast() } }
        let sign = number < 0 ? "-" : ""
        return places == 0 || decimals.isEmpty ? sign + whole : sign + whole + "." + decimals
    }

    /// A coordinate: one decimal, and none where it is 0.
    static func coordinate(_ value: Double) -> String { text(value, 1, trimmed: true) }
}
