import Kafka
import Pipeline
import Testing

@testable import Commands

#if canImport(Glibc)
    import Glibc
#endif

extension ClusterTests {
    /// What is told of dead letters, and what is not.
    @Suite struct DeadLettersTests {
        private func letters(_ city: City, _ words: String...) -> Ran { run(["dead-letters"] + words + city.options) }

        /// Letters of three codes, one of them without payload, and a message that is none.
        private func cityWithLetters(_ servers: String? = nil) throws -> City {
            let city = try City(servers)
            var secret = City.letter("client-4711-c", code: "privacy.denied-field", attempts: 3, of: city)
            secret.payload = nil
            secret.headers.append(("city.error.withheld", "privacy"))
            secret.headers.removeFirst()
            var first = City.letter("client-4711-a", of: city)
            first.payload = #"{"name":"Ana Sample"}"#
            first.headers.append(("note", "client-4711 is Ana"))
            try city.send([first], to: city.deadLetters, partition: 2)
            try city.send(
                [City.letter("client-4711-b", code: "field.date", attempts: 2, of: city), secret],
                to: city.deadLetters, partition: 1)
            try city.send([City.Sent(key: "client-4711-d", payload: "Ana")], to: city.deadLetters, partition: 0)
            return city
        }

        private func isSilent(_ ran: Ran) -> Bool {
            let text = ran.output + ran.errors
            return !text.contains("client-4711") && !text.contains("Ana")
        }

        @Test(arguments: targets) func listsThemByTime(_ servers: String?) throws {
            let city = try cityWithLetters(servers)
            let ran = letters(city, "list")
            #expect(ran.code == 0 && isSilent(ran))
            let lines = ran.output.split(separator: "\n").map {
                $0.split(separator: " ", omittingEmptySubsequences: true)
            }
            #expect(
                lines.count == 4 && lines[0].joined(separator: " ") == "TIME PLACE CODE STAGE ATTEMPTS PROFILE MESSAGE")
            #expect(
                lines[1].joined(separator: " ")
                    == "2026-03-04T15:04:01Z 2:0 field.code map 1 clinics $.kind: expected a code of the list")
            #expect(lines[2].prefix(3).joined(separator: " ") == "2026-03-04T15:04:02Z 1:0 field.date")
            #expect(ran.output.hasSuffix("(payload withheld: privacy)\n"))
            let newest = letters(city, "list", "--limit", "1", "--json")
            #expect(newest.errors == "2 older ones are left out; --limit 3 lists all\n")
            #expect(
                newest.output == """
                    {"partition":1,"offset":1,"time":"2026-03-04T15:04:03Z","code":"privacy.denied-field",\
                    "stage":"map",\
                    "message":"$.kind: expected a code of the list","profile":"clinics","attempts":3,\
                    "event":"\(city.events):3:17","withheld":"privacy"}

                    """)
            let none = letters(city, "list", "--code", "json.empty")
            #expect(none.code == 0 && none.output.isEmpty && none.errors.hasSuffix(": no such dead letter\n"))
            #expect(letters(city, "list", "--from", "1:1").output.split(separator: "\n").count == 2)
        }

        @Test(arguments: targets) func countsThemByCode(_ servers: String?) throws {
            let city = try cityWithLetters(servers)
            try city.send([City.letter("x", of: city)], to: city.deadLetters, partition: 3)
            let ran = letters(city, "count")
            #expect(
                ran.output == """
                    \(city.deadLetters): 4 dead letters
                             2  field.code                     2026-03-04T15:04:01Z to 2026-03-04T15:04:01Z
                             1  field.date                     2026-03-04T15:04:02Z to 2026-03-04T15:04:02Z
                             1  privacy.denied-field           2026-03-04T15:04:03Z to 2026-03-04T15:04:03Z, \
                    1 without payload

                    """)
            #expect(ran.code == 0 && ran.errors == "\(city.deadLetters): 1 message is no dead letter of a worker\n")
            let json = letters(city, "count", "--json", "--code", "field.code")
            #expect(
                json.output == """
                    {"code":"field.code","stage":"map","count":2,"withheld":0,"oldest":"2026-03-04T15:04:01Z",\
                    "newest":"2026-03-04T15:04:01Z"}

                    """)
        }

        @Test(arguments: targets) func showsOneWithoutItsData(_ servers: String?) throws {
            let city = try cityWithLetters(servers)
            let ran = letters(city, "show", "2:0")
            #expect(ran.code == 0 && isSilent(ran) && ran.errors.isEmpty)
            #expect(
                ran.output.hasPrefix(
                    """
                    Letter    \(city.deadLetters), partition 2, offset 0
                    Event     \(city.events):3:17; `explain \(city.events):3:17` tells why
                    Refused   field.code, in map: $.kind: expected a code of the list
                    """))
            #expect(ran.output.contains("\nPayload   21 bytes, sha256:"))
            #expect(ran.output.contains("\nKey       13 bytes\n"))
            #expect(ran.output.hasSuffix("\nHeaders   own, 1 byte\n          note, 18 bytes\n"), "\(ran.output)")
            let json = letters(city, "show", "\(city.deadLetters):2:0", "--json")
            #expect(json.code == 0 && isSilent(json))
            #expect(json.output.hasSuffix(#""headers":[{"name":"own","bytes":1},{"name":"note","bytes":18}]}"# + "\n"))
            let withheld = letters(city, "show", "1:1")
            #expect(withheld.output.contains("\nPayload   withheld: privacy; the event where it was has it\n"))
            let none = letters(city, "show", "0:0")
            #expect(none.code == 1 && none.errors.hasSuffix("offset 0: the message is no dead letter of a worker\n"))
            #expect(letters(city, "show", "2:7").code == 1)
            #expect(letters(city, "show", "other:2:0").code == 2)
        }

        @Test(arguments: targets) func exportsThemForTheDepartment(_ servers: String?) throws {
            let city = try cityWithLetters(servers)
            let folder = try Folder()
            let path = "\(folder.path)/letters.ndjson"
            let ran = letters(city, "export", path, "--code", "field.code,privacy.denied-field")
            #expect(ran.code == 0 && isSilent(ran))
            #expect(ran.output == "\(path): 2 dead letters, 1 of them without payload\n")
            #expect(ran.errors.hasPrefix("\(path) holds data of the department as it was received"))
            var status = stat()
            #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
            let lines = try text(of: path).split(separator: "\n")
            #expect(lines.count == 2)
            let first = try #require(lines.first { $0.contains(#""code":"field.code""#) })
            // printf '{"name":"Ana Sample"}' | base64
            #expect(
                first.contains(#""key":"Y2xpZW50LTQ3MTEtYQ==","value":"eyJuYW1lIjoiQW5hIFNhbXBsZSJ9","headers":[{"#))
            #expect(first.contains(#"{"name":"note","value":"Y2xpZW50LTQ3MTEgaXMgQW5h"}"#))
            #expect(lines.contains { $0.contains(#""value":null,"headers""#) })
            let again = letters(city, "export", path)
            #expect(
                again.code == 1 && again.errors.contains("there is a file already, which others may read; name another")
            )
            #expect(letters(city, "export", "-").code == 2)
        }

        @Test(arguments: [[], ["lst"], ["show"], ["list", "x"], ["export"]])
        func saysWhatIsExpected(_ words: [String]) {
            let ran = run(["dead-letters", "--department", "health"] + words)
            #expect(
                ran.code == 2
                    && ran.errors.contains("expected `list`, `count`, `show PARTITION:OFFSET` or `export FILE`"))
        }
    }
}
