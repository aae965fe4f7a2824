import Indicators
import Primitives
import Suppression
import TestRecords
import Testing

@testable import Releases

/// Somebody who has the published releases and knows how their tables add up, and nothing of how they were made.
@Suite struct ReleaseAttackTests {
    /// People of a department, type and district in a month: what tables of people are made of.
    private struct Cell: Hashable {
        let month: String
        let department: String
        let type: String
        let district: String
    }

    /// Releases of months, a quarter and restatements after late records and corrections, attacked together.
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func noReleaseTellsWhatItWithholds(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var city = RandomCity.make(&random)
        var states: [(release: Release, cells: [Cell: Int])] = []
        for name in ["2026-01", "2026-Q1", "2026-Q1", "2026-02", "2026-Q1"] {
            guard let release = try? city.close(name) else { continue }
            states.append((release, cells(of: city)))
            RandomCity.change(&city, &random)
        }
        #expect(states.count >= 3, "seed \(seed): hardly anything could be released")
        let (problem, withheld, names) = try problem(states)
        #expect(!withheld.isEmpty, "seed \(seed)")
        var attacker = Attacker(problem, withheld: withheld)
        for figure in withheld {
            let bounds = try attacker.bounds(of: figure)
            let width = (bounds.upper ?? .max) - (bounds.lower ?? 0)
            #expect(width >= 9, "seed \(seed), \(names[figure]): \(bounds)")
        }
    }

    private func cells(of city: ClosingCity) -> [Cell: Int] {
        var cells: [Cell: Int] = [:]
        for record in city.records where !record.credit.isEmpty && record.direction == "inbound" {
            let cell = Cell(
                month: String(record.day.prefix(7)), department: record.department, type: record.type,
                district: record.district ?? "")
            cells[cell, default: 0] += Int(record.people ?? 0)
        }
        return cells
    }

    /// The tables of K02 of all releases: a cell whose count changed between two of them is another unknown.
    private func problem(
        _ states: [(release: Release, cells: [Cell: Int])]
    ) throws -> (problem: SuppressionProblem, withheld: Set<Int>, names: [String]) {
        struct Unknown: Hashable {
            let cell: Cell
            let count: Int
        }
        var places: [Unknown: Int] = [:]
        var (counts, figures, names): ([Int], [Suppression.Figure], [String]) = ([], [], [])
        var withheld: Set<Int> = []
        for (release, cells) in states {
            let period = try #require(ReportingPeriod(release.period))
            for figure in release.figures where figure.indicator == .residentsReached && figure.slice[.group] == nil {
                let members = cells.filter { cell, _ in
                    period.contains(MonthNumber(CivilDate(cell.month + "-01") ?? CivilDate(daysSinceEpoch: 0)))
                        && figure.slice[.department] == cell.department
                        && (figure.slice[.type] ?? cell.type) == cell.type
                        && (figure.slice[.district] ?? cell.district) == cell.district
                }.sorted { "\($0.key)" < "\($1.key)" }.map { cell, count in
                    let unknown = Unknown(cell: cell, count: count)
                    if places[unknown] == nil {
                        places[unknown] = counts.count
                        counts.append(count)
                    }
                    return places[unknown] ?? 0
                }
                if figure.value == .withheld {
                    withheld.insert(figures.count)
                } else {
                    #expect(figure.value == .stated(String(members.reduce(0) { $0 + counts[$1] })))
                }
                names.append("\(release.id) \(figure.slice.text)")
                figures.append(Suppression.Figure(added: members, role: .candidate))
            }
        }
        return (try SuppressionProblem(cells: counts, figures: figures), withheld, names)
    }
}

/// Cities made at random, with small counts among large ones.
enum RandomCity {
    static func make(_ random: inout SplitMix64) -> ClosingCity {
        var city = ClosingCity()
        for key in 1...80 { city.records.append(record(key, &random)) }
        return city
    }

    /// Late records, corrections and withdrawals.
    static func change(_ city: inout ClosingCity, _ random: inout SplitMix64) {
        for _ in 0..<random.within(1...12) {
            switch random.below(3) {
            case 0: city.records.append(record(1000 + city.records.count, &random))
            case 1: city.records.remove(at: random.below(city.records.count))
            default: city.records[random.below(city.records.count)].people = Int64(random.below(60))
            }
        }
    }

    private static func record(_ key: Int, _ random: inout SplitMix64) -> RecordMaker {
        let department = random.element(of: ["housing", "health"]) ?? ""
        let type = random.element(of: ["placement", "clinic"]) ?? ""
        let day = "2026-0\(random.within(1...3))-1\(random.below(10))"
        let people = Int64(random.onceIn(3) ? random.below(12) : random.within(15...70))
        if random.onceIn(2) { return .domestic(key, department, type, people: people, on: day) }
        let connections = [["x:network:a"], ["x:sister:b"], ["x:network:a", "x:sister:c"]]
        var record = RecordMaker.claim(
            key, department, type, "D\(random.within(1...3))", people: people,
            of: random.element(of: connections) ?? [], on: day)
        if random.onceIn(4) { record.groups = [("youth", people / 3)] }
        return record
    }
}
