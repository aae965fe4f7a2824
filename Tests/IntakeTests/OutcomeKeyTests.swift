import Primitives
import Testing

@testable import Intake

/// Outcome keys, with codes computed by another implementation (Python's hmac).
@Suite struct OutcomeKeyTests {
    private func key(
        _ id: String, secret: [UInt8] = Array(0..<32), department: String = "housing", system: String = "canonical"
    ) throws -> String {
        var maker = OutcomeKeyMaker(secret: secret, department: department, system: system)
        return Array(id.utf8).withUnsafeBytes { String(decoding: maker.key(of: $0), as: UTF8.self) }
    }

    @Test func knownKeys() throws {
        #expect(try key("case-17") == "ef2e02819ebd48a0445d3152542e4fc8")
        #expect(try key("") == "4bf67c1c64858f550a8eab30f26f846a")
        #expect(
            try key("Añb", secret: Array(0..<100), department: "health", system: "ehr")
                == "866f58f371182a9fafa586a51a6b45dc")
    }

    @Test func everyPartMakesAnotherKey() throws {
        let keys = try [
            key("case-17"), key("case-18"), key("case-17", department: "health"), key("case-17", system: "ehr"),
            key("case-17", secret: Array(1..<33)), key("case-17 "), key("CASE-17"),
            // Parts do not run into one another.
            key("case-17", department: "housingc", system: "anonical"), key("lcase-17", system: "canonica"),
        ]
        #expect(Set(keys).count == keys.count)
        #expect(keys.allSatisfy { $0.utf8.count == OutcomeKeyMaker.length })
    }

    @Test func oneMakerMakesManyKeys() throws {
        var maker = OutcomeKeyMaker(secret: Array(0..<32), department: "housing", system: "canonical")
        for id in ["case-17", String(repeating: "long", count: 1000), "case-17"] {
            let made = Array(id.utf8).withUnsafeBytes { String(decoding: maker.key(of: $0), as: UTF8.self) }
            #expect(try made == key(id))
        }
    }
}
