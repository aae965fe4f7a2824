import CRdKafka

/// A property that librdkafka refuses.
public struct ConfigurationFinding: Sendable, Equatable, CustomStringConvertible {
    /// The property's name as it was set.
    public let name: String
    /// Why it is refused; never the value of a secret.
    public let reason: String
    /// The known property with the most similar name, where the name is not known and one is near enough.
    public let nearest: String?

    /// Name, reason and suggestion in one line.
    public var description: String {
        let suggestion = nearest.map { "; did you mean \($0)?" } ?? ""
        return "\(name): \(reason)\(suggestion)"
    }
}

extension ClientConfiguration {
    /// Checks each property by itself, without a client and without a broker; empty where all are accepted.
    ///
    /// What depends on several properties or on files, such as a missing key, is found when a client is made.
    public func findings() -> [ConfigurationFinding] {
        let native: OpaquePointer = rd_kafka_conf_new()
        defer { rd_kafka_conf_destroy(native) }
        return properties.sorted { $0.key < $1.key }.compactMap { name, value in
            guard name != ClientConfiguration.tokenFile else { return nil }
            guard let reason = ClientConfiguration.refusal(of: name, value, in: native) else { return nil }
            var known = [CChar](repeating: 0, count: 8)
            var size = known.count
            let isKnown = rd_kafka_conf_get(native, name, &known, &size) != RD_KAFKA_CONF_UNKNOWN
            let nearest = isKnown ? nil : ClientConfiguration.nearestName(to: name)
            return ConfigurationFinding(name: name, reason: reason, nearest: nearest)
        }
    }

    /// The known name with the smallest edit distance, if at most a third of the name would have to change.
    static func nearestName(to name: String) -> String? {
        let sought = Array(name.lowercased().utf8)
        // Bounds the work for a name that is no name.
        guard sought.count <= 128 else { return nil }
        let ranked = propertyNames.map { (name: $0, distance: editDistance(sought, Array($0.utf8))) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(2, sought.count / 3) ? best.name : nil
    }

    /// Levenshtein's distance, row by row.
    static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let substitution = diagonal + (byte == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substitution, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[right.count]
    }
}
