import Testing

@testable import Commands

@Suite struct ExecutableTests {
    @Test func aFileIsWhatItIsCalledWhereverItStands() {
        #expect(Executable.kind(of: Executable.name(ofPath: "/usr/local/bin/housing-worker")) == .worker("housing"))
        #expect(Executable.kind(of: Executable.name(ofPath: "./department-worker")) == .worker(nil))
        #expect(Executable.kind(of: Executable.name(ofPath: "kpi-service")) == .service)
        #expect(Executable.kind(of: Executable.name(ofPath: "bin/city-attribution")) == .commands)
    }

    @Test(arguments: ["", "/", "housing-workers", "city-attribution-0.1.0"])
    func underAnyOtherNameItIsTheCommandLine(name: String) {
        #expect(Executable.kind(of: Executable.name(ofPath: name)) == .commands)
    }

    @Test(arguments: ["immigration", "housing", "health", "transport"])
    func aWorkerNamedForADepartmentIsItsWorker(department: String) {
        #expect(Executable.kind(of: "\(department)-worker") == .worker(department))
    }
}
