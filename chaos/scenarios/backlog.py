"""A worker starts on a backlog: of 10 million events on a real cluster, on the embedded one of as many as it holds.

Its memory stays bounded by its configuration, whatever lies ahead of it: it cannot have more than a limit of data
(RLIMIT_DATA), its peak is measured, and it does not grow between the middle and the end.
"""
import json, os, resource, subprocess, time

from clusters import ROOT
from events import Feeder, event

CLUSTERS, QUICK = {"embedded", "real"}, False
RUN = {"brokers": 1, "partitions": 64}
EVENTS = {"embedded": 1_000_000, "real": 10_000_000}
# Threads' stacks count as data, touched or not: some 8 MB for each of two dozen.
LIMIT_MB, PEAK_MB = 768, 320
FILL = os.path.join(ROOT, ".build/chaos/fill")


def build():
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "rdkafka"], check=True, text=True,
                           stdout=subprocess.PIPE).stdout.split()
    subprocess.run([os.environ.get("CC", "cc"), "-O2", "-o", FILL, os.path.join(ROOT, "bench/fill.c"), *flags],
                   check=True)


def fill(run, count):
    """Sends events from a file, over and over."""
    build()
    lines = os.path.join(run.folder, "events.ndjson")
    with open(lines, "wb") as file:
        for number in range(1000):
            file.write(event(number, "enabled" if number % 4 == 0 else "domestic")[1] + b"\n")
    subprocess.run([FILL, "--bootstrap", run.cluster.servers, "--topic", run.events, "--file", lines, "--events",
                    str(count), "--key-prefix", "backlog-"], check=True, stdout=subprocess.DEVNULL)


def run(run):
    count = EVENTS[run.cluster.kind]
    began = time.monotonic()
    fill(run, count)
    run.say(f"filled in {time.monotonic() - began:.0f} s")
    held = sum(run.cluster.ends(run.events, run.partitions).values())
    run.expect(held == count, f"the topic has {held} events, expected {count}")
    limit = LIMIT_MB << 20
    began = time.monotonic()
    # On the embedded cluster records would fall out of their topic, and are not looked at.
    worker = run.worker("worker", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (limit, limit)))

    def taken(part):
        return lambda: sum(worker.taken().values()) >= count * part or worker.code is not None
    run.until(taken(0.5), 600, "not half of it is taken in", 0.2)
    middle = worker.peak_mb()
    run.until(taken(1), 600, "not all is taken in", 0.2)
    seconds = time.monotonic() - began
    peak = worker.peak_mb()
    run.expect(worker.code is None, f"ended with {worker.code}: {worker.last_words()}")
    found = worker.taken()
    run.expect(found.get("outcome") == count, f"counted {found}, expected {count} outcomes")
    run.figures |= {"events": count, "per second": round(count / seconds), "peak MB in the middle": round(middle),
                    "peak MB": round(peak), "limit of data MB": LIMIT_MB}
    run.expect(peak < PEAK_MB, f"peak memory {peak:.0f} MB, expected below {PEAK_MB}")
    run.expect(peak < middle * 1.25, f"memory grows: {middle:.0f} MB in the middle, {peak:.0f} at the end")
    if run.is_real:
        run.until(run.stands_at_end, 30, "the group does not stand at the end", 0.5)
    run.expect(worker.stop() == 0, f"did not stop with 0: {worker.last_words()}")
