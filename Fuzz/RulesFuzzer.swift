import Attribution

extension Fuzzer {
    /// Rules files: findings in the file, or rules.
    static let rules = Fuzzer(
        name: "rules", bytesMax: 6000, dictionary: "yaml", folders: ["schemas/examples/rules"]
    ) {
        { bytes in
            let (rules, findings) = RulesFile.read(Array(bytes), file: "file")
            findings.expectGood(ofFile: bytes, isRead: rules != nil)
        }
    }
}
