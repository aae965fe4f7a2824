import Kafka
import Pipeline
import Primitives
import Store
import TestRecords
import Testing

@testable import Commands

extension City {
    /// A profile of a made-up system that knows some kinds of clinics, and refuses others by `field.code`.
    static func profile(kinds: [String]) -> String {
        """
        profile: clinics
        version: 1
        description: Clinics of a made-up system.
        system: clinics
        envelope: none
        outcome:
          key: $.id
          type: { path: $.kind, map: { \(kinds.map { "\($0): \($0)-clinic" }.joined(separator: ", ")) } }
          occurredOn: $.day
          people: $.people
        references:
          - { scheme: grant, id: $.grant, mechanism: funded-by }
        """
    }

    /// An event of it that states neither revision nor time, so that its offset decides.
    static func clinic(_ id: String, _ kind: String, people: Int, grant: String? = nil) -> Sent {
        let grant = grant.map { ",\"grant\":\"\($0)\"" } ?? ""
        return Sent(
            key: id,
            payload: "{\"id\":\"\(id)\",\"kind\":\"\(kind)\",\"day\":\"2026-03-04\",\"people\":\(people)\(grant)}")
    }

    /// The options of a worker, or a command that decides, by a profile in a file. The embedded cluster keeps no
    /// offsets that come with transactions, so that workers on it commit their own.
    func working(profile: String, _ more: [String] = []) -> [String] {
        options + [
            "--registry", fixture("registry.yaml"), "--outcome.key", String(repeating: "k", count: 32),
            "--profile", profile, "--kafka.group.id", "workers-\(events)",
        ] + (embedded == nil ? [] : ["--delivery", "at-least-once"]) + more
    }

    /// The sums of a store that reads the records, without what says which versions decided them.
    func figures() throws -> [String] {
        let folder = try Folder()
        let path = "\(folder.path)/store.db"
        let store = try OutcomeStore(path, topic: attributions, timeMilliseconds: 0)
        for record in try read(attributions) {
            let bytes = Array((record.payload ?? "").utf8)
            _ = try bytes.withUnsafeBytes {
                try store.take([
                    ReceivedRecord(
                        partition: record.partition, offset: record.offset, payload: $0,
                        isReadAgain: record.headers["city.read-again"] != nil)
                ])
            }
        }
        return try StoreContents.lines(of: path).filter { !$0.hasPrefix("version") }
    }
}
