import CSimdJSON

/// A JSON parser that takes out the values at the paths of a plan, with memory that it reuses for every document.
///
/// The whole document is checked, whatever the plan asks for: grammar (RFC 8259), UTF-8, numbers, depth, and no two
/// members of one name in any object. One thread at a time. After the first documents it allocates nothing.
public final class Extractor {
    /// The bytes that must be readable behind a document for `extract(padded:_:)`.
    public static let padding = Int(CSJ_PADDING)

    let parser: OpaquePointer?
    private let limits: Limits
    private let evaluator: PathEvaluator?
    /// The values of the last answer, where queries added to it.
    private var values = UnsafeMutableBufferPointer<csj_value>(start: nil, count: 0)

    /// Makes an extractor.
    /// - Parameters:
    ///   - maximumBytes: the length of a document, at most 1 GiB. Memory grows with the longest document met, to about
    ///     15 bytes for each of its bytes, and stays.
    ///   - maximumDepth: the levels of objects and arrays, from 1 to 65,535; a number alone has none.
    ///   - maximumValues: the values in one answer, 48 bytes each.
    ///   - maximumSteps: what queries that are no simple paths may take over one document, all together: a step is a
    ///     node looked at, or about as much work. A million steps take some hundredths of a second.
    public init(
        maximumBytes: Int, maximumDepth: Int = 64, maximumValues: Int = 100_000, maximumSteps: Int = 10_000_000
    ) {
        limits = Limits(
            bytes: min(max(maximumBytes, 1), 1 << 30), depth: min(max(maximumDepth, 1), 65_535),
            values: min(max(maximumValues, 1), 1 << 30))
        parser = csj_parser_create(
            csj_limits(
                bytes: limits.bytes, values: limits.values, depth: UInt32(limits.depth),
                seed: (.random(in: .min ... .max), .random(in: .min ... .max))))
        evaluator = parser.map { PathEvaluator(Tape(csj_parsed_tape($0)), maximumSteps: max(maximumSteps, 0)) }
    }

    deinit {
        csj_parser_destroy(parser)
        values.deallocate()
    }

    /// Parses and checks a document and takes out the values at the paths.
    ///
    /// The document is copied into the memory of the extractor first, since simdjson reads past the end.
    /// - Returns: values that point into that memory, valid until the next call.
    public func extract(
        _ document: UnsafeRawBufferPointer, _ plan: ExtractionPlan
    ) throws(JSONError) -> ExtractedValues {
        try extract(document, isPadded: false, plan)
    }

    /// The same without a copy, for a document in a larger run of memory.
    /// - Parameter document: a document with `Extractor.padding` readable bytes behind its end, of any content.
    public func extract(
        padded document: UnsafeRawBufferPointer, _ plan: ExtractionPlan
    ) throws(JSONError) -> ExtractedValues {
        try extract(document, isPadded: true, plan)
    }

    @inline(__always)
    private func extract(
        _ document: UnsafeRawBufferPointer, isPadded: Bool, _ plan: ExtractionPlan
    ) throws(JSONError) -> ExtractedValues {
        guard let parser else { throw Diagnosis.outOfMemory }
        let bytes = document.baseAddress?.assumingMemoryBound(to: UInt8.self)
        let result = withExtendedLifetime(plan) {
            withUnsafePointer(to: plan.trie) { csj_extract(parser, bytes, document.count, isPadded, $0) }
        }
        guard result.status == CSJ_OK else { throw Diagnosis(document, limits).explain(result) }
        guard plan.queries.isEmpty else { return try evaluate(plan.queries, behind: result) }
        return ExtractedValues(start: result.values, count: result.count)
    }

    // MARK: Queries

    /// Parses and checks a document, which is copied first, and finds the nodes that a query selects.
    /// - Returns: nodes that point into the memory of the extractor, valid until the next call.
    public func nodes(of path: JSONPath, in document: UnsafeRawBufferPointer) throws(JSONError) -> SelectedNodes {
        _ = try extract(document, Self.noPaths)
        return try nodes(of: path)
    }

    /// Finds the nodes that a query selects in the document extracted last.
    /// - Returns: nodes that point into the memory of the extractor, valid until the next document.
    public func nodes(of path: JSONPath) throws(JSONError) -> SelectedNodes {
        let evaluator = try evaluatorOfDocument()
        var places: [Int] = []
        try evaluator.visit(path.query, current: Tape.root) { (node) throws(JSONError) in
            try checkRoom(places.count)
            places.append(node.place)
            return true
        }
        return SelectedNodes(places, evaluator.tape)
    }

    /// Parses and checks a document, which is copied first, for a walk over all of it.
    /// - Returns: the document, which points into the memory of the extractor, valid until the next call.
    public func document(_ document: UnsafeRawBufferPointer) throws(JSONError) -> DocumentNode {
        _ = try extract(document, Self.noPaths)
        return try self.document()
    }

    /// The document extracted last, for a walk over all of it; valid until the next one.
    public func document() throws(JSONError) -> DocumentNode {
        DocumentNode(try evaluatorOfDocument().tape, place: Tape.root)
    }

    private static let noPaths = ExtractionPlan([SimplePath]())

    private func evaluatorOfDocument() throws(JSONError) -> PathEvaluator {
        guard let parser, let evaluator else { throw Diagnosis.outOfMemory }
        evaluator.begin(Tape(csj_parsed_tape(parser)))
        return evaluator
    }

    /// Adds the values of queries to those that the walk has found.
    private func evaluate(
        _ queries: [(slot: Int, query: PathQuery)], behind result: csj_result
    ) throws(JSONError) -> ExtractedValues {
        let evaluator = try evaluatorOfDocument()
        let tape = evaluator.tape
        reserve(result.count)
        for index in 0..<result.count { values[index] = result.values[index] }
        var count = result.count
        for (slot, query) in queries {
            try evaluator.visit(query, current: Tape.root) { (node) throws(JSONError) in
                try checkRoom(count)
                reserve(count + 1)
                values[count] = tape.value(of: node, slot: slot)
                count += 1
                return true
            }
        }
        return ExtractedValues(start: values.baseAddress, count: count)
    }

    private func checkRoom(_ count: Int) throws(JSONError) {
        guard count < limits.values else { throw Diagnosis.tooManyValues(limits) }
    }

    private func reserve(_ count: Int) {
        guard count > values.count else { return }
        let larger = UnsafeMutableBufferPointer<csj_value>.allocate(capacity: max(count, 2 * values.count, 64))
        larger.initialize(repeating: csj_value())
        _ = larger.update(fromContentsOf: values)
        values.deallocate()
        values = larger
    }
}

/// What an extractor accepts.
struct Limits {
    let bytes: Int
    let depth: Int
    let values: Int
}
