import Attribution
import Connections
import Primitives
import Testing

@testable import Indicators

/// A record as docs/events.md shows it, with two connections, one of which has two reasons.
let wholeRecord =
    #"{"specversion":"1.0","id":"0123456789abcdef0123456789abcdef-3-812","source":"/city/san-antonio/housing","#
    + #""type":"org.city.attribution.v1","subject":"0123456789abcdef0123456789abcdef","#
    + #""time":"2026-03-04T15:04:05Z","datacontenttype":"application/json","data":{"#
    + #""outcome":{"key":"0123456789abcdef0123456789abcdef","department":"housing","type":"shelter-placement","#
    + #""occurredOn":"2026-03-04","count":2,"people":3,"usd":12000.5,"direction":"inbound","district":"D7","#
    + #""groups":{"youth":2,"women":1},"revision":"00000000000000000007","retracted":false},"#
    + #""decision":"enabled","tier":"T1","#
    + #""credit":[{"connection":"sat:a","basisPoints":5000},{"connection":"sat:b","basisPoints":2500}],"#
    + #""domesticBasisPoints":2500,"#
    + #""evidence":[{"connection":"sat:a","rule":"reference/funded-by","tier":"T1","#
    + #""mechanism":"funded-by","field":"$.data.references[0]","strength":0.9,"origin":"PRM 2025/114"},"#
    + #"{"connection":"sat:a","rule":"name/corroborated","tier":"T2","field":"$.note","strength":0.5,"#
    + #""origin":"name:a"},"#
    + #"{"connection":"sat:b","rule":"reference/donated-by","tier":"T1","mechanism":"donated-by","#
    + #""field":"$.data.references[1]","strength":0.9,"origin":"gift"},"#
    + #"{"connection":"sat:c","rule":"name/alone","tier":"T3","field":"$.note","strength":0.2,"origin":"name:c"}],"#
    + #""nearMisses":[{"connection":"sat:d","rule":"reference/delivered-at","reason":"ended","on":"2020-12-31"}],"#
    + #""provenance":{"topic":"city.housing.events","partition":3,"offset":812,"rules":"sha256:aa","#
    + #""registry":"sha256:bb","profile":"sha256:cc","engine":"1.0.0"}}}"#

extension RecordReader {
    /// Reads a text.
    func read(_ text: String) throws(RecordFault) -> OutcomeFact {
        let bytes = Array(text.utf8)
        let result = bytes.withUnsafeBytes { bytes in
            Result { () throws(RecordFault) in try read(bytes) }
        }
        return try result.get()
    }
}

/// Attribution records, read as facts.
@Suite struct RecordReaderTests {
    private let reader = RecordReader()

    private func content(_ record: String) throws -> OutcomeFact.Content {
        try #require(try reader.read(record).content)
    }

    private func text(_ id: Int32) -> String { reader.names.text(id) }

    @Test func theWholeRecord() throws {
        let fact = try reader.read(wholeRecord)
        #expect(fact.id == OutcomeID(high: 0x0123_4567_89ab_cdef, low: 0x0123_4567_89ab_cdef))
        #expect(fact.revision == 7)
        let content = try #require(fact.content)
        #expect(text(content.department) == "housing")
        #expect(text(content.type) == "shelter-placement")
        #expect(text(content.district) == "D7")
        #expect(content.day.description == "2026-03-04")
        #expect(content.standing == .enabled)
        #expect(content.count == 2)
        #expect(content.people == 3)
        #expect(content.usdCents == 1_200_050)
        #expect(content.groups.map { "\(text($0.group)) \($0.people)" } == ["youth 2", "women 1"])
        #expect(content.domesticBasisPoints == 2500)
        #expect(text(content.connections) == "sat:a\nsat:b")
        #expect(text(content.versions) == "sha256:aa\nsha256:bb\nsha256:cc\n1.0.0")
    }

    /// A worker may be of a newer version than the service that reads its records.
    @Test func membersThatALaterVersionMayAddArePassedOver() throws {
        var later = wholeRecord
        for place in [
            "{\"specversion\"", "\"data\":{", "\"outcome\":{", "{\"connection\":\"sat:b\"", "\"provenance\":{",
        ] {
            #expect(later.contains(place))
            let added = #""later":{"a":[1]},"#
            later.replace(place, with: place.replacing("{", with: "{" + added))
        }
        let (read, expected) = (try RecordReader().read(later), try RecordReader().read(wholeRecord))
        #expect(String(reflecting: read) == String(reflecting: expected))
    }

    @Test func reasonsSayWhatConnectionsGaveAndOnHowManyOriginsTheyRest() throws {
        let content = try content(wholeRecord)
        #expect(content.shares.map { text($0.connection) } == ["sat:a", "sat:b"])
        #expect(content.shares.map(\.basisPoints) == [5000, 2500])
        #expect(content.shares.map(\.origins) == [2, 1])
        #expect(content.shares.map(\.hasFunded) == [true, false])
        #expect(content.shares.map(\.hasDonated) == [false, true])
        // T3 is shown apart and has no part in a claim.
        #expect(
            content.evidence.map { "\(text($0.connection)) \(text($0.kind))" } == [
                "sat:a T1 funded-by", "sat:a T2", "sat:b T1 donated-by",
            ])
    }

    @Test func reasonsOfOneOriginCountOnce() throws {
        let record = wholeRecord.replacing(#""origin":"name:a""#, with: #""origin":"PRM 2025/114""#)
        #expect(try content(record).shares.map(\.origins) == [1, 1])
    }

    @Test func whatIsNotThereIsNotKnown() throws {
        let record = wholeRecord.replacing(#","people":3,"usd":12000.5"#, with: "")
            .replacing(#","district":"D7","groups":{"youth":2,"women":1}"#, with: "")
        let content = try content(record)
        #expect(content.people == nil)
        #expect(content.usdCents == nil)
        #expect(content.groups.isEmpty)
        #expect(text(content.district) == "")
    }

    @Test func zeroPeopleAndNoMoneyAreKnown() throws {
        let content = try content(wholeRecord.replacing(#""people":3,"usd":12000.5"#, with: #""people":0,"usd":0"#))
        #expect(content.people == 0)
        #expect(content.usdCents == 0)
    }

    @Test func aRetractionHasNoContent() throws {
        let fact = try reader.read(
            #"{"type":"org.city.attribution.v1","data":{"outcome":{"key":"0123456789abcdef0123456789abcdef","#
                + #""department":"housing","revision":"","retracted":true},"decision":"retracted"}}"#)
        #expect(fact.content == nil)
        #expect(fact.revision == nil)
    }

    @Test func outboundOutcomesStandApartWhateverWasDecided() throws {
        let record = wholeRecord.replacing(#""inbound""#, with: #""outbound""#)
        #expect(try content(record).standing == .outbound)
        #expect(!OutcomeStanding.outbound.isAttributed)
    }

    @Test func anAbstentionNamesItsConnectionsWithoutCredit() throws {
        let content = try content(Self.uncredited("abstained", "T3"))
        #expect(content.standing == .abstained)
        #expect(text(content.connections) == "sat:a\nsat:b\nsat:c")
        #expect(content.shares.map(\.basisPoints) == [0, 0, 0])
        #expect(content.domesticBasisPoints == 10_000)
    }

    @Test(arguments: ["T1", "T3"]) func aDomesticOutcomeHasNoConnections(tier: String) throws {
        let content = try content(Self.uncredited("domestic", tier))
        #expect(content.standing == .domestic)
        #expect(content.shares.isEmpty)
        #expect(text(content.connections) == "")
    }

    @Test func numbersGoOnWhereAnotherReaderStopped() throws {
        let first = try content(wholeRecord)
        let next = RecordReader(names: reader.names)
        let again = try #require(try next.read(wholeRecord).content)
        #expect(again.department == first.department)
        #expect(next.names.count == reader.names.count)
    }

    /// What the real writer writes, with every measure that there is.
    @Test func whatTheWriterWritesIsReadBack() throws {
        let seed: UInt64 = 5
        var random = SplitMix64(seed: seed)
        let writing = try Writing()
        for round in 0..<500 {
            let (people, cents) = (Int64(random.below(1_000_000_001)), Int64(random.below(10_000_000_000_001)))
            let (revision, mechanism) = (Int64(random.below(.max)), random.element(of: Mechanism.allCases))
            let fact = try reader.read(
                writing.record(mechanism: mechanism) { outcome, origin in
                    (outcome.people, outcome.usdCents, origin.revision) = (people, cents, revision)
                })
            let content = try #require(fact.content, "seed \(seed), round \(round)")
            let told = (content.people, content.usdCents, fact.revision)
            #expect(told == (people, cents, UInt64(revision)), "seed \(seed), round \(round)")
            // By the built-in strengths these are worth 0.80 or more, and the others less.
            let isStrong = [.fundedBy, .donatedBy, .deliveredAt, .staffedBy].contains(mechanism)
            #expect(content.standing == (isStrong ? .enabled : .contributed), "seed \(seed), round \(round)")
            #expect(content.shares.map { text($0.connection) } == ["sat:a"], "seed \(seed), round \(round)")
            #expect(content.shares.first?.hasFunded == (mechanism == .fundedBy), "seed \(seed), round \(round)")
        }
    }

    @Test func whatTheWriterWritesWithoutAMechanismIsAnAbstention() throws {
        let content = try content(Writing().record(mechanism: nil) { _, _ in })
        #expect(content.standing == .abstained)
        #expect(text(content.connections) == "sat:a")
    }

    @Test func whatTheWriterWritesOfAWithdrawalIsARetraction() throws {
        let fact = try reader.read(Writing().record(mechanism: .fundedBy) { outcome, _ in outcome.isRetracted = true })
        #expect(fact.content == nil)
    }

    /// The record with another decision, all reasons of one tier and no credit.
    private static func uncredited(_ decision: String, _ tier: String) -> String {
        let credit = #"[{"connection":"sat:a","basisPoints":5000},{"connection":"sat:b","basisPoints":2500}]"#
        return wholeRecord.replacing(#""enabled""#, with: "\"\(decision)\"")
            .replacing(credit, with: "[]").replacing(":2500,", with: ":10000,")
            .replacing(#""T1""#, with: "\"\(tier)\"").replacing(#""T2""#, with: "\"\(tier)\"")
    }
}

/// Records of the real writer over a registry of one connection.
private struct Writing {
    private let rules: Rules
    private let registry: RegistryIndex

    init() throws {
        rules = try #require(BuiltInRules.reading.rules)
        var connection = Connection(id: "sat:a", type: .network, partner: "A")
        (connection.verified, connection.since) = (true, PartialDate("2001"))
        connection.identifiers = [ConnectionIdentifier(scheme: "grant", id: "g")]
        registry = RegistryIndex(Registry(connections: [connection], digest: "test"))
    }

    func record(mechanism: Mechanism?, _ change: (inout Outcome, inout EventOrigin) -> Void) -> String {
        var (outcome, origin) = (Outcome(), EventOrigin(partition: 0, offset: 1))
        outcome.type = bytes("placement")
        outcome.occurredOn = CivilDate("2026-03-04")
        change(&outcome, &origin)
        var candidates: [Candidate] = []
        let field = FieldReference(path: 0, element: 0)
        ReferenceMatcher(rules: rules, registry: registry).match(
            Reference(scheme: bytes("grant"), id: bytes("g"), mechanism: mechanism, field: field), into: &candidates)
        var decision = Decision()
        Decider(rules: rules, registry: registry, department: "housing").decide(outcome, candidates, into: &decision)
        let run = RunIdentity(
            city: "san-antonio", department: "housing", topic: "t", profileDigest: "feed", engine: "1.0.0")
        var buffer = ByteBuffer()
        RecordWriter(run: run, rules: rules, registry: registry).write(
            outcome, key: bytes("0123456789abcdef0123456789abcdef"), decision, origin, into: &buffer
        ) { $1.append("$") }
        return buffer.text()
    }

    private func bytes(_ text: StaticString) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    }
}
