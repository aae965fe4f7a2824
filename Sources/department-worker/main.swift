import Commands

#if canImport(Glibc)
    import Glibc
#endif

exit(WorkerProgram.run("department-worker", department: nil))
