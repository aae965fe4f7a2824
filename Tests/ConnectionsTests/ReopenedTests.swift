import Connections
import Primitives
import Testing

/// Connections that ended and were taken up again: rows with one id, one after the other.
@Suite struct ReopenedTests {
    private let text = """
        connections:
          - { id: a, type: network, partner: A Network, status: active, verified: true, since: 2023-06-01,
              departments: [health], identifiers: [{ scheme: grant, id: G }, { scheme: venue, id: NEW }] }
          - { id: a, type: network, partner: The Network, status: ended, verified: true, since: "2001", until: "2010",
              identifiers: [{ scheme: grant, id: G, until: "2010" }, { scheme: venue, id: OLD }] }
        """

    private func facts() throws -> ConnectionFacts {
        let index = RegistryIndex(try registry(text))
        #expect(index.connections.count == 1)
        return index.connections[0]
    }

    @Test func oneConnectionHasATermForEachRow() throws {
        let facts = try facts()
        #expect(facts.partner == "A Network")
        #expect(facts.departments == ["health"])
        #expect(facts.names.map(\.text) == ["A Network", "The Network"])
        #expect(facts.terms.map(\.status) == [.ended, .active])
    }

    @Test(arguments: [
        ("2000-12-31", "not started until 2001-01-01"), ("2001-01-01", "valid"), ("2010-12-31", "valid"),
        ("2011-01-01", "ended on 2010-12-31"), ("2023-05-31", "ended on 2010-12-31"), ("2023-06-01", "valid"),
        ("2030-01-01", "valid"),
    ])
    func itHeldInBothAndNotBetween(date: String, expected: String) throws {
        let told =
            switch try facts().validity(on: try day(date)) {
            case .valid: "valid"
            case .notStarted(let day): "not started until \(day)"
            case .ended(let day): "ended on \(day)"
            }
        #expect(told == expected)
    }

    @Test func identifiersOfBothRowsStandForItAndTheLaterRowSpeaksForOnesThatBothHave() throws {
        let index = RegistryIndex(try registry(text))
        #expect(index.identifier(scheme: "venue", id: "OLD")?.connectionIndex == 0)
        #expect(index.identifier(scheme: "venue", id: "NEW")?.connectionIndex == 0)
        #expect(index.identifier(scheme: "grant", id: "G")?.until == nil)
    }

    @Test func rowsOfOneIdThatHoldAtTheSameTimeAreRefused() {
        let overlapping = text.replacing("until: \"2010\",\n", with: "until: \"2023\",\n")
        let found = errors(overlapping)
        #expect(found.contains { $0.contains("taken up again") }, "\(found)")
        let open = text.replacing(" until: \"2010\",\n", with: "\n").replacing("status: ended", with: "status: active")
        #expect(errors(open).contains { $0.contains("stands in") }, "\(errors(open))")
    }

    @Test func anEarlierViewHasTheEarlierRowOnly() throws {
        let rows = text.replacing("since: 2023-06-01,", with: "since: 2023-06-01, recorded_on: 2024-01-01,")
        let index = RegistryIndex(try registry(rows).asOf(try day("2023-12-31")))
        #expect(index.connections[0].validity(on: try day("2023-07-01")) == .ended(on: try day("2010-12-31")))
    }
}
