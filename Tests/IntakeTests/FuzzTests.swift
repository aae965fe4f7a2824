import Primitives
import Testing

@testable import Intake

/// Bytes of a valid event, changed at random: whatever comes of it, it is a disposition or a fault.
@Suite struct FuzzTests {
    private static let tokens = [
        "null", "true", "{}", "[]", "\"\"", "-1", "-9223372036854775808", "9223372036854775807", "18446744073709551615",
        "1e308", "-1e308", "0.005", "\"2026-02-30\"", "\\u0000", "\\ud800", "\"retracted\":true,", "{", "[", "]", "}",
        ",",
        "\"", "\u{feff}", "\u{0}", "\"funded-by\"", "  ",
    ].map { Array($0.utf8) }

    @Test func mutatedEvents() throws {
        let seed: UInt64 = 4400
        var generator = SplitMix64(seed: seed)
        let text = event(
            wholeData, #","subject":"case-17","time":"2026-03-04T15:04:05Z","dataclassification":"internal""#)
        let whole = Array(text.utf8)
        let intaker = try Intaker(builtIn: "canonical")
        var results: [String: Int] = [:]
        for round in 0..<50_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &generator) { mutate(&bytes, &generator) }
            let headers = round % 3 == 0 ? structured : []
            switch intaker.read(Sent(bytes: bytes, headers: headers)) {
            case .success(let taken):
                results["\(taken.disposition)", default: 0] += 1
                check(taken, "seed \(seed), round \(round)")
            case .failure(let fault): results[fault.code.rawValue, default: 0] += 1
            }
        }
        // The mutations reach beyond the parser.
        #expect(results.values.reduce(0, +) == 50_000)
        for result in ["outcome", "json.malformed", "json.not-utf8", "field.kind", "field.range", "field.missing"] {
            #expect(results[result, default: 0] > 0, "\(result), seed \(seed): \(results)")
        }
    }

    @Test func mutatedHeaders() throws {
        let seed: UInt64 = 4500
        var generator = SplitMix64(seed: seed)
        let intaker = try Intaker(builtIn: "canonical")
        let headers = [
            ("ce_specversion", "1.0"), ("ce_id", "e-1"), ("ce_type", "org.city.housing.a"), ("ce_source", "/s"),
            ("ce_time", "2026-03-04T15:04:05Z"), ("content-type", "application/json"), ("ce_subject", "case"),
            ("ce_dataclassification", "internal"), ("ce_dataregulation", "GDPR, HIPAA"),
        ]
        var taken = 0
        for _ in 0..<5000 {
            var changed = headers
            let place = Int.random(in: 0..<headers.count, using: &generator)
            var value = Array(changed[place].1.utf8)
            mutate(&value, &generator)
            changed[place].1 = String(decoding: value, as: UTF8.self)
            if case .success = intaker.read(Sent(data(), headers: changed)) { taken += 1 }
        }
        #expect(taken > 0 && taken < 5000, "seed \(seed)")
    }

    /// What an outcome is sure to be.
    private func check(_ taken: Taken, _ label: String) {
        guard taken.disposition == .outcome else { return }
        let isWhole =
            !taken.recordID.isEmpty && !taken.type.isEmpty && taken.occurredOn != nil && taken.count >= 1
            && taken.people ?? 0 >= 0 && taken.usdCents ?? 0 >= 0 && taken.references.count <= 256
        if !isWhole { Issue.record("\(label): \(taken)") }
    }

    private func mutate(_ bytes: inout [UInt8], _ generator: inout SplitMix64) {
        if bytes.isEmpty { return bytes.append(UInt8.random(in: 0...255, using: &generator)) }
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        let end = min(bytes.count, place + Int.random(in: 1...12, using: &generator))
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
        case 1: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &generator))
        case 4: bytes.insert(contentsOf: Self.tokens.randomElement(using: &generator) ?? [], at: place)
        case 5: replaceValue(&bytes, from: place, &generator)
        case 6: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &generator))
        default:
            if Int.random(in: 0..<10, using: &generator) == 0 { bytes.removeLast(bytes.count - place) }
        }
    }

    /// Puts a token in the place of the next value, so that the event stays JSON more often than not.
    private func replaceValue(_ bytes: inout [UInt8], from place: Int, _ generator: inout SplitMix64) {
        guard let colon = bytes[place...].firstIndex(of: UInt8(ascii: ":")),
            let end = bytes[(colon + 1)...].firstIndex(where: { ",}]".utf8.contains($0) })
        else { return }
        bytes.replaceSubrange((colon + 1)..<end, with: Self.tokens.randomElement(using: &generator) ?? [])
    }
}
