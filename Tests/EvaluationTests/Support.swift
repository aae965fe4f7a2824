import Attribution
import Connections
import Evaluation
import FoundationEssentials
import Primitives
import Testing
import YAML

/// The path of a file below the package, or beside it.
func path(_ relative: String) -> String {
    "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/" + relative
}

/// The bytes of a file.
func bytes(of path: String) throws -> [UInt8] {
    [UInt8](try #require(FileManager.default.contents(atPath: path), "\(path)"))
}

/// The text of a golden file.
func golden(_ name: String) throws -> String {
    String(decoding: try bytes(of: path("Tests/EvaluationTests/Goldens/\(name)")), as: UTF8.self)
}

/// What no report and no message may hold.
let canary = "CANARY words of a passage"

/// A labelled passage.
func labelled(
    _ id: String, _ label: CaseLabel = .enabled, group: String? = nil, decidable: Bool = true, language: String? = "en",
    department: String = "housing", text: String = canary, connection: String? = nil, others: [String] = []
) -> LabelledCase {
    LabelledCase(
        id: id, department: department, content: .text(text), language: language, connection: connection,
        otherConnections: others, label: label, outcomeGroup: group, isDecidable: decidable)
}

/// What a measurement was made with.
let run = EvaluationRun(
    file: "cases.ndjson", cases: String(repeating: "1a", count: 32), rules: String(repeating: "2b", count: 32),
    registry: String(repeating: "3c", count: 32), engine: "0.1.0", seed: 7)

/// Cases made at random: a few groups, so that some have several cases.
func randomCases(_ random: inout SplitMix64, count: Int) -> [JudgedCase] {
    (0..<count).map { place in
        let case_ = labelled(
            "c\(place)", random.element(of: CaseLabel.allCases) ?? .none, group: "g\(random.below(max(count / 3, 1)))",
            decidable: !random.onceIn(6), language: random.element(of: ["en", "es", nil]) ?? nil,
            department: random.element(of: ["housing", "health"]) ?? "",
            connection: random.element(of: ["a", "b", nil]) ?? nil)
        return JudgedCase(
            case_, verdict: random.element(of: CaseVerdict.allCases) ?? .domestic, strength: random.below(10_001),
            connections: random.element(of: [[], ["a"], ["a", "b"]]) ?? [], explanation: "Because of rule \(place).")
    }
}

/// A measurement without baselines.
func evaluate(_ cases: [JudgedCase]) -> EvaluationResult { EvaluationResult(run, cases) }

/// Twelve cases with all that reports show.
let sampleCases: [JudgedCase] = [
    JudgedCase(
        labelled("c01", .enabled, group: "clinic", connection: "pm:consulate:aurelia"), verdict: .enabled,
        strength: 9000,
        connections: ["pm:consulate:aurelia"], rules: ["reference/funded-by"], tier: .documentary,
        explanation: "The grant of the consulate paid for it."),
    JudgedCase(
        labelled("c02", .enabled, group: "clinic", connection: "pm:consulate:aurelia"), verdict: .contributed,
        strength: 6000, connections: ["pm:network:harbours"], rules: ["named/trained-under"], tier: .corroborated,
        explanation: "The network is named with a training."),
    JudgedCase(
        labelled("c03", .contributed, group: "bicycle", language: "es", department: "transport"), verdict: .contributed,
        strength: 5500, connections: ["pm:agreement:vellmar"], rules: ["named/designed-from"], tier: .corroborated,
        explanation: "The agreement is named with a design."),
    JudgedCase(
        labelled("c04", .enabled, group: "masks", department: "health", connection: "pm:sister-city:tarn"),
        verdict: .abstained, tier: .circumstantial, explanation: "The city is named without its country."),
    JudgedCase(
        labelled("c05", .contributed, group: "school", language: nil, department: "education"), verdict: .domestic,
        explanation: "No registered name was found."),
    JudgedCase(
        labelled("c06", .activityOnly, group: "visit"), verdict: .enabled, strength: 8000,
        connections: ["pm:sister-city:tarn"], rules: ["named/donated-by"], tier: .corroborated,
        explanation:
            "The sister city is named with a gift, which the visitors brought for the mayor; the passage tells of the "
            + "visit alone, and nothing of what became of the gift."),
    JudgedCase(labelled("c07", .outbound, group: "fire-engine"), verdict: .domestic, explanation: "It went abroad."),
    JudgedCase(
        labelled("c08", .nameTrap, group: "paris", department: "transport"), verdict: .abstained, tier: .circumstantial,
        explanation: "A name fits two connections."),
    JudgedCase(labelled("c09", .domestic, group: "grant"), verdict: .skipped, explanation: "It is no outcome."),
    JudgedCase(labelled("c10", .none, group: "noise"), verdict: .deadLetter, explanation: "It has no day."),
    JudgedCase(
        labelled("c11", .enabled, group: "garden", decidable: false), verdict: .abstained, tier: .circumstantial,
        explanation: "No partner is named."),
    JudgedCase(
        labelled("c12", .enabled, group: "clinic", decidable: false), verdict: .enabled, strength: 9000,
        connections: ["pm:consulate:aurelia"], rules: ["named/funded-by"], tier: .corroborated,
        explanation: "The consulate is named with money."),
]
