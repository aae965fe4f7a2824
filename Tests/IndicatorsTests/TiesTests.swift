import Connections
import Primitives
import Testing

@testable import Indicators

/// The registry as indicators ask for it: one row for each connection, on one day.
@Suite struct TiesTests {
    private func ties(_ rows: [Connection], on date: String = "2026-03-31", home: String? = "US") throws -> Ties {
        let city = City(name: "San Antonio", country: home)
        return Ties(Registry(city: city, connections: rows, digest: "test"), on: try day(date))
    }

    private func row(_ since: String, _ until: String?, _ partner: String) -> Connection {
        connection("a") {
            ($0.since, $0.until, $0.partner) = (PartialDate(since), until.flatMap { PartialDate($0) }, partner)
        }
    }

    @Test(arguments: [
        ("2005-06-01", "first"), ("2012-06-01", "first"), ("2019-06-01", "second"), ("2023-06-01", "third"),
        ("2026-06-01", "third"), ("1999-06-01", "third"),
    ]) func theRowThatHoldsOnTheDayElseTheLastOne(date: String, partner: String) throws {
        // Between the first and the second nothing held: of those that do not hold the last one to begin is shown.
        let rows = [row("2001", "2014", "first"), row("2018", "2020", "second"), row("2021", nil, "third")]
        for rows in [rows, rows.reversed()] {
            #expect(try ties(rows, on: date).rows["a"]?.partner == partner)
        }
    }

    @Test func supersededRowsAreGone() throws {
        var old = row("2001", nil, "old")
        old.supersededOn = CivilDate("2020-01-01")
        #expect(try ties([old, row("2001", nil, "new")]).rows["a"]?.partner == "new")
    }

    @Test func activeConnectionsAreInForceOnTheDay() throws {
        let rows = [
            connection("z"), connection("dormant") { $0.status = .dormant },
            connection("proposed") { $0.status = .proposed }, connection("unverified") { $0.status = .unverified },
            connection("ended") { ($0.status, $0.until) = (.ended, PartialDate("2026-03-30")) },
            // At the end of March nobody knew that it would end.
            connection("ended-later") { ($0.status, $0.until) = (.ended, PartialDate("2026-03-31")) },
            connection("ended-sometime") { $0.status = .ended },
            connection("begins-later") { $0.since = PartialDate("2026-04-01") },
            connection("undated") { $0.since = nil },
        ]
        #expect(try ties(rows).active.map(\.id) == ["dormant", "ended-later", "undated", "z"])
    }

    @Test(
        arguments: [
            (.sisterCity, "MX", nil, true), (.sisterCity, "US", nil, false), (.sisterCity, nil, nil, nil),
            (.sisterCity, "MX", "US", false), (.sisterCity, nil, "JP", true), (.network, "DE", nil, nil),
            (.network, "DE", "US", false), (.network, nil, "DE", true),
        ] as [(ConnectionType, String?, String?, Bool?)])
    func whoPaysAbroad(type: ConnectionType, country: String?, fundsFrom: String?, isAbroad: Bool?) throws {
        let row = connection("a", type) { ($0.country, $0.fundsFrom) = (country, fundsFrom) }
        #expect(try ties([row]).isPaidAbroad("a") == isAbroad)
        #expect(try ties([row], home: nil).isPaidAbroad("a") == nil)
        #expect(try ties([row]).isPaidAbroad("b") == nil)
    }
}
