/// The program of `make fuzz`: `fuzz --list` names the fuzzers; with `FUZZER=json` in the environment it runs one, with
/// the options of libFuzzer. An environment variable, since libFuzzer starts the program again for some of its work.
@_cdecl("fuzz_main")
public func fuzzMain(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafePointer<CChar>?>?) -> CInt {
    var (count, arguments) = (count, arguments)
    if count == 2, let word = arguments?[1], String(cString: word) == "--list" {
        for fuzzer in Fuzzer.all { print(fuzzer.line) }
        return 0
    }
    let name = environmentText("FUZZER") ?? ""
    guard let chosen = Fuzzer.all.first(where: { $0.name == name }) else {
        print("FUZZER: expected one of \(Fuzzer.all.map(\.name).joined(separator: ", "))")
        return 2
    }
    take = chosen.make()
    return runFuzzer(&count, &arguments) { bytes, count in
        take(UnsafeRawBufferPointer(start: bytes, count: count))
        return 0
    }
}

/// What is fuzzed.
private nonisolated(unsafe) var take: Fuzzer.Taking = { _ in }

/// libFuzzer's loop, without its `main`: SwiftPM names the program's entry itself.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafePointer<CChar>?>?>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt
