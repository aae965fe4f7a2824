import Primitives
import Testing

@testable import JSON

@Suite struct PropertyTests {
    private func json(_ tree: Tree) throws -> [UInt8] {
        var writer = JSONWriter(capacity: 64)
        try tree.write(to: &writer)
        return Array(writer.bytes)
    }

    private func answer(_ extractor: Extractor, _ json: [UInt8], _ plan: ExtractionPlan) -> [String] {
        json.withUnsafeBytes { document in
            do throws(JSONError) {
                return try extractor.extract(document, plan).map { "\($0.slot) \(describe($0)) @\($0.element)" }
            } catch {
                return ["\(error.code) at \(error.offset ?? -1)"]
            }
        }
    }

    /// Each value of a random document is found at its own path, as it was written.
    @Test(arguments: 0..<300 as Range<UInt64>)
    func whatIsWrittenIsReadBack(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let tree = random.tree()
        var paths: [SimplePath] = []
        var expected: [String] = []
        tree.walk(SimplePath()) { path, value in
            paths.append(path)
            expected.append("\(expected.count) \(value.summary)")
        }
        for path in paths { #expect(try SimplePath(path.description) == path) }
        let extractor = Extractor(maximumBytes: 1 << 20)
        let plan = ExtractionPlan(paths)
        let found = try json(tree).withUnsafeBytes { document in
            try extractor.extract(document, plan).map { "\($0.slot) \(describe($0))" }
        }
        #expect(found == expected, "seed \(seed)")
    }

    /// Random paths with wildcards find what the plainest evaluation finds.
    @Test(arguments: 0..<300 as Range<UInt64>)
    func wildcardsFindWhatThePlainEvaluationFinds(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed &+ 1000)
        let tree = random.tree(depth: 7)
        var places: [SimplePath] = []
        tree.walk(SimplePath()) { path, _ in places.append(path) }
        let paths = (0..<20).map { _ in
            SimplePath(
                steps: places[random.below(places.count)].steps.map { step in
                    switch random.below(5) {
                    case 0, 1: .wildcard
                    case 2: random.below(2) == 0 ? .index(random.below(3)) : .member("a")
                    default: step
                    }
                })
        }
        let extractor = Extractor(maximumBytes: 1 << 20)
        let plan = ExtractionPlan(paths)
        let found = try json(tree).withUnsafeBytes { document in
            try extractor.extract(document, plan).map { value in
                (value.slot, "\(describe(value)) @\(value.element) \(value.key.map { Array($0) } ?? [0xff])")
            }
        }
        for (slot, path) in paths.enumerated() {
            var expected: [String] = []
            tree.find(path.steps[...]) { value, element, key in
                expected.append("\(value.summary) @\(element) \(key.map { Array($0.utf8) } ?? [0xff])")
            }
            #expect(found.filter { $0.0 == slot }.map(\.1) == expected, "seed \(seed), \(path)")
        }
    }

    /// An extractor remembers in which order members came. That must not change what it finds or refuses: other orders,
    /// other plans, members that are missing, unknown or there twice.
    @Test(arguments: 0..<20 as Range<UInt64>)
    func whatCameBeforeChangesNothing(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed &+ 9000)
        let names = ["id", "a", "time", "groups-of-people", "groups-by-people", "x", "outcome", "subject"]
        let plans = try (0..<3).map { number in
            let asked = names.shuffled(using: &random).prefix(3 + number)
            return ExtractionPlan(
                try asked.flatMap { [try SimplePath("$['\($0)']"), try SimplePath("$[*]['\($0)'].a")] })
        }
        let experienced = Extractor(maximumBytes: 1 << 16)
        var (found, refused) = (0, 0)
        for _ in 0..<300 {
            let members = (0..<random.below(9)).map { number in
                #""\#(names[random.below(names.count)])":"# + (random.below(4) == 0 ? #"{"a":1,"b":2}"# : "\(number)")
            }
            let object = "{\(members.joined(separator: ","))}"
            let json = Array((random.below(2) == 0 ? object : "[\(object),\(object),{}]").utf8)
            let plan = plans[random.below(plans.count)]
            let answer = answer(experienced, json, plan)
            #expect(answer == self.answer(Extractor(maximumBytes: 1 << 16), json, plan), "seed \(seed)")
            if answer.first?.hasPrefix("duplicateKey") == true { refused += 1 } else { found += answer.count }
        }
        #expect(found > 40 && refused > 20)
    }

    /// Damaged documents are refused or read, never worse, and the two parsers agree on every one of them.
    @Test(arguments: 0..<10 as Range<UInt64>)
    func damagedDocumentsDoNoHarm(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed &+ 5000)
        let extractor = Extractor(maximumBytes: 1 << 20, maximumDepth: 8)
        let plan = ExtractionPlan(
            try ["$", "$.*", "$.*.*", "$[*]", "$[1]", "$.a.b", "$.id"].map { try SimplePath($0) })
        var (accepted, refused, checksum) = (0, 0, 0)
        for _ in 0..<100 {
            let original = try json(random.tree(depth: 4))
            for _ in 0..<100 {
                var bytes = original
                random.mutate(&bytes)
                bytes.withUnsafeBytes { document in
                    var checker = SyntaxChecker(document, maximumDepth: 8)
                    let fault = checker.firstFault()
                    do throws(JSONError) {
                        let values = try extractor.extract(document, plan)
                        checksum &+= values.reduce(0) {
                            $0 &+ $1.text.reduce(0) { $0 &+ Int($1) } &+ ($1.key?.count ?? 0)
                        }
                        accepted += 1
                        #expect(fault == nil, "seed \(seed), \(Array(document))")
                    } catch {
                        refused += 1
                        let agrees = error.code == .duplicateKey ? fault == nil : fault == error
                        #expect(agrees && error.offset != nil, "seed \(seed), \(error), \(Array(document))")
                    }
                }
            }
        }
        #expect(accepted > 0 && refused > 0 && checksum != 0)
    }
}
