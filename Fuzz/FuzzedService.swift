import Connections
import HTTP
import Health
import Indicators
import Operations
import Primitives
import Store
import TestRecords

@testable import KPIService

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The service without its sockets: a store of 60 outcomes, and one release of them.
struct FuzzedService {
    private let published: PublishedReleases
    private let address: String
    private let tokens: AccessTokens

    init(token: String) throws {
        tokens = AccessTokens([token], realm: "fuzz")
        // Removed by scripts/fuzz, with all else there.
        let temporary = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var folder = Array("\(temporary)/city-fuzz-XXXXXX".utf8CString)
        guard mkdtemp(&folder) != nil else { fatalError("no folder can be made") }
        address = String(decoding: folder.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self) + "/store.db"
        let store = try OutcomeStore(address, topic: "t", timeMilliseconds: 0)
        for (place, record) in FuzzedService.records.enumerated() {
            try record.withUnsafeBytes { bytes in
                _ = try store.take([ReceivedRecord(partition: 0, offset: Int64(place), payload: bytes)])
            }
        }
        published = PublishedReleases(store: address)
        try close()
        try published.refresh()
    }

    func routes() throws -> Router {
        var routes = Router()
        try PageRoutes(published, ProvisionalPages(published, tokens, nil)).add(to: &routes)
        try IndicatorRoutes(published).add(to: &routes)
        try AttributionRoute(store: address, tokens: tokens).add(to: &routes)
        try AtomFeed(published).add(to: &routes)
        let log = Log(format: .json) { _ in }
        try ServiceHealth(IntakeProgress(), published, RequestCounts(), log, version: "1").routes.add(to: &routes)
        return routes
    }

    private static var records: [[UInt8]] {
        (1...60).map { key in
            var record = RecordMaker(
                key: key, revision: 1, decision: key % 2 == 0 ? "enabled" : "domestic",
                credit: key % 2 == 0 ? [("x:sister:a", 6000)] : [])
            (record.people, record.department) = (Int64(key), key % 3 == 0 ? "health" : "housing")
            return record.bytes
        }
    }

    private func close() throws {
        let row = Connection(id: "x:sister:a", type: .sisterCity, partner: "Partner <A>")
        let registry = Registry(city: City(name: "Testville", country: "US"), connections: [row], digest: "registry")
        let configuration = Configuration(
            flags: [], environment: [:], configurationFile: nil, kafkaNames: [], readFile: { _ in nil })
        let closing = PeriodClosing(
            address: address, registry: registry, settings: IndicatorSettings(configuration))
        guard let period = ReportingPeriod("2026-Q1"), let now = Timestamp("2026-11-30T08:00:00Z") else { return }
        let prepared = try closing.prepare(period, now: now)
        try closing.add(prepared.release, prepared.snapshot, known: prepared.known)
    }
}
