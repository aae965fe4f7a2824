"""Brokers go down one after another, then all at once; then they stand still without closing a connection.

Nothing is lost and nothing counted twice. While no broker answers, the worker says that it is not ready, and goes on
being alive; within a minute of the end of it, it is ready again and has caught up. Told to stop meanwhile, it stops, with exit code 0, or 1 where something was open.
"""
import time

from events import USUAL, Feeder

CLUSTERS, QUICK = {"embedded"}, False
RUN = {"partitions": 32}
REASON = "it has no way to take the brokers of a real one down"
EVENTS, OUTAGE = 2000, 20


def outage(run, worker, what, begin, end):
    begin()
    began = time.monotonic()
    run.until(lambda: not worker.is_ready(), 40, f"{what}: it says that it is ready, and no broker is there")
    run.figures[f"not ready after s, {what}"] = round(time.monotonic() - began)
    while time.monotonic() < began + OUTAGE:
        run.expect(worker.is_live(), f"{what}: not alive: {worker.get('/livez')}")
        time.sleep(1)
    end()


def run(run):
    worker, feeder = run.worker("worker", "--commit.records", "200"), Feeder(run)

    def goes_on(what):
        began = time.monotonic()
        feeder.send(run.choose.choices(list(USUAL), list(USUAL.values()), k=EVENTS))
        run.catch_up(lambda: [worker], 90, what)
        run.until(worker.is_ready, 60, lambda: f"{what}: not ready: {worker.get('/readyz')}")
        run.figures[f"caught up after s, {what}"] = round(time.monotonic() - began)

    goes_on("at first")
    for broker in run.choose.sample([1, 2, 3], 3):
        run.cluster.ask("down", broker)
        feeder.begin(run.choose.choices(list(USUAL), list(USUAL.values()), k=EVENTS))
        time.sleep(run.choose.uniform(1, 6))
        run.cluster.ask("up", broker)
        feeder.thread.join()
    goes_on("one by one")
    outage(run, worker, "all down", lambda: run.cluster.ask("down", -1), lambda: run.cluster.ask("up", -1))
    goes_on("all down")
    outage(run, worker, "all frozen", run.cluster.freeze, run.cluster.thaw)
    goes_on("all frozen")
    lost = len(worker.said("partitions_lost"))
    run.figures["times the partitions were lost"] = lost
    run.expect(lost or worker.taken() == (wanted := feeder.counts(of_topic=True)),
               f"counted {worker.taken()}, expected {wanted}" if not lost else "")
    run.cluster.ask("down", -1)
    time.sleep(2)
    began = time.monotonic()
    code = worker.stop()
    run.figures["stopped without brokers after s"] = round(time.monotonic() - began)
    said = [line["event"] for line in worker.said()][-1]
    run.expect((code, said) in ((0, "worker_stopped"), (1, "worker_aborted")),
               f"told to stop without brokers, it ended with {code}: {worker.last_words()}")
    run.cluster.ask("up", -1)
    run.settle(feeder)
