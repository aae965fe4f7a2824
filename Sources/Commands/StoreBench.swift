import Indicators
import JSON
import Operations
import Primitives
import SQLDatabase
import Store

/// What a store costs: made-up records into a new one, the same again, and the indicators of a quarter.
struct StoreBench {
    private static let batchRecords = 10_000
    /// Records that are made before any of them is taken in.
    private static let madeRecords = 200_000
    private let address: String
    private let records: Int

    init(address: String, records: Int) {
        (self.address, self.records) = (address, records)
    }

    /// Measures, and tells each result as it comes: of many records they take minutes.
    func run(_ tell: (String) -> Void) throws(CommandFailure) {
        do throws(StoreError) {
            let store = try OutcomeStore(address, topic: "bench", timeMilliseconds: 0)
            tell(line("new records", try pass(store, from: 0)))
            // The same records at later offsets: a topic that was filled anew, or read again.
            tell(line("the same again", try pass(store, from: Int64(records))))
        } catch {
            throw CommandFailure("\(error)")
        }
        tell(try indicators())
    }

    /// What a pass took.
    private struct Spent {
        var milliseconds: Int64 = 0
        var cpuSeconds = 0.0
    }

    private func line(_ name: String, _ spent: Spent) -> String {
        let rate = Wording.number(Int64(records) * 1000 / max(1, spent.milliseconds))
        let cpu = Wording.number(Int64(Double(records) / max(0.001, spent.cpuSeconds)))
        return "\(name): \(rate) records/s, \(cpu) a CPU second of this process\n"
    }

    /// Taking in, as the service does that is behind; making the records is left out.
    private func pass(_ store: OutcomeStore, from offset: Int64) throws(StoreError) -> Spent {
        var maker = BenchRecords(total: records)
        var spent = Spent()
        var done = 0
        while done < records {
            let count = min(StoreBench.madeRecords, records - done)
            let made = maker.batch(from: done, count: count, offset: offset + Int64(done))
            let (start, cpu) = (SystemClock.monotonicMilliseconds(), SystemClock.processCPUSeconds())
            for first in stride(from: 0, to: count, by: StoreBench.batchRecords) {
                _ = try store.begin(Array(made[first..<min(first + StoreBench.batchRecords, count)]))
            }
            _ = try store.finish()
            spent.milliseconds += SystemClock.monotonicMilliseconds() - start
            spent.cpuSeconds += SystemClock.processCPUSeconds() - cpu
            done += count
        }
        return spent
    }

    func indicators() throws(CommandFailure) -> String {
        guard let quarter = ReportingPeriod("2026-Q1") else { return "" }
        do throws(SQLError) {
            let start = SystemClock.monotonicMilliseconds()
            let state = try StoreReader(address).state(
                from: quarter.first, to: quarter.last, lookingBackTo: PopulationTotals.lookBack(quarter))
            let read = SystemClock.monotonicMilliseconds()
            let table = IndicatorTable(
                IndicatorInputs(
                    period: quarter, aggregates: state.aggregates, names: state.names, registry: BenchRecords.registry,
                    observedFrom: state.observedFrom))
            let end = SystemClock.monotonicMilliseconds()
            return "a quarter's indicators of \(Wording.number(state.counts.new)) outcomes: \(end - start) ms, "
                + "of which reading \(read - start) ms; \(state.aggregates.cells.count) cells, "
                + "\(table.figures.count) figures\n"
        } catch {
            throw CommandFailure("\(error)")
        }
    }
}
