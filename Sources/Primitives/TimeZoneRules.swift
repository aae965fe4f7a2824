/// What a time zone's clocks show: the offset from UTC at each instant, past and to come.
///
/// Read once from the system's database and then only read, so that threads may share it. Looking up allocates nothing.
/// What happens behind the last change that the file lists follows from the rule in its footer.
public final class TimeZoneRules: Sendable {
    /// The name, such as `America/Chicago`.
    public let name: String
    /// UTC, which needs no database.
    public static let utc = TimeZoneRules(name: "UTC", instants: [], offsets: [0], footer: nil)

    private let count: Int
    private let footer: PosixTimeZone?
    // Written by `init`, freed by `deinit` and only read between, so that threads may share them.
    private nonisolated(unsafe) let instants: UnsafeMutablePointer<Int64>
    private nonisolated(unsafe) let offsets: UnsafeMutablePointer<Int32>

    /// Reads the bytes of a zone's file: TZif, RFC 8536, versions 1 to 4.
    /// - Parameter name: the name for messages.
    /// - Throws: `TimeZoneFault` of the kind `damaged`.
    public convenience init(name: String, file: [UInt8]) throws(TimeZoneFault) {
        let read = try TimeZoneFile(file, name: name)
        self.init(name: name, instants: read.instants, offsets: read.offsets, footer: read.footer)
    }

    /// - Parameter offsets: one more than there are instants.
    private init(name: String, instants: [Int64], offsets: [Int32], footer: PosixTimeZone?) {
        self.name = name
        self.footer = footer
        count = instants.count
        self.instants = .allocate(capacity: max(instants.count, 1))
        self.offsets = .allocate(capacity: offsets.count)
        for (place, instant) in instants.enumerated() { self.instants[place] = instant }
        for (place, offset) in offsets.enumerated() { self.offsets[place] = offset }
    }

    deinit {
        instants.deallocate()
        offsets.deallocate()
    }

    /// Seconds by which local clocks are ahead of UTC at an instant; negative west of it.
    public func secondsFromUTC(at instant: Timestamp) -> Int {
        offset(at: Self.seconds(instant.microseconds), isLocal: false)
    }

    /// The local calendar day at an instant.
    public func date(at instant: Timestamp) -> CivilDate {
        let local = Self.seconds(instant.microseconds) + Int64(secondsFromUTC(at: instant))
        return CivilDate(daysSinceEpoch: Int32(clamping: Self.floorDivided(local, by: 86_400)))
    }

    /// The instant of a local day and time.
    ///
    /// A time that local clocks show twice, when they go back, is the earlier one. A time that they leave out, when
    /// they go forward, is read with the offset before the change, as RFC 5545 section 3.3.5 does: 02:30 is then 03:30.
    /// - Parameters:
    ///   - date: the local day; one that no `Timestamp` can hold counts as the nearest that it can.
    ///   - microsecondsOfDay: what the local clock shows, in microseconds since 00:00, at most 24 hours.
    public func instant(of date: CivilDate, microsecondsOfDay: Int64 = 0) -> Timestamp {
        let days = Int64(min(max(date.daysSinceEpoch, -Self.daysMax), Self.daysMax))
        let local = days * 86_400 + Self.seconds(microsecondsOfDay)
        let offset = Int64(offset(at: local, isLocal: true))
        return Timestamp(microseconds: (days * 86_400 - offset) * 1_000_000 + microsecondsOfDay)
    }

    /// - Parameter isLocal: true where the seconds are those of a local clock.
    private func offset(at seconds: Int64, isLocal: Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if change(middle, isLocal: isLocal) <= seconds { low = middle + 1 } else { high = middle }
        }
        if low == count, let footer { return footer.offset(at: seconds, isLocal: isLocal) }
        return Int(offsets[low])
    }

    /// From when on the offset behind a change counts. By a local clock that is the later of the times that it shows at
    /// the change: so the offset before it counts for times that are left out, and for the first of two.
    private func change(_ place: Int, isLocal: Bool) -> Int64 {
        instants[place] + (isLocal ? Int64(max(offsets[place], offsets[place + 1])) : 0)
    }

    /// About 290,000 years, which is what a `Timestamp` can hold.
    private static let daysMax: Int32 = 106_000_000

    private static func seconds(_ microseconds: Int64) -> Int64 { floorDivided(microseconds, by: 1_000_000) }

    private static func floorDivided(_ value: Int64, by divisor: Int64) -> Int64 {
        let quotient = value / divisor
        return value % divisor < 0 ? quotient - 1 : quotient
    }
}
