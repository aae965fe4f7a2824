import Commands

#if canImport(Glibc)
    import Glibc
#endif

exit(WorkerProgram.run("health-worker", department: "health"))
