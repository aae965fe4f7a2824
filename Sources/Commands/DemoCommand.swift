import Glibc
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
            demo [--events N] [--seed N] [--output FOLDER]

            Starts a Kafka cluster inside this process, sends made-up events of four departments of a fictional city,
            runs their workers to the end, and prints what they decided. Events and records are left in FOLDER (demo).
            """,
        options: [
            CommandOption("events", value: "N", "Events of each department, 100 to 20000; otherwise 2500."),
            CommandOption("seed", value: "N", "The seed of the sample; otherwise 2026."),
            CommandOption("output", value: "FOLDER", "Where events and records are left; otherwise demo."),
        ], takesConfiguration: false
    ) { context in
        guard context.arguments.positionals.isEmpty else { return context.misused("demo: expected options only") }
        guard let count = Int(context.arguments["events"] ?? "2500"), (100...20_000).contains(count),
            let seed = UInt64(context.arguments["seed"] ?? "2026")
        else { return context.misused("demo: expected --events from 100 to 20000, and a whole number as --seed") }
        let demo = Demo(count: count, seed: seed, folder: context.arguments["output"] ?? "demo")
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

    func run(_ context: inout CommandContext) throws(KafkaError) -> Int32 {
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
        var departments: [DemoDepartment] = []
        for name in SampleEvents.departments {
            let events = SampleEvents.events(department: name, count: count, seed: seed)
            try DemoDepartment.send(events, of: name, to: cluster)
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
        for department in departments { department.finish() }
        let records = try DemoRecords.read(from: cluster)
        files.write(records)
        context.print(DemoReport.text(departments, records, files: files))
        do throws(CommandFailure) {
            let indicators = try DemoIndicators.make(cluster, files)
            context.print(DemoReport.text(indicators))
        } catch {
            return context.failed("demo", error)
        }
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
