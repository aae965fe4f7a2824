import JSON
import Primitives
import Testing
import YAML

@testable import Intake

/// What the built-in list refuses, and what it lets be.
@Suite struct DenyListTests {
    private let list = DenyList.builtIn
    private let strict: StrictList

    init() throws {
        strict = try #require(DenyList.builtIn.strict())
    }

    /// The category that refuses a path, or nil.
    private func category(_ path: String, _ use: DenyList.Use = .output) throws -> String? {
        list.denial(of: try JSONPath(path), for: use).map { $0.category ?? "any" }
    }

    /// The fault of a document in strict mode, or nil.
    private func strictFault(_ json: String, _ list: StrictList? = nil) throws -> Fault? {
        let list = list ?? strict
        let extractor = Extractor(maximumBytes: 1 << 20)
        return try Array(json.utf8).withUnsafeBytes { document in
            _ = try extractor.extract(document, ExtractionPlan([SimplePath]()))
            return try list.fault(in: extractor)
        }
    }

    @Test func theTablesAreLarge() {
        #expect(refusedNames.reduce(0) { $0 + $1.names.words.count } >= 150)
        #expect(innocentNames.words.count >= 150)
    }

    @Test(arguments: refusedNames.indices) func refusedInAProfileAndInStrictMode(group: Int) throws {
        let (category, names) = refusedNames[group]
        for name in names.words {
            #expect(try self.category("$['\(name)']") == category, "\(name)")
            #expect(try self.category("$.outcome['\(name)'].code") == category, "\(name)")
            #expect(try self.category("$.rows[?@['\(name)'] == 1].id") == category, "\(name)")
            let fault = try strictFault(#"{"a":[1,{"b":{"\#(name)":null}}]}"#)
            #expect(fault?.message.hasSuffix("is on the deny list (\(category))") == true, "\(name): \(fault as Any)")
        }
    }

    @Test func innocentOnes() throws {
        for name in innocentNames.words {
            #expect(try category("$['\(name)']") == nil, "\(name)")
            #expect(try category("$.outcome['\(name)'][0].code") == nil, "\(name)")
            #expect(try strictFault(#"{"a":[1,{"\#(name)":{"id":1}}]}"#) == nil, "\(name)")
        }
    }

    @Test func doubtfulOnes() throws {
        for name in doubtfulNames.words {
            #expect(try category("$['\(name)']") != nil, "\(name)")
            #expect(try strictFault(#"{"a":[1,{"\#(name)":{"id":1}}]}"#) == nil, "\(name)")
        }
        #expect(try category("$.author.id") == nil)
    }

    @Test func anySpellingOfADeniedName() throws {
        var random = SplitMix64(seed: 7)
        let rules = list.rules.filter { $0.kind == .names }
        for rule in rules {
            for _ in 0..<4 {
                let name = random.spelling(of: rule.text)
                #expect(strict.names.rule(of: name) != nil, "\(name)")
                let longer = random.spelling(of: "case \(rule.text) b")
                #expect(strict.names.rule(of: longer) != nil, "\(longer)")
                let json = #"{"data":{"\#(name)":[]}}"#
                #expect(try strictFault(json) != nil, "\(json)")
            }
        }
    }

    @Test(arguments: [
        ("$.subject.display", "name"), ("$.participant[0].individual.display", "name"),
        ("$.participant[*].actor.display", "name"), ("$.name[0].family", "name"), ("$.name[*].given[0]", "name"),
        ("$.name[0].text", "name"), ("$.contact[0].name", "name"), ("$.client.info.name", "name"),
        ("$.client.country", "nationality"), ("$.people[*].countries[0]", "nationality"), ("$.text.div", "free-text"),
        ("$.note[0].text", "free-text"), ("$.diagnosis[0].use", "diagnosis"),
        ("$.subject.identifier.value", "government-id"),
        ("$.extension[?@.url=='http://hl7.org/fhir/us/core/StructureDefinition/us-core-race'].valueCode", "ethnicity"),
        (
            "$.extension[?@.url=='http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex'].code",
            "gender-identity"
        ),
        ("$.identifier[?@.system == 'http://hl7.org/fhir/sid/us-ssn'].value", "government-id"),
        ("$.source.query", "statement"), ("$.after.first_name", "name"), ("$.after.email", "contact"),
        ("$..firstName", "name"), ("$..name", "name"), ("$['id','dob']", "birth-date"),
        ("$.a[?@.b[?@.ssn]].c", "government-id"),
        ("$.a[?count(@.notes[*]) > 1].b", "free-text"), ("$.a[?match($.email, 'x')].b", "contact"),
        ("$.address[?@.use == 'home'].district", "address"), ("$['first\\u004eame']", "name"),
        ("$", "any"), ("$.*", "any"), ("$[*]", "any"), ("$..*", "any"), ("$.a..*", "any"), ("$..[0]", "any"),
        ("$.data.*", "any"), ("$.after.*", "any"), ("$.participants.*", "any"), ("$.client.*", "name"),
        ("$.*.*", "any"), ("$[0]", "any"),
    ]) func pathsThatAreRefused(path: String, category: String) throws {
        #expect(try self.category(path) == category)
    }

    @Test(arguments: [
        "$.groups.*", "$.household.counts.*", "$.references[*].id", "$.grants[*]", "$.location[*].location.reference",
        "$.subject.reference", "$.type[0].coding[0].code", "$.after.id", "$.client.id", "$..outcome.id",
        "$.type[?@.system == 'http://terminology.hl7.org/CodeSystem/v3-ActCode'].code", "$.name.code",
        "$.columns[?@.name == 'trips'].data_type", "$.period['end','start']", "$.items[-1:].id",
    ]) func pathsThatAreFine(path: String) throws {
        #expect(try category(path) == nil)
    }

    @Test func textThatIsSearched() throws {
        for path in ["$.narrative", "$.status_notes", "$.notes[*].description", "$.header_text.translation[*].text"] {
            #expect(try category(path, .search) == nil, "\(path)")
            #expect(try category(path) == "free-text", "\(path)")
        }
        #expect(try category("$.service_notice", .search) == nil)
        for path in ["$.client.address", "$.diagnosis", "$.subject.display", "$.notes[*].author", "$.source.query"] {
            #expect(try category(path, .search) != nil, "\(path)")
        }
        for path in ["$", "$..*", "$.data", "$.participants", "$.after"] {
            #expect(try category(path, .search) == "any", "\(path)")
        }
    }

    @Test func organisationsThatAreNamed() throws {
        for path in [
            "$.partner.name", "$.partner.country", "$.named[*].name", "$.organisation.countryCode", "$.agency_name",
            "$.serviceProvider.display", "$.sponsor_name",
        ] { #expect(try category(path, .named) == nil, "\(path)") }
        for (path, expected) in [
            ("$.client.name", "name"), ("$.contact.name", "name"), ("$.requester_name", "name"),
            ("$.student.country", "nationality"), ("$.partner.country_of_birth", "nationality"),
            ("$.partner.description", "free-text"), ("$.partner.first_name", "name"), ("$.child.school.name", "name"),
        ] { #expect(try category(path, .named) == expected, "\(path)") }
    }

    @Test func messagesSayWhatToDo() throws {
        let denial = try #require(list.denial(of: try JSONPath("$.client.birthDate"), for: .output))
        #expect(
            denial.message
                == "birthDate is on the deny list (birth-date): With a place and a sex it finds most people in any "
                + "list. No field may be mapped from it. If it holds nothing of the kind, have it sent under a name "
                + "that says what it is")
    }

    @Test func strictModeNamesThePlaceAndNoData() throws {
        func message(_ json: String) throws -> String? { try strictFault(json)?.message }
        #expect(
            try message(#"{"data":{"client":[0,{"firstName":"Ana"}]}}"#)
                == "$.data.client[1].firstName: expected no such field; its name is on the deny list (name)")
        #expect(try message(#"{"Ana Diaz":{"dob":1}}"#)?.hasPrefix("$[*].dob: ") == true)
        let read = try #require(DenyList.builtIn.strict(read: [try JSONPath("$.household.size")]))
        let known = try strictFault(#"{"household":{"x":{"dob":1}}}"#, read)
        #expect(known?.message.hasPrefix("$.household[*].dob: ") == true)
        #expect(try message(#"{"Ana Diaz phone":1}"#)?.hasPrefix("$['*phone*']: ") == true)
        #expect(try message(#"{"extension":[{"url":"http://x/us-core-race"}]}"#)?.contains("said to hold") == true)
        #expect(try message(#"{"first\u004eame":1}"#) != nil)
        #expect(try message(#"{"":{"":1},"id":"phone","x":"first_name"}"#) == nil)
        #expect(try message("7") == nil)
        #expect(try strictFault(#"{"ssn":1}"#)?.code == .deniedField)
    }

    @Test func strictModeLetsSearchedTextBe() throws {
        let path = try JSONPath("$.notes[*].text")
        let list = try #require(DenyList.builtIn.strict(searched: [path, try JSONPath("$.narrative")]))
        #expect(try strictFault(#"{"notes":[{"text":"a"}],"narrative":""}"#, list) == nil)
        #expect(try strictFault(#"{"data":{"notes":[{"text":"a"}],"narrative":""}}"#, list) == nil)
        #expect(try strictFault(#"{"notes":[{"phone":"a"}]}"#, list)?.message.hasPrefix("$.notes[0].phone: ") == true)
        #expect(try strictFault(#"{"other":{"narrative":"a"}}"#, list) != nil)
        #expect(try strictFault(#"{"narrative":{"description":"a"}}"#, list) != nil)
    }

    @Test func withoutAListNothingPasses() throws {
        #expect(DenyList.refusingEverything.denial(of: try JSONPath("$.id"), for: .output) != nil)
        #expect(DenyList.refusingEverything.strict() == nil)
    }
}

extension String {
    /// The words between spaces and line ends.
    fileprivate var words: [String] {
        split { $0 == " " || $0 == "\n" }.map(String.init)
    }
}

extension SplitMix64 {
    /// The words of a text in some way that a system may write them.
    fileprivate mutating func spelling(of text: String) -> String {
        let separators = ["_", "-", " ", ".", "__", ":", "/", "·"]
        let separator = separators[below(separators.count)]
        let words = text.split(separator: " ").map(String.init)
        switch below(4) {
        case 0: return words.map { $0.uppercased() }.joined(separator: separator)
        case 1: return words.map { $0.lowercased() }.joined(separator: separator)
        case 2: return words.map { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() }.joined()
        default: return words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: separator)
        }
    }
}
