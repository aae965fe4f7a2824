import HTTP
import Health
import Operations
import Pipeline
import Primitives

/// What a worker says of itself over HTTP, from before it has read its registry.
final class WorkerHealth: Sendable {
    /// To be kept up to date by the worker.
    let progress = WorkerProgress()
    /// Through which it gets its registry.
    let supply = RegistrySupply()
    private let metrics = Locked<WorkerMetrics?>(nil)
    private let log: Log
    private let server: Locked<HealthServer?> = Locked(nil)
    /// Where it answers; nil once it was stopped.
    var address: ListenAddress? { server.withLock { $0?.address } }

    /// Where workers listen that nothing else was said to, one after another on one machine.
    private static let ports: ClosedRange<UInt16> = 9465...9564

    /// Answers from now on; the log says where.
    /// - Parameter address: nil for the first free port from 9465 on, of this machine alone.
    init(_ address: ListenAddress?, log: Log) throws(HTTPServerError) {
        self.log = log
        let server: HealthServer
        if let address { server = try listen(address) } else { server = try listenAnywhere() }
        self.server.withLock { $0 = server }
        log.write(.httpListening, [.address: .text("http://\(server.address)/")])
    }

    private func listenAnywhere() throws(HTTPServerError) -> HealthServer {
        for port in WorkerHealth.ports {
            if let server = try? listen(ListenAddress(host: "127.0.0.1", port: port)) { return server }
        }
        return try listen(ListenAddress(host: "127.0.0.1", port: 0))
    }

    private func listen(_ address: ListenAddress) throws(HTTPServerError) -> HealthServer {
        let (progress, supply, metrics, log) = (progress, supply, metrics, log)
        let routes = HealthRoutes(
            live: { progress.stalls }, ready: { progress.obstacles },
            metrics: { text in
                let state = progress.now
                metrics.withLock { $0 }?.write(state, supply.now, isReady: progress.isReady, to: &text)
                log.writeCounts(of: [.httpListening] + LogEvent.kafka + LogEvent.worker, to: &text)
            })
        return try HealthServer(address, routes)
    }

    /// From now on metrics are those of this department's worker.
    func describe(department: String, topic: String) {
        metrics.withLock { $0 = WorkerMetrics(department: department, topic: topic) }
    }

    /// Stops answering.
    func stop() {
        server.withLock { server in
            server?.stop()
            server = nil
        }
    }
}
