public import HTTP

/// Answers what a process says of itself, and nothing else.
public final class HealthServer: Sendable {
    private let server: HTTPServer

    /// Where it listens, with the port that it got.
    public var address: ListenAddress { server.address }

    /// Listens and answers from now on.
    public init(_ address: ListenAddress, _ routes: HealthRoutes) throws(HTTPServerError) {
        var router = Router()
        do throws(RouteError) {
            try routes.add(to: &router)
        } catch {
            // The templates are written in this program.
            assertionFailure("\(error)")
        }
        let routes = router
        server = try HTTPServer(address) { routes.respond(to: $0) }
    }

    /// Finishes what is being answered, and closes.
    public func stop() { server.stop() }
}
