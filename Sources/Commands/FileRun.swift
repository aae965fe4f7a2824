import Attribution
import Intake
import JSON
import Pipeline
import Primitives

/// Why a run over files ended early.
struct RunFailure: Error {
    /// What happened, with the file.
    let message: String
}

/// A run of an engine over files of one event a line: what a worker does, without Kafka.
struct FileRun: ~Copyable {
    /// What was done so far.
    private(set) var counters = Counters()
    private let engine: Engine
    private var records: OutputBuffer
    private var deadLetters: OutputBuffer?
    private var lines: Int64 = 0
    private var fault = ByteBuffer(capacity: 1024)

    /// Makes a run.
    /// - Parameters:
    ///   - engine: what decides.
    ///   - records: receives the records, one a line.
    ///   - deadLetters: receives what is wrong with events, one object a line, without the events.
    init(_ engine: Engine, records: consuming OutputBuffer, deadLetters: consuming OutputBuffer?) {
        self.engine = engine
        self.records = records
        self.deadLetters = deadLetters
    }

    /// Processes the lines of a file. Lines are numbered on from those of the file before: that number, from 0, is the
    /// offset of the event. Blank ones are passed over, and numbered.
    mutating func process(_ file: borrowing InputFile) throws(RunFailure) {
        let processor = EventProcessor(engine: engine, topic: "file:\(file.name)")
        var reader = LineReader(file.descriptor, lineBytesMax: engine.limits.bytes, first: lines)
        let first = lines
        while let line = reader.next() {
            if line.isBlank { continue }
            let message = SourceMessage(payload: line, offset: reader.index, isPadded: true)
            switch processor.process(message) {
            case .record:
                records.appendLine(processor.record.bytes)
                if !records.isWritten { throw RunFailure(message: "the records cannot be written") }
            case .deadLetter(let fault): write(fault, file.name, line: reader.index - first + 1)
            case .unpublished, .skipped: break
            }
        }
        counters.add(processor.counters)
        lines = reader.index + 1
        if reader.failure != 0 { throw RunFailure(message: "\(file.name): the file cannot be read to its end") }
    }

    /// Writes what is left.
    mutating func finish() throws(RunFailure) {
        records.flush()
        deadLetters?.flush()
        if !records.isWritten { throw RunFailure(message: "the records cannot be written") }
        if let isWritten = deadLetters?.isWritten, !isWritten {
            throw RunFailure(message: "the dead letters cannot be written")
        }
    }

    private mutating func write(_ fault: Fault, _ file: String, line: Int64) {
        if deadLetters == nil { return }
        self.fault.clear()
        self.fault.append("{\"file\":")
        self.fault.append(jsonString: file)
        self.fault.append(",\"line\":")
        self.fault.append(decimal: line)
        self.fault.append(",\"code\":")
        self.fault.append(jsonString: fault.code.rawValue)
        self.fault.append(",\"stage\":")
        self.fault.append(jsonString: fault.code.stage.rawValue)
        self.fault.append(",\"message\":")
        self.fault.append(jsonString: fault.message)
        self.fault.append("}")
        deadLetters?.appendLine(self.fault.bytes)
    }
}
