import Primitives
import Testing

@testable import Indicators

/// Sums over outcomes, in which a correction is a subtraction and an addition.
@Suite struct AggregatesTests {
    private let fact = Fact(Part("a", 5000, gives: .money), Part("b", 2500, gives: .goods, origins: 2)) {
        ($0.people, $0.usdCents, $0.district) = (3, 900, "D1")
        $0.groups = ["youth": 2]
    }

    @Test func anOutcomeIsCountedInItsCell() throws {
        var (names, sums) = (ByteInterner(), Aggregates())
        sums.add(fact.content(&names))
        let part = try #require(sums.cells.first).key.part
        #expect(part.month.description == "2026-02")
        // The same sums in a cell of each aspect.
        let list = names.id(of: "a\nb")
        let aspects: [CellKey.Aspect] = [
            .type(names.id(of: "placement")), .district(names.id(of: "D1")), .connections(list),
        ]
        #expect(sums.cells.count == 3)
        let value = try #require(sums.cells[CellKey(part, aspects[0])])
        for aspect in aspects { #expect(sums.cells[CellKey(part, aspect)] == value) }
        #expect([value.outcomes, value.people, value.outcomesWithPeople, value.exposed] == [1, 3, 1, 3])
        #expect([value.peopleWithGroups, value.usdCents, value.outcomesWithMoney] == [3, 900, 1])
        #expect(value.domesticBasisPoints == 2500)
        #expect(sums.groups.values.map { $0 } == [2])
        #expect(sums.days.values.map { $0 } == [1, 1])
        #expect(sums.evidence.values.map { $0 } == [1, 1])
        #expect(sums.versions.values.map { $0 } == [1])
        // 900 cents by 5,000 and 2,500 basis points: 600 as money and 300 in kind.
        let a = try #require(sums.credit[CreditKey(part, connections: list, connection: names.id(of: "a"))])
        let b = try #require(sums.credit[CreditKey(part, connections: list, connection: names.id(of: "b"))])
        #expect([a.basisPoints, a.grantCents, a.inKindCents, a.onOneOrigin] == [5000, 600, 0, 1])
        #expect([b.basisPoints, b.grantCents, b.inKindCents, b.onOneOrigin] == [2500, 0, 300, 0])
    }

    /// Small cells are told by people; without them each thing counted is taken for one person, and never for none.
    @Test(arguments: [(3, 7, 3), (0, 7, 0), (nil, 7, 7), (nil, 0, 1)] as [(Int64?, Int64, Int64)])
    func exposedPeople(people: Int64?, count: Int64, exposed: Int64) {
        var (names, sums) = (ByteInterner(), Aggregates())
        sums.add(Fact { ($0.people, $0.count) = (people, count) }.content(&names))
        #expect(Set(sums.cells.values.map(\.exposed)) == [exposed])
        #expect(Set(sums.cells.values.map(\.outcomesWithPeople)) == [people == nil ? 0 : 1])
    }

    /// A group is a part of the people: of people that are not stated it is a part of nothing.
    @Test func groupsCountOnlyWithPeople() {
        var (names, sums) = (ByteInterner(), Aggregates())
        sums.add(Fact { $0.groups = ["youth": 2] }.content(&names))
        #expect(sums.groups.isEmpty)
        #expect(Set(sums.cells.values.map(\.peopleWithGroups)) == [0])
    }

    @Test(arguments: [OutcomeStanding.abstained, .domestic, .outbound])
    func onlyAttributedOutcomesHaveCredit(standing: OutcomeStanding) {
        var (names, sums) = (ByteInterner(), Aggregates())
        var fact = fact
        fact.standing = standing
        sums.add(fact.content(&names))
        // By type and by connections; districts are told of attributed ones only.
        #expect(sums.cells.count == 2)
        #expect(sums.credit.isEmpty && sums.days.isEmpty && sums.evidence.isEmpty)
    }

    @Test func aCorrectionIsASubtractionAndAnAddition() {
        var names = ByteInterner()
        var corrected = fact
        (corrected.people, corrected.day, corrected.parts) = (5, "2026-03-01", [Part("c", 7105)])
        var (sums, change, expected) = (Aggregates(), Aggregates(), Aggregates())
        sums.add(fact.content(&names))
        change.remove(fact.content(&names))
        change.add(corrected.content(&names))
        sums.add(change)
        sums.removeZeros()
        expected.add(corrected.content(&names))
        #expect(sums == expected)
    }

    @Test func whatCameAndWentLeavesNothing() {
        var (names, sums) = (ByteInterner(), Aggregates())
        sums.add(fact.content(&names))
        sums.remove(fact.content(&names))
        #expect(sums != Aggregates())
        sums.removeZeros()
        #expect(sums == Aggregates())
        sums.add(fact.content(&names))
        sums.removeAll()
        #expect(sums == Aggregates())
    }

    @Test func anySequenceOfChangesEqualsTheSumOverWhatRemains() {
        let seed: UInt64 = 11
        var random = SplitMix64(seed: seed)
        for round in 0..<200 {
            var (names, sums, part, kept) = (ByteInterner(), Aggregates(), Aggregates(), [Fact]())
            for _ in 0..<random.within(1...60) {
                if random.onceIn(3), !kept.isEmpty {
                    part.remove(kept.remove(at: random.below(kept.count)).content(&names))
                } else {
                    let fact = randomFact(&random)
                    kept.append(fact)
                    part.add(fact.content(&names))
                }
                // A part is added whenever it pleases, as a batch is.
                if random.onceIn(4) {
                    sums.add(part)
                    part.removeAll()
                }
                if random.onceIn(10) { sums.removeZeros() }
            }
            sums.add(part)
            sums.removeZeros()
            var expected = Aggregates()
            for index in kept.indices.shuffled(using: &random) { expected.add(kept[index].content(&names)) }
            expected.removeZeros()
            #expect(sums == expected, "seed \(seed), round \(round)")
        }
    }

    @Test func creditAndTheDomesticShareAreTheOutcomes() {
        let seed: UInt64 = 12
        var random = SplitMix64(seed: seed)
        for round in 0..<200 {
            var (names, sums) = (ByteInterner(), Aggregates())
            for _ in 0..<30 { sums.add(randomFact(&random).content(&names)) }
            for (cell, value) in sums.cells where cell.part.standing.isAttributed {
                guard case .connections(let list) = cell.aspect else { continue }
                let credit = sums.credit.filter { $0.key.part == cell.part && $0.key.connections == list }.reduce(0) {
                    $0 + $1.value.basisPoints
                }
                #expect(credit + value.domesticBasisPoints == 10_000 * value.outcomes, "seed \(seed), round \(round)")
            }
        }
    }
}
