import Commands

#if canImport(Glibc)
    import Glibc
#endif

exit(ServiceProgram.run("kpi-service"))
