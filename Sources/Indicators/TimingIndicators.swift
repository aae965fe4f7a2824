import Connections
import Primitives

/// K08 and K09: from a need to a partner, and from a partner to an outcome.
struct TimingIndicators {
    /// A median of fewer starts than these would be the date of a single outcome.
    static let startsMin = 3
    private let inputs: IndicatorInputs
    private let end: CivilDate
    private(set) var figures: [Figure] = []

    init(_ inputs: IndicatorInputs, _ ties: Ties, _ days: OutcomeDays) {
        self.inputs = inputs
        end = inputs.period.lastDay
        addNeeds()
        addStarts(ties, days)
    }

    // MARK: K08

    private mutating func addNeeds() {
        let from = inputs.period.last.adding(months: -23).firstDay
        let log = inputs.registry.activities
        let introductions = log.filter { $0.kind == .introduction && $0.on <= end }
        let times = log.filter { $0.kind == .need && from <= $0.on && $0.on <= end }.map { need in
            let answer = introductions.filter { $0.answers(need) }.map(\.on).min()
            return ObservedTime(
                days: Int((answer ?? end).daysSinceEpoch - need.on.daysSinceEpoch), hasEnded: answer != nil)
        }
        let median = SurvivalMedian.of(times)
        figures.append(
            Figure(
                .timeToPartner, Slice(), median.map { .stated(Quantity(Int64($0))) } ?? .notStated(.needs),
                numerator: Quantity(Int64(times.count { $0.hasEnded })), denominator: Quantity(Int64(times.count)),
                n: Int64(times.count)))
    }

    // MARK: K09

    private mutating func addStarts(_ ties: Ties, _ days: OutcomeDays) {
        var times: [String: [ObservedTime]] = [:]
        let logged = Dictionary(
            inputs.registry.activities.lazy.filter { $0.kind == .introduction || $0.kind == .agreementSigned }
                .compactMap { activity in activity.connection.map { ($0, activity.on) } },
            uniquingKeysWith: min)
        for row in ties.rows.values {
            guard let start = start(of: row, logged: logged[row.id]), let from = inputs.observedFrom, from <= start,
                start <= end
            else {
                continue
            }
            // A renewal begins nothing: its connection has led to outcomes before.
            if let earliest = days.first(of: row.id, from: from), earliest < start { continue }
            let first = days.first(of: row.id, from: start)
            // What has ended cannot lead to an outcome any more.
            let last = max(start, min(end, row.period.until ?? end))
            let time = ObservedTime(
                days: Int((first ?? last).daysSinceEpoch - start.daysSinceEpoch), hasEnded: first != nil)
            times[row.type.rawValue, default: []].append(time)
        }
        add(times.values.flatMap { $0 }, Slice())
        for (type, times) in times { add(times, Slice([.connectionType: type])) }
    }

    /// The first introduction or agreement: of the log, or the day on which the agreement of the row was signed.
    private func start(of row: Connection, logged: CivilDate?) -> CivilDate? {
        let signed = row.agreement?.signedOn.flatMap { $0.precision == .day ? $0.first : nil }
        return [logged, signed].compactMap { $0 }.min()
    }

    private mutating func add(_ times: [ObservedTime], _ slice: Slice) {
        let median = times.count >= TimingIndicators.startsMin ? SurvivalMedian.of(times) : nil
        figures.append(
            Figure(
                .timeToOutcome, slice, median.map { .stated(Quantity(Int64($0))) } ?? .notStated(.starts),
                numerator: Quantity(Int64(times.count { $0.hasEnded })), denominator: Quantity(Int64(times.count)),
                n: Int64(times.count)))
    }
}

extension Activity {
    /// Whether an introduction is what a need asked for: the same department, and where both say it the same field of
    /// work and connection, on the day of the need or later.
    fileprivate func answers(_ need: Activity) -> Bool {
        guard need.on <= on, let department, department == need.department else { return false }
        if let field = need.fieldOfWork, let own = fieldOfWork, field != own { return false }
        if let connection = need.connection, connection != self.connection { return false }
        return true
    }
}
