import Attribution
import Operations
import Testing

@testable import Pipeline

/// Real encounters from a topic to records. The samples stand beside the project, or not at all.
@Suite struct FHIRWorkerTests {
    private static let encounters: [UInt8]? = Files.read(
        #filePath.replacing("/Tests/PipelineTests/FHIRWorkerTests.swift", with: "")
            + "/../shared/data/fhir/Encounter.ndjson")

    @Test(
        .timeLimit(.minutes(1)), .enabled(if: encounters != nil, "no samples"),
        arguments: Harness.targets)
    func everyEncounterIsAnOutcomeAndNoNameLeaves(_ servers: String?) throws {
        let lines = try #require(FHIRWorkerTests.encounters).split(separator: 10).map { Array($0) }
        let venue =
            "Location?identifier=https://github.com/synthetichealth/synthea|3b23bdf7-5bd6-30bf-85a9-a37d7d74938a"
        let engine = try Harness.engine(
            profile: "fhir-r4-encounter", department: "health", identifier: "{scheme: venue, id: \"\(venue)\"}")
        let harness = try Harness(servers)
        try harness.produce(lines.map { (key: nil, payload: String(decoding: $0, as: UTF8.self)) })
        let run = try harness.startWorker(engine: engine)
        try harness.wait(run, forEvents: lines.count)
        run.stop.request()
        #expect(run.join() == .stopped)
        let counters = run.worker.counters
        #expect(counters.outcomes == lines.count)
        #expect(counters.count(of: .enabled) == 499)
        #expect(counters.deadLetters.isEmpty)
        let records = try harness.read(harness.attributions).map { String(decoding: $0.payload ?? [], as: UTF8.self) }
        #expect(records.count == lines.count)
        let names = FHIRWorkerTests.names(lines)
        #expect(names.count > 50)
        for text in records + harness.allLines {
            #expect(!names.contains { text.contains($0) })
        }
    }

    /// The words of patients' and clinicians' names, which this data marks with digits: `Mrs. Marine542 Upton904`.
    private static func names(_ lines: [[UInt8]]) -> Set<String> {
        var names: Set<String> = []
        for line in lines.prefix(300) {
            for part in String(decoding: line, as: UTF8.self).split(separator: "\"") {
                for word in part.split(separator: " ") where part.contains(" ") {
                    let isName = word.first?.isUppercase == true && word.last?.isNumber == true
                    if isName, word.contains(where: \.isLowercase) { names.insert(String(word)) }
                }
            }
        }
        return names
    }
}
