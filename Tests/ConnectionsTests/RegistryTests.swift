import Connections
import Primitives
import Testing

@Suite struct AsOfTests {
    @Test func rowsComeAndGoByWhatWasKnown() throws {
        let whole = try registry(
            "connections:\n" + row("a", "superseded_on: 2020-06-01", "note: old")
                + row("a", "recorded_on: 2020-06-01", "note: new") + row("b", "recorded_on: 2021-01-01")
                + row("c", "recorded_on: 2019-01-01", "superseded_on: 2020-01-01"))
        func known(_ text: String) throws -> [String] {
            whole.asOf(try day(text)).connections.map { "\($0.id) \($0.note ?? "")" }
        }
        #expect(try known("2018-12-31") == ["a old"])
        #expect(try known("2019-01-01") == ["a old", "c "])
        #expect(try known("2020-01-01") == ["a old"])
        #expect(try known("2020-05-31") == ["a old"])
        #expect(try known("2020-06-01") == ["a new"])
        #expect(try known("2021-01-01") == ["a new", "b "])
        #expect(whole.latest.connections.map(\.note) == ["new", nil])
        #expect(whole.asOf(try day("2019-06-01")).connections.allSatisfy { $0.supersededOn == nil })
    }

    @Test func laterVerificationsAndEntriesHaveNotHappened() throws {
        let whole = try registry(
            "connections:\n" + row("a", "verified_by: B", "verified_on: 2022-03-01", "edited_by: A")
                + """
                activities:
                  - {id: x, connection: a, kind: training, on: 2021-01-01}
                  - {id: y, connection: a, kind: training, on: 2021-01-01, recorded_on: 2022-03-01}
                """)
        let before = whole.asOf(try day("2022-02-28"))
        #expect(before.connections[0].verificationGaps == [.nobodyVerified])
        #expect(before.activities.map(\.id) == ["x"])
        let after = whole.asOf(try day("2022-03-01"))
        #expect(after.connections[0].isVerified)
        #expect(after.activities.map(\.id) == ["x", "y"])
        #expect(before.digest == whole.digest)
    }

    @Test(arguments: 0..<50)
    func aViewOfADayHoldsWhatThatDayKnew(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let rows = (0..<30).map { number in
            var row = Connection(id: "c\(number % 10)", type: .network, partner: "P\(number)")
            row.recordedOn = Bool.random(using: &random) ? random.day() : nil
            row.supersededOn = Bool.random(using: &random) ? random.day() : nil
            return row
        }
        let whole = Registry(connections: rows, digest: "d")
        for _ in 0..<30 {
            let day = random.day()
            let view = whole.asOf(day)
            let expected = whole.connections.filter { row in
                (row.recordedOn.map { $0 <= day } ?? true) && (row.supersededOn.map { day < $0 } ?? true)
            }
            #expect(view.connections.map(\.partner) == expected.map(\.partner))
            #expect(view.asOf(day) == view)
            #expect(view.latest == view)
        }
    }
}

@Suite struct RegistryIndexTests {
    private let text = """
        connections:
          - id: pm:network:b
            type: network
            partner: B
            status: active
            since: 2001
            verified: true
            identifiers:
              - {scheme: grant, id: G-1, from: 2019, until: 2020-06, origin: "say \\"yes\\" \\\\ é"}
              - {scheme: venue, id: G-1}
          - id: pm:consulate:a
            type: consulate
            partner: Consulate
            country: MX
            aliases: [Consulado]
            status: ended
            since: 2001
            until: 2010
            recorded_on: 2020-01-01
            departments: [housing, health]
            verified: true
          - {id: gone, type: network, partner: G, status: active, since: 2001, verified: true,
             superseded_on: 2020-01-01}
        activities:
          - {id: y, connection: pm:network:b, kind: training, on: 2021-01-02}
          - {id: x, connection: pm:network:b, kind: training, on: 2021-01-01}
          - {id: z, kind: need, on: 2021-01-01}
        """

    @Test func givesFactsInOrderOfID() throws {
        let index = RegistryIndex(try registry(text))
        #expect(index.connections.map(\.id) == ["pm:consulate:a", "pm:network:b"])
        let first = index.connections[0]
        #expect(
            (first.type, first.status, first.terms[0].isVerified, first.country) == (.consulate, .ended, true, "MX"))
        #expect(first.terms[0].period == ValidityPeriod(from: CivilDate("2001-01-01"), until: CivilDate("2010-12-31")))
        #expect(first.validity(on: try day("2011-01-01")) == .ended(on: try day("2010-12-31")))
        #expect(first.recordedOn == CivilDate("2020-01-01"))
        #expect(first.departments == ["health", "housing"])
        #expect(first.names.map(\.text) == ["Consulate", "Consulado"])
        #expect(index.connections[1].activities.map(\.id) == ["x", "y"])
        for (department, expected) in [("health", [true, true]), ("housing", [true, true]), ("hous", [false, true])] {
            #expect(index.scope(of: department) == expected)
            #expect(first.includes(department: department) == expected[0])
        }
    }

    @Test func findsIdentifiers() throws {
        let index = RegistryIndex(try registry(text))
        let entry = try #require(index.identifier(scheme: "grant", id: "G-1"))
        #expect(entry.connectionIndex == 1)
        #expect(entry.validity(on: try day("2018-12-31")) == .notStarted(from: try day("2019-01-01")))
        #expect(entry.validity(on: try day("2020-07-01")) == .ended(on: try day("2020-06-30")))
        #expect(entry.origin == Array("say \"yes\" \\ é".utf8))
        let venue = try #require(index.identifier(scheme: "venue", id: "G-1"))
        #expect(venue.origin == Array("venue:G-1".utf8))
        #expect((venue.from, venue.until) == (nil, nil))
        #expect(index.connection(id: "pm:consulate:a") == 0)
        #expect(index.connection(id: "gone") == nil)
        #expect(index.identifierCount == 4)
        let absent = [
            ("grant", "g-1"), ("Grant", "G-1"), ("", ""), ("grant", ""), ("", "G-1"), ("gran", "tG-1"),
            ("grant", String(repeating: "x", count: 100_000)),
        ]
        for (scheme, id) in absent { #expect(index.identifier(scheme: scheme, id: id) == nil) }
    }

    @Test func supersededRowsAreFoundAsOfTheirTime() throws {
        let index = RegistryIndex(try registry(text).asOf(try day("2019-12-31")))
        #expect(index.connections.map(\.id) == ["gone", "pm:network:b"])
        #expect(index.connection(id: "gone") == 0)
    }

    @Test func findsEveryIdentifierOfALargeRegistry() throws {
        let rows = (0..<2_000).map { number in
            var row = Connection(id: "c\(number)", type: .network, partner: "P")
            row.identifiers = (0..<5).map { ConnectionIdentifier(scheme: "grant", id: "G-\(number)-\($0)") }
            return row
        }
        let index = RegistryIndex(Registry(connections: rows, digest: "d"))
        #expect(index.identifierCount == 12_000)
        for number in 0..<2_000 {
            let entry = try #require(index.identifier(scheme: "grant", id: "G-\(number)-\(number % 5)"))
            #expect(index.connections[entry.connectionIndex].id == "c\(number)")
        }
    }
}
