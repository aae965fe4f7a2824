import Primitives
public import Tables

/// Makes JSON documents of messages that hold a row of CSV each.
final class RowDocuments {
    private let parser: CSVRowParser
    private let limits: EventLimits

    /// - Parameter columns: the names of the columns.
    init(columns: [String], _ files: ProfileFiles, _ limits: EventLimits) {
        parser = CSVRowParser(columns: columns, format: CSVFormat(files))
        self.limits = limits
    }

    /// The row as an object, behind which `Extractor.padding` bytes can be read, until the next one; nil for a row that
    /// repeats the names of the columns.
    func document(_ payload: UnsafeRawBufferPointer) throws(Fault) -> UnsafeRawBufferPointer? {
        guard payload.count <= limits.bytes else { throw Fault.tooLarge(limits) }
        do throws(CSVRowError) {
            return try parser.object(payload)
        } catch {
            throw Fault(error)
        }
    }
}

extension CSVFormat {
    /// The format that a profile states.
    /// - Parameter isTabbed: whether fields stand between tabs where the profile does not say.
    public init(_ files: ProfileFiles, isTabbed: Bool = false) {
        self.init(
            delimiter: files.delimiter.flatMap { Delimiter(rawValue: $0 == "tab" ? "\t" : $0) }
                ?? (isTabbed ? .tab : .comma),
            encoding: files.encoding.flatMap { TextEncoding(rawValue: $0) })
    }
}

extension Fault {
    /// The fault that an error of a row is.
    fileprivate init(_ error: CSVRowError) {
        let code: FaultCode =
            switch error.kind {
            case .empty: .rowEmpty
            case .manyRows: .rowsTooMany
            case .columns, .columnOrder: .rowColumns
            case .quotes: .rowQuotes
            case .encoding: .rowEncoding
            }
        self.init(code, "payload\(error.column.map { ", column \($0)" } ?? ""): \(error.message)")
    }
}
