import FoundationEssentials
import Operations
import Testing

@testable import Commands

/// What is promised of the log: names, levels and fields.
@Suite struct LogEventTests {
    private let root: String

    init() {
        var components = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        components.removeLast(3)
        root = components.joined(separator: "/")
    }

    /// Alerts and searches of operators name them: one that goes is a breaking change.
    @Test func namesLevelsAndFieldsStay() {
        let lines = LogEvent.all.map { event in
            "\(event.name) \(event.level.name): \(event.fields.map(\.name).joined(separator: " "))"
        }
        #expect(
            lines == [
                "http_listening info: address",
                "start_warning warning: error",
                "start_error error: error",
                "start_refused error: error",
                "kafka_error warning: code error",
                "kafka_fatal error: code error",
                "kafka_client_error warning: code error",
                "kafka_log warning: code text",
                "kafka_notice info: code text",
                "kafka_debug debug: code text",
                "credentials_changed info: properties clients",
                "credentials_refused error: properties error",
                "worker_started info: department topic brokers delivery profile registry",
                "worker_stopping info: ",
                "worker_stopping_at_once info: ",
                "worker_stopped info: received outcomes dead_letters",
                "worker_aborted warning: received outcomes dead_letters",
                "worker_failed error: received outcomes dead_letters",
                "worker_refused error: error",
                "registry_unavailable warning: error",
                "registry_taken info: registry connections",
                "registry_refused error: error",
                "broker_unreachable warning: brokers code error",
                "partitions_assigned info: partitions",
                "partitions_revoked info: partitions",
                "partitions_lost warning: partitions",
                "transaction_aborted warning: partitions",
                "lag_unknown warning: code error",
                "dead_letter warning: code stage reason topic partition offset trace_id",
                "size_refused warning: bytes",
                "events_lost_to_retention error: topic partition from to",
                "intake_interrupted warning: error",
                "records_lost error: topic partition from to",
                "intake_failed error: error",
                "release_published info: release topic",
                "release_unpublished warning: error",
                "releases_unavailable warning: error",
            ])
        #expect(Set(LogEvent.all).count == LogEvent.all.count)
    }

    @Test func whatMattersSaysWhatToDo() {
        for event in LogEvent.all {
            #expect(event.message.hasSuffix("."), "\(event.name)")
            #expect((event.advice == "nothing") == (event.level < .warning), "\(event.name)")
        }
    }

    /// Every event that is made in the sources is on a list, and none is made where nobody looks for it.
    @Test func theListIsWhole() throws {
        var made = 0
        for file in try FileManager.default.subpathsOfDirectory(atPath: root + "/Sources") {
            guard file.hasSuffix(".swift") else { continue }
            let text = try String(contentsOfFile: root + "/Sources/" + file, encoding: .utf8)
            let count = text.ranges(of: "= LogEvent(").count
            made += count
            #expect(count == 0 || file.contains("/LogEvent+"), "\(file)")
        }
        #expect(made == LogEvent.all.count)
    }
}
