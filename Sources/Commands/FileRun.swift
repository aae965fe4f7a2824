import Attribution
import Intake
import JSON
import Pipeline
import Primitives

/// A run of an engine over files of events: what a worker does, without Kafka.
struct FileRun: ~Copyable {
    /// What was done so far.
    private(set) var counters = Counters()
    private let engine: Engine
    private var records: OutputBuffer
    private var deadLetters: OutputBuffer?
    /// Rows and lines that are no events.
    private(set) var badRows = 0
    private var events: Int64 = 0
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

    /// Processes the events of a file. They are numbered on from those of the file before: that number, from 0, is the
    /// offset of the event.
    mutating func process(_ source: any EventSource) throws(CommandFailure) {
        let processor = EventProcessor(engine: engine, topic: "file:\(source.name)")
        let first = events
        while true {
            let item = try source.next()
            events = first + source.index + 1
            switch item {
            case .end:
                counters.add(processor.counters)
                return
            case .bad(let reason):
                badRows += 1
                write("file.row", "file", reason, source)
            case .event(let event):
                try process(SourceMessage(payload: event, offset: events - 1, isPadded: true), processor, source)
            }
        }
    }

    private mutating func process(
        _ message: SourceMessage, _ processor: EventProcessor, _ source: any EventSource
    ) throws(CommandFailure) {
        switch processor.process(message) {
        case .record:
            records.appendLine(processor.record.bytes)
            if !records.isWritten { throw CommandFailure("the records cannot be written") }
        case .deadLetter(let fault): write(fault.code.rawValue, fault.code.stage.rawValue, fault.message, source)
        case .unpublished, .skipped: break
        }
    }

    /// Writes what is left.
    mutating func finish() throws(CommandFailure) {
        records.flush()
        deadLetters?.flush()
        if !records.isWritten { throw CommandFailure("the records cannot be written") }
        if let isWritten = deadLetters?.isWritten, !isWritten {
            throw CommandFailure("the dead letters cannot be written")
        }
    }

    private mutating func write(_ code: String, _ stage: String, _ message: String, _ source: any EventSource) {
        if deadLetters == nil { return }
        fault.clear()
        fault.append("{\"file\":")
        fault.append(jsonString: source.name)
        fault.append(",\"line\":")
        fault.append(decimal: source.line)
        fault.append(",\"code\":")
        fault.append(jsonString: code)
        fault.append(",\"stage\":")
        fault.append(jsonString: stage)
        fault.append(",\"message\":")
        fault.append(jsonString: message)
        fault.append("}")
        deadLetters?.appendLine(fault.bytes)
    }
}
