import Connections
import JSON
import Primitives
import Store

/// Made-up attribution records of a large city: the same in every run, 35 % of them credited.
struct BenchRecords: ~Copyable {
    private static let (departments, types, districts, connections) = (10, 6, 15, 40)
    private static let creditedPercent = 35
    private let total: Int
    private var writer = JSONWriter(capacity: 1 << 24)
    private var ranges: [Range<Int>] = []

    /// A registry of their connections.
    static let registry: Registry = {
        let kinds = ConnectionType.allCases
        let rows = (0..<connections).map { number in
            var row = Connection(
                id: id(of: number), type: kinds[number % kinds.count], partner: "Partner \(number)")
            (row.since, row.country) = (PartialDate("2001"), number % 2 == 0 ? "MX" : "KR")
            return row
        }
        return Registry(city: City(name: "Bench", country: "US"), connections: rows, digest: "bench")
    }()

    /// - Parameter total: how many there are in all.
    init(total: Int) { self.total = total }

    private static func id(of number: Int) -> String { "x:connection:\(100 + number)" }

    /// Records with numbers from one on; they hold until the next call.
    mutating func batch(from first: Int, count: Int, offset: Int64) -> [ReceivedRecord] {
        writer.clear()
        ranges.removeAll(keepingCapacity: true)
        for number in first..<first + count {
            let start = writer.count
            write(number)
            writer.newLine()
            ranges.append(start..<writer.count)
        }
        let bytes = writer.bytes
        return ranges.enumerated().map { index, range in
            ReceivedRecord(
                partition: 0, offset: offset + Int64(index), payload: UnsafeRawBufferPointer(rebasing: bytes[range]))
        }
    }

    private mutating func write(_ number: Int) {
        var random = SplitMix64(seed: UInt64(number))
        let key = Hexadecimal.text(
            withUnsafeBytes(of: (random.next(), random.next())) { Array($0) })
        let department = random.below(BenchRecords.departments)
        let isCredited = random.below(100) < BenchRecords.creditedPercent
        writer.beginObject()
        writer.member("specversion", "1.0")
        writer.member("id", key + "-3-\(number)")
        writer.member("source", "/city/bench/department-\(department)")
        writer.member("type", "org.city.attribution.v1")
        writer.member("subject", key)
        writer.member("time", "2026-03-04T15:04:05Z")
        writer.member("datacontenttype", "application/json")
        writer.key("data")
        writer.beginObject()
        writeOutcome(number, key, department, &random)
        writer.member("decision", isCredited ? "enabled" : "domestic")
        if isCredited { writer.member("tier", "T1") }
        writeCredit(isCredited, &random)
        writeProvenance(number, department)
        writer.endObject()
        writer.endObject()
    }

    private mutating func writeOutcome(
        _ number: Int, _ key: String, _ department: Int, _ random: inout SplitMix64
    ) {
        writer.key("outcome")
        writer.beginObject()
        writer.member("key", key)
        writer.member("department", "department-\(department)")
        writer.member("type", "type-\(department)-\(random.below(BenchRecords.types))")
        // They come about in the order of their days, some weeks late: 40,000 a day, up to the end of March 2026.
        let end = CivilDate(year: 2026, month: 3, day: 31) ?? CivilDate(daysSinceEpoch: 0)
        let day = end.adding(days: (number - total) / 40_000 - random.below(30))
        writer.member("occurredOn", day.description)
        writer.member("count", 1)
        writer.member("people", 1 + random.below(60))
        if random.onceIn(3) { writer.member("usd", 100 + random.below(20_000)) }
        writer.member("direction", "inbound")
        writer.member("district", "D\(random.below(BenchRecords.districts))")
        if random.onceIn(2) {
            writer.key("groups")
            writer.beginObject()
            writer.member("youth", random.below(20))
            writer.endObject()
        }
        writer.member("revision", "00001772636645000000")
        writer.key("retracted")
        writer.bool(false)
        writer.endObject()
    }

    private mutating func writeCredit(_ isCredited: Bool, _ random: inout SplitMix64) {
        var parts: [Int] = []
        if isCredited {
            parts.append(random.below(BenchRecords.connections))
            if random.onceIn(5) { parts.append(parts[0] + 1 + random.below(2)) }
        }
        writer.key("credit")
        writer.beginArray()
        for part in parts {
            writer.beginObject()
            writer.member("connection", BenchRecords.id(of: part))
            writer.member("basisPoints", 7000 / parts.count)
            writer.endObject()
        }
        writer.endArray()
        writer.member("domesticBasisPoints", 10_000 - parts.count * (parts.isEmpty ? 0 : 7000 / parts.count))
        guard !parts.isEmpty else { return }
        writer.key("evidence")
        writer.beginArray()
        for part in parts {
            writer.beginObject()
            writer.member("connection", BenchRecords.id(of: part))
            writer.member("rule", "reference/funded-by")
            writer.member("tier", "T1")
            writer.member("mechanism", "funded-by")
            writer.member("field", "$.data.references[0]")
            writer.key("strength")
            writer.integer(1)
            writer.member("origin", "grant:\(part)")
            writer.endObject()
        }
        writer.endArray()
    }

    private mutating func writeProvenance(_ number: Int, _ department: Int) {
        writer.key("provenance")
        writer.beginObject()
        writer.member("topic", "city.department-\(department).events")
        writer.member("partition", 3)
        writer.member("offset", number)
        for name in ["eventDigest", "rules", "registry", "profile"] as [StaticString] {
            writer.member(name, "sha256:0000000000000000000000000000000000000000000000000000000000000000")
        }
        writer.member("engine", "0.1.0")
        writer.endObject()
    }
}
