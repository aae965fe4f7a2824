import Testing

@testable import Commands

/// What `explain` says of what was read and what was not.
@Suite struct ExplainFieldsTests {
    private let folder: Folder

    init() throws {
        folder = try Folder()
    }

    private static let profile = """
        {profile: p, version: 1, system: s, envelope: none, when: [{path: $.kind, equals: visit}],
         victimServices: [{path: $.vsp, equals: 1}],
         outcome: {key: $.id, type: $.kind, occurredOn: [$.end, $.start], groups: $.groups.*, retracted: $.gone},
         references: [{scheme: venue, id: "$.places[?@.active==true].id", mechanism: "$.places[?@.active==true].how"}],
         named: [{name: $.partner.organisation, country: $.partner.land}], search: [$.minutes]}
        """

    private func told(_ event: String, _ words: [String] = [], profile: String = Self.profile) -> String {
        let ran = run(
            ["explain", "--department", "health", "--registry", fixture("registry.yaml"), "--profile"]
                + [folder.write("p.yaml", profile), folder.write("e", event)] + words)
        let start = ran.output.firstRange(of: "Read\n")?.lowerBound ?? ran.output.endIndex
        let text = ran.output[start...]
        return String(text[..<(text.firstRange(of: "\nOutcome key")?.lowerBound ?? text.endIndex)])
    }

    private static let event = #"""
        {"id":7,"kind":"visit","start":"2026-03-04","groups":{"youth":1,"women":2},
         "partner":{"organisation":"Stadt","land":"MX"},
         "places":[{"id":"p0"},{"id":"p1","active":true,"how":"delivered-at","lat":1.5}],
         "minutes":"Ana said","notes":["a","b"],
         "client":{"a":1},"info":{"firstName":"Ana","Zq9":1,"more":{"Zq8":[1,2]}},"Zq7":{"Zq6":1},
         "phone_of_Zq5":"1","list":[{"Zq4":1},{"email":"e"}]}
        """#

    @Test func everyMemberIsToldWithItsReason() {
        #expect(
            told(Self.event) == """
                Read
                  $.id                             the source record's id, which is never shown
                  $.kind                           whether it is an outcome; the kind of outcome
                  $.start                          the day of the outcome
                  $.groups[*]                      the people of a group
                  $.places[?@.active == true].id   the identifier of a reference
                  $.places[?@.active == true].how  the mechanism of a reference
                  $.partner.organisation           the name of a partner, which is never shown
                  $.partner.land                   the country of a partner
                  $.places[*].active               what a filter of a path looks at

                Ignored
                  $.places[*].id   beside the elements that the profile selects
                  $.places[*].lat  on the deny list (address)
                  $.minutes        opened for searching only: it stays in the worker
                  $.notes          on the deny list (free-text)
                  $.client         on the deny list (name)
                  $.*.firstName    on the deny list (name)
                  $.*.*            not named by the profile, 2 members
                  $.*              not named by the profile
                  $['*phone*']     on the deny list (contact)
                  $.*[*].*         not named by the profile
                  $.*[*].email     on the deny list (contact)
                  (* stands for names that the profile does not know; --names shows them)

                """)
    }

    @Test func namesAreShownOnRequest() {
        let told = told(Self.event, ["--names"])
        for line in [
            "  $.info.firstName  on the deny list (name)\n", "  $.info.Zq9        not named by the profile\n",
            "  $.info.more       not named by the profile\n", "  $.Zq7             not named by the profile\n",
            "  $.phone_of_Zq5    on the deny list (contact)\n", "  $.list[*].email   on the deny list (contact)\n",
        ] {
            #expect(told.contains(line), "\(line) in \(told)")
        }
        #expect(!told.contains("stands for names") && !told.contains("Zq8") && !told.contains("Ana"))
    }

    @Test func aMisspeltPathIsFound() {
        let profile = Self.profile.replacing("[$.end, $.start]", with: "$.occurred")
        let told = told(#"{"id":7,"kind":"visit","occured":"2026-03-04"}"#, ["--names"], profile: profile)
        #expect(told.contains("Ignored\n  $.occured  not named by the profile\n"), "\(told)")
    }

    @Test func whatIsNoOutcomeIsToldToo() {
        let told = told(#"{"id":7,"kind":"call","start":null,"x":1}"#)
        #expect(
            told == """
                Read
                  $.id    the source record's id, which is never shown
                  $.kind  whether it is an outcome; the kind of outcome

                Ignored
                  $.*  not named by the profile
                  (* stands for names that the profile does not know; --names shows them)

                """)
    }

    @Test func nothingIsToldOfWhatMustNotBe() {
        for event in [#"{"id":7,"kind":"visit","vsp":1,"email":"e"}"#, "{", "", "7"] {
            #expect(told(event).isEmpty || event == "7", "\(event)")
        }
    }

    @Test func whatStrictModeRefusesIsToldByItsNames() {
        let told = told(
            Self.event, profile: Self.profile.replacing("envelope: none", with: "envelope: none, strict: true"))
        #expect(told.contains("  $.*.firstName    on the deny list (name)\n") && !told.contains("Ana"), "\(told)")
    }

    @Test func theListsAreBounded() {
        let many =
            (0..<60).map { "\"n\($0)\":1" }.joined(separator: ",") + ",\"email\":1,\"client\":{\"ssn\":1,\"a\":2}"
        let told = told("{\"id\":7,\"kind\":\"visit\",\(many)}", ["--names"])
        let lines = told.split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("  $.n") } == 40, "\(told)")
        #expect(told.hasSuffix("\n  … and 22 more, 2 of them on the deny list\n"), "\(told)")
        let masked = self.told("{\"id\":7,\"kind\":\"visit\",\(many)}")
        #expect(masked.contains("  $.*       not named by the profile, 60 members\n"), "\(masked)")
        let wide = (0..<3000).map { "\"a\($0)\":1" }.joined(separator: ",")
        let cut = self.told("{\"id\":7,\"kind\":\"visit\",\(wide)}")
        #expect(cut.contains("  … and members of which there are too many to look at\n"), "\(cut.prefix(900))")
    }

    @Test func nothingActsOnTheTerminal() {
        let told = told(#"{"id":7,"kind":"visit","a\u001b[2Jb":1,"c\u202ed":{"ssn":1}}"#, ["--names"])
        #expect(
            told.contains("on the deny list (government-id)") && !told.contains("\u{1b}") && !told.contains("\u{202e}"))
    }
}
