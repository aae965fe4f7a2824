import TestDatabases
import Testing

@testable import SQLDatabase

/// What must hold on both databases alike.
struct Behaviour: CustomTestStringConvertible, Sendable {
    let name: String
    let check: @Sendable (TestDatabase) throws -> Void
    var testDescription: String { name }

    init(_ name: String, _ check: @escaping @Sendable (TestDatabase) throws -> Void) {
        self.name = name
        self.check = check
    }

    static let all = values + bulk + transactions + migrations
}

@Suite struct SQLiteBehaviourTests {
    @Test(arguments: Behaviour.all) func holds(_ behaviour: Behaviour) throws {
        try behaviour.check(TestDatabase(.sqlite))
    }
}

@Suite(.needsPostgres) struct PostgresBehaviourTests {
    @Test(arguments: Behaviour.all) func holds(_ behaviour: Behaviour) throws {
        try behaviour.check(TestDatabase(.postgres))
    }
}
