public import Primitives

/// Makes attribution records for tests, with what a worker writes (docs/events.md).
public struct RecordMaker {
    /// Which outcome it is.
    public var key = 1
    /// The revision of the source; empty where nil.
    public var revision: UInt64?
    /// The department.
    public var department = "housing"
    /// The kind of outcome.
    public var type = "placement"
    /// The day.
    public var day = "2026-03-04"
    /// People reached.
    public var people: Int64? = 3
    /// US dollars.
    public var usd: Int64?
    /// The district.
    public var district: String?
    /// People by group.
    public var groups: [(String, Int64)] = []
    /// What was decided.
    public var decision = "domestic"
    /// The shares of connections, in order of their ids.
    public var credit: [(connection: String, basisPoints: Int)] = []
    /// The mechanism of its evidence.
    public var mechanism = "funded-by"
    /// Whom it benefits.
    public var direction = "inbound"
    /// The offset of its event.
    public var eventOffset: Int64 = 1
    /// The digest of the rules.
    public var rules = "sha256:r"

    /// Makes a domestic record; what is stated besides differs from it.
    public init(
        key: Int = 1, revision: UInt64? = nil, decision: String = "domestic",
        credit: [(connection: String, basisPoints: Int)] = []
    ) {
        (self.key, self.revision, self.decision, self.credit) = (key, revision, decision, credit)
    }

    /// The outcome key of a number.
    public static func digits(_ key: Int) -> String {
        let digits = String(UInt64(key) &* 0x9e37_79b9_7f4a_7c15, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }

    /// The record.
    public var bytes: [UInt8] { Array(text.utf8) }

    private var text: String {
        let revision = self.revision.map { value in
            let digits = String(value)
            return String(repeating: "0", count: 20 - digits.count) + digits
        }
        let start = """
            {"specversion":"1.0","id":"\(RecordMaker.digits(key))-0-1","source":"/city/x/\(department)",\
            "type":"org.city.attribution.v1","subject":"\(RecordMaker.digits(key))",\
            "datacontenttype":"application/json","data":{"outcome":{"key":"\(RecordMaker.digits(key))",\
            "department":"\(department)"
            """
        let end = """
            "provenance":{"topic":"city.\(department).events","partition":0,"offset":\(eventOffset),\
            "rules":"\(rules)",\
            "registry":"sha256:g","profile":"sha256:p","engine":"1"}}}
            """
        if decision == "retracted" {
            return start + ",\"revision\":\"\(revision ?? "")\",\"retracted\":true},\"decision\":\"retracted\"," + end
        }
        var outcome = ",\"type\":\"\(type)\",\"occurredOn\":\"\(day)\",\"count\":1"
        if let people { outcome += ",\"people\":\(people)" }
        if let usd { outcome += ",\"usd\":\(usd)" }
        outcome += ",\"direction\":\"\(direction)\""
        if let district { outcome += ",\"district\":\"\(district)\"" }
        if !groups.isEmpty {
            outcome += ",\"groups\":{" + groups.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
        }
        outcome += ",\"revision\":\"\(revision ?? "")\",\"retracted\":false},\"decision\":\"\(decision)\","
        return start + outcome + decided + end
    }

    private var decided: String {
        let shares = credit.map { "{\"connection\":\"\($0.connection)\",\"basisPoints\":\($0.basisPoints)}" }
        let domestic = 10_000 - credit.reduce(0) { $0 + $1.basisPoints }
        let reasons = credit.map { share in
            """
            {"connection":"\(share.connection)","rule":"reference/\(mechanism)","tier":"T1",\
            "mechanism":"\(mechanism)","field":"$.x","strength":0.9,"origin":"grant:\(share.connection)"}
            """
        }
        let tier = credit.isEmpty ? "" : "\"tier\":\"T1\","
        let evidence = credit.isEmpty ? "" : "\"evidence\":[\(reasons.joined(separator: ","))],"
        return tier + "\"credit\":[\(shares.joined(separator: ","))],\"domesticBasisPoints\":\(domestic)," + evidence
    }

    /// A record of one of some outcomes, with revisions that come out of order.
    public static func random(_ random: inout SplitMix64, outcomes: Int) -> RecordMaker {
        var record = RecordMaker()
        record.key = 1 + random.below(outcomes)
        record.revision = random.onceIn(8) ? nil : UInt64(random.below(20))
        if random.onceIn(6) {
            record.decision = "retracted"
            return record
        }
        record.department = random.element(of: ["housing", "health", "transport"]) ?? ""
        record.type = random.element(of: ["placement", "clinic", "con\\u0000trol"]) ?? ""
        record.day = "2026-0\(random.within(1...4))-1\(random.below(10))"
        record.people = random.onceIn(4) ? nil : Int64(random.below(30))
        record.usd = random.onceIn(2) ? nil : Int64(random.below(100_000))
        record.district = random.element(of: [nil, "D1", "D2"]) ?? nil
        record.groups = random.onceIn(3) ? [("youth", Int64(random.below(9)))] : []
        record.direction = random.onceIn(7) ? "outbound" : "inbound"
        record.mechanism = random.element(of: ["funded-by", "donated-by", "delivered-at"]) ?? ""
        if random.onceIn(2) {
            record.decision = random.onceIn(2) ? "enabled" : "contributed"
            record.credit = [("x:network:ü", random.within(1...4000)), ("x:sister:a", random.within(1...6000))]
            if random.onceIn(2) { record.credit.removeFirst() }
        }
        return record
    }
}
