import Connections
import Primitives

/// What passes between the thread that watches the registry and the worker that uses it.
public final class RegistrySupply: Sendable {
    /// What there is to see.
    public struct State: Sendable {
        /// The digest of the registry that decides now; empty before there is one.
        public internal(set) var digest = ""
        /// How many connections it has.
        public internal(set) var connections = 0
        /// How often another one was taken into use.
        public internal(set) var taken = 0
        /// How often what the sources hold was refused for an error in it.
        public internal(set) var refused = 0
        /// How often the sources could not be read.
        public internal(set) var unavailable = 0
        /// False while the sources hold another registry than the one in use: it was refused, or cannot be read.
        public internal(set) var isCurrent = true
    }

    private let state = Locked(State())
    private let waiting = Locked<Engine?>(nil)

    /// Makes a supply of nothing.
    public init() {}

    /// What there is to see now.
    public var now: State { state.withLock { $0 } }

    /// Changes what there is to see.
    func update(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    /// Lays an engine ready for the worker, in place of one that it has not taken yet.
    func offer(_ engine: Engine) { waiting.withLock { $0 = engine } }

    /// The engine that lies ready, once.
    func take() -> Engine? {
        waiting.withLock { engine in
            defer { engine = nil }
            return engine
        }
    }

    /// Says which engine decides from now on.
    func use(_ engine: Engine) {
        state.withLock { state in
            if !state.digest.isEmpty, state.digest != engine.registry.digest { state.taken += 1 }
            state.digest = engine.registry.digest
            state.connections = engine.registry.connections.count
        }
    }
}
