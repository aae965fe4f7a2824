import Glibc
import HTTP
import Kafka
import Operations
import Pipeline
import SampleEvents
import YAML

extension Command {
    /// `demo`: the whole pipeline on the embedded cluster, over sample events.
    static let demo = Command(
        name: "demo",
        summary: "Run the whole pipeline over sample events on a cluster inside this process.",
        usage: """
            demo [--events N] [--seed N] [--output FOLDER] [--serve HOST:PORT]

            Starts a Kafka cluster inside this process, sends made-up events of four departments of a fictional city,
            runs their workers to the end, and prints what they decided. Takes the records into a store, closes four
            quarters, and prints the newest. All of it is left in FOLDER (demo). With --serve the page stays open on
            that address, and events of the quarter behind them go on arriving, until the process is interrupted.
            """,
        options: [
            CommandOption("events", value: "N", "Events of each department, 100 to 20000; otherwise 2500."),
            CommandOption("seed", value: "N", "The seed of the sample; otherwise 2026."),
            CommandOption("output", value: "FOLDER", "Where events, records and pages are left; otherwise demo."),
            CommandOption("serve", value: "HOST:PORT", "Where to leave the page open; port 0 is any free one."),
        ], takesConfiguration: false
    ) { context in
        guard context.arguments.positionals.isEmpty else { return context.misused("demo: expected options only") }
        guard let count = Int(context.arguments["events"] ?? "2500"), (100...20_000).contains(count),
            let seed = UInt64(context.arguments["seed"] ?? "2026")
        else { return context.misused("demo: expected --events from 100 to 20000, and a whole number as --seed") }
        var address: ListenAddress?
        if let text = context.arguments["serve"] {
            address = ListenAddress(text)
            guard address != nil else { return context.misused("demo: expected --serve HOST:PORT") }
        }
        let demo = Demo(
            count: count, seed: seed, folder: context.arguments["output"] ?? "demo", address: address)
        do throws(KafkaError) {
            return try demo.run(&context)
        } catch {
            context.note("city-attribution: demo: \(error.description)\n")
            return ExitCode.unavailable
        }
    }
}

/// One run of the demonstration.
private struct Demo {
    let count: Int
    let seed: UInt64
    let folder: String
    /// Where the page is left open; nil for nowhere.
    let address: ListenAddress?

    func run(_ context: inout CommandContext) throws(KafkaError) -> Int32 {
        let stop = StopToken()
        // Before any thread is made, each of which would get the signal otherwise.
        if address != nil { Signals.forward(to: stop) }
        guard let files = DemoFiles(folder: folder) else {
            context.note("city-attribution: demo: \(folder): the folder cannot be made\n")
            return ExitCode.findings
        }
        let cluster = try EmbeddedCluster(brokers: 3, defaultPartitions: 4)
        context.print(
            """
            City Attribution \(Engine.version): a demonstration
            The events are synthetic and the city is fictional: no outcome here is credited to a real partner.

            Kafka cluster inside this process: \(cluster.bootstrapServers)


            """)
        let sender = try DemoSender(cluster)
        var departments: [DemoDepartment] = []
        for name in SampleEvents.departments {
            let events = SampleEvents.events(department: name, count: count, seed: seed)
            try cluster.createTopic("city.\(name).events", partitions: 4)
            try cluster.createTopic("city.\(name).dead-letters", partitions: 4)
            try sender.send(events, of: name)
            files.write(events, of: name)
            let department = DemoDepartment(name: name, events: events.count, cluster: cluster, files: files)
            guard let department else {
                context.note("city-attribution: demo: the sample registry cannot be read\n")
                return ExitCode.configuration
            }
            departments.append(department)
        }
        try cluster.createTopic("city.kpi.attributions", partitions: 4)
        for department in departments { department.start() }
        let isDone = watch(departments, context)
        defer { for department in departments { department.finish() } }
        let records = try DemoRecords.read(from: cluster)
        files.write(records)
        context.print(DemoReport.text(departments, records, files: files))
        do throws(CommandFailure) {
            let indicators = try DemoIndicators.make(cluster, files)
            context.print(DemoReport.text(indicators, files: files))
            if let address {
                let live = DemoLive(
                    count: count, seed: seed, cluster: cluster, files: files, sender: sender, address: address)
                try live.run(stop, &context)
            }
        } catch {
            return context.failed("demo", error)
        }
        for department in departments { department.finish() }
        return isDone && departments.allSatisfy(\.hasSucceeded) ? ExitCode.done : ExitCode.findings
    }

    /// Shows the progress on a terminal until all events are committed; false where that took too long.
    private func watch(_ departments: [DemoDepartment], _ context: CommandContext) -> Bool {
        let total = departments.reduce(0) { $0 + $1.events }
        var progress = ProgressLine(context)
        let started = SystemClock.monotonicMilliseconds()
        var done = 0
        while done < total, SystemClock.monotonicMilliseconds() - started < 120_000 {
            usleep(50_000)
            done = departments.reduce(0) { $0 + $1.committed }
            progress.show { ProgressLine.bar(done, of: total, "events", width: $0) }
            if departments.contains(where: \.hasEnded) { break }
        }
        progress.clear()
        return done >= total
    }
}
