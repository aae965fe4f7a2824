import Health
import KPIService
public import Operations
import Pipeline

extension LogEvent {
    /// Every event that a worker or the KPI service may tell of.
    public static let all: [LogEvent] = [.httpListening] + start + kafka + worker + service
}
