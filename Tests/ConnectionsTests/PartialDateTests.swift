import Connections
import Primitives
import Testing

@Suite struct PartialDateTests {
    @Test(arguments: [
        ("1953", PartialDate.Precision.year, "1953-01-01", "1953-12-31"),
        ("2024-02", .month, "2024-02-01", "2024-02-29"),
        ("2023-02", .month, "2023-02-01", "2023-02-28"),
        ("2023-12", .month, "2023-12-01", "2023-12-31"),
        ("2025-02-11", .day, "2025-02-11", "2025-02-11"),
    ])
    func reads(_ text: String, _ precision: PartialDate.Precision, _ first: String, _ last: String) throws {
        let date = try #require(PartialDate(text))
        #expect(date.precision == precision)
        #expect(date.first.description == first)
        #expect(date.last.description == last)
        #expect(date.description == text)
    }

    @Test(arguments: [
        "", "early 1990s", "95", "19530", "2024-13", "2024-00", "2023-02-29", "2024-2", "0000", "2024/02", "2024-02-1",
        " 1953", "1953 ", "１９",
    ])
    func refuses(_ text: String) {
        #expect(PartialDate(text) == nil)
    }

    @Test func everyMonthEndsTheDayBeforeTheNext() throws {
        for year in 1896...2105 {
            for month in 1...12 {
                let text = "\(year)-\(month < 10 ? "0" : "")\(month)"
                let date = try #require(PartialDate(text))
                let next = date.last.adding(days: 1).parts
                #expect((next.year, next.month, next.day) == (month == 12 ? year + 1 : year, month % 12 + 1, 1))
                #expect(date.description == text)
            }
        }
    }
}

/// Dates by chance, which a seed brings again.
extension SplitMix64 {
    /// A date of any precision between 1990 and 2029, or nil one time in four.
    mutating func partialDate() -> PartialDate? {
        let year = Int.random(in: 1990...2029, using: &self)
        let month = Int.random(in: 10...12, using: &self)
        let day = Int.random(in: 10...28, using: &self)
        switch Int.random(in: 0..<4, using: &self) {
        case 0: return PartialDate("\(year)")
        case 1: return PartialDate("\(year)-\(month)")
        case 2: return PartialDate("\(year)-\(month)-\(day)")
        default: return nil
        }
    }

    mutating func day() -> CivilDate {
        CivilDate(daysSinceEpoch: Int32.random(in: 7_000..<22_200, using: &self))
    }
}

@Suite struct ValidityTests {
    @Test func yearPrecisionHoldsFromNewYearToNewYearsEve() throws {
        var connection = Connection(id: "a", type: .network, partner: "A")
        connection.since = PartialDate("2010")
        connection.until = PartialDate("2020")
        #expect(connection.validity(on: try day("2009-12-31")) == .notStarted(from: try day("2010-01-01")))
        #expect(connection.validity(on: try day("2010-01-01")) == .valid)
        #expect(connection.validity(on: try day("2020-12-31")) == .valid)
        #expect(connection.validity(on: try day("2021-01-01")) == .ended(on: try day("2020-12-31")))
    }

    @Test func attestedFromStandsForAnUnknownStartOnly() throws {
        var connection = Connection(id: "a", type: .network, partner: "A")
        #expect(connection.validity(on: try day("1900-01-01")) == .valid)
        #expect(connection.verificationGaps.contains(.noStart))
        connection.attestedFrom = PartialDate("2012-03")
        #expect(connection.validity(on: try day("2012-02-29")) == .notStarted(from: try day("2012-03-01")))
        connection.since = PartialDate("2000")
        #expect(connection.validity(on: try day("2000-01-01")) == .valid)
        #expect(connection.period.from == (try day("2000-01-01")))
    }

    @Test(arguments: 0..<200)
    func everyDayLiesBeforeInOrAfterThePeriod(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var connection = Connection(id: "a", type: .network, partner: "A")
        connection.since = random.partialDate()
        connection.attestedFrom = random.partialDate()
        connection.until = random.partialDate()
        let start = connection.since ?? connection.attestedFrom
        for _ in 0..<100 {
            let day = random.day()
            let expected: Validity
            if let until = connection.until, day > until.last {
                expected = .ended(on: until.last)
            } else if let start, day < start.first {
                expected = .notStarted(from: start.first)
            } else {
                expected = .valid
            }
            #expect(connection.validity(on: day) == expected)
        }
    }

    @Test func aCoarserDateNeverShortensAPeriod() throws {
        for (fine, coarse) in [("2015-06-10", "2015-06"), ("2015-06", "2015"), ("2015-06-10", "2015")] {
            let fineDate = try #require(PartialDate(fine))
            let coarseDate = try #require(PartialDate(coarse))
            #expect(coarseDate.first <= fineDate.first)
            #expect(coarseDate.last >= fineDate.last)
        }
    }
}

@Suite struct VerificationTests {
    private func connection(_ change: (inout Connection) -> Void) -> [VerificationGap] {
        var connection = Connection(id: "a", type: .network, partner: "A")
        connection.since = PartialDate("2000")
        change(&connection)
        #expect(connection.isVerified == connection.verificationGaps.isEmpty)
        return connection.verificationGaps
    }

    @Test func aSecondPersonVerifies() {
        let day = CivilDate("2026-01-02")
        #expect(
            connection {
                $0.verifiedBy = "B"; $0.verifiedOn = day; $0.editedBy = "A"
            } == [])
        #expect(
            connection {
                $0.verifiedBy = "B"; $0.verifiedOn = day
            } == [.nobodyEdited])
        // Who may edit a verified row alone needs no second person.
        for edited in ["2026-01-02", "2026-01-03"] {
            let isLater = edited == "2026-01-03"
            let found = connection {
                $0.verifiedBy = "B"; $0.verifiedOn = day; $0.editedBy = "A"; $0.editedOn = CivilDate(edited)
            }
            #expect(found.map(\.explanation).contains { $0.contains("after it was verified") } == isLater)
            #expect(found.isEmpty != isLater)
        }
        #expect(
            connection {
                $0.verifiedBy = "a  b"; $0.verifiedOn = day; $0.editedBy = "A B"
            } == [.samePerson])
        #expect(connection { $0.verifiedBy = "B" } == [.nobodyVerified])
        #expect(connection { _ in } == [.nobodyVerified])
    }

    @Test func dataOfOthersIsTakenAtItsWord() {
        #expect(connection { $0.verified = true } == [])
        #expect(
            connection {
                $0.verified = true; $0.editedBy = "A"
            } == [.nobodyVerified])
        #expect(
            connection {
                $0.verified = true; $0.verifiedBy = "A"
            } == [.nobodyVerified])
        #expect(connection { $0.verified = false } == [.markedUnverified])
    }

    @Test func statusAndStartCount() {
        #expect(
            connection {
                $0.verified = true; $0.status = .proposed
            } == [.status(.proposed)])
        #expect(
            connection {
                $0.verified = true; $0.status = .unverified
            } == [.status(.unverified)])
        #expect(
            connection {
                $0.verified = true; $0.status = .dormant
            } == [])
        #expect(
            connection {
                $0.verified = true; $0.since = nil
            } == [.noStart])
        #expect(
            connection {
                $0.verified = true; $0.since = nil; $0.attestedFrom = PartialDate("2001")
            } == [])
    }
}
