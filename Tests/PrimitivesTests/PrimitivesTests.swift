import Primitives
import Testing

@Suite struct ByteBufferTests {
    @Test(arguments: [0, 1, -1, 9, 10, -10, 12_000, Int64.max, Int64.min])
    func writesIntegersExactly(_ value: Int64) {
        var buffer = ByteBuffer(capacity: 1)
        buffer.append(decimal: value)
        #expect(buffer.text() == String(value))
    }

    @Test func growsAndKeepsContent() {
        var buffer = ByteBuffer(capacity: 1)
        for index in 0..<10_000 { buffer.append(UInt8(index % 251)) }
        #expect(buffer.count == 10_000)
        #expect(buffer.bytes[9_999] == UInt8(9_999 % 251))
        buffer.clear()
        #expect(buffer.count == 0)
    }

    @Test func padsWithZeros() {
        var buffer = ByteBuffer()
        buffer.append(decimal: 7, width: 4)
        buffer.append(decimal: 12_345, width: 4)
        buffer.append(decimal: 3, width: 20)
        #expect(buffer.text() == "00071234500000000000000000003")
    }

    @Test func writesEveryNumberOfDigits() {
        var value: Int64 = 1
        for digits in 1...19 {
            for number in [value - 1, value, -value] {
                var buffer = ByteBuffer()
                buffer.append(decimal: number)
                #expect(buffer.text() == String(number), "\(digits) digits")
            }
            value = digits < 19 ? value * 10 : value
        }
    }

    @Test func comparesBytes() {
        let bytes = Array("abcdefghi".utf8)
        bytes.withUnsafeBytes { whole in
            #expect(whole.holdsSame(as: "abcdefghi") && !whole.holdsSame(as: "abcdefghj"))
            #expect(!whole.holdsSame(as: "abcdefgh") && !whole.holdsSame(as: ""))
            #expect(UnsafeRawBufferPointer(start: nil, count: 0).holdsSame(as: ""))
            #expect(UnsafeRawBufferPointer(rebasing: whole[..<0]).holdsSame(as: ""))
        }
    }
}

@Suite struct ByteTableTests {
    @Test func findsWhatWasPutInAndNothingElse() {
        let keys = (0..<5_000).map { Array("key-\($0)".utf8) }
        let table = ByteTable(keys.enumerated().map { (key: $0.element, value: $0.offset) })
        #expect(table.count == 5_000)
        for (index, key) in keys.enumerated() {
            #expect(key.withUnsafeBytes { table[$0] } == index)
        }
        #expect(Array("key-5000".utf8).withUnsafeBytes { table[$0] } == nil)
        #expect([UInt8]().withUnsafeBytes { table[$0] } == nil)
    }

    @Test func keepsTheFirstOfEqualKeys() {
        let table = ByteTable([(key: [1, 2], value: "a"), (key: [1, 2], value: "b"), (key: [], value: "empty")])
        #expect([UInt8]([1, 2]).withUnsafeBytes { table[$0] } == "a")
        #expect([UInt8]().withUnsafeBytes { table[$0] } == "empty")
        #expect(table.count == 2)
    }
}

@Suite struct CivilDateTests {
    @Test func everyDayOfFiveCenturiesRoundTrips() throws {
        let first = try #require(CivilDate("1700-01-01"))
        var previous = first.adding(days: -1).description
        for offset in 0..<182_621 {
            let text = first.adding(days: offset).description
            #expect(CivilDate(text)?.daysSinceEpoch == first.daysSinceEpoch + Int32(offset))
            #expect(text > previous)
            previous = text
        }
        #expect(previous == "2199-12-31")
    }

    @Test(arguments: [
        "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-01", "26-01-01", "", "2026-01-01T", "2026/01/01",
        "0000-01-01", "2100-02-29", "２０２６-01-01", "+026-01-01",
    ])
    func refusesWhatIsNoDay(_ text: String) {
        #expect(CivilDate(text) == nil)
    }
}

@Suite struct TimestampTests {
    @Test(arguments: [
        ("2018-04-05T03:56:24Z", "2018-04-05T03:56:24Z"),
        ("2018-04-05t03:56:24.5z", "2018-04-05T03:56:24.500Z"),
        ("1989-10-04T02:25:16-04:00", "1989-10-04T06:25:16Z"),
        ("2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
        ("2026-03-04T15:04:05.1234567Z", "2026-03-04T15:04:05.123456Z"),
    ])
    func readsAndWritesUTC(_ text: String, _ expected: String) {
        #expect(Timestamp(text)?.description == expected)
    }

    @Test(arguments: ["2026-03-04", "2026-03-04T15:04:05", "2026-03-04T24:00:00Z", "2026-03-04T15:04:05.Z", "now", ""])
    func refusesWhatIsNoInstant(_ text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test func daysBeforeTheEpochAreRoundedDown() {
        #expect(Timestamp(microseconds: -1).date.description == "1969-12-31")
        #expect(Timestamp(microseconds: -1).description == "1969-12-31T23:59:59.999999Z")
    }
}

@Suite struct DigestTests {
    /// FIPS 180-4 examples.
    @Test func sha256() throws {
        let digest = SHA256.digest(of: Array("abc".utf8))
        #expect(
            Hexadecimal.text(digest) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        let empty = SHA256.digest(of: [])
        #expect(Hexadecimal.text(empty) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    /// RFC 4231, test cases 2 and 6.
    @Test func hmac() throws {
        let short = HMACSHA256(key: Array("Jefe".utf8))
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        for _ in 0..<2 {
            let code = Array("what do ya want for nothing?".utf8).withUnsafeBytes { [UInt8](short.authenticate($0)) }
            #expect(Hexadecimal.text(code) == expected)
        }
        let long = HMACSHA256(key: [UInt8](repeating: 0xaa, count: 131))
        let message = Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8)
        let code = message.withUnsafeBytes { [UInt8](long.authenticate($0)) }
        #expect(Hexadecimal.text(code) == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
    }
}
