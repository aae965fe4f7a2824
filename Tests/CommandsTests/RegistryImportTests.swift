import Connections
import Testing

@testable import Commands

@Suite struct RegistryImportTests {
    private func imported(_ table: String, _ options: [String] = []) throws -> Ran {
        try imported(Array(table.utf8), options)
    }

    private func imported(_ table: [UInt8], _ options: [String] = []) throws -> Ran {
        let folder = try Folder()
        let ran = run(["registry", "import", folder.write("list.csv", table)] + options)
        return Ran(
            code: ran.code, output: ran.output, errors: ran.errors.replacing(folder.path + "/", with: ""))
    }

    private func registry(_ ran: Ran) throws -> Registry {
        let reading = RegistryLoader.read([RegistryDocument(name: "out.yaml", bytes: Array(ran.output.utf8))])
        return try #require(reading.registry, "\(reading.findings) of \(ran)")
    }

    @Test func aListOfSisterCitiesIsARegistry() throws {
        let ran = try imported(
            "partner,country,since,note\nWarsaw,PL,1960,\n\"Milan\",Italy,1973,\"said \"\"yes\"\"\"\n",
            ["--type", "sister_city", "--city", "Port Meridian", "--edited-by", "A. Clerk", "--source", "council list"])
        #expect(ran.code == 0, "\(ran.errors)")
        let registry = try registry(ran)
        #expect(registry.city?.name == "Port Meridian")
        #expect(
            registry.connections.map(\.id) == ["port-meridian:sister_city:milan", "port-meridian:sister_city:warsaw"])
        let milan = registry.connections[0]
        #expect(milan.country == "IT" && milan.since?.description == "1973" && milan.note == "said \"yes\"")
        #expect(milan.editedBy == "A. Clerk" && milan.sources == ["council list"] && milan.status == .active)
        // Whoever imports is no second person.
        #expect(!milan.isVerified && ran.errors.hasPrefix("2 rows; 2 of them give circumstantial evidence at most"))
    }

    @Test func spanishNamesOfColumnsAndAnOldEncodingAreRead() throws {
        let table =
            "Ciudad hermana;Pa\u{ed}s;Tipo;Desde;Hasta\r\nLe\u{f3}n;M\u{e9}xico;Hermanamiento;1987-02-01;2020\r\n"
        let ran = try imported(table.unicodeScalars.map { UInt8($0.value) })
        #expect(ran.code == 0, "\(ran.errors)")
        let row = try #require(try registry(ran).connections.first)
        #expect(row.id == "city:sister_city:leon" && row.partner == "León" && row.country == "MX")
        #expect(row.type == .sisterCity && row.until?.description == "2020" && row.status == .ended)
    }

    @Test func columnsAreMappedAndWhatIsLeftOutIsSaid() throws {
        let ran = try imported(
            "Organisation name,Contract,Secret remark,Scope,Also known as\nConsulate of Aurelia,AG-1; AG-2,x,\"Health, "
                + "Public Works\",Aurelian Consulate; Consulado\n",
            [
                "--map", "Organisation name=partner,Contract=identifiers.agreement,Scope=departments", "--type",
                "consulate",
            ])
        #expect(ran.code == 0, "\(ran.errors)")
        #expect(
            ran.errors.contains("list.csv: column Secret remark: left out; --map 'Secret remark=KEY' takes it in\n"))
        let row = try #require(try registry(ran).connections.first)
        #expect(row.identifiers.map { "\($0.scheme) \($0.id)" } == ["agreement AG-1", "agreement AG-2"])
        #expect(row.departments == ["health", "public-works"])
        #expect(row.aliases.map(\.text) == ["Aurelian Consulate", "Consulado"])
    }

    @Test func everyErrorIsToldAtItsLineAndNothingIsWritten() throws {
        let ran = try imported(
            "partner,country,since,type\nA,Atlantis,1990,mou\n\nB,MX,3/4/1990,club\nC,MX,1990\n,MX,1990,mou\n")
        #expect(ran.code == 1 && ran.output.isEmpty)
        #expect(
            ran.errors.split(separator: "\n").map { $0.prefix(64) }
                == [
                    "list.csv:2: column country: expected a country, by its name or i",
                    "list.csv:4: column since: expected a date as YYYY, YYYY-MM or YY",
                    "list.csv:4: column type: expected one of sister_city, friendship",
                    "list.csv:4: type: the key is missing; expected one of sister_cit",
                    "list.csv:5: type: expected 4 fields, one for each column; found ",
                    "list.csv:6: partner: the key is missing; expected a text",
                    "city-attribution: registry: import: 6 errors, 0 warnings; nothin",
                ], "\(ran.errors)")
    }

    @Test func daysWithSlashesAreReadOnlyInAnOrderThatIsSaid() throws {
        let table = "partner,type,since\nA,mou,03/04/1990\n"
        let us = try registry(try imported(table, ["--dates", "us"]))
        let european = try registry(try imported(table, ["--dates", "european"]))
        #expect(us.connections.first?.since?.description == "1990-03-04")
        #expect(european.connections.first?.since?.description == "1990-04-03")
    }

    @Test func misuseIsTold() throws {
        let table = "name of it,country\nA,MX\n"
        #expect(
            try imported(table).errors.contains(
                "expected a column with the partner's name; say which it is with --map COLUMN=partner. The columns are "
                    + "name of it, country"))
        #expect(try imported(table, ["--map", "x=partner"]).code == 2)
        #expect(try imported(table, ["--map", "country=contry"]).errors.contains("did you mean country?"))
        #expect(try imported(table, ["--dates", "iso"]).code == 2)
        #expect(run(["registry", "import", "/none.csv"]).errors.contains("/none.csv: the file cannot be read"))
    }

    /// Names with anything in them come out as they went in.
    @Test func whatIsInACellIsInTheRow() throws {
        let odd = "A \"b\" \\ 'c' #d: {e} [f] & *g ! | > % @ `h` é 光 \u{85} \u{2028} \u{7f} \u{fffe} \u{ffff}"
        let cell = odd.replacing("\"", with: "\"\"")
        let ran = try imported("partner,type\n\"\(cell)\",mou\n")
        #expect(try registry(ran).connections.first?.partner == odd, "\(ran)")
    }
}

@Suite struct RegistryCommandTests {
    private let row =
        "- {id: a, type: network, partner: A, status: active, since: \"2001\", verified: true, country: MX}\n"

    @Test func checkSaysWhichRowsNobodyAnswersFor() throws {
        let folder = try Folder()
        let file = folder.write("r.yaml", "connections:\n\(row)")
        let ran = run(["registry", "check", file])
        #expect(ran.code == 0)
        #expect(ran.output.contains("1 of the rows say verified: true and not who looked"), "\(ran.output)")
    }

    @Test func diffTellsRowByRowAndKeyByKey() throws {
        let folder = try Folder()
        let old = folder.write(
            "old.yaml", "connections:\n\(row)- {id: b, type: agreement, partner: B, status: active}\n")
        let new = folder.write(
            "new.json",
            """
            {"connections": [
              {"country": "MX", "id": "a", "type": "network", "partner": "A", "status": "ended", "until": "2020",
               "since": "2001", "verified": true},
              {"id": "c", "type": "agreement", "partner": "C", "status": "active"}],
             "activities": [{"id": "n", "kind": "need", "on": "2020-01-01"}]}
            """)
        let ran = run(["registry", "diff", old, new])
        #expect(ran.code == 1)
        #expect(
            ran.output == """
                + connection c
                - connection b
                ~ connection a: status: active -> ended
                ~ connection a: until: (nothing) -> 2020
                + activity n

                """, "\(ran)")
        let same = run(["registry", "diff", old, old])
        #expect(same.code == 0 && same.output == "no difference\n")
    }

    @Test(arguments: [
        (["registry"], "expected check, diff, import or publish"), (["registry", "diff", "x"], "diff: expected two"),
        (["registry", "publish"], "publish: expected a file or folder"),
    ])
    func misuseIsTold(_ words: [String], _ message: String) {
        let ran = run(words)
        #expect(ran.code == 2 && ran.errors.contains(message), "\(ran)")
    }
}

extension ClusterTests {
    /// The registry on its way to its topics.
    @Suite struct RegistryPublishTests {
        private func file(_ folder: Folder, _ rows: [String], activities: String = "") -> String {
            folder.write(
                "registry.yaml", "city: {name: Port Meridian, state: TX}\nconnections:\n" + rows.joined() + activities)
        }

        private func row(_ id: String, _ more: String = "") -> String {
            "- {id: \(id), type: network, partner: \(id), status: active, since: \"2001\", verified: true\(more)}\n"
        }

        @Test(arguments: targets)
        func whatHasChangedIsSentAndWhatWouldGoIsAskedFor(_ servers: String?) throws {
            let city = try City(servers)
            let (connections, activities) = (City.unique("connections"), City.unique("activities"))
            for topic in [connections, activities] { try city.create(topic) }
            let options =
                city.options + ["--registry", "topic:\(connections)", "--activities", "topic:\(activities)"]
            let folder = try Folder()
            let log = "activities:\n- {id: n, kind: need, on: 2020-01-01}\n"
            let first = run(["registry", "publish", file(folder, [row("a"), row("b")], activities: log)] + options)
            #expect(first.code == 0, "\(first.errors)")
            #expect(
                first.output.hasPrefix("+ connection a\n+ connection b\n+ activity n\n\(connections): 2 rows sent\n"))
            #expect(first.output.contains("hold 2 rows of connections and 1 activities, version sha256:"))
            let changed = file(folder, [row("a", ", country: MX")])
            let refused = run(["registry", "publish", changed] + options)
            #expect(refused.code == 1 && refused.errors.contains("do not have 1 of the connections"), "\(refused)")
            let dry = run(["registry", "publish", changed, "--remove", "--dry-run"] + options)
            #expect(dry.output == "- connection b\n~ connection a: country: (nothing) -> MX\n2 rows would be sent\n")
            #expect(try city.read(connections).count { $0.payload != nil } == 2)
            let second = run(["registry", "publish", changed, "--remove"] + options)
            #expect(second.code == 0 && second.output.contains("\(connections): 2 rows sent\n"), "\(second)")
            let again = run(["registry", "publish", changed, "--remove"] + options)
            #expect(again.output.hasPrefix("\(connections): 0 rows sent\n"), "\(again)")
            let same = run(["registry", "diff", changed, "topic:\(connections)"] + options)
            #expect(same.code == 0 && same.output == "no difference\n", "\(same)")
            // The rows of a topic name the city that the file names for all.
            let rows = try RegistryTopicRows.documents(
                connections, .connection,
                ProcessConfiguration(arguments: try Arguments(options), environment: [:]).configuration)
            #expect(RegistryLoader.read(rows).registry?.city == Connections.City(name: "Port Meridian", state: "TX"))
        }

        @Test func aBrokenRegistryIsNotSent() throws {
            let city = try City(nil)
            let topic = City.unique("connections")
            try city.create(topic)
            let folder = try Folder()
            let broken = file(folder, [row("a"), row("a")])
            let ran = run(["registry", "publish", broken, "--registry", "topic:\(topic)"] + city.options)
            #expect(ran.code == 1 && ran.errors.contains("; nothing was sent"), "\(ran)")
            #expect(try city.read(topic).isEmpty)
            let nowhere = run(
                ["registry", "publish", file(folder, [row("a")]), "--registry", "topic:no"] + city.options)
            #expect(nowhere.code == 69 && nowhere.errors.contains("there is no such topic"), "\(nowhere)")
        }
    }
}
