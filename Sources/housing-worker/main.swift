import Commands

#if canImport(Glibc)
    import Glibc
#endif

exit(WorkerProgram.run("housing-worker", department: "housing"))
