/// The executables of this project, by name. All are in one program, which is whichever its file is called: so an image
/// needs it once, under seven names.
public enum Executable {
    private static let departments = [
        "immigration-worker": "immigration", "housing-worker": "housing", "health-worker": "health",
        "transport-worker": "transport",
    ]

    /// The text of `--help` of a worker, or of the KPI service.
    static func help(of name: String) -> String {
        kind(of: name) == .service ? ServiceProgram.help(name) : WorkerProgram.help(name)
    }

    /// Runs the executable that this process was started as; `city-attribution` under any name that is none.
    /// - Returns: the exit code.
    public static func run() -> Int32 {
        run(CommandLine.arguments.first.map(name(ofPath:)) ?? "")
    }

    /// Runs an executable.
    /// - Returns: the exit code.
    public static func run(_ name: String) -> Int32 {
        switch kind(of: name) {
        case .worker(let department): WorkerProgram.run(name, department: department)
        case .service: ServiceProgram.run(name)
        case .commands: Program.run()
        }
    }

    /// What an executable is.
    enum Kind: Equatable {
        /// A worker; of the department that its configuration says where there is none.
        case worker(String?)
        case service
        case commands
    }

    static func kind(of name: String) -> Kind {
        if let department = departments[name] { return .worker(department) }
        switch name {
        case "department-worker": return .worker(nil)
        case "kpi-service": return .service
        default: return .commands
        }
    }

    static func name(ofPath path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? ""
    }
}
