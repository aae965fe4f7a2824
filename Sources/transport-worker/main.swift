import Commands

#if canImport(Glibc)
    import Glibc
#endif

exit(WorkerProgram.run("transport-worker", department: "transport"))
