/// A path that cannot be read.
public struct PathSyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The offset of the fault in the text, in Unicode scalars from 0.
    public let position: Int
    /// What was expected there.
    public let expected: String

    /// Makes an error.
    public init(position: Int, expected: String) {
        self.position = position
        self.expected = expected
    }

    /// A sentence for the author of the path.
    public var description: String {
        "path, character \(position + 1): expected \(expected)"
    }
}
