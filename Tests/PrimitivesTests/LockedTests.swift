import Testing

@testable import Primitives

/// A value that many threads change and wait for.
@Suite struct LockedTests {
    @Test func losesNoChange() async {
        let counter = Locked(0)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<1000 { counter.withLock { $0 += 1 } }
                }
            }
        }
        #expect(counter.withLock { $0 } == 8000)
    }

    @Test func aThreadWaitsForItsTurn() {
        let turn = Locked(0)
        let said = Locked<[Int]>([])
        let threads = (0..<4).map { number in
            Threads.start {
                for round in 0..<50 {
                    let mine = round * 4 + number
                    turn.wait { $0 == mine ? () : nil }
                    said.withLock { $0.append(mine) }
                    turn.withLock { $0 += 1 }
                    turn.wakeAll()
                }
            }
        }
        for thread in threads { Threads.join(thread) }
        #expect(said.withLock { $0 } == Array(0..<200))
    }
}
