import CSimdJSON

/// A JSON parser that takes out the values at the paths of a plan, with memory that it reuses for every document.
///
/// The whole document is checked, whatever the plan asks for: grammar (RFC 8259), UTF-8, numbers, depth, and no two
/// members of one name in any object. One thread at a time. After the first documents it allocates nothing.
public final class Extractor {
    /// The bytes that must be readable behind a document for `extract(padded:_:)`.
    public static let padding = Int(CSJ_PADDING)

    private let parser: OpaquePointer?
    private let limits: Limits

    /// Makes an extractor.
    /// - Parameters:
    ///   - maximumBytes: the length of a document, at most 1 GiB. Memory grows with the longest document met, to about
    ///     15 bytes for each of its bytes, and stays.
    ///   - maximumDepth: the levels of objects and arrays, from 1 to 65,535; a number alone has none.
    ///   - maximumValues: the values in one answer, 48 bytes each.
    public init(maximumBytes: Int, maximumDepth: Int = 64, maximumValues: Int = 100_000) {
        limits = Limits(
            bytes: min(max(maximumBytes, 1), 1 << 30), depth: min(max(maximumDepth, 1), 65_535),
            values: min(max(maximumValues, 1), 1 << 30))
        parser = csj_parser_create(
            csj_limits(
                bytes: limits.bytes, values: limits.values, depth: UInt32(limits.depth),
                seed: (.random(in: .min ... .max), .random(in: .min ... .max))))
    }

    deinit {
        csj_parser_destroy(parser)
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
        return ExtractedValues(start: result.values, count: result.count)
    }
}

/// What an extractor accepts.
struct Limits {
    let bytes: Int
    let depth: Int
    let values: Int
}
