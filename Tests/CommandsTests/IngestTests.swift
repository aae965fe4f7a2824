import Primitives
import Testing

@testable import Commands

#if canImport(Glibc)
    import Glibc
#endif

extension ClusterTests {
    @Suite struct IngestTests {
        private func ingest(_ city: City, _ words: String..., input: String = "/dev/null") -> Ran {
            run(["ingest"] + city.options + words, input: input)
        }

        @Test(arguments: targets)
        func sendsEachLineUnderItsKey(_ servers: String?) throws {
            let city = try City(servers)
            let folder = try Folder()
            let lines = [
                #"{"id":"a","subject":"s"}"#, "", " \t\r", #"{"id":"b"}"#, #"{"subject":7,"id":"c"}"# + "\r",
                #"{"id":"#,
                #"{"other":1}"#, #"{"id":"d","pad":"\#(String(repeating: "x", count: 2000))"}"#, #"{"id":""}"#,
                #"{"id":"e"}"#,
            ]
            let file = folder.write("events.ndjson", lines.joined(separator: "\n"))
            let bad = "\(folder.path)/bad.ndjson"
            let ran = ingest(city, "--bad", bad, "--kafka.message.max.bytes=1500", file)
            #expect(ran.code == 1 && ran.errors.isEmpty && ran.output == "\(city.events): 4 sent, 4 bad\n")
            let stored = try city.read(city.events)
            #expect(
                Set(stored.map { "\($0.key ?? "") \($0.payload ?? "")" }) == [
                    "s \(lines[0])", "b \(lines[3])", "7 \(lines[4])", "e \(lines[9])",
                ])
            let expected = "expected the source record's id at $.subject or by --key"
            let listed = try text(of: bad).split(separator: "\n").map(String.init)
            #expect(listed.count == 4 && listed[0].hasPrefix(#"{"line":6,"reason":"JSON, byte "#), "\(listed)")
            #expect(listed[1] == #"{"line":7,"reason":"\#(expected)"}"#)
            #expect(listed[2].hasPrefix(#"{"line":8,"reason":"expected at most 1500 bytes with the key"#))
            #expect(listed[3] == #"{"line":9,"reason":"\#(expected)"}"#)
            #expect(ingest(city, file).errors.hasPrefix("line 6: JSON, byte "))
        }

        @Test func readsStandardInputAndKeepsTheOrder() throws {
            let city = try City()
            let folder = try Folder()
            let count = 20_000
            let lines = (0..<count).map { "{\"n\":\($0),\"id\":\"k\($0 % 4)\"}" }
            let ran = ingest(city, "-", input: folder.write("in", lines.joined(separator: "\n") + "\n"))
            #expect(ran.code == 0 && ran.errors.isEmpty && ran.output == "\(city.events): \(count) sent, 0 bad\n")
            let expected = Dictionary(grouping: lines) { String($0.split(separator: "\"")[5]) }
            let stored = Dictionary(grouping: try city.read(city.events)) { $0.key ?? "" }
                .mapValues { $0.map { $0.payload ?? "" } }
            // Compared apart: what the macro would show is too long to read.
            let isSame = stored == expected
            #expect(isSame)
        }

        @Test func takesTheKeyFromAPath() throws {
            let city = try City()
            let folder = try Folder()
            let file = folder.write("e", #"{"id":"a","case":{"number":12}}"#)
            #expect(ingest(city, "--key", "$.case.number", file).code == 0)
            #expect(try city.read(city.events).map(\.key) == ["12"])
        }

        private static let profile = """
            profile: p
            version: 1
            system: s
            envelope: none
            files: {each: "$.items[*]", delimiter: ";", encoding: windows-1252,
              query: "SELECT v.id, v.day, count(*) AS people FROM visits v JOIN guests g ON g.visit = v.id
                      GROUP BY v.id ORDER BY v.id"}
            outcome: {key: {join: [$.id, $.day]}, type: t, occurredOn: $.day}
            """

        private func sent(_ city: City) throws -> [String] {
            try city.read(city.events).map { "\(($0.key ?? "").replacing("\u{1f}", with: "|")) \($0.payload ?? "")" }
                .sorted()
        }

        @Test func sendsTheRowsOfATable() throws {
            let (city, folder) = (try City(), try Folder())
            let profile = folder.write("p.yaml", Self.profile)
            let rows = "id;day;note\r\n1;2026-03-04;\"a;b\"\r\n2;2026-03-04\r\n3;;x\r\n4;2026-03-05;\r\n"
            let ran = ingest(city, "--profile", profile, folder.write("e.csv", rows))
            #expect(ran.code == 1 && ran.output == "\(city.events): 2 sent, 2 bad\n")
            #expect(ran.errors.hasPrefix("line 3: ") && ran.errors.contains("line 4: expected the source record's id"))
            #expect(
                try sent(city) == [
                    #"1|2026-03-04 {"id":"1","day":"2026-03-04","note":"a;b"}"#,
                    #"4|2026-03-05 {"id":"4","day":"2026-03-05"}"#,
                ])
            // What has arrived need not be sent again.
            let rest = ingest(city, "--profile", profile, "--from", "4", folder.write("f.csv", rows))
            #expect(rest.code == 0 && rest.output == "\(city.events): 1 sent, 0 bad\n")
        }

        @Test func sendsTheElementsOfADocument() throws {
            let (city, folder) = (try City(), try Folder())
            let profile = folder.write("p.yaml", Self.profile)
            let array = folder.write("a.json", #"[{"id":"a"}, {"id":"b", "n": 1.50}, 7]"#)
            let ran = ingest(city, array)
            #expect(
                ran.output == "\(city.events): 2 sent, 1 bad\n" && ran.errors.hasPrefix("line 3: expected the source"))
            let items = folder.write("i", #"{"items":[{"id":1,"day":"d"}],"id":"x"}"#)
            #expect(ingest(city, "--profile", profile, "--format=json", items).code == 0)
            #expect(try sent(city) == [#"1|d {"id":1,"day":"d"}"#, #"a {"id":"a"}"#, #"b {"id":"b","n":1.5}"#])
            let broken = ingest(city, folder.write("b.json", "[{]"))
            #expect(broken.code == 1 && broken.errors.hasPrefix("line 1: JSON, byte 2: expected"))
        }

        @Test func sendsTheRowsOfAQuery() throws {
            let (city, folder) = (try City(), try Folder())
            let profile = folder.write("p.yaml", Self.profile)
            _ = folder.write("visits.csv", "id;day\nv1;2026-03-04\nv2;2026-03-05\nv3\n")
            _ = folder.write("guests.csv", "visit;name\nv1;x\nv1;y\nv2;z\n")
            let ran = ingest(city, "--profile", profile, folder.path)
            #expect(ran.code == 1 && ran.output == "\(city.events): 2 sent, 1 bad\n")
            #expect(ran.errors.hasPrefix("line 4: visits.csv: "), "\(ran.errors)")
            #expect(
                try sent(city) == [
                    #"v1|2026-03-04 {"id":"v1","day":"2026-03-04","people":2}"#,
                    #"v2|2026-03-05 {"id":"v2","day":"2026-03-05","people":1}"#,
                ])
        }

        @Test func saysHowToGoOn() throws {
            let (city, folder) = (try City(), try Folder())
            let ran = ingest(
                city, "--kafka.bootstrap.servers", "127.0.0.1:1", "--kafka.message.timeout.ms", "500",
                folder.write("e", #"{"id":"a"}"#))
            #expect(ran.code != 0 && ran.errors.contains("ingest: ") && !ran.errors.contains("--from"))
        }

        @Test func refusesWhatItCannotRead() throws {
            let city = try City()
            let folder = try Folder()
            let file = folder.write("e", #"{"id":"a"}"#)
            let same = ingest(city, "--bad", "\(folder.path)/./e", file)
            #expect(same.code == 2 && same.errors.contains("expected --bad to be another file"))
            let kept = try text(of: file)
            #expect(kept == #"{"id":"a"}"#)
            let missing = ingest(city, "/nowhere")
            #expect(missing.code == 1)
            #expect(missing.errors.hasSuffix("/nowhere: the file cannot be opened: No such file or directory\n"))
            let opened = ingest(city, "/tmp")
            #expect(opened.code == 1 && opened.errors.contains("a folder needs a profile that states files.query"))
            #expect(ingest(city, "--from", "0", file).code == 2 && ingest(city, "--format", "xml", file).code == 2)
            let unwritten = ingest(city, "--bad", "/nowhere/x", folder.write("f", "{"))
            #expect(unwritten.code == 1 && unwritten.errors.hasSuffix("/nowhere/x: the file cannot be written\n"))
        }

        /// What a run needs of memory does not depend on the size of the file.
        @Test func needsLittleMemoryForALargeFile() throws {
            let city = try City()
            let megabytes = 1000
            var ends: [Int32] = [0, 0]
            try #require(pipe(&ends) == 0)
            let (reading, writing) = (ends[0], ends[1])
            let writer = Threads.start {
                let line = Array("{\"id\":\"k\",\"pad\":\"\(String(repeating: "x", count: 1_000_000))\"}\n".utf8)
                for _ in 0..<megabytes {
                    let isWritten = line.withUnsafeBytes { Descriptor.write($0, to: writing) }
                    if !isWritten { break }
                }
                close(writing)
            }
            let before = try peakKilobytes()
            let ran = ingest(city, "/dev/fd/\(reading)")
            let grown = try peakKilobytes() - before
            close(reading)
            Threads.join(writer)
            #expect(ran.code == 0 && ran.output == "\(city.events): \(megabytes) sent, 0 bad\n", "\(ran.errors)")
            // The client's queue, the embedded cluster, which keeps 5 MB a partition, what is on the way, and what
            // other tests take meanwhile.
            #expect(grown < 500_000, "\(grown) kB")
        }

        private func peakKilobytes() throws -> Int {
            let status = try text(of: "/proc/self/status")
            let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
            return try #require(Int(line.filter(\.isNumber)))
        }
    }
}
