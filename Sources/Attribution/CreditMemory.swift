/// Remembers the shares of strengths that were asked for lately: a rule set has few strengths, so that nearly every
/// outcome shares credit as some other did before, and sharing takes longer than all other steps together.
///
/// A share depends on the strengths alone, so that what is remembered is what would be computed.
struct CreditMemory {
    private struct Entry {
        var strengths: [Int] = []
        var shares: [Int] = []
    }

    private var entries = Array(repeating: Entry(), count: 1 << CreditMemory.bits)
    private static let bits = 8

    /// `Credit.share`, from memory where it can be.
    mutating func share(_ strengths: [Int], into shares: inout [Int]) {
        var hash: UInt64 = 0
        for strength in strengths { hash = (hash ^ UInt64(bitPattern: Int64(strength))) &* 0x9e37_79b9_7f4a_7c15 }
        let place = Int(hash >> (64 - UInt64(CreditMemory.bits)))
        if entries[place].strengths != strengths || strengths.isEmpty {
            Credit.share(strengths, into: &shares)
            entries[place] = Entry(strengths: strengths, shares: shares)
            return
        }
        shares.removeAll(keepingCapacity: true)
        shares.append(contentsOf: entries[place].shares)
    }
}
