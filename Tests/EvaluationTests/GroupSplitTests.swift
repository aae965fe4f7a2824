import Evaluation
import Primitives
import Testing

@Suite struct GroupSplitTests {
    @Test(arguments: [("development:0.7", 7000), ("a:0.0001", 1), ("a:0.25", 2500), ("x y:0.9999", 9999)])
    func readsWhatIsWritten(_ text: String, _ share: Int) {
        #expect(GroupSplit(text, seed: 1)?.share == share)
        #expect(GroupSplit(text, seed: 1)?.name == text.split(separator: ":").first.map(String.init))
    }

    @Test(arguments: [
        "", "development", ":0.7", "a:0", "a:0.0", "a:1", "a:1.5", "a:.7", "a:0.", "a:0.12345", "a:0.7:b",
        "a:-0.7", "a:0.٧", "a:0.7e1",
    ])
    func refusesAnythingElse(_ text: String) {
        #expect(GroupSplit(text, seed: 1) == nil)
    }

    @Test func keepsTheTextsOfAGroupTogether() {
        for seed in UInt64(0)..<20 {
            var random = SplitMix64(seed: seed)
            let cases = randomCases(&random, count: 60).map(\.labelled)
            let sides = GroupSplit(name: "development", share: 7000, seed: seed).divide(cases)
            #expect(sides.inside.count + sides.outside.count == 60, "seed \(seed)")
            let groups = (Set(sides.inside.map(\.outcomeGroup)), Set(sides.outside.map(\.outcomeGroup)))
            #expect(groups.0.isDisjoint(with: groups.1), "seed \(seed)")
        }
    }

    @Test func holdsAboutTheShareAndGrowsWithIt() {
        let groups = (0..<2000).map { "group \($0)" }
        for seed in UInt64(0)..<5 {
            let small = groups.filter { GroupSplit(name: "a", share: 3000, seed: seed).contains(group: $0) }
            let large = groups.filter { GroupSplit(name: "b", share: 7000, seed: seed).contains(group: $0) }
            // Four standard deviations: 4 · √(0.3 · 0.7 · 2000) = 82.
            #expect((small.count - 600).magnitude < 83 && (large.count - 1400).magnitude < 83, "seed \(seed)")
            #expect(Set(small).isSubset(of: Set(large)), "seed \(seed)")
        }
    }

    /// SHA-256 by another program: over `1\nclinic` it begins with 6d84, which is 0.4278 of the whole, over
    /// `1\ngarden` with bf84, 0.7481.
    @Test func staysTheSameFromReleaseToRelease() {
        func part(_ share: Int) -> GroupSplit { GroupSplit(name: "a", share: share, seed: 1) }
        #expect(!part(4277).contains(group: "clinic") && part(4278).contains(group: "clinic"))
        #expect(!part(7480).contains(group: "garden") && part(7482).contains(group: "garden"))
    }
}
