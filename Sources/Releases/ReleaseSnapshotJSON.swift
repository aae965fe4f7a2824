import Indicators
import JSON

extension ReleaseSnapshot {
    /// The snapshot as JSON, for keeping: numbers in the order of the members, and numbers of texts as they are.
    public var json: [UInt8] {
        var writer = JSONWriter(capacity: 1 << 16)
        writer.beginObject()
        writer.key("length")
        writer.string(period.length.rawValue)
        writer.key("first")
        writer.integer(Int64(period.first.value))
        writer.key("name")
        writer.string(period.name)
        writer.rows("cells", cells) { $0.numbers }
        writer.rows("groups", groups) { $0.numbers }
        writer.key("lists")
        writer.beginArray()
        for (number, list) in lists.sorted(by: { $0.key < $1.key }) { writer.list(number, list) }
        writer.endArray()
        for (name, populations) in [("published", published), ("withheld", withheld)] as [(StaticString, [Population])]
        {
            writer.key(name)
            writer.beginArray()
            for population in populations { writer.population(population) }
            writer.endArray()
        }
        writer.endObject()
        return [UInt8](writer.bytes)
    }

    /// Reads what `json` has written.
    public init(json: [UInt8]) throws(ReleaseError) {
        let extractor = Extractor(maximumBytes: 1 << 30, maximumValues: 1 << 26)
        let document = json.withUnsafeBytes { bytes in
            Result { () throws(JSONError) in try extractor.document(bytes) }
        }
        guard case .success(let node) = document, let name = node.member("name")?.string,
            let length = node.member("length")?.string.flatMap(ReportingPeriod.Length.init(rawValue:)),
            let first = node.member("first")?.integer
        else { throw .damaged("snapshot") }
        defer { withExtendedLifetime(extractor) {} }
        period = ReportingPeriod(length, first: MonthNumber(value: Int32(clamping: first)), name: name)
        cells = node.elements("cells").compactMap { Cell(numbers: $0.numbers) }
        groups = node.elements("groups").compactMap { Group(numbers: $0.numbers) }
        lists = [:]
        for element in node.elements("lists") {
            guard let number = element.member("list")?.integer else { continue }
            var list = TieList()
            list.connections = (element.member("connections")?.numbers ?? []).map { Int32(clamping: $0) }
            list.types = element.elements("types").compactMap(\.string)
            list.countries = element.elements("countries").compactMap(\.string)
            lists[Int32(clamping: number)] = list
        }
        published = node.elements("published").compactMap { Population($0) }
        withheld = node.elements("withheld").compactMap { Population($0) }
    }
}

extension PartKey {
    fileprivate var numbers: [Int64] { [Int64(month.value), Int64(department), Int64(standing.rawValue)] }

    fileprivate init?(numbers: ArraySlice<Int64>) {
        let numbers = Array(numbers)
        guard numbers.count == 3, let standing = OutcomeStanding(rawValue: UInt8(clamping: numbers[2])) else {
            return nil
        }
        self.init(
            month: MonthNumber(value: Int32(clamping: numbers[0])), department: Int32(clamping: numbers[1]),
            standing: standing)
    }
}

extension ReleaseSnapshot.Cell {
    fileprivate var numbers: [Int64] {
        let (aspect, value) = key.aspect.numbers
        return key.part.numbers + [Int64(aspect), Int64(value), exposed, people, grouped]
    }

    fileprivate init?(numbers: [Int64]) {
        guard numbers.count == 8, let part = PartKey(numbers: numbers[..<3]),
            let aspect = CellKey.Aspect(Int32(clamping: numbers[3]), Int32(clamping: numbers[4]))
        else { return nil }
        key = CellKey(part, aspect)
        (exposed, people, grouped) = (numbers[5], numbers[6], numbers[7])
    }
}

extension ReleaseSnapshot.Group {
    fileprivate var numbers: [Int64] { part.numbers + [Int64(group), people] }

    fileprivate init?(numbers: [Int64]) {
        guard numbers.count == 5, let part = PartKey(numbers: numbers[..<3]) else { return nil }
        self.part = part
        (group, people) = (Int32(clamping: numbers[3]), numbers[4])
    }
}

extension Population {
    /// Reads what `JSONWriter.population` has written.
    fileprivate init?(_ node: DocumentNode) {
        guard let part = node.member("part")?.integer.flatMap({ Part(rawValue: UInt8(clamping: $0)) }) else {
            return nil
        }
        func number(_ name: String) -> Int32 { node.member(name)?.integer.map { Int32(clamping: $0) } ?? -1 }
        self.init(part, department: number("department"), type: number("type"), district: number("district"))
        if let connection = node.member("connection")?.integer { tie = .connection(Int32(clamping: connection)) }
        if let type = node.member("connectionType")?.string { tie = .type(type) }
        if let country = node.member("country")?.string { tie = .country(country) }
        if let group = node.member("group")?.integer { people = group < 0 ? .grouped : .group(Int32(clamping: group)) }
        if node.member("counted") != nil { people = .counted }
        if node.member("twoYears") != nil { window = .twoYears }
    }
}

extension DocumentNode {
    fileprivate var numbers: [Int64] {
        var numbers: [Int64] = []
        forEachChild { _, child in numbers.append(child.integer ?? 0) }
        return numbers
    }
}

extension JSONWriter {
    fileprivate mutating func rows<Row>(_ name: StaticString, _ rows: [Row], _ numbers: (Row) -> [Int64]) {
        key(name)
        beginArray()
        for row in rows {
            beginArray()
            for number in numbers(row) { integer(number) }
            endArray()
        }
        endArray()
    }

    fileprivate mutating func list(_ number: Int32, _ list: TieList) {
        beginObject()
        key("list")
        integer(Int64(number))
        key("connections")
        beginArray()
        for connection in list.connections { integer(Int64(connection)) }
        endArray()
        for (name, texts) in [("types", list.types), ("countries", list.countries)] as [(StaticString, [String])] {
            key(name)
            beginArray()
            for text in texts { string(text) }
            endArray()
        }
        endObject()
    }

    fileprivate mutating func population(_ population: Population) {
        beginObject()
        key("part")
        integer(Int64(population.part.rawValue))
        let members: [(StaticString, Int32)] = [
            ("department", population.department), ("type", population.type), ("district", population.district),
        ]
        for (name, number) in members where number >= 0 {
            key(name)
            integer(Int64(number))
        }
        switch population.tie {
        case .any: break
        case .connection(let connection):
            key("connection")
            integer(Int64(connection))
        case .type(let type):
            key("connectionType")
            string(type)
        case .country(let country):
            key("country")
            string(country)
        }
        switch population.people {
        case .all: break
        case .counted:
            key("counted")
            bool(true)
        case .grouped:
            key("group")
            integer(-1)
        case .group(let group):
            key("group")
            integer(Int64(group))
        }
        if population.window == .twoYears {
            key("twoYears")
            bool(true)
        }
        endObject()
    }
}
