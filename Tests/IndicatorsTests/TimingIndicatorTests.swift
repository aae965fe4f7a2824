import Connections
import Primitives
import Testing

@testable import Indicators

/// K08 and K09: from a need to a partner, and from a partner to an outcome. The quarter ends on 31 March 2026.
@Suite struct TimingIndicatorTests {
    // MARK: K08

    private func needs(_ activities: [Activity]) throws -> String {
        try Bench([], [connection("a")], activities).table().told(.timeToPartner)
    }

    private func entry(
        _ kind: ActivityKind, _ date: String, _ department: String?, field: String? = nil, _ connection: String? = nil
    ) throws -> Activity {
        try activity(kind, on: date, connection) { ($0.department, $0.fieldOfWork) = (department, field) }
    }

    /// 10 days, 30 days, and open for 30 days. After 10 days 2/3 are open, after 30 days 2/3 · 1/2: the median is 30.
    @Test func timeToPartner() throws {
        let told = try needs([
            entry(.need, "2025-01-10", "housing"), entry(.introduction, "2025-02-09", "housing", "a"),
            entry(.need, "2025-06-01", "health"), entry(.introduction, "2025-06-11", "health", "a"),
            entry(.introduction, "2025-07-11", "health", "a"),
            entry(.need, "2026-03-01", "transport"),
        ])
        #expect(told == "30 = 2/3, n 3")
    }

    @Test func anIntroductionOfTheSameDayIsAnAnswer() throws {
        let told = try needs([
            entry(.need, "2026-01-10", "housing"), entry(.introduction, "2026-01-10", "housing", "a"),
        ])
        #expect(told == "0 = 1/1, n 1")
    }

    /// The 24 months that end with the quarter begin on 1 April 2024.
    @Test(arguments: [
        ("2024-03-31", "not stated: needs, n 0"), ("2024-04-01", "1 = 1/1, n 1"), ("2026-03-30", "1 = 1/1, n 1"),
        ("2026-04-01", "not stated: needs, n 0"),
    ]) func needsOfTwoYearsCount(date: String, told: String) throws {
        let next = try day(date).adding(days: 1).description
        #expect(try needs([entry(.need, date, "housing"), entry(.introduction, next, "housing", "a")]) == told)
    }

    @Test func whatIsNoAnswer() throws {
        let need = try entry(.need, "2026-01-10", "housing", field: "shelter", "a")
        for answer in [
            try entry(.introduction, "2026-01-09", "housing", "a"),
            try entry(.introduction, "2026-04-01", "housing", "a"),
            try entry(.introduction, "2026-01-11", "health", "a"), try entry(.introduction, "2026-01-11", nil, "a"),
            try entry(.introduction, "2026-01-11", "housing", field: "roads", "a"),
            try entry(.introduction, "2026-01-11", "housing", field: "shelter", "b"),
            try entry(.delegation, "2026-01-11", "housing", "a"),
        ] {
            #expect(try needs([need, answer]).hasPrefix("not stated: needs"), "\(answer.id) of \(answer.on)")
        }
        #expect(try needs([need, entry(.introduction, "2026-01-11", "housing", "a")]) == "1 = 1/1, n 1")
    }

    @Test func withoutNeedsItIsNotStated() throws {
        #expect(try needs([]) == "not stated: needs, n 0")
    }

    // MARK: K09

    private func introduced(_ id: String, _ date: String) throws -> Activity {
        try activity(.introduction, on: date, id)
    }

    private func outcome(_ id: String, _ date: String) -> Fact { Fact(Part(id, 7105)) { $0.day = date } }

    /// a: 100 days from the introduction; b: 10 days from the agreement; c: none for 90 days.
    private func started() throws -> Bench {
        var bench = Bench(
            [outcome("a", "2025-05-12"), outcome("a", "2025-06-12"), outcome("b", "2025-06-11")],
            [
                connection("a"), connection("c", .network),
                connection("b") {
                    $0.agreement = AgreementReference(reference: nil, signedOn: PartialDate("2025-06-01"))
                },
            ],
            [
                try introduced("a", "2025-02-01"), try introduced("c", "2025-12-31"),
                try activity(.agreementSigned, on: "2025-04-01", "a"),
            ])
        bench.observedFrom = "2025-01-01"
        return bench
    }

    /// After 10 days 2/3 are open; on day 90 one is lost; on day 100 the last one ends.
    @Test func timeToOutcome() throws {
        #expect(try started().table().told(.timeToOutcome) == "100 = 2/3, n 3")
    }

    @Test func aMedianOfTwoIsTheDateOfAnOutcome() throws {
        let table = try started().table()
        #expect(try table.figure(.timeToOutcome, [.connectionType: "sister_city"]).value == .notStated(.starts))
        #expect(try table.figure(.timeToOutcome, [.connectionType: "sister_city"]).n == 2)
        #expect(try table.figure(.timeToOutcome, [.connectionType: "network"]).n == 1)
    }

    /// Had outcomes been received since 1 March 2025 only, nobody would know whether a had one before.
    @Test func whatBeganBeforeOutcomesWereReceivedIsNotAskedFor() throws {
        var bench = try started()
        bench.observedFrom = "2025-03-01"
        #expect(try bench.table().figure(.timeToOutcome).n == 2)
        bench.observedFrom = nil
        #expect(try bench.table().told(.timeToOutcome) == "not stated: starts, n 0")
    }

    @Test func anAgreementThatIsKnownToTheYearIsNoStart() throws {
        var bench = try started()
        bench.connections[2].agreement?.signedOn = PartialDate("2025")
        #expect(try bench.table().figure(.timeToOutcome).n == 2)
    }

    @Test func whatComesAfterThePeriodIsNotKnownYet() throws {
        // By the end of May 2025, a has had its outcome and nothing else has begun.
        #expect(try started().table("2025-05").figure(.timeToOutcome).n == 1)
        #expect(try started().table("2025-04").figure(.timeToOutcome).numerator == Quantity(0))
    }

    /// Three have an outcome, on day 10, 100 and 200; two ended on day 20 without one. After 10 days 4/5 are open; of
    /// the two that are left, one has its outcome on day 100: 2/5. Had the ended ones stayed at risk, it would be 200.
    @Test func aConnectionThatEndedIsNotWaitedFor() throws {
        var bench = Bench(
            [outcome("a", "2025-02-11"), outcome("b", "2025-05-12"), outcome("c", "2025-08-20")],
            [connection("a"), connection("b"), connection("c")]
                + ["d", "e"].map { id in
                    connection(id) { ($0.status, $0.until) = (.ended, PartialDate("2025-02-21")) }
                },
            try ["a", "b", "c", "d", "e"].map { try introduced($0, "2025-02-01") })
        bench.observedFrom = "2025-01-01"
        #expect(try bench.table().told(.timeToOutcome) == "100 = 3/5, n 5")
    }
}
