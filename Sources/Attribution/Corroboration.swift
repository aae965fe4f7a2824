import Connections
import Primitives

/// Whether the office's log supports a partner that is named without saying what it did (docs/method.md, step 6).
struct Corroboration: Sendable {
    private let registry: RegistryIndex
    private let department: String
    private let windowDays: Int32
    private let fieldsOfWork: ByteTable<String>

    init(rules: Rules, registry: RegistryIndex, department: String) {
        self.registry = registry
        self.department = department
        windowDays = Int32(truncatingIfNeeded: rules.windowDays)
        fieldsOfWork = ByteTable(rules.fieldsOfWork.map { (key: Array($0.key.utf8), value: $0.value) })
    }

    /// Whether something was done with the connection, in the same field of work, in the window that ends on the day of
    /// the outcome: with or for the department, or in the field of work of the outcome's type.
    func supports(_ connection: Int, _ outcome: Outcome, on day: CivilDate) -> Bool {
        let log = registry.connections[connection].activities
        if log.isEmpty { return false }
        let field = fieldsOfWork[outcome.type] ?? department
        return log.contains { activity in
            let age = day.daysSinceEpoch - activity.on.daysSinceEpoch
            return activity.kind != .need && age >= 0 && age <= windowDays
                && (activity.department == department || activity.fieldOfWork == field)
        }
    }
}
