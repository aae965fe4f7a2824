"""All workers are restarted one after the other under load, each with a static name (group.instance.id).

Nothing is lost and nothing is there twice, and no worker gets partitions but its own. Told are the longest pause, which
is how long any event waited for its record, the longest time from start to ready, and what a worker takes up at rest.
"""
import threading, time

from confluent_kafka import Consumer, TopicPartition

from events import USUAL, Feeder

CLUSTERS, QUICK = {"real"}, False
REASON = "the embedded one keeps no offsets of transactions, so that who starts again there begins anew"
RUN = {"partitions": 8}
WORKERS, ROUNDS, RATE = 4, 2, 2000


def run(run):
    feeder = Feeder(run, rate=RATE)
    running, all_of_them, readies = {}, [], []

    def start(name):
        began = time.monotonic()
        worker = run.worker(f"worker-{name}-{len(all_of_them)}", "--kafka.group.instance.id", f"{run.group}-{name}")
        running[name] = worker
        all_of_them.append(worker)
        run.until(worker.is_ready, 30, lambda: f"not ready: {worker.get('/readyz')} {worker.last_words()}", 0.01)
        readies.append(time.monotonic() - began)

    for name in range(WORKERS):
        start(name)
    run.until(lambda: sum(name.startswith("city_lag_records") for one in running.values() for name in one.metrics())
              == run.partitions, 30, "the partitions are not assigned")
    rest = max(worker.resident_mb() for worker in all_of_them)
    readies.clear()  # those of the first start wait for each other
    count = RATE * WORKERS * ROUNDS * 6
    reader = Reader(run)
    feeder.begin(run.choose.choices(list(USUAL), list(USUAL.values()), k=count))
    for _ in range(ROUNDS):
        for name in range(WORKERS):
            time.sleep(2)
            run.expect(running[name].stop() == 0, f"did not stop with 0: {running[name].last_words()}")
            start(name)
    feeder.thread.join()
    run.catch_up(lambda: running.values(), 60)
    reader.stop()
    moved = sum(len(worker.said("partitions_lost")) for worker in all_of_them)
    run.expect(moved == 0, f"partitions were lost {moved} times")
    run.figures |= {"restarts": WORKERS * ROUNDS, "longest pause s": round(reader.longest, 2),
                    "start to ready s": f"{min(readies):.2f} to {max(readies):.2f}", "MB at rest": round(rest)}
    for worker in running.values():
        run.expect(worker.stop() == 0, f"did not stop with 0: {worker.last_words()}")
    run.settle(feeder)


class Reader:
    """Reads records as they become visible, and notes how long after its event each one came.

    A record has the time of its event, as its sender gave it on the same machine.
    """

    def __init__(self, run):
        self.longest, self.is_done = 0.0, False
        self.consumer = Consumer({"bootstrap.servers": run.cluster.servers, "group.id": f"{run.group}-reader",
                                  "isolation.level": "read_committed", "enable.auto.commit": False})
        self.consumer.assign([TopicPartition(run.attributions, p, 0) for p in range(run.partitions)])
        self.thread = threading.Thread(target=self.read, daemon=True)
        self.thread.start()

    def read(self):
        while not self.is_done:
            for message in self.consumer.consume(1000, 0.05):
                if message.error() is None:
                    self.longest = max(self.longest, time.time() - message.timestamp()[1] / 1000)
        self.consumer.close()

    def stop(self):
        self.is_done = True
        self.thread.join()
