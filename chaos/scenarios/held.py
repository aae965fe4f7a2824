"""A worker is held (SIGSTOP) for longer than its session, while another one takes its partitions, and woken again.

What it had open must not be committed: every event has one record. Woken, it goes on as a member again, or ends with
exit code 1 and says why, to be started again; so it goes several times.
"""
import signal, time

from events import USUAL, Feeder

CLUSTERS, QUICK = {"embedded", "real"}, False
RUN = {"partitions": 32}
HOLDS = 4


def run(run):
    count = 200_000 if run.is_real else 40_000
    fleet, feeder = run.fleet("--commit.records", "500"), Feeder(run, rate=count / 90)
    fleet.start()
    fleet.start()
    run.until(lambda: all(worker.is_ready() for worker in fleet.running), 30, "not ready at first")
    feeder.begin(run.choose.choices(list(USUAL), list(USUAL.values()), k=count))
    survived, mended = 0, fleet.ended
    for _ in range(HOLDS):
        time.sleep(run.choose.uniform(1, 3))
        held, other = run.choose.sample(fleet.running, 2)
        seen = sum(other.taken().values())
        held.signal(signal.SIGSTOP)
        # Longer than a session; now and then longer than a transaction, too, which has the cluster end that.
        time.sleep(run.cluster.session_ms / 1000 + run.choose.choice([2, 10]))
        held.signal(signal.SIGCONT)
        time.sleep(1)
        run.until(lambda: held.code is not None or held.is_ready(), 60,
                  lambda: f"woken, it neither is ready nor ends: {held.get('/readyz')} {held.last_words()}")
        survived += held.code is None
        # It waits for what the held one had open, which its cluster ends after `transaction.timeout.ms`.
        run.until(lambda: sum(other.taken().values()) > seen, 30, lambda: f"the other one takes nothing in: {other.said()[-1]}")
        fleet.mend()
        run.until(lambda: all(worker.is_ready() for worker in fleet.running), 60, "not all are ready again")
    feeder.thread.join()
    run.figures["woken ones that went on"] = survived
    run.figures["that ended, and were started again"] = fleet.ended - mended
    finish(run, fleet, feeder)


def finish(run, fleet, feeder, seconds=180):
    """Waits until all is read, stops the workers, and settles."""
    if run.is_real:
        def done():
            fleet.mend()
            return run.stands_at_end()
        run.until(done, seconds, "the group does not stand at the end of the topic", 0.5)
    else:
        def workers():
            fleet.mend()
            return fleet.running
        run.catch_up(workers, seconds)
    run.figures["peak MB"] = round(max(worker.peak_mb() for worker in fleet.running))
    fleet.stop_all()
    run.say(fleet.told())
    run.settle(feeder)
