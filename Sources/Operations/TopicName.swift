/// Names of Kafka topics.
public enum TopicName {
    /// True for 1 to 249 ASCII letters, digits, `.`, `_` and `-`, as Kafka has it.
    public static func isValid(_ name: some StringProtocol) -> Bool {
        (1...249).contains(name.utf8.count)
            && name.utf8.allSatisfy { $0 | 0x20 &- 97 < 26 || $0 &- 48 < 10 || [45, 46, 95].contains($0) }
    }
}
