import Primitives
import Suppression

/// Random tables of a city: counts in the cross of types (each of one department), districts, months and sets of
/// connections, and figures with their margins.
struct RandomTables {
    var departments = 3
    var typesPerDepartment = 2
    var districts = 4
    var months = 3
    var connectionSets = 1
    /// Broken down by department 0, type 1 (together with its department), district 2, month 3, connections 4.
    var tables: [[Int]] = [
        [0, 1, 2, 3], [0, 2, 3], [0, 1, 2], [0, 1, 3], [0, 2], [0, 3], [2, 3], [0, 1], [0], [2], [3], [],
    ]
    /// One in so many cells is 0.
    var zeroOnceIn = 3
    /// Doublings of a cell at most: most are small and a few are large.
    var doublingsMax = 7

    /// A city's quarter: some 5,000 cells and 1,900 figures.
    static var largeCity: RandomTables {
        RandomTables(
            departments: 6, typesPerDepartment: 5, districts: 28, months: 3, connectionSets: 2,
            tables: [
                [0, 1, 2], [0, 2, 3], [0, 1, 3], [2, 3], [0, 2], [0, 3], [2, 4], [0, 1, 4], [0, 4], [0, 1], [0], [2],
                [3],
                [4], [],
            ],
            zeroOnceIn: 2, doublingsMax: 6)
    }

    /// A small city's quarter: some 200 figures.
    static var smallCity: RandomTables { RandomTables() }

    /// The tables of a seed.
    func tableSet(seed: UInt64, threshold: Int = 10) throws -> TableSet {
        var random = SplitMix64(seed: seed)
        var rows: [TableSet.Row] = []
        for department in 0..<departments {
            for type in 0..<typesPerDepartment {
                for district in 0..<districts {
                    for month in 0..<months {
                        for connections in 0..<connectionSets {
                            let places = [department, type, district, month, connections]
                            rows.append(TableSet.Row(places: places, count: count(&random)))
                        }
                    }
                }
            }
        }
        return try TableSet(rows: rows, tables: tables, threshold: threshold)
    }

    private func count(_ random: inout SplitMix64) -> Int {
        if random.onceIn(zeroOnceIn) { return 0 }
        return random.within(1...(2 << random.below(doublingsMax)))
    }
}
