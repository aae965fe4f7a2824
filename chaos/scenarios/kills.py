"""Workers are killed (SIGKILL) at random while they read, stopped, and started, two to four at a time.

Every event has its one record or its one dead letter, and the group stands at the end of its topic.
"""
import time

from events import USUAL, Feeder
from scenarios.held import finish

CLUSTERS, QUICK = {"embedded", "real"}, False
RUN = {"partitions": 32}
KILLS = {"embedded": 5, "real": 12}


def run(run):
    count, kills = 200_000 if run.is_real else 30_000, KILLS[run.cluster.kind]
    fleet, feeder = run.fleet("--commit.records", "1000"), Feeder(run, rate=6000 if run.is_real else 1000)
    feeder.begin(run.choose.choices(list(USUAL), list(USUAL.values()), k=count))
    fleet.start()
    fleet.start()
    while feeder.is_at_it() or fleet.killed < kills:
        time.sleep(run.choose.uniform(0.5, 4))
        fleet.mend()
        act = run.choose.random()
        if act < 0.5 and fleet.running:
            fleet.kill(run.choose.choice(fleet.running))
            if run.choose.random() < 0.8 or not fleet.running:
                fleet.start()
        elif act < 0.7 and len(fleet.running) > 1:
            fleet.stop(run.choose.choice(fleet.running))
        elif len(fleet.running) < 4:
            fleet.start()
    while len(fleet.running) < 2:
        fleet.start()
    finish(run, fleet, feeder)
