import Glibc
import Primitives

/// A batch that a thread of its own is writing. Whoever begins one has to wait for it before the writer is used again.
final class BatchUnderWay {
    /// What the thread works on; its own until it has ended.
    private final class Work: @unchecked Sendable {
        let writer: BatchWriter
        var batch: ReceivedBatch
        var failure: StoreError?

        init(_ writer: BatchWriter, _ batch: ReceivedBatch) {
            (self.writer, self.batch) = (writer, batch)
        }

        func write() {
            do throws(StoreError) { try writer.write(&batch) } catch { failure = error }
        }
    }

    private let work: Work
    private var thread: pthread_t?

    /// Begins to write a batch.
    init(_ writer: BatchWriter, _ batch: ReceivedBatch) {
        let work = Work(writer, batch)
        self.work = work
        thread = Threads.start { work.write() }
    }

    deinit {
        join()
    }

    /// Waits until it is written; what became of it.
    func finish() throws(StoreError) -> ReceivedBatch {
        join()
        if let failure = work.failure { throw failure }
        return work.batch
    }

    private func join() {
        if let thread { Threads.join(thread) }
        thread = nil
    }
}
