import Connections
public import Primitives

/// Connections that have a part in the same outcomes, and what kinds of connections those are.
public struct TieList: Sendable, Hashable {
    /// The connections.
    public var connections: [Int32] = []
    /// Their types, sorted, each once.
    public var types: [String] = []
    /// Their partners' countries, sorted, each once.
    public var countries: [String] = []

    /// Makes an empty list.
    public init() {}
}

/// The connections of cells, their types and countries, each list looked up once.
public struct TieLists {
    /// The type of connection that outcomes of two years are counted for.
    static let network = "network"

    private var lists: [Int32: TieList] = [:]
    private var types: [Int32: String] = [:]
    private var countries: [Int32: String] = [:]
    private var paidAbroad: [Int32: Bool?] = [:]
    private var names: ByteInterner
    private let ties: Ties

    /// Makes look-ups for a registry.
    public init(_ names: ByteInterner, _ ties: Ties) {
        self.names = names
        self.ties = ties
    }

    /// The list of a number.
    public mutating func list(_ number: Int32) -> TieList {
        if let known = lists[number] { return known }
        var list = TieList()
        for id in names.text(number).split(separator: "\n") {
            let connection = names.id(of: String(id))
            list.connections.append(connection)
            paidAbroad[connection] = ties.isPaidAbroad(String(id))
            guard let row = ties.rows[String(id)] else { continue }
            types[connection] = row.type.rawValue
            countries[connection] = row.country
        }
        list.types = Set(list.connections.compactMap { types[$0] }).sorted()
        list.countries = Set(list.connections.compactMap { countries[$0] }).sorted()
        lists[number] = list
        return list
    }

    /// Whether a connection is in question; only of lists that were looked up.
    func belongs(_ connection: Int32, to tie: Population.Tie) -> Bool {
        switch tie {
        case .any: true
        case .connection(let number): number == connection
        case .type(let type): types[connection] == type
        case .country(let country): countries[connection] == country
        }
    }

    func isPaidAbroad(_ connection: Int32) -> Bool? { paidAbroad[connection] ?? nil }
}
