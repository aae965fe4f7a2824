"""The clock jumps by hours, forward and back, while a worker works.

It takes everything in within its usual time, stays ready and alive, and ends when it is told: commits, waits and signs
of life go by a clock that only goes forward. No metric is negative. Times in its log may jump.
"""
import os, struct, subprocess, time

from clusters import ROOT
from events import USUAL, Feeder

CLUSTERS, QUICK = {"embedded", "real"}, False
LIBRARY = os.path.join(ROOT, ".build/chaos/clock.so")
HOUR = 3600
EVENTS, JUMPS = 300, [6 * HOUR, -6 * HOUR, 0, 25 * HOUR, -25 * HOUR, -HOUR, 400 * 24 * HOUR, 0]


def build():
    subprocess.run([os.environ.get("CC", "cc"), "-O2", "-Wall", "-Wextra", "-Werror", "-fPIC", "-shared", "-o", LIBRARY,
                    os.path.join(ROOT, "chaos/clock.c"), "-ldl", "-lpthread"], check=True)


def run(run):
    build()
    clock = open(os.path.join(run.folder, "clock"), "wb", buffering=0)

    def set_clock(seconds):
        os.pwrite(clock.fileno(), struct.pack("=q", seconds), 0)

    set_clock(0)
    worker = run.worker("worker", environment={"LD_PRELOAD": LIBRARY, "CHAOS_CLOCK": clock.name})
    feeder = Feeder(run)
    run.until(worker.is_ready, 30, "not ready at first")
    longest = 0.0
    for jump in JUMPS:
        set_clock(jump)
        # Behind a clock that went back, longer than a session: whoever waits for a time of day then would be missed.
        for wait in (0, run.choose.uniform(0, 3), *([run.cluster.session_ms / 1000 + 3] if jump < 0 else [])):
            time.sleep(wait)
            feeder.send(run.choose.choices(list(USUAL), list(USUAL.values()), k=EVENTS))
            began = time.monotonic()
            run.until(lambda: sum(worker.taken().values()) >= len(feeder.kinds), 20,
                      lambda: f"{jump:+} s: {worker.taken()} of {len(feeder.kinds)}: {worker.last_words()}")
            if run.findings:
                return
            longest = max(longest, time.monotonic() - began)
            run.expect(worker.is_ready() and worker.is_live(),
                       f"{jump:+} s: {worker.get('/readyz')} {worker.get('/livez')}")
            negative = [name for name, value in worker.metrics().items() if value < 0]
            run.expect(not negative, f"{jump:+} s: metrics below zero: {negative}")
    days = {line["time"][:10] for line in worker.said("dead_letter")}
    run.figures |= {"days in the log": len(days), "longest wait s": round(longest, 1)}
    run.expect(len(days) > 1, "the clock of the log did not jump: the fault was none")
    run.expect(worker.taken() == feeder.counts(), f"counted {worker.taken()}, expected {feeder.counts()}")
    began = time.monotonic()
    run.expect(worker.stop() == 0, f"did not stop with 0: {worker.last_words()}")
    run.expect(time.monotonic() - began < 10, "it took more than 10 s to stop")
    run.settle(feeder, allows_repeats=False)
