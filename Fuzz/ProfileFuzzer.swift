import Attribution
import Intake
import YAML

extension Fuzzer {
    /// A profile, the line `#message`, and a message: findings in the file, or a profile that decides any event.
    static let profile = Fuzzer(
        name: "profile", bytesMax: 2500, dictionary: "profile",
        folders: ["schemas/profiles", "schemas/examples/profile"]
    ) {
        guard let rules = RulesWithoutLanguage.rules else { fatalError("the rules cannot be read") }
        return { bytes in
            let (file, message) = bytes.divided(at: "\n#message\n")
            let (profile, findings) = ProfileFile.read(Array(file), file: "file")
            findings.expectGood(ofFile: file, isRead: profile != nil)
            guard let profile else { return }
            let fuzzer = MessageFuzzer(profile, rules, given: file.text)
            if let message { fuzzer.take(message) }
            Array("\n\n{\"data\":{}}".utf8).withUnsafeBytes { fuzzer.take($0) }
        }
    }
}

/// The default rules without their language, whose names take long to be put together.
private enum RulesWithoutLanguage {
    static var rules: Rules? {
        let text = String(decoding: BuiltInRules.bytes, as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).prefix { $0 != "language:" }
        return RulesFile.read(Array(lines.joined(separator: "\n").utf8), file: "rules").rules
    }
}

extension [Finding] {
    /// What holds of the findings of any file: they stand in it, and there is an error exactly where it is not read.
    func expectGood(ofFile bytes: UnsafeRawBufferPointer, isRead: Bool) {
        let lines = FileLines(bytes)
        for finding in self {
            expect(finding.line == 0 || lines.hold(finding.line), "the place of the finding: \(finding)")
            expect(!finding.message.isEmpty, "the finding says what was expected: \(finding)")
        }
        expect(contains { $0.severity == .error } != isRead, "read: \(isRead), with \(self)")
    }
}
