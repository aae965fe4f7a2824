import FoundationEssentials
import JSON
import Suppression
import Testing

/// Writes problems with their results for `scripts/attack-suppression`, which attacks them with another solver.
@Suite(
    .enabled(
        if: ProcessInfo.processInfo.environment["SUPPRESSION_CASES"] != nil,
        "SUPPRESSION_CASES names no folder to write cases to"))
struct CaseFileTests {
    private func write(_ name: String, _ tables: TableSet) throws {
        let folder = try #require(ProcessInfo.processInfo.environment["SUPPRESSION_CASES"])
        let result = try tables.problem.suppress()
        #expect(result.unprotected.isEmpty, "\(name)")
        try FileManager.default.createDirectory(
            at: URL(filePath: folder, directoryHint: .isDirectory), withIntermediateDirectories: true)
        try Data(json(name, tables, result)).write(to: URL(filePath: "\(folder)/\(name).json"))
    }

    private func json(_ name: String, _ tables: TableSet, _ result: SuppressionResult) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("name")
        writer.string(name)
        writer.key("threshold")
        writer.integer(tables.problem.threshold)
        writer.key("cells")
        write(tables.problem.cells, &writer)
        writer.key("figures")
        writer.beginArray()
        for figure in tables.problem.figures { write(figure.added, &writer) }
        writer.endArray()
        writer.key("withheld")
        write(
            result.decisions.indices.filter {
                result.decisions[$0] == .primary || result.decisions[$0] == .complementary
            }, &writer)
        writer.key("intervals")
        writer.beginArray()
        for interval in result.intervals {
            if let interval { write([interval.lowerBound, interval.upperBound], &writer) } else { writer.null() }
        }
        writer.endArray()
        writer.key("rule_of_thumb")
        write(tables.naive().sorted(), &writer)
        writer.endObject()
        return Array(writer.bytes)
    }

    private func write(_ numbers: [Int], _ writer: inout JSONWriter) {
        writer.beginArray()
        for number in numbers { writer.integer(number) }
        writer.endArray()
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func writesSmallCities(seed: UInt64) throws {
        try write("small-city-\(seed)", RandomTables.smallCity.tableSet(seed: seed))
    }

    @Test func writesALargeCity() throws {
        try write("large-city-1", RandomTables.largeCity.tableSet(seed: 1))
    }

    @Test(
        .enabled(if: ArrivalTables.isThere, "../shared/data is not there: nothing to test against"),
        arguments: [
            ("Delaware", 2002...2017), ("New Mexico", 2002...2017), ("Vermont", 2002...2017), ("Kansas", 2002...2017),
            ("Illinois", 2015...2017),
        ])
    func writesArrivals(state: String, years: ClosedRange<Int>) throws {
        let name = "arrivals-\(state.lowercased().split(separator: " ").joined(separator: "-"))"
        try write(name, ArrivalTables.tableSet(state: state, years: years))
    }
}
