import Commands

#if canImport(Glibc)
    import Glibc
#endif

exit(Program.run())
