import Connections
import Primitives
import Testing
import YAML

private let full = """
    version: 3
    note: a list
    city: {name: Port Meridian, state: TX, country: US, wikidata: Q975, geonames: 1}
    connections:
      - id: pm:sister-city:a
        type: sister_city
        partner: Altavilla
        city: Port Meridian
        state: TX
        country: MX
        partner_region: Norte
        names: [Altavilla, {name: Alta Villa, country: ES, language: es-419}]
        aliases: [Villa Alta]
        identifiers:
          - {scheme: agreement, id: "2019/1 \\"A\\"", from: 2019, until: 2020-06, origin: resolution 7, note: n}
          - {scheme: grant, id: G-1}
        since: 1999-05
        since_precision: month
        until: 2030
        until_precision: year
        attested_from: 2000
        recorded_on: 2020-01-02
        superseded_on: 2021-01-02
        status: active
        holder: Office
        departments: [housing, health, housing]
        agreement: {reference: R-1, url: "https://example.org", signed_on: 1999-05-03}
        source: [one, two]
        source_quality: good
        verified: true
        verified_by: B
        verified_on: 2020-02-01
        edited_by: A
        edited_on: 2020-01-03
        review_on: 2027-01-01
        annual_fee_usd: 1200.50
        fields_of_work: [water]
        note: NO
        copied_from: elsewhere
        wikidata: Q1
        geonames: 5
    activities:
      - {id: a1, connection: "pm:sister-city:a", kind: agreement_signed, on: 2020-03-04, department: housing,
         field_of_work: water, two_way: true, staff_hours: 3.5, cost_usd: 10, origin: o,
         recorded_on: 2020-03-05, note: n}
      - {id: a0, kind: need, on: 2020-03-04}
    negative_facts:
      - {claim: C40 member, truth: false, source: a list}
    """

@Suite struct RegistryLoaderTests {
    @Test func readsEveryField() throws {
        let loaded = try registry(full)
        #expect(loaded.city == City(name: "Port Meridian", state: "TX", country: "US"))
        let row = try #require(loaded.connections.first)
        #expect(row.type == .sisterCity)
        #expect((row.city, row.state, row.country, row.partnerRegion) == ("Port Meridian", "TX", "MX", "Norte"))
        #expect(
            row.names == [
                RegisteredName("Altavilla", country: "MX"),
                RegisteredName("Alta Villa", country: "ES", language: "es-419"),
            ])
        #expect(row.aliases == [RegisteredName("Villa Alta", country: "MX")])
        #expect(row.identifiers.map(\.origin) == ["resolution 7", "grant:G-1"])
        #expect(row.identifiers[0].until?.last == CivilDate("2020-06-30"))
        #expect([row.since, row.until, row.attestedFrom].map { $0?.description } == ["1999-05", "2030", "2000"])
        #expect(row.recordedOn == CivilDate("2020-01-02"))
        #expect(row.supersededOn == CivilDate("2021-01-02"))
        #expect(row.departments == ["health", "housing"])
        #expect(row.agreement?.signedOn == PartialDate("1999-05-03"))
        #expect(row.sources == ["one", "two"])
        #expect((row.verifiedBy, row.editedBy, row.holder, row.note) == ("B", "A", "Office", "NO"))
        #expect(row.annualFeeUSD == 1200.5)
        #expect((row.wikidata, row.geonames, row.copiedFrom) == ("Q1", 5, "elsewhere"))
        #expect(row.isVerified)
        #expect(loaded.activities.map(\.id) == ["a0", "a1"])
        let entry = loaded.activities[1]
        #expect((entry.kind, entry.isTwoWay, entry.staffHours, entry.costUSD) == (.agreementSigned, true, 3.5, 10))
        #expect((entry.origin, entry.recordedOn.description) == ("o", "2020-03-05"))
        #expect(loaded.activities[0].recordedOn.description == "2020-03-04")
        #expect(loaded.activities[0].origin == "activity:a0")
    }

    @Test func leavesOutWhatIsNull() throws {
        let loaded = try registry(
            """
            {"connections": [{"id": "a", "type": "network", "partner": "A", "country": null, "names": null,
              "since": null, "since_precision": null, "until": null, "departments": "all", "source": "s",
              "status": "active", "agreement": "R-1", "verified": true}]}
            """)
        let row = try #require(loaded.connections.first)
        #expect(row.names == [RegisteredName("A")])
        #expect(row.departments == nil)
        #expect(row.agreement?.reference == "R-1")
        #expect(row.verificationGaps == [.noStart])
    }

    @Test func digestOfAFileIsItsSHA256() throws {
        let folder = try TemporaryFolder()
        let path = folder.write("a.yaml", "connections: []\n")
        let loaded = try RegistryLoader.load(path: path)
        // printf 'connections: []\n' | sha256sum
        #expect(loaded.digest == "c76584b0afa743283bedb2ccee797aa4c21725fb81f655830447a1c473a6aefc")
    }

    @Test func digestOfAFolderIsThatOfItsListing() throws {
        let folder = try TemporaryFolder()
        folder.write("b.json", #"{"activities": [{"id": "x", "kind": "need", "on": "2020-01-01"}]}"#)
        folder.write("a.yaml", "connections:\n" + row("a"))
        folder.write("c.yml", "connections:\n" + row("b"))
        folder.write("ignored.txt", "nothing")
        folder.write(".hidden.yaml", "nothing")
        let loaded = try RegistryLoader.load(path: folder.path)
        #expect(loaded.connections.map(\.id) == ["a", "b"])
        #expect(loaded.activities.map(\.id) == ["x"])
        let listing = [
            ("a.yaml", "connections:\n" + row("a")),
            ("b.json", #"{"activities": [{"id": "x", "kind": "need", "on": "2020-01-01"}]}"#),
            ("c.yml", "connections:\n" + row("b")),
        ].map { name, text in
            Hexadecimal.text(SHA256.digest(of: Array(text.utf8))) + "  \(name)\n"
        }.joined()
        #expect(loaded.digest == Hexadecimal.text(SHA256.digest(of: Array(listing.utf8))))
        #expect(try RegistryLoader.load(path: folder.path + "/").digest == loaded.digest)
    }

    @Test func readsRowsOfTopics() throws {
        func document(_ key: String, _ text: String, _ form: RegistryDocument.Form) -> RegistryDocument {
            RegistryDocument(name: key, file: "topic:0:7", bytes: Array(text.utf8), form: form)
        }
        let row = #"{"id": "b", "type": "network", "partner": "B", "status": "active", "verified": true, "#
        let rows = [
            document("b", "[\(row)\"since\": \"2001\", \"until\": \"2010\"}, \(row)\"since\": \"2015\"}]", .connection),
            document("n1", #"{"id": "n1", "kind": "convening", "on": "2020-01-01", "connection": "b"}"#, .activity),
        ]
        let result = RegistryLoader.read(rows)
        #expect(result.findings == [])
        #expect(result.registry?.connections.map(\.since?.description) == ["2001", "2015"])
        #expect(result.registry?.activities.map(\.id) == ["n1"])
        #expect(RegistryLoader.read(rows.reversed()).registry?.digest == result.registry?.digest)
        #expect(RegistryLoader.read(rows.dropLast()).registry?.digest != result.registry?.digest)
    }

    @Test func refusesRowsUnderAnotherKey() {
        let rows = [
            RegistryDocument(name: "a", file: "t:0:1", bytes: Array(#"{"connections": []}"#.utf8), form: .connection),
            RegistryDocument(
                name: "b", file: "t:0:2", bytes: Array(#"{"id": "c", "kind": "need", "on": "2020-01-01"}"#.utf8),
                form: .activity),
        ]
        let found = RegistryLoader.read(rows).findings.map(\.description)
        #expect(found.first?.hasPrefix("t:0:1:1: connections: the key is not known; expected one of id, ") == true)
        #expect(
            found.last == "t:0:2:1: id: expected the message's key, which is another id: the topic is compacted by it")
    }

    @Test func refusesAsAWholeAndSaysAll() throws {
        let folder = try TemporaryFolder()
        folder.write("b.yaml", "connections:\n" + row("a", "sinse: 2001") + row("b", "until: early 1990s"))
        folder.write("a.yaml", "connections: [\n")
        let error = #expect(throws: RegistryError.self) { try RegistryLoader.load(path: folder.path) }
        let lines = try #require(error).description.split(separator: "\n").map(String.init)
        #expect(lines.count == 3)
        #expect(lines[0].hasPrefix("\(folder.path)/a.yaml:2: "))
        #expect(lines[1] == "\(folder.path)/b.yaml:5: connections[0].sinse: the key is not known; did you mean since?")
        #expect(
            lines[2]
                == "\(folder.path)/b.yaml:12: connections[1].until: expected a date as YYYY, YYYY-MM or YYYY-MM-DD")
    }

    @Test func refusesAMissingOrEmptyPlace() throws {
        let folder = try TemporaryFolder()
        #expect(
            RegistryLoader.read(path: folder.path + "/none").findings.map(\.message) == [
                "there is no such file or folder; set registry to where it is"
            ])
        #expect(RegistryLoader.read(path: folder.path).registry == nil)
        #expect(
            errors("") == [
                "registry.yaml:1: expected a mapping of keys to values",
                "registry.yaml:1: connections: the key is missing; expected a list of connections, [] for none",
            ])
        #expect(errors("activities: []").count == 1)
        #expect(reading("connections: []").registry?.connections == [])
        #expect(warnings("connections: []").count == 1)
    }
}
