import Testing

@testable import Pipeline

@Suite struct ReloadPlanTests {
    @Test func aChangeIsLoadedOnceItStandsStill() {
        var plan = ReloadPlan(loaded: 1)
        let steps = [1, 2, 3, 3, 3, 3].map { plan.looked($0) }
        #expect(steps == [false, false, false, true, false, false])
    }

    @Test func aChangeThatIsTakenBackIsNone() {
        var plan = ReloadPlan(loaded: 1)
        let steps = [2, 1, 2, 2].map { plan.looked($0) }
        #expect(steps == [false, false, false, true])
    }

    @Test func whoAsksIsHeededAtOnceAndOnce() {
        var plan = ReloadPlan(loaded: 1)
        let asked = plan.looked(2, isAsked: true)
        let after = plan.looked(2)
        let same = plan.looked(2, isAsked: true)
        #expect(asked && !after && same)
    }

    @Test func whatCannotBeSeenChangesNothing() {
        var plan = ReloadPlan(loaded: 1)
        let steps = [2, nil, 2, nil, 1].map { plan.looked($0) }
        #expect(steps == [false, false, true, false, false])
        let unseen = plan.looked(nil, isAsked: true)
        #expect(!unseen)
    }

    @Test func whatCouldNotBeReadIsTriedAgain() {
        var plan = ReloadPlan(loaded: 1)
        _ = [2, 2].map { plan.looked($0) }
        plan.failed()
        let steps = [2, 2, 2].map { plan.looked($0) }
        #expect(steps == [false, true, false])
    }
}
