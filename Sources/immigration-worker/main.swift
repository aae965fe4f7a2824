import Commands

#if canImport(Glibc)
    import Glibc
#endif

exit(WorkerProgram.run("immigration-worker", department: "immigration"))
