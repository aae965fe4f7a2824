import Glibc
import Pipeline
import Primitives

/// A watch of the registry at work on a thread of its own, to which it belongs from then on.
struct Watching: ~Copyable {
    private final class Handover: @unchecked Sendable {
        let watch: RegistryWatch
        init(_ watch: RegistryWatch) { self.watch = watch }
    }

    private let thread: pthread_t

    init(_ watch: RegistryWatch, _ engine: Engine, _ supply: RegistrySupply) {
        let handover = Handover(watch)
        thread = Threads.start { handover.watch.run(engine, offeringTo: supply) }
    }

    /// Waits until it has ended.
    consuming func join() { Threads.join(thread) }
}
