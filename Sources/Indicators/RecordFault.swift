/// Why a message is no attribution record that can be counted. Nothing of the message is in it.
public struct RecordFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The member that is to blame, as a path from the root; empty for the document.
    public let path: String
    /// What was expected there.
    public let expectation: String

    /// Makes a fault.
    public init(path: String, expectation: String) {
        self.path = path
        self.expectation = expectation
    }

    /// The member and what was expected.
    public var description: String { path.isEmpty ? expectation : "\(path): \(expectation)" }
}
