import Primitives
import Testing
import YAML

@testable import Intake

/// Messages that hold a row of CSV each go through the same gates as JSON.
@Suite struct RowProfileTests {
    private static let columns = "id, kind, day, people, usd, ward, grant, partner, notes, contactName, vsp"

    private static func profile(_ more: String = "", outcome: String = "") -> String {
        """
        profile: p
        version: 1
        system: s
        envelope: none
        body: csv-row
        columns: [\(columns)]
        when: [{path: $.kind, in: [visit, move]}]
        victimServices: [{path: $.vsp, in: ["1", "yes"]}]
        outcome:
          key: $.id
          type: {path: $.kind, normalize: [trim], map: {visit: visit, move: moved}}
          occurredOn: {path: $.day, as: us}
          people: {path: $.people, as: thousands, absent: ["n/a"]}
          usd: {path: $.usd, as: thousands}
          district: {path: $.ward, normalize: [trim, upper], map: {NORTH: D1, É: D2}, otherwise: other}
          \(outcome)
        references: [{scheme: grant, id: $.grant, mechanism: funded-by}]
        named: [{name: $.partner, country: MX}]
        search: [$.notes]
        \(more)
        """
    }

    private func intaker(_ more: String = "", outcome: String = "") throws -> Intaker {
        try Intaker(Self.profile(more, outcome: outcome))
    }

    private static let whole = #"7,visit,3/4/2026,"1,240","$12,500.50", north,G-1,Stadt,"He said ""no"", twice",Ana,"#

    @Test func aRowIsRead() throws {
        let intaker = try intaker()
        for end in ["", "\n", "\r\n"] {
            let taken = try intaker.taken(Sent(Self.whole + end))
            #expect((taken.disposition, taken.recordID, taken.type) == (.outcome, "7", "visit"))
            #expect((taken.occurredOn, taken.people, taken.usdCents) == ("2026-03-04", 1240, 1_250_050))
            #expect(taken.district == "D1" && taken.references == ["grant G-1 funded-by $.grant"])
        }
        let least = try intaker.taken(Sent("8,move,3/4/2026,n/a,,,,,,,"))
        #expect((least.type, least.people, least.usdCents, least.district) == ("moved", nil, nil, nil))
        #expect(least.references == [])
        #expect(try intaker.taken(Sent("9,call,,,,,,,,,")).disposition == .skipped(.notAnOutcome))
    }

    @Test func namesAndTextsStayInTheWorker() throws {
        let row = Memory().kept(Self.whole)
        var event = SourceEvent()
        #expect(try intaker().reader.read(SourceMessage(payload: row.bytes), into: &event) == .outcome)
        #expect(event.named.count == 1 && event.searched.count == 1)
        #expect(String(decoding: event.searched[0].text, as: UTF8.self) == #"He said "no", twice"#)
    }

    @Test(arguments: [
        ("7,visit,3/4/2026,1,,,,,,", "csv.columns: payload: expected 11 fields, one for each column; found 10"),
        ("7,visit,3/4/2026,1,,,,,,,,", "csv.columns: payload: expected 11 fields"),
        (
            "day,id,kind,people,usd,ward,grant,partner,notes,contactName,vsp",
            "csv.columns: payload: expected the columns in"
        ),
        ("7,visit,\"3/4/2026,1,,,,,,,", "csv.quotes: payload, column day: expected a closing quote before the end"),
        ("7,vi\"sit,3/4/2026,1,,,,,,,", "csv.quotes: payload, column kind: expected a field that holds a quote"),
        ("7,visit,3/4/2026,1,,,,,,,\n7,visit,3/4/2026,1,,,,,,,", "csv.rows: payload: expected one row"),
        ("", "csv.empty: payload: expected a row with 11 fields"), ("\r\n", "csv.empty: payload"),
        ("{\"id\":7}", "csv.quotes: payload, column id: expected a field that holds a quote"),
        ("7,visit,never,1,,,,,,,", "field.date: $.day: expected a date such as"),
        ("7,visit,3/4/2026,\"12,40\",,,,,,,", "field.range: $.people: expected a whole number"),
        (",visit,3/4/2026,1,,,,,,,", "field.missing: $.id: expected the id of the source record"),
        ("7,visit,,1,,,,,,,", "field.missing: $.day: expected the day of the outcome"),
        ("7,visit,3/4/2026,1,\u{0},,,,,,", "csv.encoding: payload, column usd: expected text without NUL bytes"),
    ]) func aFaultIsTold(_ row: String, _ fault: String) throws {
        let found = try intaker().fault(Sent(row)).description
        #expect(found.hasPrefix(fault), "\(found)")
    }

    @Test func theEncodingIsThatOfTheProfile() throws {
        let row = Array("7,visit,3/4/2026,1,,".utf8) + [0xe9] + Array(",,,,,".utf8)
        let fault = try intaker().fault(Sent(bytes: row))
        #expect(fault.code == .rowEncoding && fault.message.hasPrefix("payload, column ward: expected text in UTF-8"))
        let western = try intaker("files: {encoding: windows-1252}")
        #expect(try western.taken(Sent(bytes: row)).district == "D2")
        let barred = try intaker("files: {delimiter: \"|\"}")
        #expect(try barred.taken(Sent("7|visit|3/4/2026|1|||||||")).people == 1)
    }

    @Test func aRowOfNamesIsNoOutcome() throws {
        let names = Self.columns.replacing(", ", with: ",")
        // Nor is it refused in strict mode, since it holds nothing.
        for more in ["", "strict: true"] {
            let intaker = try intaker(more)
            for row in [names, names.uppercased() + "\n", "\u{feff}" + names] {
                #expect(try intaker.taken(Sent(row)).disposition == .skipped(.headerRow))
            }
            #expect(try intaker.taken(Sent("7,visit,3/4/2026,1,,,,,,,")).disposition == .outcome)
        }
    }

    @Test func nothingOfAVictimServiceIsKept() throws {
        for more in ["", "strict: true"] {
            for row in ["7,visit,3/4/2026,1,,,,,,Ana,1", ",,never,many,,,,,,,yes"] {
                #expect(try intaker(more).taken(Sent(row)) == Taken(.skipped(.victimService)))
            }
        }
    }

    @Test func strictModeRefusesWhatHoldsADeniedColumn() throws {
        let strict = try intaker("strict: true")
        let fault = try strict.fault(Sent(Self.whole))
        #expect(
            fault.description == "privacy.denied-field: $.contactName: expected no such field; its name is on the deny "
                + "list (name)")
        // Notes are opened for searching, and what is empty holds nothing.
        let taken = try strict.taken(Sent("7,visit,3/4/2026,1,,,,,a note,,"))
        #expect(taken.disposition == .outcome)
    }

    @Test func aTombstoneWithdrawsByItsKey() throws {
        let intaker = try intaker()
        let taken = try intaker.taken(Sent(nil, key: "7"))
        #expect((taken.disposition, taken.recordID) == (.retraction, "7"))
        #expect(try intaker.taken(Sent(nil)).disposition == .skipped(.tombstoneWithoutKey))
        let withdrawn = try self.intaker(outcome: "retracted: {path: $.vsp, map: {gone: \"true\"}}")
            .taken(Sent("7,,,,,,,,,,gone"))
        #expect((withdrawn.disposition, withdrawn.recordID) == (.retraction, "7"))
    }

    @Test func whatIsNotUnderstoodIsNotKept() throws {
        let fault = try intaker().fault(Sent(Self.whole, headers: [("ce_dataclassification", "secret")]))
        #expect(fault.code == .classification)
    }

    @Test func aKeyOfSeveralColumns() throws {
        let intaker = try Intaker(
            Self.profile().replacing("key: $.id", with: "key: {join: [$.ward, $.id]}"))
        #expect(try intaker.taken(Sent("7,visit,3/4/2026,1,,D7,,,,,")).recordID == "D7\u{1f}7")
        #expect(try intaker.fault(Sent("7,visit,3/4/2026,1,,,,,,,")).code == .fieldMissing)
    }

    @Test func rowsAreBounded() throws {
        var limits = EventLimits()
        limits.bytes = 60
        let small = try Intaker(Self.profile(), limits: limits)
        let long = "7,visit,3/4/2026,1,,,,,\(String(repeating: "x", count: 40)),,"
        #expect(try small.fault(Sent(long)).code == .tooLarge)
        // Its object is longer than the limit: what counts is the row.
        #expect(try small.taken(Sent("7,visit,3/4/2026,1,,north,G-1,\"\"\"\"\"\",,,")).disposition == .outcome)
    }

    // MARK: The check

    private func findings(_ text: String) -> [Finding] {
        ProfileFile.read(Array(text.utf8), file: "p.yaml").findings
    }

    @Test(arguments: [
        (
            "district: {path: $.ward", "district: {path: $.contactName", "outcome.district",
            "contactName is on the deny list"
        ),
        ("id: $.grant", "id: $.grantNumber", "references[0].id", "expected one of the names under columns"),
        (
            "id: $.grant", "id: $.grants", "references[0].id",
            "expected one of the names under columns; did you mean $.grant?"
        ),
        ("path: $.kind, in", "path: $.kind.code, in", "when[0].path", "expected the path of one column, such as $.id:"),
        (
            "key: $.id", "key: {join: [$.id, $.office]}", "outcome.key.join[1]",
            "expected one of the names under columns"
        ),
        (
            "path: $.vsp, in", "path: $.vsps, in", "victimServices[0].path",
            "expected one of the names under columns; did"
        ),
        ("search: [$.notes]", "search: ['$.notes[0]']", "search[0]", "expected the path of one column"),
        ("envelope: none", "envelope: auto", "envelope", "expected none: a row stands in no envelope"),
        ("body: csv-row", "body: csv", "body", "expected one of json, csv-row"),
        ("body: csv-row", "body: json", "columns", "expected body: csv-row beside it, or no columns"),
        ("body: csv-row", "description: d", "columns", "expected body: csv-row beside it, or no columns"),
        ("columns: [id,", "columns: [id, kind,", "columns[2]", "expected each name once; columns[1] is the same"),
        ("columns: [id,", "columns: [id, '',", "columns[1]", "expected a text"),
        ("search:", "files: {each: $.x}\nsearch:", "files.each", "expected no such key with body: csv-row"),
        ("search:", "files: {query: SELECT 1}\nsearch:", "files.query", "expected no such key with body: csv-row"),
        ("search:", "files: {encoding: utf-16be}\nsearch:", "files.encoding", "expected utf-8, windows-1252 or iso"),
    ]) func mistakesAreTold(_ right: String, _ wrong: String, _ key: String, _ message: String) {
        #expect(findings(Self.profile()).isEmpty)
        let found = findings(Self.profile().replacing(right, with: wrong))
        #expect(found.contains { $0.key == key && $0.message.hasPrefix(message) && $0.line > 0 }, "\(found)")
    }

    @Test func columnsAreNeeded() {
        for columns in ["", "columns: []", "columns: id"] {
            let text = Self.profile().replacing("columns: [\(Self.columns)]", with: columns)
            let found = findings(text).filter { $0.key == "columns" && $0.message.contains("in their order") }
            #expect(found.count == 1, "\(findings(text))")
        }
    }

    @Test func strictModeWarnsOfColumns() {
        let found = findings(Self.profile("strict: true"))
        #expect(found.map(\.key) == ["columns[9]"] && found.map(\.severity) == [.warning])
        #expect(
            found[0].message == "contactName is on the deny list (name): strict refuses every row with a value there")
    }

    // MARK: At random

    @Test func whateverComesIsAFaultOrADisposition() throws {
        let seed: UInt64 = 4600
        var random = SplitMix64(seed: seed)
        let intaker = try intaker()
        let tokens: [[UInt8]] =
            [",", "\"", "\"\"", "\n", "\r\n", "7", "visit", "3/4/2026", "1", "yes"].map { Array($0.utf8) }
            + [[0], [0xff], [0xe9], [0xef, 0xbb, 0xbf]]
        var results: [String: Int] = [:]
        for _ in 0..<20_000 {
            var row = Array(Self.whole.utf8)
            for _ in 0..<random.within(1...4) {
                let place = random.within(0...row.count)
                if random.onceIn(3), place < row.count {
                    row.remove(at: place)
                } else {
                    row.insert(contentsOf: random.element(of: tokens) ?? [], at: place)
                }
            }
            switch intaker.read(Sent(bytes: row)) {
            case .success(let taken): results["\(taken.disposition)", default: 0] += 1
            case .failure(let fault):
                results[fault.code.rawValue, default: 0] += 1
                #expect(!fault.message.contains("Ana") && !fault.message.contains("twice"), "seed \(seed)")
            }
        }
        for result in [
            "field.date", "csv.quotes", "csv.columns", "csv.rows", "csv.encoding",
            "skipped(Intake.SkipReason.victimService)",
        ] {
            #expect(results[result, default: 0] > 0, "\(result), seed \(seed): \(results)")
        }
    }
}
