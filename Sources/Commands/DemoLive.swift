import HTTP
import KPIService
import Kafka
import Operations
import Pipeline
import Primitives
import SampleEvents

/// The demonstration goes on: events of the running quarter arrive, workers decide, and the service shows it.
struct DemoLive {
    /// The password of what is not public; everything behind it is made up.
    static let token = "port-meridian"
    private static let perDepartment = 4
    private static let pauseMilliseconds = 1000

    /// How many events of each department there were before.
    let count: Int
    let seed: UInt64
    let cluster: EmbeddedCluster
    let files: DemoFiles
    let sender: DemoSender
    let address: ListenAddress

    /// Sends, decides and serves until somebody asks to stop.
    func run(_ stop: StopToken, _ context: inout CommandContext) throws(CommandFailure) {
        let configuration = files.configuration(
            of: cluster, [("http.listen", address.description), ("http.token", DemoLive.token)])
        guard let settings = WebSettings(configuration) else { throw CommandFailure("--serve: expected HOST:PORT") }
        let service: ServiceRun
        do throws(WebServiceError) {
            service = try ServiceRun(configuration, settings, log: Log(format: .text, least: .warning), stop: stop)
        } catch {
            throw CommandFailure("\(error)")
        }
        let serving = Threads.start { _ = service.run() }
        context.print(
            """
            The page is open on http://\(service.address)/, and events go on arriving until Ctrl-C.
            How the quarter that is not closed stands: http://\(service.address)/running?every=5
            That one is not public: any user name, and the password \(DemoLive.token)

            """)
        let failure = send(stop)
        stop.request()
        Threads.join(serving)
        if let failure { throw failure }
    }

    /// Sends some events of every department each second.
    private func send(_ stop: StopToken) -> CommandFailure? {
        var streams = SampleEvents.departments.compactMap { name in
            SampleEvents.Stream(department: name, after: count, seed: seed).map { (name: name, stream: $0) }
        }
        while stop.count == 0 {
            for place in streams.indices {
                let events = (0..<DemoLive.perDepartment).map { _ in streams[place].stream.next() }
                do throws(KafkaError) {
                    try sender.send(events, of: streams[place].name)
                } catch {
                    return CommandFailure(error, brokers: cluster.bootstrapServers)
                }
            }
            stop.wait(milliseconds: DemoLive.pauseMilliseconds, seen: 0)
        }
        return nil
    }
}
