import Indicators
import JSON
import Operations
import Primitives
import SQLDatabase
import Store

/// What a store costs: made-up records into a new one, the same again, and the indicators of a quarter.
struct StoreBench {
    private static let batchRecords = 10_000
    private let address: String
    private let records: Int

    init(address: String, records: Int) {
        (self.address, self.records) = (address, records)
    }

    func run() throws(CommandFailure) -> String {
        let (first, again): (Double, Double)
        do throws(StoreError) {
            let store = try OutcomeStore(address, topic: "bench", timeMilliseconds: 0)
            first = try pass(store, from: 0)
            // The same records at later offsets: a topic that was filled anew, or read again.
            again = try pass(store, from: Int64(records))
        } catch {
            throw CommandFailure("\(error)")
        }
        return line("new records", first) + line("the same again", again) + (try indicators())
    }

    private func line(_ name: String, _ seconds: Double) -> String {
        "\(name): \(Wording.number(Int64(Double(records) / seconds))) records/s\n"
    }

    /// Seconds of taking in; making the records is left out.
    private func pass(_ store: OutcomeStore, from offset: Int64) throws(StoreError) -> Double {
        var maker = BenchRecords(total: records)
        var spent: Int64 = 0
        var done = 0
        while done < records {
            let count = min(StoreBench.batchRecords, records - done)
            let batch = maker.batch(from: done, count: count, offset: offset + Int64(done))
            let start = SystemClock.monotonicMilliseconds()
            _ = try store.take(batch)
            spent += SystemClock.monotonicMilliseconds() - start
            done += count
        }
        return max(0.001, Double(spent) / 1000)
    }

    private func indicators() throws(CommandFailure) -> String {
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
