/// When the registry is to be loaded again: what its sources show has to have changed, and then to stand still from one
/// look to the next, since a file that is being written may be whole to a parser long before it is whole to its author.
///
/// No clock and no files: the caller looks, and says what it saw.
struct ReloadPlan<Marks: Equatable & Sendable>: Sendable {
    private var loaded: Marks?
    private var seen: Marks?

    /// - Parameter loaded: what the sources showed before they were loaded; nil to load at the next chance.
    init(loaded: Marks?) { self.loaded = loaded }

    /// Whether to load now.
    /// - Parameters:
    ///   - marks: what the sources show; nil where they cannot be looked at, which is a reason for nothing.
    ///   - isAsked: somebody says that they are whole.
    mutating func looked(_ marks: Marks?, isAsked: Bool = false) -> Bool {
        guard let marks else { return false }
        if isAsked || (marks != loaded && marks == seen) {
            (loaded, seen) = (marks, nil)
            return true
        }
        seen = marks == loaded ? nil : marks
        return false
    }

    /// They could not be read to their ends: at the next chance again.
    mutating func failed() { loaded = nil }
}
