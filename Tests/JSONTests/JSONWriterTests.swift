import JSON
import Primitives
import Testing

private func written(_ body: (inout JSONWriter) throws -> Void) rethrows -> String {
    var writer = JSONWriter(capacity: 64)
    try body(&writer)
    return String(decoding: writer.bytes, as: UTF8.self)
}

@Suite struct JSONWriterTests {
    @Test func setsCommas() throws {
        let text = try written { writer in
            writer.beginObject()
            writer.key("a")
            writer.beginArray()
            writer.integer(1)
            writer.beginArray()
            writer.endArray()
            writer.beginObject()
            writer.endObject()
            writer.null()
            writer.endArray()
            writer.key("b")
            writer.bool(true)
            writer.key("é\"" as String)
            try writer.double(0.5)
            Array("k".utf8).withUnsafeBytes { writer.key($0) }
            writer.string("v" as String)
            writer.key("raw")
            Array("[1,2]".utf8).withUnsafeBytes { writer.raw($0) }
            writer.key("u")
            writer.unsigned(.max)
            writer.endObject()
            #expect(writer.depth == 0)
            writer.newLine()
            writer.bool(false)
        }
        #expect(
            text == #"{"a":[1,[],{},null],"b":true,"é\"":0.5,"k":"v","raw":[1,2],"u":18446744073709551615}"#
                + "\nfalse")
    }

    @Test func escapesWhatMustBe() {
        for byte in UInt8(0)..<128 {
            let escaped = written { writer in [byte].withUnsafeBytes { writer.string($0) } }
            let short: [UInt8: String] = [
                8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: "\\\"", 92: "\\\\",
            ]
            let hex = "\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            let expected = short[byte] ?? (byte < 32 ? hex : String(UnicodeScalar(byte)))
            #expect(escaped == "\"\(expected)\"")
        }
    }

    /// Every special byte at every place of a run, to meet each lane of the word-wise scan.
    @Test(arguments: ["\"", "\\", "\u{1}", "\u{1f}", "é", "😀", "\u{7f}", " "])
    func escapesAtEveryPlace(_ special: String) throws {
        for length in 0..<20 {
            for place in 0...length {
                let plain = String(repeating: "#", count: length)
                let text = plain.prefix(place) + special + plain.dropFirst(place) + "!"
                let json = written { $0.string(String(text)) }
                let bytes = written { writer in Array(text.utf8).withUnsafeBytes { writer.string($0) } }
                #expect(json == bytes)
                #expect(try extract(json, "$") == ["0 string \(text)"])
            }
        }
    }

    @Test func replacesWhatIsNoUTF8() {
        var random = SplitMix64(seed: 11)
        for _ in 0..<20_000 {
            let leads: [UInt8] = [
                0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0xed, 0xa0, 0xff, 0xc0, 0xf4, 0x90,
            ]
            let bytes = (0..<random.below(14)).map { _ in
                random.below(3) == 0 ? UInt8(ascii: "a") : leads[random.below(leads.count)]
            }
            let json = written { writer in bytes.withUnsafeBytes { writer.string($0) } }
            #expect(json == "\"\(String(decoding: bytes, as: UTF8.self))\"", "\(bytes)")
        }
    }

    @Test(arguments: [
        (0.0, "0"), (-0.0, "0"), (1.0, "1"), (-1.5, "-1.5"), (0.1, "0.1"), (100_000.0, "100000"),
        (12_345.678, "12345.678"),
        (1e20, "100000000000000000000"), (1e21, "1e+21"), (1.5e21, "1.5e+21"),
        (0x1.ac53a7e04bcdap66, "123456789012345680000"),
        (0.000001, "0.000001"), (0.0000001, "1e-7"), (1.25e-7, "1.25e-7"), (0.00001234, "0.00001234"),
        (.leastNonzeroMagnitude, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"), (0x1p53, "9007199254740992"), (0.3, "0.3"),
        (333_333_333.3333333, "333333333.3333333"), (4.35, "4.35"),
    ])
    func writesNumbersLikeECMAScript(_ value: Double, _ text: String) throws {
        #expect(try written { try $0.double(value) } == text)
    }

    @Test func everyDoubleReadsBack() throws {
        var random = SplitMix64(seed: 5)
        for _ in 0..<100_000 {
            let value = Double(bitPattern: random.next())
            guard value.isFinite else { continue }
            let text = try written { try $0.double(value) }
            #expect(Double(text) == value)
        }
    }

    @Test(arguments: [Double.infinity, -.infinity, .nan, .signalingNaN])
    func refusesNumbersThatAreNotFinite(_ value: Double) {
        var writer = JSONWriter()
        writer.beginArray()
        #expect(throws: NumberNotFinite.self) { try writer.double(value) }
        writer.endArray()
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "[]")
    }

    @Test(arguments: [UInt64(0), 9, 10, UInt64(Int64.max), UInt64(Int64.max) + 1, .max - 5, .max])
    func writesUnsignedIntegers(_ value: UInt64) {
        #expect(written { $0.unsigned(value) } == String(value))
    }

    @Test func goesOnInABufferAndGivesItBack() {
        var buffer = ByteBuffer()
        buffer.append("data: ")
        var writer = JSONWriter(appendingTo: buffer)
        writer.integer(7)
        let end = writer.finish()
        #expect(end.text() == "data: 7")
    }
}
