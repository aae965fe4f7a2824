"""Workers join and leave without a pause, one to six at a time, so that the group hardly ever comes to rest.

Nobody is killed: every event has its one record or its one dead letter, each worker that leaves ends with exit code 0,
and all is read within three minutes of the end of the storm.
"""
import time

from events import USUAL, Feeder
from scenarios.held import finish

CLUSTERS, QUICK = {"embedded", "real"}, False
RUN = {"partitions": 32}


def run(run):
    count, seconds = (250_000, 90) if run.is_real else (30_000, 60)
    fleet, feeder = run.fleet("--commit.records", "500"), Feeder(run, rate=count / seconds)
    feeder.begin(run.choose.choices(list(USUAL), list(USUAL.values()), k=count))
    for _ in range(2):
        fleet.start()
    began = time.monotonic()
    while time.monotonic() < began + seconds:
        time.sleep(run.choose.uniform(0.05, 1.2))
        fleet.mend()
        if len(fleet.running) < 6 and (run.choose.random() < 0.55 or len(fleet.running) < 2):
            fleet.start()
        elif len(fleet.running) > 1:
            fleet.stop(run.choose.choice(fleet.running))
    feeder.thread.join()
    while len(fleet.running) < 2:
        fleet.start()
    rebalances = sum(worker.metrics().get("city_rebalances_total", 0) for worker in fleet.running)
    run.say(f"{rebalances:.0f} rebalances seen by those that are left")
    finish(run, fleet, feeder)
