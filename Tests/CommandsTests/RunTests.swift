import Pipeline
import Testing

@testable import Commands

#if canImport(Glibc)
    import Glibc
#endif

private let settings = ["--department", "health", "--registry", fixture("registry.yaml")]
private let encounters = path("../shared/data/fhir/Encounter.ndjson")

/// Records without their provenance, which names versions.
private func withoutProvenance(_ records: String) -> String {
    records.split(separator: "\n").map { line in
        String(line).components(before: ",\"provenance\":") + "\n"
    }.joined()
}

extension String {
    fileprivate func components(before mark: String) -> String {
        guard let range = self.firstRange(of: mark) else { return self }
        return String(self[..<range.lowerBound])
    }
}

@Suite struct RunTests {
    @Test func givesTheRecordsExpected() throws {
        let folder = try Folder()
        let dead = "\(folder.path)/dead.ndjson"
        let ran = run(["run"] + settings + ["--dead-letters", dead, fixture("events.ndjson")])
        #expect(ran.code == 1)
        let expected = try text(of: fixture("records.golden"))
        #expect(withoutProvenance(ran.output) == expected)
        #expect(ran.output.contains(#""provenance":{"topic":"file:events.ndjson","partition":0,"offset":9,"#))
        let listed = try text(of: dead)
        #expect(
            listed
                == #"{"file":"events.ndjson","line":8,"code":"json.malformed","stage":"parse","message":"#
                + #""payload: expected one JSON document (RFC 8259): JSON, byte 77: expected ',' or '}'"}"# + "\n"
                + #"{"file":"events.ndjson","line":9,"code":"field.date","stage":"map","message":"#
                + #""$.data.outcome.occurredOn: expected a day such as 2026-03-04"}"# + "\n")
        for written in [ran.output, ran.errors, listed] {
            #expect(!written.contains("Ana") && !written.contains("client-4711"))
        }
        let numbers = ran.errors.split(separator: "\n").dropFirst().map {
            $0.split(separator: " ").joined(separator: " ")
        }
        #expect(
            numbers == [
                "received 10", "outcomes 6", "enabled 2", "contributed 1", "abstained 1", "domestic 2", "retracted 1",
                "skipped 1", "not-an-outcome 1", "dead letters 2", "json.malformed 1", "field.date 1",
            ])
    }

    @Test func theSameInputGivesTheSameBytes() throws {
        let folder = try Folder()
        let words = ["run"] + settings + [fixture("events.ndjson")]
        let outputs = [run(words).output, run(words).output]
        let read = run(["run"] + settings + ["--output", "\(folder.path)/records"], input: fixture("events.ndjson"))
        #expect(outputs[0] == outputs[1] && read.output.isEmpty)
        let fromInput = try text(of: "\(folder.path)/records")
        #expect(fromInput.contains("\"topic\":\"file:stdin\""))
        #expect(withoutProvenance(fromInput) == withoutProvenance(outputs[0]))
    }

    @Test func numbersLinesOverAllFiles() throws {
        let folder = try Folder()
        let event = try text(of: fixture("events.ndjson")).split(separator: "\n")[1]
        let first = folder.write("a.ndjson", "\(event)\n\n\(event)\r\n \t\n")
        let second = folder.write("b.ndjson", "\n\(event)")
        let ran = run(["run"] + settings + [first, second])
        #expect(ran.code == 0 && ran.errors.contains("received                                    3\n"))
        let places = ran.output.split(separator: "\n").map { $0.contains("\"topic\":\"file:a.ndjson\"") }
        #expect(places == [true, true, false])
        for offset in [0, 2, 5] { #expect(ran.output.contains("\"partition\":0,\"offset\":\(offset),")) }
    }

    @Test func leavesOutWhatIsNotPublished() {
        let ran = run(["run"] + settings + ["--publish=attributed", fixture("events.ndjson")])
        #expect(!ran.output.contains("\"decision\":\"domestic\"") && ran.output.split(separator: "\n").count == 5)
        #expect(ran.errors.contains("  not published                             2\n"))
    }

    @Test func longLinesAreDeadLettersAndTheRestGoesOn() throws {
        let folder = try Folder()
        let event = try text(of: fixture("events.ndjson")).split(separator: "\n")[1]
        let long = String(repeating: "x", count: 700_000)
        let file = folder.write("long.ndjson", "\(event)\n{\"narrative\":\"\(long)\"}\n\(event)\n\(long)")
        let ran = run(["run"] + settings + ["--event.bytes.max=2000", "--dead-letters", "\(folder.path)/d", file])
        #expect(ran.output.split(separator: "\n").count == 2 && ran.output.contains("\"offset\":2,"))
        let dead = try text(of: "\(folder.path)/d").split(separator: "\n")
        #expect(dead.count == 2 && dead.allSatisfy { $0.contains("event.too-large") && !$0.contains("xxx") })
        #expect(dead[0].contains("\"line\":2,") && dead[1].contains("\"line\":4,"))
    }

    @Test func readsTablesAndDocuments() throws {
        let folder = try Folder()
        let profile = folder.write(
            "p.yaml",
            "{profile: p, version: 1, system: s, envelope: none, outcome: {key: $.id, type: t, occurredOn: $.day}}")
        let table = folder.write("a.csv", "id,day\n1,2026-03-04\n2\n3,never\n")
        let array = folder.write("b.json", #"[{"id":4,"day":"2026-03-04"},{"id":5,"day":"2026-03-05"}]"#)
        let broken = folder.write("c.json", #"[{"id":006}]"#)
        let dead = "\(folder.path)/dead"
        let ran = run(["run"] + settings + ["--profile", profile, "--dead-letters", dead, table, array, broken])
        #expect(ran.code == 1)
        let offsets = ran.output.split(separator: "\n").map {
            String($0).components(before: ",\"eventDigest").suffix(4)
        }
        #expect(offsets.map { $0.filter(\.isNumber) } == ["0", "3", "4"])
        let lines = try text(of: dead).split(separator: "\n").map { String($0).components(before: ",\"stage") }
        #expect(
            lines
                == [
                    #"{"file":"a.csv","line":3,"code":"file.row""#, #"{"file":"a.csv","line":4,"code":"field.date""#,
                    #"{"file":"c.json","line":1,"code":"json.malformed""#,
                ].map { String($0) })
        #expect(ran.errors.contains("bad rows of files                           1"))
    }

    @Test func saysWhatCannotBeOpened() {
        let missing = run(["run"] + settings + ["/nowhere/events"])
        #expect(
            missing.code == 1 && missing.errors.contains("/nowhere/events: the file cannot be opened: No such file"))
        let folder = run(["run"] + settings + ["/tmp"])
        #expect(folder.code == 1 && folder.errors.contains("a folder needs a profile that states files.query"))
        let output = run(["run"] + settings + ["--output=/nowhere/x", fixture("events.ndjson")])
        #expect(output.code == 1 && output.errors.contains("/nowhere/x: the file cannot be written"))
        #expect(run(["run", "--department=health"]).code == 78)
    }

    @Test func doesNotOverwriteWhatItReads() throws {
        let folder = try Folder()
        let file = folder.write("a.ndjson", "kept")
        for words in [["--output", file, file], ["--dead-letters", file, file], ["--output=x", "--dead-letters=x"]] {
            #expect(run(["run"] + settings + words).code == 2)
        }
        let kept = try text(of: file)
        #expect(kept == "kept")
    }

    @Test func aFullDiskIsAFailure() {
        let words = ["run"] + settings + ["--output=/dev/full", fixture("events.ndjson")]
        let ran = run(words)
        #expect(ran.code == 1 && ran.errors.contains("the records cannot be written"))
    }

    @Test(.enabled(if: access(encounters, R_OK) == 0, "../shared/data is not there: nothing to test against"))
    func attributesEncounters() throws {
        let folder = try Folder()
        let ran = run([
            "run", "--department=health", "--profile=fhir-r4-encounter", "--registry", fixture("fhir-registry.yaml"),
            "--dead-letters", "\(folder.path)/dead", encounters,
        ])
        #expect(ran.code == 0)
        let records = ran.output.split(separator: "\n")
        let dead = try text(of: "\(folder.path)/dead")
        #expect(records.count == 1215 && dead.isEmpty)
        let venue = "3b23bdf7-5bd6-30bf-85a9-a37d7d74938a"
        let expected = try text(of: encounters).split(separator: "\n").count { $0.contains(venue) }
        #expect(expected > 0 && records.count { $0.contains("\"decision\":\"enabled\"") } == expected)
        for text in try displays() { #expect(!ran.output.contains(text) && !ran.errors.contains(text), "\(text)") }
    }

    /// Every text that stands as `display`: names of patients, clinicians and places, diagnoses.
    private func displays() throws -> Set<String> {
        var found: Set<String> = []
        for piece in try text(of: encounters).split(separator: "\"display\":\"").dropFirst() {
            found.insert(String(piece.prefix { $0 != "\"" }))
        }
        try #require(found.count > 50)
        return found
    }
}
