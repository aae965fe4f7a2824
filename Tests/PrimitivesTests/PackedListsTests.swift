import Primitives
import Testing

@Suite struct PackedListsTests {
    @Test(arguments: [[], [[]], [[1]], [[], [3, 2], [], [], [5]], [[1, 2, 3], []]] as [[[Int]]])
    func givesBackEachList(_ lists: [[Int]]) {
        let packed = PackedLists(lists)
        #expect(packed.count == lists.count)
        for (place, list) in lists.enumerated() { #expect(Array(packed[place]) == list) }
    }
}
