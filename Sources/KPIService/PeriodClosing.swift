public import Connections
public import Evaluation
public import Indicators
public import Primitives
public import Releases
public import SQLDatabase
import Store

/// Closes a period of a store: what the release is made of is read from one state of it, and the release is added where
/// no other was made meanwhile.
public struct PeriodClosing: Sendable {
    private let address: String
    private let registry: Registry
    private let settings: IndicatorSettings
    private let reviewed: Proportion?

    /// Makes a closing.
    /// - Parameters:
    ///   - address: the store.
    ///   - registry: as known on the as-of date.
    ///   - reviewed: the claims that people have reviewed; nil where there is no review.
    public init(address: String, registry: Registry, settings: IndicatorSettings, reviewed: Proportion? = nil) {
        (self.address, self.registry, self.settings, self.reviewed) = (address, registry, settings, reviewed)
    }

    /// Makes the release of a period without adding it.
    /// - Parameter now: the time of the closing.
    /// - Returns: the release, what has to be kept beside it, and how many releases there are.
    public func prepare(
        _ period: ReportingPeriod, now: Timestamp
    ) throws(ClosingError) -> (release: Release, snapshot: ReleaseSnapshot, known: Int) {
        let (builder, known) = try builder(period, now: now)
        do throws(ReleaseError) {
            let (release, snapshot) = try builder.build()
            return (release, snapshot, known)
        } catch {
            throw .release(error)
        }
    }

    /// The figures of a period as they stand, without closing it: for people who may see the records, and never kept.
    /// - Parameter now: the time that the figures bear.
    public func provisional(_ period: ReportingPeriod, now: Timestamp) throws(ClosingError) -> Release {
        let builder = try builder(period, now: now).builder
        do throws(ReleaseError) {
            return try builder.provisional()
        } catch {
            throw .release(error)
        }
    }

    private func builder(
        _ period: ReportingPeriod, now: Timestamp
    ) throws(ClosingError) -> (builder: ReleaseBuilder, known: Int) {
        let (state, entries, previousBody, snapshotBodies) = try read(period, now: now)
        do throws(ReleaseError) {
            var earlier: [ReleaseSnapshot] = []
            for body in snapshotBodies { earlier.append(try ReleaseSnapshot(json: body)) }
            var inputs = IndicatorInputs(
                period: period, aggregates: state.aggregates, names: state.names, registry: registry,
                observedFrom: state.observedFrom)
            inputs.staffCentsPerHour = settings.staffCentsPerHour
            inputs.reviewed = reviewed
            let builder = ReleaseBuilder(
                inputs: inputs, city: settings.city ?? registry.city?.name ?? "", closedAt: now,
                threshold: settings.threshold, records: (state.counts.received, state.counts.refused),
                previous: try previousBody.map { body throws(ReleaseError) in try Release(json: body) },
                earlier: earlier)
            return (builder, entries.count)
        } catch {
            throw .release(error)
        }
    }

    private func read(
        _ period: ReportingPeriod, now: Timestamp
    ) throws(ClosingError) -> (StoreReader.State, [ReleaseShelf.Entry], [UInt8]?, [[UInt8]]) {
        do throws(SQLError) {
            let shelf = try ReleaseShelf(address, timeMilliseconds: now.microseconds / 1000)
            let entries = try shelf.entries()
            let first = PopulationTotals.lookBack(period)
            let newest = entries.filter { $0.period == period.name }.map(\.number).max()
            let previous = try newest.flatMap { number throws(SQLError) in
                try shelf.body(period: period.name, number: number)
            }
            let state = try StoreReader(address).state(
                from: period.first, to: period.last, lookingBackTo: first)
            return (state, entries, previous, try shelf.snapshots(from: first, to: period.last))
        } catch {
            throw .database(error)
        }
    }

    /// Adds a release that was prepared.
    public func add(_ release: Release, _ snapshot: ReleaseSnapshot, known: Int) throws(ClosingError) {
        do throws(SQLError) {
            try ReleaseShelf(address, timeMilliseconds: release.closedAt.microseconds / 1000)
                .add(release, snapshot, known: known)
        } catch {
            throw .database(error)
        }
    }
}

/// Why a period was not closed.
public enum ClosingError: Error, CustomStringConvertible {
    /// The release cannot be made.
    case release(ReleaseError)
    /// The store failed.
    case database(SQLError)
    /// The registry cannot be read.
    case registry(String)

    /// What went wrong, and what to do.
    public var description: String {
        switch self {
        case .release(let error): "\(error)"
        case .database(let error): "\(error)"
        case .registry(let reason): "the registry cannot be read: \(reason)"
        }
    }
}
