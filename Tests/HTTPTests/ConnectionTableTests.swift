import Testing

@testable import HTTP

@Suite struct ConnectionTableTests {
    private let second: Int64 = 1_000_000_000
    private func address(_ number: Int) -> ClientAddress {
        ClientAddress(high: 0, low: 0xffff_0000_0000 + UInt64(number))
    }

    private func table(connections: Int = 10, perAddress: Int = 10) -> ConnectionTable {
        var limits = HTTPLimits()
        limits.connections = connections
        limits.connectionsPerAddress = perAddress
        limits.requestSeconds = 10
        limits.idleSeconds = 60
        limits.sendSeconds = 30
        return ConnectionTable(limits)
    }

    @Test func whatExceedsTheLimitsIsRefusedUntilAPlaceIsFree() {
        var table = table(connections: 3, perAddress: 2)
        let first = table.open(1, address(1), now: 0)
        #expect(first.admission == .served)
        #expect(table.open(2, address(1), now: 0).admission == .served)
        #expect(table.open(3, address(1), now: 0).admission == .addressIsFull)
        #expect(table.open(4, address(2), now: 0).admission == .served)
        #expect(table.open(5, address(3), now: 0).admission == .serverIsFull)
        table.close(first.id)
        #expect(table.open(6, address(1), now: 0).admission == .served)
    }

    @Test func manyRefusalsOfOneAddressAreNoAnswersAnyMore() {
        var table = table(perAddress: 1)
        _ = table.open(0, address(1), now: 0)
        for number in 0..<ConnectionTable.refusedPerAddress {
            #expect(table.accepts(address(1)))
            _ = table.open(Int32(number), address(1), now: 0)
        }
        #expect(!table.accepts(address(1)))
        #expect(table.accepts(address(2)))
    }

    @Test func refusalsKeepNobodyOutWhoCanBeServed() {
        var table = table(connections: 100, perAddress: 1)
        for number in 0..<ConnectionTable.refusedInAll {
            _ = table.open(0, address(number / 8), now: 0)
        }
        for number in 0..<100 { _ = table.open(0, address(number % 9), now: 0) }
        #expect(!table.accepts(address(1)))
        #expect(table.accepts(address(99)))
    }

    @Test func aHeadHasItsTimeFromTheOpeningOfTheConnection() {
        var table = table()
        let (id, _) = table.open(7, address(1), now: 0)
        table.enter(.head, id, now: 9 * second)
        #expect(table.takeOverdue(now: 10 * second) == [])
        #expect(table.takeOverdue(now: 11 * second) == [.init(descriptor: 7, deservesAnswer: true)])
        #expect(table.takeOverdue(now: 12 * second) == [])
    }

    @Test func everyPhaseHasItsTime() {
        var table = table()
        let (id, _) = table.open(7, address(1), now: 0)
        table.enter(.body, id, now: 5 * second)
        #expect(table.takeOverdue(now: 15 * second) == [])
        table.enter(.handling, id, now: 15 * second)
        #expect(table.takeOverdue(now: 1000 * second) == [])
        table.enter(.sending, id, now: 1000 * second)
        #expect(table.takeOverdue(now: 1030 * second) == [])
        table.enter(.sending, id, now: 1030 * second)
        #expect(table.takeOverdue(now: 1060 * second) == [])
        table.enter(.idle, id, now: 1060 * second)
        #expect(table.takeOverdue(now: 1120 * second) == [])
        table.enter(.head, id, now: 1120 * second)
        #expect(table.takeOverdue(now: 1130 * second) == [])
        table.enter(.idle, id, now: 1130 * second)
        #expect(table.takeOverdue(now: 1191 * second) == [.init(descriptor: 7, deservesAnswer: false)])
    }

    @Test func aClosedConnectionIsNeverCut() {
        var table = table()
        let (id, _) = table.open(7, address(1), now: 0)
        table.close(id)
        table.close(id)
        table.enter(.sending, id, now: 0)
        #expect(table.takeOverdue(now: 1000 * second) == [])
        #expect(table.busyCount == 0)
    }

    @Test func busyIsWhoHasARequestToBeAnswered() {
        var table = table()
        let ids = (0..<5).map { table.open(Int32($0), address(1), now: 0).id }
        table.enter(.head, ids[0], now: 0)
        table.enter(.body, ids[1], now: 0)
        table.enter(.handling, ids[2], now: 0)
        table.enter(.sending, ids[3], now: 0)
        #expect(table.busyCount == 3)
        table.stop()
        #expect(table.isStopping)
    }
}
