import Primitives
import Store
import TestRecords
import Testing

@testable import Commands

/// `kpi report` as text: plots first, then the figures.
@Suite struct KPIReportTests {
    private let folder: Folder
    private let options: [String]

    /// A store with 120 outcomes of two departments in two quarters, both of them closed.
    init() throws {
        folder = try Folder()
        let registry = folder.write(
            "registry.yaml",
            """
            city: { name: Testville, country: US }
            connections:
              - { id: x:sister:a, type: sister_city, partner: Partner A, country: JP, status: active, since: "1990",
                  recorded_on: 2020-01-01, edited_by: a, verified_by: b, verified_on: 2020-02-01 }

            """)
        let path = "\(folder.path)/kpi.db"
        options = ["--store", path, "--registry", registry]
        do {
            let store = try OutcomeStore(path, topic: "t", timeMilliseconds: 0)
            for key in 1...120 {
                var record = RecordMaker(
                    key: key, decision: key % 2 == 0 ? "enabled" : "domestic",
                    credit: key % 2 == 0 ? [("x:sister:a", 6000)] : [])
                (record.people, record.day) = (20, key > 50 ? "2026-05-04" : "2026-02-04")
                record.department = key % 3 == 0 ? "health" : "housing"
                let bytes = record.bytes
                try bytes.withUnsafeBytes {
                    _ = try store.take([ReceivedRecord(partition: 0, offset: Int64(key), payload: $0)])
                }
            }
        }
        for quarter in ["2026-Q1", "2026-Q2"] {
            let ran = run(["kpi", "close", quarter] + options)
            #expect(ran.code == 0, "\(ran.errors)")
        }
    }

    @Test("it begins with plots as wide as the terminal, and has no control characters")
    func plots() throws {
        for columns in [80, 120] {
            let ran = run(["kpi", "report"] + options, columns: columns)
            #expect(ran.code == 0 && ran.errors.isEmpty, "\(ran.errors)")
            let lines = ran.output.split(separator: "\n")
            let drawn = lines.prefix { !$0.hasPrefix("K01") }
            let words = drawn.map { $0.split(separator: " ").joined(separator: " ") }
            for line in ["Attributed outcomes ▆█ 35", "Housing ▆█ 23", "Health ▆█ 12"] {
                #expect(words.contains(line), "\(line), \(columns)")
            }
            let bar = try #require(drawn.first { $0.hasPrefix("Partner A │█") })
            #expect(bar.hasSuffix("█ 21.0") && bar.count == columns, "\(bar)")
            #expect(drawn.dropFirst(3).allSatisfy { $0.count <= columns })
            #expect(ran.output.utf8.allSatisfy { $0 >= 32 || $0 == 10 })
        }
    }

    @Test("plots are of ASCII characters where the locale has no others")
    func ascii() {
        for (environment, isUnicode) in [
            ([:], true), (["LANG": "C"], false), (["LANG": "C", "LC_ALL": "en_US.UTF-8"], true),
            (["LANG": "de_DE.utf8", "LC_CTYPE": "POSIX"], false), (["LC_ALL": "", "LANG": "C.UTF-8"], true),
        ] as [([String: String], Bool)] {
            let ran = run(["kpi", "report"] + options, environment: environment)
            #expect(ran.output.contains("█") == isUnicode && ran.output.contains("|#") != isUnicode, "\(environment)")
        }
    }

    @Test("a release without an earlier one has plots of its own period")
    func first() {
        let ran = run(["kpi", "report", "2026-Q1.1"] + options)
        #expect(ran.output.contains("Outcomes with a connection behind them, by department"))
        // The first line has the time of closing.
        #expect(!ran.output.drop { $0 != "\n" }.contains("35"))
    }
}
