import Canary
import Intake
import Operations
import Primitives
import Testing

@testable import Pipeline

/// A worker on messages that hold a row of CSV each: its gates are those of JSON.
@Suite struct RowWorkerTests {
    private static func engine(isStrict: Bool = false) throws -> Engine {
        let text = """
            {profile: rows, version: 1, system: s, envelope: none, body: csv-row, strict: \(isStrict),
             columns: [id, kind, day, people, grant, client name, remarks, vsp], files: {delimiter: ";"},
             when: [{path: $.kind, equals: move}], victimServices: [{path: $.vsp, equals: "1"}],
             outcome: {key: $.id, type: $.kind, occurredOn: {path: $.day, as: us},
              people: {path: $.people, as: thousands}},
             references: [{scheme: grant, id: $.grant, mechanism: funded-by}], search: [$.remarks]}
            """
        let reading = ProfileFile.read(Array(text.utf8), file: "rows.yaml")
        let profile = try #require(reading.profile, "\(reading.findings)")
        let base = try Harness.engine()
        return Engine(
            profile: profile, rules: base.rules, registry: base.registry, city: "test", department: "housing",
            secret: EngineLoader.trialSecret)
    }

    private func message(_ name: String, _ row: String, _ expected: CanaryMessage.Expectation = .any) -> CanaryMessage {
        CanaryMessage(name: name, payload: Array(row.utf8), key: name, expected: expected)
    }

    /// Rows with markers wherever something of a resident may stand, whole and spoilt.
    private func messages(_ markers: inout Markers) -> [CanaryMessage] {
        func word() -> String { markers.word("row") }
        let whole = "\(word());move;3/4/2026;\"1,240\";G-1;\(word());\"Told by \(word()); \"\"and\"\" \(word())\";0"
        var all = [
            message("header", "id;kind;day;people;grant;client name;remarks;vsp\r\n"),
            message("whole", whole, .outcome),
            message("without the name", "\(word());move;3/4/2026;2;G-1;;\(word());", .any),
            message("victim", "\(word());move;never;\(word());;\(word());\(word());1", .victimService),
            message("call", "\(word());call;3/4/2026;2;;\(word());;"),
            CanaryMessage(name: "withdrawn", payload: nil, key: word()),
            CanaryMessage(
                name: "binary", payload: Array("\(word());move;3/4/2026;2;;".utf8) + [0xe9, 0, 0xff], key: "binary"),
        ]
        for (number, spoilt) in [
            whole + ";" + word(), whole + "\n" + word(), String(whole.dropLast(9)), "\"" + whole, whole + "\"",
            whole.replacing("3/4/2026", with: word()), whole.replacing("\"1,240\"", with: word()),
            whole.replacing(";", with: ","), word(), "", "{\"id\":\"\(word())\"}",
        ].enumerated() {
            all.append(message("spoilt \(number)", spoilt))
        }
        return all
    }

    @Test(.timeLimit(.minutes(2)), arguments: Harness.targets, [false, true])
    func rowsBecomeRecordsAndNothingElseLeaves(_ servers: String?, _ isStrict: Bool) throws {
        var markers = Markers(seed: UInt64.random(in: .min ... .max))
        let messages = messages(&markers)
        let harness = try Harness(servers)
        let sent = try harness.produce(messages)
        let run = try harness.startWorker(engine: try Self.engine(isStrict: isStrict), log: harness.log(least: .debug))
        try harness.wait(run, forEvents: sent)
        run.stop.request()
        #expect(run.join() == .stopped)
        let skipped = run.worker.counters.skipped
        #expect(
            skipped == [.headerRow: 1, .notAnOutcome: isStrict ? nil : 1, .victimService: 1].compactMapValues { $0 })
        try look(harness, markers, messages, isStrict)
    }

    private func look(
        _ harness: Harness, _ markers: Markers, _ messages: [CanaryMessage], _ isStrict: Bool
    ) throws {
        let records = try harness.read(harness.attributions)
        let dead = try harness.read(harness.deadLetters)
        // Rows, the withdrawal, and in strict mode what has no name in it.
        #expect(records.count == (isStrict ? 2 : 3), "seed \(markers.seed)")
        let texts = records.map { String(decoding: $0.payload ?? [], as: UTF8.self) }
        #expect(texts.contains { $0.contains("\"people\":1240,") } == !isStrict)
        #expect(texts.contains { $0.contains("\"field\":\"$.grant\"") && $0.contains("\"decision\":\"enabled\"") })
        let own = dead.flatMap { letter in letter.headers.filter { DeadLetterHeader(rawValue: $0.key) != nil } }
        for (what, bytes) in [
            ("records", records.flatMap { ($0.payload ?? []) + Array(($0.key ?? "").utf8) }),
            ("log", Array(harness.allLines.joined(separator: "\n").utf8)),
            ("headers", Array(own.map { "\($0.key)=\($0.value)" }.joined(separator: "\n").utf8)),
        ] {
            let found = markers.found(in: bytes)
            #expect(found.isEmpty, "\(what), seed \(markers.seed)")
        }
        let letters = Dictionary(dead.map { ($0.key ?? "", $0) }) { first, _ in first }
        func code(_ name: String) -> String? { letters[name]?.headers[DeadLetterHeader.code.rawValue] }
        #expect(code("whole") == (isStrict ? "privacy.denied-field" : nil) && code("victim") == nil)
        #expect(code("binary") == "csv.columns" && code("spoilt 9") == "csv.empty" && code("spoilt 1") == "csv.rows")
        #expect(code("spoilt 0") == "csv.columns" && code("spoilt 3") == "csv.quotes")
        for message in messages where code(message.name)?.hasPrefix("csv.") == true {
            #expect(letters[message.name]?.payload == message.payload, "\(message.name)")
        }
        if isStrict {
            #expect(letters["whole"]?.payload == nil)
            let said = letters["whole"]?.headers[DeadLetterHeader.message.rawValue]
            #expect(said?.hasPrefix("$['client name']: expected no such field") == true, "\(said ?? "")")
        }
    }
}
