/// When to look at the files of credentials, and when what stands there is to be tried. Pure: no clock and no file.
///
/// Certificate and key are often written one after the other: a change counts once it has stood for a second look.
struct CredentialWatch {
    /// The time between two looks, in milliseconds.
    private let interval: Int64
    /// The time until the second look at a change.
    private var settling: Int64 { min(1000, interval) }
    /// What the clients in use were made with.
    private(set) var used: CredentialFiles.Digests
    private var seen: CredentialFiles.Digests
    private var refused: CredentialFiles.Digests?
    private var lookAt: Int64
    private var retryAt: Int64 = 0

    init(_ used: CredentialFiles.Digests, intervalMilliseconds: Int, now: Int64) {
        interval = Int64(intervalMilliseconds)
        (self.used, seen) = (used, used)
        lookAt = now + interval
    }

    /// Whether it is time to look.
    func isDue(now: Int64) -> Bool { now >= lookAt && !used.isEmpty }

    /// Takes what stands in the files; true where it is to be tried.
    mutating func look(_ digests: CredentialFiles.Digests, now: Int64) -> Bool {
        lookAt = now + interval
        guard digests != used else {
            (seen, refused) = (digests, nil)
            return false
        }
        guard digests == seen else {
            seen = digests
            lookAt = now + settling
            return false
        }
        return digests != refused || now >= retryAt
    }

    /// The properties whose files differ from those in use, sorted.
    func changes(_ digests: CredentialFiles.Digests) -> [String] {
        digests.filter { used[$0.key] != $0.value }.keys.sorted()
    }

    /// It is in use from now on.
    mutating func took(_ digests: CredentialFiles.Digests) {
        (used, seen, refused) = (digests, digests, nil)
    }

    /// It cannot be used; tried again after a time, since brokers may learn later of what clients have already.
    mutating func refuse(_ digests: CredentialFiles.Digests, now: Int64, retryMilliseconds: Int64) {
        (refused, retryAt) = (digests, now + retryMilliseconds)
    }
}
