import FoundationEssentials
import Suppression

/// Real arrivals of refugees in one state, by nationality 0, city 1 and year 2, with all margins.
enum ArrivalTables {
    static let path = "../shared/data/wraps/us-refugees-wraps-2002-2017.csv"

    static var isThere: Bool { FileManager.default.fileExists(atPath: path) }

    /// - Parameter years: the years whose rows count.
    static func tableSet(state: String, years: ClosedRange<Int>) throws -> TableSet {
        let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        var counts: [[String]: Int] = [:]
        for line in text.split(whereSeparator: \.isNewline).dropFirst() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            // A nationality may hold a comma, in quotes; what is read from the end stands firm.
            guard fields.count >= 5, fields[fields.count - 3] == state, let year = Int(fields[fields.count - 4]),
                years.contains(year), let count = Int(fields[fields.count - 1].filter(\.isNumber))
            else { continue }
            let nationality = fields[..<(fields.count - 4)].joined(separator: ",")
            counts[[nationality, fields[fields.count - 2], "\(year)"], default: 0] += count
        }
        let sorted = counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        var places = [[String: Int]](repeating: [:], count: 3)
        let rows = sorted.filter { $0.value > 0 }.map { key, count in
            let place = key.enumerated().map { axis, name in
                let next = places[axis].count
                return places[axis][name, default: next]
            }
            for (axis, name) in key.enumerated() { places[axis][name] = place[axis] }
            return TableSet.Row(places: place, count: count)
        }
        return try TableSet(rows: rows, tables: [[0, 1, 2], [0, 1], [0, 2], [1, 2], [0], [1], [2], []])
    }
}
