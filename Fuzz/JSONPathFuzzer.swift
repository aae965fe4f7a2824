@testable import JSON

extension Fuzzer {
    /// A query in the first line and a document behind it: what is printed reads back, evaluation ends, and finds nodes
    /// of the document by either way.
    static let jsonPath = Fuzzer(name: "json-path", bytesMax: 400, dictionary: "json-path") {
        let fuzzer = JSONPathFuzzer()
        return { fuzzer.take($0) }
    }
}

private final class JSONPathFuzzer {
    private static let standard = Array(
        #"{"a":[{"b":1,"c":"x"},{"b":2.5,"c":null}],"d":{"e":[[],[true,"\u00e9"]]}}"#.utf8)
    private let extractor = JSONPathFuzzer.extractor()
    private let other = JSONPathFuzzer.extractor()

    private static func extractor() -> Extractor {
        Extractor(maximumBytes: 1 << 16, maximumDepth: 64, maximumValues: 2000, maximumSteps: 50_000)
    }

    func take(_ bytes: UnsafeRawBufferPointer) {
        let (line, document) = bytes.divided(at: "\n")
        let text = line.text
        let path: JSONPath
        do throws(PathSyntaxError) {
            path = try JSONPath(text)
        } catch {
            let isInside = (0...text.unicodeScalars.count).contains(error.position)
            return expect(isInside && !error.expected.isEmpty, "the place of the error: \(error)")
        }
        expectReadsBack(path)
        if let document, (try? extractor.document(document)) != nil {
            evaluate(path, document)
        } else {
            JSONPathFuzzer.standard.withUnsafeBytes { evaluate(path, $0) }
        }
    }

    private func expectReadsBack(_ path: JSONPath) {
        for printed in [JSONPath(path.query), path.simple.map { JSONPath($0) }].compactMap(\.self) {
            let again = try? JSONPath(printed.description)
            expect(again == printed, "\(printed) reads back as \(again?.description ?? "nothing")")
            expect(printed == path, "\(path) is printed as \(printed)")
        }
        if let below = path.below(SimplePath(steps: [.member("data"), .index(0)])) {
            expect((try? JSONPath(below.description)) == below, "\(below) reads back as something else")
        }
    }

    private func evaluate(_ path: JSONPath, _ document: UnsafeRawBufferPointer) {
        guard let found = nodes(of: path, document) else { return }
        guard let places = try? extractor.document(document).places else { fatalError("found: no document") }
        expect(found.places.allSatisfy { places.contains($0) }, "a node is none of the document")
        expect(!path.isSingular || found.places.count <= 1, "a singular query finds several nodes")
        for (place, normalized) in zip(found.places, found.paths).prefix(6) {
            guard let single = try? JSONPath(normalized), let alone = nodes(of: single, document) else {
                fatalError("found: no query: \(normalized)")
            }
            expect(single.isSingular && alone.places == [place], "\(normalized) finds another node")
        }
        // As one of the paths of a profile.
        if let values = try? other.extract(document, ExtractionPlan([path])) {
            let kinds = found.kinds
            let sameOrder = values.map(\.kind) == kinds
            expect(sameOrder || path.simple != nil && values.count == kinds.count, "a plan finds other values")
        }
        expectSame(found.texts, below: path, document)
    }

    /// What a query finds in a document, it finds in the same way where that stands in a larger one.
    private func expectSame(_ texts: [String], below path: JSONPath, _ document: UnsafeRawBufferPointer) {
        guard let below = path.below(SimplePath(steps: [.member("data"), .index(0)])) else { return }
        let larger = Array(#"{"more":[0],"data":["#.utf8) + Array(document) + Array("]}".utf8)
        larger.withUnsafeBytes { larger in
            guard let found = nodes(of: below, larger) else { return }
            expect(found.texts == texts, "\(below) finds \(found.texts) in place of \(texts)")
        }
    }

    private typealias Found = (places: [Int], paths: [String], kinds: [ExtractedValue.Kind], texts: [String])

    /// Nil where the bounds of the extractor end it.
    private func nodes(of path: JSONPath, _ document: UnsafeRawBufferPointer) -> Found? {
        do throws(JSONError) {
            let nodes = try extractor.nodes(of: path, in: document)
            return (
                nodes.map(\.place), nodes.prefix(6).map(\.normalizedPath), nodes.map(\.kind),
                nodes.prefix(50).map(\.json)
            )
        } catch {
            let isBound = [.tooManySteps, .tooManyValues, .tooDeep].contains(error.code)
            expect(isBound, "evaluation fails: \(error)")
            return nil
        }
    }
}
