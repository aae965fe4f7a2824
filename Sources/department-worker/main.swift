import Commands

#if canImport(Glibc)
    import Glibc
#endif

exit(Executable.run("department-worker"))
