import Testing

@testable import Primitives

/// A list that keeps its memory.
@Suite struct WorkingListTests {
    @Test func growsAndIsFilledAgain() {
        var list = WorkingList<Int>(capacity: 1)
        for round in 0..<3 {
            for number in 0..<100 { list.append(number * round) }
            #expect(list.count == 100)
            #expect((0..<100).allSatisfy { list[$0] == $0 * round })
            list.clear()
            #expect(list.count == 0)
        }
    }

    @Test func forgetsTheEnd() {
        var list = WorkingList<Int>(capacity: 1)
        for number in 0..<5 { list.append(number) }
        list.truncate(to: 7)
        #expect(list.count == 5)
        list.truncate(to: 2)
        list.append(9)
        #expect((0..<list.count).map { list[$0] } == [0, 1, 9])
        list.truncate(to: -1)
        #expect(list.count == 0)
    }

    @Test func changesAnElementWhereItStands() {
        var list = WorkingList<Int>()
        list.append(1)
        list.append(2)
        list.change(1) { $0 += 40 }
        #expect(list[0] == 1)
        #expect(list[1] == 42)
    }
}
