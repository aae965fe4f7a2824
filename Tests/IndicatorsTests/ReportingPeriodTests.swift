import Primitives
import Testing

@testable import Indicators

/// Months, quarters and fiscal years.
@Suite struct ReportingPeriodTests {
    @Test(arguments: [
        ("2026-03", "2026-03-01", "2026-03-31", 1), ("2024-02", "2024-02-01", "2024-02-29", 1),
        ("2025-02", "2025-02-01", "2025-02-28", 1), ("2026-12", "2026-12-01", "2026-12-31", 1),
        ("2026-Q1", "2026-01-01", "2026-03-31", 3), ("2026-Q2", "2026-04-01", "2026-06-30", 3),
        ("2026-Q3", "2026-07-01", "2026-09-30", 3), ("2026-Q4", "2026-10-01", "2026-12-31", 3),
        ("FY2026", "2026-01-01", "2026-12-31", 12),
    ]) func aNameSaysItsDays(name: String, from: String, to: String, months: Int) throws {
        let period = try #require(ReportingPeriod(name))
        #expect(period.firstDay.description == from)
        #expect(period.lastDay.description == to)
        #expect(period.months == months)
        #expect(period.description == name)
    }

    /// A fiscal year bears the number of the calendar year in which it ends.
    @Test(arguments: 1...12) func aFiscalYearBeginsInAnyMonth(first: Int) throws {
        let calendar = try #require(FiscalCalendar(firstMonth: first))
        let year = try #require(ReportingPeriod("FY2026", calendar))
        let month = first < 10 ? "0\(first)" : "\(first)"
        #expect(year.firstDay.description == "\(first == 1 ? 2026 : 2025)-\(month)-01")
        #expect(year.last.year == 2026)
        #expect(year.firstDay.adding(days: 365) == year.lastDay.adding(days: 1))
        // Every month lies in one fiscal year, and that is the one that is made of it.
        for number in 0..<24 {
            let month = MonthNumber(year: 2025, month: 1).adding(months: number)
            let made = ReportingPeriod(.fiscalYear, holding: month, calendar)
            #expect(made.contains(month))
            #expect(made == ReportingPeriod(made.name, calendar))
            #expect((made == year) == year.contains(month))
        }
    }

    @Test(arguments: [
        "", "2026", "2026-00", "2026-13", "2026-3", "2026-Q0", "2026-Q5", "2026-q1", "2026Q1", "2026-Q11", "FY26",
        "fy2026", "FY20266", "FY 026", "2026-03-01", "2026/03", "-026-03", "+026-03", "2026-1２", "0003-01", "9999-Q1",
        "FY0000", " 2026-03", "2026-03 ",
    ]) func otherNamesAreRefused(name: String) {
        #expect(ReportingPeriod(name) == nil)
    }

    @Test(arguments: [0, 13, -1]) func aYearBeginsInAMonth(first: Int) {
        #expect(FiscalCalendar(firstMonth: first) == nil)
    }

    @Test(arguments: [
        ("2026-01", "2025-12"), ("2026-03", "2026-02"), ("2026-Q1", "2025-Q4"), ("2026-Q3", "2026-Q2"),
        ("FY2026", "FY2025"),
    ]) func thePeriodBefore(name: String, before: String) throws {
        for calendar in [FiscalCalendar.calendarYears, try #require(FiscalCalendar(firstMonth: 10))] {
            let period = try #require(ReportingPeriod(name, calendar))
            let previous = period.previous(calendar)
            #expect(previous == ReportingPeriod(before, calendar))
            #expect(previous.lastDay.adding(days: 1) == period.firstDay)
        }
    }

    @Test(arguments: [("2026-01", "2026-Q1"), ("2026-03", "2026-Q1"), ("2026-04", "2026-Q2"), ("2026-12", "2026-Q4")])
    func theQuarterOfAMonth(name: String, quarter: String) throws {
        let month = try #require(ReportingPeriod(name)).first
        #expect(ReportingPeriod(.quarter, holding: month).name == quarter)
        #expect(ReportingPeriod(.quarter, holding: month) == ReportingPeriod(quarter))
        #expect(ReportingPeriod(.month, holding: month).name == name)
    }

    @Test func aPeriodThatWasNamedBeforeIsTheSame() throws {
        let calendar = try #require(FiscalCalendar(firstMonth: 10))
        let period = try #require(ReportingPeriod("FY2026", calendar))
        #expect(ReportingPeriod(.fiscalYear, first: period.first, name: "FY2026") == period)
        #expect(period != ReportingPeriod("FY2026"))
    }

    @Test func whatLiesInAPeriod() throws {
        let period = try #require(ReportingPeriod("2026-Q1"))
        for (date, isIn) in [
            ("2025-12-31", false), ("2026-01-01", true), ("2026-03-31", true), ("2026-04-01", false),
        ] {
            #expect(period.contains(try day(date)) == isIn)
            #expect(period.contains(MonthNumber(try day(date))) == isIn)
        }
    }

    @Test func monthsAreNumbered() throws {
        let month = MonthNumber(try day("2026-02-28"))
        #expect([month.year, month.month] == [2026, 2])
        #expect(month.adding(months: -2).description == "2025-12")
        #expect(month.adding(months: 11).description == "2027-01")
        #expect(month < month.adding(months: 1))
    }

    @Test func theEarliestAndTheLatestLeaveRoom() throws {
        #expect(try #require(ReportingPeriod("0004-01")).first.adding(months: -23).firstDay.description == "0002-02-01")
        #expect(try #require(ReportingPeriod("9998-12")).lastDay.description == "9998-12-31")
    }
}
