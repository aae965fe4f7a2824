#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// One kind of input from outside, and what must hold of it whatever its bytes are.
struct Fuzzer: Sendable {
    /// Takes one input.
    typealias Taking = (UnsafeRawBufferPointer) -> Void

    /// What `scripts/fuzz` calls it; its code is in the file of this name, its seeds in the folder of this name.
    let name: String
    /// The longest input, in bytes: short ones find more.
    let bytesMax: Int
    /// The file of `Dictionaries`, without its ending.
    var dictionary: String?
    /// Folders of the project whose files are seeds as they are, beside `Seeds/<name>`.
    var folders: [String] = []
    /// Makes what takes the inputs, once.
    let make: @Sendable () -> Taking

    static let all: [Fuzzer] = [
        .json, .jsonPath, .yaml, .csv, .event, .profile, .rules, .registry, .registryImport, .sample, .http, .record,
        .deadLetter, .labelled, .narrative,
    ]

    /// For `scripts/fuzz`: name, longest input, dictionary or `-`, folders.
    var line: String { ([name, "\(bytesMax)", dictionary ?? "-"] + folders).joined(separator: " ") }
}

/// What must hold; else the program ends, and libFuzzer keeps the input.
func expect(_ holds: Bool, _ what: @autoclosure () -> String) {
    if !holds { fatalError("found: \(what())") }
}

/// What a message must never say: it stands in the seeds and dictionaries where data of residents stand.
enum Marker {
    static let texts = ["ZQXVMARKER", "7391846205"]

    /// Ends the program where a message quotes a marker that stands nowhere but in the data.
    static func expectNone(in message: String, _ what: String, unlessIn given: String = "") {
        for text in texts where message.contains(text) {
            expect(given.contains(text), "\(what) quotes data: \(message)")
        }
    }
}

/// A variable of the environment; nil where it is not set.
func environmentText(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
