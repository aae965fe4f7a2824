import Testing

@testable import Commands

/// Runs with the registry as it was known on a day: what has been learned since changes nothing but its digest.
@Suite struct AsOfTests {
    /// As it was on 1 June 2025.
    private let then = """
        connections:
          - { id: s:gwangju, type: sister_city, partner: Gwangju, country: KR, status: active, since: "1982",
              recorded_on: 2025-01-01, edited_by: a, verified_by: b, verified_on: 2025-02-01 }
          - { id: s:cork, type: sister_city, partner: Cork, country: IE, status: active, since: "1990",
              recorded_on: 2025-01-01, edited_by: a, edited_on: 2025-01-01 }
        activities:
          - { id: t1, connection: s:gwangju, kind: training, on: 2025-03-01, department: fire, recorded_on: 2025-03-02 }

        """
    /// The same with what was learned later: a row superseded and backdated, a verification, a new connection, and
    /// entries of the log about days before.
    private let now = """
        connections:
          - { id: s:gwangju, type: sister_city, partner: Gwangju, country: KR, status: active, since: "1982",
              recorded_on: 2025-01-01, edited_by: a, verified_by: b, verified_on: 2025-02-01,
              superseded_on: 2025-07-01 }
          - { id: s:gwangju, type: sister_city, partner: Gwangju, country: KR, status: ended, since: "1982",
              until: 2025-03-31, recorded_on: 2025-07-01, edited_by: a, verified_by: b, verified_on: 2025-07-01 }
          - { id: s:cork, type: sister_city, partner: Cork, country: IE, status: active, since: "1990",
              recorded_on: 2025-01-01, edited_by: a, edited_on: 2025-01-01, verified_by: b, verified_on: 2025-08-01 }
          - { id: s:leon, type: sister_city, partner: León, country: ES, status: active, since: "2001",
              recorded_on: 2025-09-01, edited_by: a, verified_by: b, verified_on: 2025-09-01 }
        activities:
          - { id: t1, connection: s:gwangju, kind: training, on: 2025-03-01, department: fire, recorded_on: 2025-03-02 }
          - { id: t2, connection: s:cork, kind: training, on: 2025-03-01, department: fire, recorded_on: 2025-08-01 }

        """
    private let texts = [
        "The engine is a gift of our sister city Gwangju.", "Our sister city Cork gave 40 helmets.",
        "Firefighters of our sister city León helped.", "The City of Gwangju was thanked.",
        "The City of Cork was thanked.",
    ]

    private func records(_ folder: Folder, _ registry: String, _ words: String...) -> [String] {
        let events = texts.enumerated().map { number, text in
            "{\"specversion\":\"1.0\",\"id\":\"e\(number)\",\"source\":\"/f\","
                + "\"type\":\"org.city.fire.response.made\",\"data\":{"
                + "\"outcome\":{\"type\":\"response\",\"occurredOn\":\"2025-05-01\"},\"narrative\":\"\(text)\"}}\n"
        }
        let ran = run(
            [
                "run", "--department", "fire", "--registry", folder.write("registry.yaml", registry),
                folder.write("events.ndjson", events.joined()),
            ] + words)
        #expect(ran.code == 0, "\(ran.errors)")
        return ran.output.split(separator: "\n").map {
            String($0).replacing(/"registry":"sha256:[0-9a-f]+"/, with: "")
        }
    }

    @Test func reproduceWhatWasKnownThen() throws {
        let folder = try Folder()
        let before = records(folder, then)
        let again = records(folder, now, "--as.of", "2025-06-01")
        #expect(before.count == texts.count && again == before)
        let verdicts = before.compactMap { $0.split(separator: "\"decision\":\"").last?.split(separator: "\"").first }
        #expect(verdicts == ["enabled", "abstained", "domestic", "contributed", "abstained"])
    }

    @Test func withoutADayWhatIsKnownNowCounts() throws {
        let records = records(try Folder(), now)
        let verdicts = records.compactMap { $0.split(separator: "\"decision\":\"").last?.split(separator: "\"").first }
        // Gwangju had ended by then after all; Cork has been verified, and its training logged.
        #expect(verdicts == ["domestic", "enabled", "contributed", "domestic", "contributed"])
        #expect(records[0].contains("\"reason\":\"ended\",\"on\":\"2025-03-31\""))
    }
}
