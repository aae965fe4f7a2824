// Measures what it costs to find names in texts: NAMES TEXTS, files of one name or text a line.
//
// Prints, as JSON, megabytes of text per CPU second, five figures each: `fold` brings texts into the form that is
// searched, `find` searches in that form, `both` is what a worker does with a text. And how many names a text has, and
// how long it took to build what finds them.
import Foundation
import Primitives
import Text

func lines(_ name: String) throws -> [[UInt8]] {
    try Data(contentsOf: URL(fileURLWithPath: name)).split(separator: 0x0a).map { [UInt8]($0) }
}

func cpuSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func folded(_ texts: [[UInt8]]) -> [[UInt8]] {
    var folder = SearchText()
    return texts.map { text in text.withUnsafeBytes { [UInt8](folder.fold($0)) } }
}

/// Megabytes per CPU second of work on all texts, after a first time; five times.
func rates(_ texts: [[UInt8]], _ work: (UnsafeRawBufferPointer) -> Void) -> [Double] {
    let bytes = texts.reduce(0) { $0 + $1.count }
    let rounds = max(1, 50_000_000 / max(bytes, 1))
    return (0..<6).map { _ in
        let start = cpuSeconds()
        for _ in 0..<rounds { for text in texts { text.withUnsafeBytes(work) } }
        return Double(bytes * rounds) / 1e6 / (cpuSeconds() - start)
    }.dropFirst().map { $0 }
}

func measure(_ automaton: PhraseAutomaton, _ texts: [[UInt8]]) -> [String: Any] {
    var folder = SearchText()
    var matches = WorkingList<PhraseMatch>()
    var found = 0
    for text in texts {
        text.withUnsafeBytes { automaton.find(in: folder.fold($0), &matches) }
        found += matches.count
    }
    return [
        "bytes": Double(texts.reduce(0) { $0 + $1.count }) / Double(texts.count),
        "names": Double(found) / Double(texts.count),
        "fold": rates(texts) { folder.fold($0) },
        "find": rates(folded(texts)) { automaton.find(in: $0, &matches) },
        "both": rates(texts) { automaton.find(in: folder.fold($0), &matches) },
    ]
}

let names = folded(try lines(CommandLine.arguments[1])).enumerated().map { (phrase: $1, value: Int32($0)) }
let start = cpuSeconds()
let automaton = try PhraseAutomaton(names)
let milliseconds = (cpuSeconds() - start) * 1000
var result = measure(automaton, try lines(CommandLine.arguments[2]))
result["build_milliseconds"] = milliseconds
print(String(decoding: try JSONSerialization.data(withJSONObject: result), as: UTF8.self))
