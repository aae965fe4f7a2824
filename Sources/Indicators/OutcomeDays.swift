import Primitives

/// On which days connections had a part in outcomes of K01, up to a day.
struct OutcomeDays {
    /// The days of each connection in ascending order, by connection id.
    private(set) var days: [String: [CivilDate]] = [:]
    /// The days of each connection with the department.
    private(set) var departments: [String: [(day: CivilDate, department: String)]] = [:]

    init(_ counts: [DayKey: Int64], _ names: ByteInterner, until last: CivilDate) {
        for (key, count) in counts where count > 0 && key.day <= last {
            let connection = names.text(key.connection)
            days[connection, default: []].append(key.day)
            departments[connection, default: []].append((key.day, names.text(key.department)))
        }
        for connection in Array(days.keys) { days[connection]?.sort() }
    }

    /// The first day from a day on; nil where there is none.
    func first(of connection: String, from day: CivilDate) -> CivilDate? {
        days[connection]?.first { $0 >= day }
    }

    /// Whether there is a day from a day on.
    func hasAny(of connection: String, from day: CivilDate) -> Bool {
        (days[connection]?.last).map { $0 >= day } ?? false
    }

    /// The departments of days from a day on, sorted.
    func departments(of connection: String, from day: CivilDate) -> [String] {
        Set((departments[connection] ?? []).filter { $0.day >= day }.map(\.department)).sorted()
    }
}
