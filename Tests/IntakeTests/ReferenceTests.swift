import Connections
import Testing

@testable import Intake

/// The references of an event.
@Suite struct ReferenceTests {
    private func read(_ references: String) throws -> Result<Taken, Fault> {
        try Intaker(builtIn: "canonical").read(Sent(event(data(",\"references\":\(references)")), headers: structured))
    }

    private func fault(_ references: String) throws -> Fault {
        try Intaker(builtIn: "canonical").fault(
            Sent(event(data(",\"references\":\(references)")), headers: structured))
    }

    @Test func membersInAnyOrder() throws {
        let taken = try read(
            #"[{"mechanism":"funded-by","x":[1,{"id":"no"}],"id":"a","scheme":"grant"},{"id":7,"scheme":"venue"}]"#)
        #expect(
            try taken.get().references == [
                "grant a funded-by $.data.references[0]", "venue 7 - $.data.references[1]",
            ])
    }

    @Test func aMissingIdentifier() throws {
        for member in ["", #","id":null"#, #","id":"""#] {
            let fault = try fault("[{\"scheme\":\"grant\",\"id\":\"a\"},{\"scheme\":\"grant\"\(member)}]")
            #expect(fault.code == .fieldMissing)
            #expect(fault.message == "$.data.references[1]: expected an identifier (id) beside the scheme")
        }
    }

    @Test func aMissingScheme() throws {
        for member in ["", #","scheme":null"#, #","scheme":"""#] {
            let fault = try fault("[{\"id\":\"a\"\(member)}]")
            #expect(fault.code == .fieldMissing)
            #expect(fault.message == "$.data.references[0]: expected a scheme beside the identifier")
        }
    }

    @Test func aMechanismAlone() throws {
        #expect(try fault(#"[{"mechanism":"funded-by"}]"#).code == .fieldMissing)
    }

    @Test func anUnknownMechanism() throws {
        let known = "funded-by, delivered-at, staffed-by, trained-under, designed-from, donated-by, convened-by"
        for text in ["\"paid-by\"", "\"\"", "\"Funded-By\"", "7", "true"] {
            let fault = try fault("[{\"scheme\":\"grant\",\"id\":\"a\",\"mechanism\":\(text)}]")
            #expect(fault.code == .mechanismUnknown)
            #expect(fault.message == "$.data.references[0]: expected a mechanism of \(known)")
        }
    }

    @Test(
        arguments: [
            #"{"scheme":"grant","id":"a"}"#, "{}", "\"grant:a\"", "7", "true", #"["grant:a"]"#, "[7]", "[[]]",
            #"[[{"scheme":"grant","id":"a"}]]"#, #"[{"scheme":"grant","id":"a"},"b"]"#,
            #"[{"scheme":"grant","id":{}}]"#, #"[{"scheme":["grant"],"id":"a"}]"#,
            #"[{"scheme":"grant","id":"a","mechanism":{}}]"#, #"[{"scheme":"grant","id":1.5}]"#,
            #"{"a":{"scheme":"grant","id":"a"}}"#,
        ])
    func wrongShapes(text: String) throws {
        #expect(try fault(text).code == .fieldKind)
    }

    @Test func noneAtAll() throws {
        #expect(try read("[]").get().references == [])
        #expect(try read("[null,null]").get().references == [])
    }

    @Test func asManyAsARecordCanList() throws {
        func references(_ count: Int) -> String {
            "[" + (0..<count).map { "{\"scheme\":\"grant\",\"id\":\"\($0)\"}" }.joined(separator: ",") + "]"
        }
        #expect(try read(references(256)).get().references.last == "grant 255 - $.data.references[255]")
        #expect(try fault(references(257)).code == .referencesTooMany)
        // An event that is no outcome may have as many as it likes.
        let text = event("{\"references\":\(references(300))}")
        #expect(try Intaker(builtIn: "canonical").taken(Sent(text)).disposition == .skipped(.notAnOutcome))
    }

    // MARK: By other profiles

    private func profile(_ references: String) -> String {
        """
        profile: p
        version: 1
        system: s
        envelope: none
        outcome: {key: $.key, type: t, occurredOn: "2026-03-04"}
        references:
        \(references)
        """
    }

    private func references(_ profile: String, _ members: String) throws -> [String] {
        try Intaker(self.profile(profile)).taken(Sent("{\"key\":\"k\",\(members)}")).references
    }

    @Test func theFirstPathThatHasAValue() throws {
        let profile = "  - {scheme: [$.s1, $.s2], id: [$.i1, $.i2], mechanism: [$.m1, $.m2]}"
        let expected = ["grant one funded-by $.i1"]
        #expect(
            try references(
                profile, #""s1":"grant","s2":"venue","i1":"one","i2":"two","m1":"funded-by","m2":"donated-by""#)
                == expected)
        #expect(
            try references(
                profile, #""s2":"venue","s1":"grant","i2":"two","i1":"one","m2":"donated-by","m1":"funded-by""#)
                == expected)
        #expect(
            try references(profile, #""s2":"venue","s1":null,"i2":"two","m1":"funded-by""#)
                == ["venue two funded-by $.i1"])
    }

    @Test func constantsAndMaps() throws {
        let profile = """
              - scheme: venue
                id: {path: "$.places[*].code", map: {A: "1", B: "2"}, otherwise: other}
                mechanism: {path: "$.places[*].how", map: {gift: donated-by}, default: delivered-at}
            """
        #expect(
            try references(profile, #""places":[{"code":"A"},{"code":"C","how":"gift"},{"how":"gift"}]"#)
                == ["venue 1 delivered-at $.places[0].code", "venue other donated-by $.places[1].code"])
        let fault = try Intaker(self.profile(profile)).fault(
            Sent(#"{"key":"k","places":[{"code":"A","how":"loan"}]}"#))
        #expect(fault.code == .fieldCode)
    }

    @Test func identifiersAreKeptWholeUpTo64Bits() throws {
        let profile = "  - {scheme: venue, id: $.place}"
        for id in ["0", "-5", "9223372036854775807", "9223372036854775808", "18446744073709551615"] {
            #expect(try references(profile, "\"place\":\(id)") == ["venue \(id) - $.place"])
            #expect(try Intaker(self.profile(profile)).taken(Sent("{\"key\":\(id)}")).recordID == id)
        }
    }

    @Test func severalSources() throws {
        let profile = "  - {scheme: venue, id: $.place}\n  - {scheme: grant, id: \"$.grants[*]\", mechanism: funded-by}"
        #expect(
            try references(profile, #""grants":["g0","g1"],"place":"p""#) == [
                "grant g0 funded-by $.grants[0]", "grant g1 funded-by $.grants[1]", "venue p - $.place",
            ])
    }

    @Test func pathsInEvidenceAreEscapedForJSON() throws {
        let profile = #"  - {scheme: venue, id: "$['a\"b\\\\c']['d\\'e'][*].id"}"#
        let found = try references(profile, #""a\"b\\c":{"d'e":[{"id":"x"}]}"#)
        // The normalized path $['a"b\\c']['d\'e'][0].id as a JSON string without its quotes.
        #expect(found == [#"venue x - $['a\"b\\\\c']['d\\'e'][0].id"#])
    }
}
