import Connections

/// Types of connections as bits.
struct TypeSet: OptionSet, BitwiseCopyable, Sendable {
    let rawValue: UInt16

    init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The set of one type.
    init(_ type: ConnectionType) {
        rawValue = ConnectionType.allCases.firstIndex(of: type).map { 1 << UInt16($0) } ?? 0
    }
}
