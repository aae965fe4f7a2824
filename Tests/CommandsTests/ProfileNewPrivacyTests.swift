import Intake
import Primitives
import Testing

@testable import Commands

/// No value of a resident is written, whatever a sample holds.
@Suite struct ProfileNewPrivacyTests {
    @Test(arguments: 0..<20) func noValueIsWritten(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let names = [
            "id", "name", "lname", "alias_2", "remark", "value", "note", "grant_id", "venue", "date", "amount",
            "people",
            "subject", "display", "data", "groups", "Ward", "updated", "worker", "case", "email", "ssn", "children",
        ]
        func value(_ depth: Int) -> String {
            switch random.next() % (depth > 1 ? 3 : 5) {
            case 0: "\"zq\(random.next() % 1000)\""
            case 1: "\(77_000_000 + random.next() % 1000)"
            case 2: "\"zq word \(random.next() % 5)\""
            case 3: "[\(value(depth + 1)),\(value(depth + 1))]"
            default: object(depth + 1)
            }
        }
        func object(_ depth: Int) -> String {
            let members = names.filter { _ in random.next() % 3 == 0 }.map { "\"\($0)\":\(value(depth))" }
            return "{\(members.joined(separator: ","))}"
        }
        let proposed = try Proposed(sample: (0..<15).map { _ in object(0) }.joined(separator: "\n"))
        #expect(!proposed.text.contains("zq") && !proposed.text.contains("7700"))
        #expect(proposed.errors.isEmpty)
    }

    @Test func aWordIsShownOfManyEventsAlone() throws {
        func sample(_ count: Int) -> String {
            (0..<count).map { "{\"id\":\($0),\"lname\":\"\($0 == 0 ? "Gomez" : "often")\"}" }.joined(separator: "\n")
        }
        let few = try Proposed(sample: sample(19))
        #expect(!few.text.contains("Gomez") && !few.text.contains("often"))
        let many = try Proposed(sample: sample(40))
        #expect(!many.text.contains("Gomez") && many.text.contains("codes: often 39 and rarer ones"))
    }

    @Test(arguments: ["client", "patient", "tenant.x", "client_info"]) func nothingBelowAPersonIsShown(_ above: String)
        throws
    {
        let parts = above.split(separator: ".")
        let opening = parts.map { "{\"\($0)\":" }.joined()
        let event = opening + #"{"status":"secret-status"}"# + String(repeating: "}", count: parts.count)
        let proposed = try Proposed(sample: Array(repeating: event, count: 30).joined(separator: "\n"))
        #expect(!proposed.text.contains("secret"))
    }

    @Test func namesOfMembersThatAreDataAreMaps() throws {
        let codes = (0..<30).map { number in
            "{\"id\":\"a\(number)\",\"counts\":{\"code\(number)\":\(number),\"both\":1},"
                + "\"by\":{\"ana\(number)@example.org\":1},\"seats\":{\"Ana Gomez\(number)\":{\"x\":1}}}"
        }
        let proposed = try Proposed(sample: codes.joined(separator: "\n"))
        #expect(proposed.paths(.groups) == ["$.counts.*"])
        for path in ["$.by.*", "$.seats.*"] { #expect(proposed.text.contains("   \(path)"), "\(path)") }
        #expect(proposed.text.contains("$.by.*       30 times; whole number\n"))
        for word in ["code1", "ana1", "Gomez"] { #expect(!proposed.text.contains(word)) }
    }

    @Test func namesThatYAMLMayMistakeAreQuoted() throws {
        let names = [
            "case id", "a: b", "a #b", "it's", #"say \"x\""#, #"back\\slash"#, #"li\nne"#, "é", "no", "[0]", "{}", "*x",
            #"\u2028"#, #"\u001b[31m"#, #"\uffff"#, "", "😀 id",
        ]
        let members = names.map { "\"\($0) grant id\":\"G\"" }.joined(separator: ",")
        let more = names.map { "\"\($0)\":1" }.joined(separator: ",")
        let proposed = try Proposed(sample: "{\(members),\(more)}", ["--name", "no: #\u{1b}[31m \"x\""])
        #expect(proposed.profile.references.count == ReferenceProposal.most)
        #expect(!proposed.text.contains("\u{1b}") && proposed.text.contains("it\\'s"))
    }
}

@Suite struct ProfileNewCommandTests {
    @Test func writesAFileThatIsNotThereYet() throws {
        let folder = try Folder()
        let sample = folder.write("Shelter moves.2026.ndjson", #"{"id":"a"}"#)
        let file = "\(folder.path)/new.yaml"
        let ran = run(["profile", "new", "--from", sample, "--output", file])
        #expect(ran.code == 0 && ran.output == "\(file): from 1 event; look at the lines marked CHANGE THIS\n")
        let written = try text(of: file)
        let proposed = try Proposed(sample)
        #expect(written.contains("profile: shelter-moves\n") && written == proposed.text)
        let again = run(["profile", "new", "--from", sample, "--output", file, "--name", "other"])
        #expect(again.code == 1 && again.errors.contains("the file cannot be made: File exists"))
        #expect(try text(of: file) == written)
        #expect(run(["profile", "new", "--from", "-"], input: sample).output.contains("profile: new-profile\n"))
    }

    @Test func saysWhatItPassesOverAndWhereItStops() throws {
        let folder = try Folder()
        let bad = run(["profile", "new", "--from", folder.write("bad.ndjson", "{\"id\":1}\n{\"Ana\n[2]\n{\"id\":2}\n")])
        #expect(bad.code == 0 && bad.errors.contains("2 passed over, which are no events; the first is line 2: JSON"))
        #expect(!bad.errors.contains("Ana"))
        let first = run(["profile", "new", "--from", folder.write("first.ndjson", "Ana\n{\"id\":2}\n")])
        #expect(first.code == 0 && first.errors.contains("1 passed over, which are no events; the first is line 1"))
        let none = run(["profile", "new", "--from", folder.write("none.json", "")])
        #expect(none.code == 1 && none.output.isEmpty && none.errors.contains("there is no event"))
        let many = (0..<10_001).map { "{\"id\":\($0)}" }.joined(separator: "\n")
        let ran = run(["profile", "new", "--from", folder.write("many.ndjson", many)])
        #expect(ran.code == 0 && ran.errors == "city-attribution: profile new: stopped after 10,000 events\n")
        #expect(ran.output.contains("in all 10,000 events"))
        let wide = (0..<6000).map { "\"c\($0)x\":1" }.joined(separator: ",")
        #expect(
            run(["profile", "new", "--from", folder.write("wide.json", "{\(wide)}")]).errors.contains("more paths"))
        let change = folder.write("change.json", #"{"op":"t","source":{}}"#)
        #expect(run(["profile", "new", "--from", change]).errors.contains("have no document in such an envelope"))
    }

    @Test(arguments: [
        (["profile"], "profile: expected `new`; see --help"),
        (["profile", "new"], "profile new: expected --from FILE and options only"),
        (["profile", "new", "--from", "a", "b"], "profile new: expected --from FILE and options only"),
        (
            ["profile", "new", "--from", "a", "--envelope", "x"],
            "profile new: --envelope: expected one of none, cloudevents, debezium, auto"
        ),
        (
            ["profile", "new", "--from", "/none"],
            "profile new: /none: the file cannot be opened: No such file or directory"
        ),
    ])
    func refusesWhatItCannotUnderstand(_ words: [String], _ message: String) {
        #expect(run(words) == Ran(code: 2, output: "", errors: "city-attribution: \(message)\n"))
    }

    @Test func cutsNamesIntoWords() {
        let words = NameWords.of("serviceRequest_id2 HTTPCode")
        for word in ["service", "service request id", "id"] { #expect(words.say([word]), "\(word)") }
        #expect(!words.say(["quest"]) && words.rank(in: ["x", "id"]) == 1)
    }
}
