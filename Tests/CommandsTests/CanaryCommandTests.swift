import Canary
import Intake
import Testing

@testable import Commands

/// The events of a profile in files, with markers wherever something of a resident may stand.
private struct CanaryFiles {
    let folder: Folder
    let markers: Markers
    let messages: [CanaryMessage]
    /// All events, one a line.
    let events: String
    private let profile: String

    /// - Parameter marksIdentifiers: false where identifiers of references may be shown.
    init(_ profile: String, marksIdentifiers: Bool = true) throws {
        let seed = UInt64.random(in: .min ... .max)
        let variants = Variants(profile: profile, Markers(seed: seed, marksIdentifiers: marksIdentifiers))
        folder = try Folder()
        markers = variants.markers
        messages = variants.messages.filter { $0.payload != nil }
        events = folder.write("events.ndjson", Array(messages.map { $0.payload ?? [] }.joined(separator: [10])))
        self.profile = profile
    }

    /// The options by which events are read.
    func options(isStrict: Bool) throws -> [String] {
        let text = String(decoding: try #require(BuiltInProfiles.bytes(named: profile)), as: UTF8.self)
        let file = folder.write(isStrict ? "strict.yaml" : "p.yaml", text + (isStrict ? "\nstrict: true\n" : ""))
        return ["--department", "housing", "--registry", fixture("registry.yaml"), "--profile", file]
    }

    func expectNone(_ texts: [String], _ what: String) {
        let found = markers.found(in: Array(texts.joined(separator: "\n").utf8))
        #expect(found.isEmpty, "\(what), seed \(markers.seed)")
    }
}

/// Nothing that stands in an event and is not the profile's to give out is printed or written by a command.
@Suite struct CanaryCommandTests {
    @Test(arguments: BuiltInProfiles.names, [false, true])
    func runsTellNothing(_ profile: String, _ isStrict: Bool) throws {
        let files = try CanaryFiles(profile)
        let (records, dead) = ("\(files.folder.path)/records", "\(files.folder.path)/dead")
        let options = try files.options(isStrict: isStrict)
        let ran = run(["run"] + options + ["--output", records, "--dead-letters", dead, files.events])
        #expect(ran.code == 1)
        let written = [try text(of: records), try text(of: dead)]
        #expect(!written[1].isEmpty && (isStrict || !written[0].isEmpty))
        files.expectNone(written + [ran.output, ran.errors], "run")
        let checked = run(["check"] + options)
        files.expectNone([checked.output, checked.errors], "check")
    }

    @Test(arguments: BuiltInProfiles.names, [false, true])
    func explanationsTellNothing(_ profile: String, _ isStrict: Bool) throws {
        let files = try CanaryFiles(profile, marksIdentifiers: false)
        let options = try files.options(isStrict: isStrict)
        // One in so many: each has a command to itself.
        let step = max(1, files.messages.count / 40)
        let chosen = files.messages.enumerated().filter { $0 % step == 0 || $1.expected == .outcome }
        var told: [String] = []
        for (_, message) in chosen {
            let file = files.folder.write("event", message.payload ?? [])
            for flags in [[], ["--json"]] {
                let ran = run(["explain"] + options + flags + [file])
                told += [ran.output, ran.errors]
            }
        }
        #expect(told.contains { $0.contains("read by profile \(profile)") })
        files.expectNone(told, "explain")
    }

    @Test(arguments: BuiltInProfiles.names)
    func testsTellNothingOfFiles(_ profile: String) throws {
        let files = try CanaryFiles(profile)
        _ = try files.options(isStrict: false)
        let file = files.folder.write(
            "p_test.yaml",
            """
            department: housing
            registry:
              connections:
                - {id: "t:c", type: consulate, partner: C, country: MX, since: "1990", status: active, verified: true,
                   source: made up, identifiers: [{scheme: grant, id: G-1}]}
            tests:
              - {name: n, file: events.ndjson, expect: {received: 0, outcomes: 0, skipped: {}, deadLetters: {}}}
            """)
        let ran = run(["test", "--verbose", file])
        #expect(ran.code == 1 && ran.output.contains("received: expected 0, found "), "\(ran)")
        files.expectNone([ran.output, ran.errors], "test")
    }
}

extension ClusterTests {
    @Suite struct CanaryIngestTests {
        @Test func refusalsTellNothing() throws {
            let city = try City()
            let files = try CanaryFiles("canonical")
            let bad = "\(files.folder.path)/bad"
            for flags in [[], ["--bad", bad], ["--key", "$.data.client", "--kafka.message.max.bytes=2000"]] {
                let ran = run(["ingest"] + city.options + flags + [files.events])
                #expect(ran.code == 1 && ran.output.contains(" bad\n"))
                files.expectNone([ran.output, ran.errors], "ingest")
            }
            let listed = try text(of: bad)
            #expect(!listed.isEmpty)
            files.expectNone([listed], "ingest --bad")
        }
    }
}
