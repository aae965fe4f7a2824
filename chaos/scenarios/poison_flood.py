"""Half of all events are bad, in ten ways.

Each bad one becomes one dead letter with the code of its fault, each good one a record; the log does not flood, and the
worker stays ready and within its memory.
"""
from events import POISON, Feeder

CLUSTERS, QUICK = {"embedded", "real"}, True
RUN = {"partitions": 32}
PEAK_MB = 300


def run(run):
    count = int((1_000_000 if run.is_real else 80_000) * run.scale)
    kinds = [run.choose.choice(list(POISON)) if run.choose.random() < 0.5 else
             run.choose.choice(["domestic", "enabled"]) for _ in range(count)]
    feeder = Feeder(run)
    feeder.send(kinds)
    worker = run.worker("worker")
    run.until(lambda: sum(worker.taken().values()) >= count or worker.code is not None, 120, "not all is taken in")
    run.expect(worker.taken() == feeder.counts(), f"counted {worker.taken()}, expected {feeder.counts()}")
    run.expect(worker.is_ready(), f"not ready: {worker.get('/readyz')}")
    run.figures["peak MB"] = round(worker.peak_mb())
    run.expect(worker.peak_mb() < PEAK_MB, f"peak memory {worker.peak_mb():.0f} MB, expected below {PEAK_MB}")
    lines = len(worker.said("dead_letter"))
    run.figures["lines of log on dead letters"] = lines
    run.expect(lines <= 15, f"{lines} lines of log on dead letters")
    run.expect(worker.stop() == 0, "it did not stop with 0")
    run.settle(feeder, allows_repeats=False)
