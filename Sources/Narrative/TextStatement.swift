public import Connections

/// What a text says of one connection: that it is named, and what it did, or why that does not count.
public struct TextStatement: Sendable, Equatable {
    /// How sure it is which connection is named.
    public enum Certainty: UInt8, Sendable, Comparable {
        /// Two connections have the name, and nothing tells them apart.
        case ambiguous
        /// The name of a place or a country alone.
        case nameAlone
        /// Its organisation, or its city together with the tie or the country.
        case beyondDoubt

        /// True where the left one says less.
        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// The place of the connection in the registry index.
    public let connection: Int
    /// How sure it is which connection is named.
    public let certainty: Certainty
    /// What it did, by the text.
    public let mechanism: Mechanism?
    /// Why that gives no evidence; nil where it is told as done, for this city.
    public let obstacle: Obstacle?

    /// Makes a statement.
    public init(connection: Int, certainty: Certainty, mechanism: Mechanism?, obstacle: Obstacle?) {
        self.connection = connection
        self.certainty = certainty
        self.mechanism = mechanism
        self.obstacle = obstacle
    }
}

extension TextStatement {
    /// Puts the statement in its place among those of a text, which stand in ascending order: one for each connection,
    /// mechanism and obstacle, the surest.
    func insert(into list: inout [TextStatement], from first: Int) {
        var place = list.count
        while place > first, isBefore(list[place - 1]) { place -= 1 }
        if place > first, list[place - 1].connection == connection, list[place - 1].rank == rank {
            if list[place - 1].certainty < certainty { list[place - 1] = self }
        } else if list.count - first < TextReader.statementsMax {
            list.insert(self, at: place)
        }
    }

    private func isBefore(_ other: TextStatement) -> Bool {
        connection != other.connection ? connection < other.connection : rank < other.rank
    }

    /// What is told as done first, then by obstacle and mechanism.
    private var rank: Int {
        Int(obstacle.map { $0.rawValue + 1 } ?? 0) * 16 + Int(mechanism.map { $0.rawValue } ?? 15)
    }
}
