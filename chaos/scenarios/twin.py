"""A second worker comes with the same transactional id, as after a deployment that went wrong.

The first one is fenced: it ends with exit code 1, and says so. Whatever each of them did, no event is lost, and for a
`read_committed` reader none is there twice.
"""
import time

from events import USUAL, Feeder

CLUSTERS, QUICK = {"real"}, True
REASON = "the embedded one gives a second producer with the same id one of its own, and fences none"


def run(run):
    count = int(100_000 * max(run.scale, 0.2))
    settings = ["--kafka.transactional.id", f"{run.group}.same", "--commit.records", "500"]
    feeder = Feeder(run, rate=count / 15)
    first = run.worker("first", *settings)
    run.until(first.is_ready, 30, "the first one is not ready")
    feeder.begin(run.choose.choices(list(USUAL), list(USUAL.values()), k=count))
    run.until(lambda: sum(first.taken().values()) > count / 10, 60, "the first one takes nothing in")
    time.sleep(run.choose.uniform(0, 0.5))
    second = run.worker("second", *settings)
    run.until(lambda: first.code is not None, 60, lambda: f"the first one runs on: {first.last_words()}")
    run.expect(first.code == 1 and first.said("worker_failed"),
               f"the first one ended with {first.code}: {first.last_words()}")
    feeder.thread.join()
    run.until(run.stands_at_end, 120, "the group does not stand at the end of the topic", 0.5)
    run.expect(second.code is None and second.is_ready(), f"the second one is not ready: {second.last_words()}")
    run.expect(second.stop() == 0, f"the second one did not stop with 0: {second.last_words()}")
    run.settle(feeder)
