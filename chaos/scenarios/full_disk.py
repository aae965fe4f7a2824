"""The disk of the KPI service's store (SQLite) is full at the start, and again and again while it reads.

While it is, the service says that it is not ready, and why, goes on being alive, and serves what it has; when there is
room again it goes on by itself. In the end its store is what Python makes of the records: nothing lost, nothing twice.
"""
import os, random, subprocess, time

from confluent_kafka import Producer

import outcomes
from records import Records
from stores import SQLiteStore
from topic import fill, read_committed
from workers import Service

CLUSTERS, QUICK, PROGRAM = {"embedded", "real"}, False, "kpi-service"
RUN = {"partitions": 32}
DISK_MB, RECORDS = 700, 40_000


def lacks():
    """A file system of its own, in memory, is what can be filled without harm."""
    return None if os.geteuid() == 0 else "needs root to mount a file system: sudo, or unshare -rm scripts/chaos …"


class Ballast:
    """A file that takes up a disk."""

    def __init__(self, folder):
        self.file, disk = open(os.path.join(folder, "ballast"), "wb"), os.statvfs(folder)
        self.size = disk.f_bavail * disk.f_bsize
        os.posix_fallocate(self.file.fileno(), 0, self.size)

    def give(self, megabytes):
        """Leaves so much more room than there is."""
        self.size = max(0, self.size - int(megabytes * (1 << 20)))
        self.file.truncate(self.size)


def send(run, topic, records):
    """As `topic.fill`, without transactions: the embedded cluster would not hide the aborted ones."""
    producer = Producer({"bootstrap.servers": run.cluster.servers, "linger.ms": 20, "log_level": 0})
    for key, payload, kind in records:
        while True:
            try:
                producer.produce(topic, key=key, value=payload, headers={"chaos": kind})
                break
            except BufferError:
                producer.poll(0.1)
    producer.flush(60)


def run(run):
    records = Records(run.seed, RECORDS)
    if run.is_real:
        fill(run.cluster.servers, run.attributions, records, random.Random(run.seed))
    else:
        send(run, run.attributions, records)
    expected = outcomes.Expected(read_committed(run.cluster.servers, run.attributions, run.partitions))
    disk = os.path.join(run.folder, "disk")
    os.mkdir(disk)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "chaos", disk], check=True)
    try:
        disturb(run, disk, expected)
    finally:
        for process in run.processes:
            process.kill()
        subprocess.run(["umount", "-l", disk], check=True)


def disturb(run, disk, expected):
    store, ballast = SQLiteStore("kpi", disk), Ballast(disk)
    service = Service(run, "service", store.address, run.attributions, 1000)
    run.processes.append(service)
    steps = [0.05, 1, 4, 12, 30]
    for number, room in enumerate(steps):
        run.until(lambda: service.code is not None or service.get("/readyz")[0] == 503
                  and ("full" in service.get("/readyz")[1] or "disk" in service.get("/readyz")[1]), 60,
                  lambda: f"it is not said that the disk is full (step {number}): {service.get('/readyz')} {service.last_words()}")
        if not run.expect(service.code is None, f"ended with {service.code}: {service.last_words()}"):
            return
        time.sleep(run.choose.uniform(1, 4))
        run.expect(service.is_live(), f"not alive: {service.get('/livez')}")
        run.expect(not service.is_ready(), "it says that it is ready, with a full disk")
        run.say(f"full, {store.received():,} of {expected.received:,} stored; then {room} MB more")
        ballast.give(room)
    ballast.give(DISK_MB)
    began = time.monotonic()
    run.until(lambda: service.code is not None or all(
        store.positions().get(partition, 0) >= end for partition, end in expected.ends.items()), 120,
              lambda: f"it does not go on: {service.get('/readyz')} {service.last_words()}", 0.2)
    run.until(service.is_ready, 30, lambda: f"not ready with room again: {service.get('/readyz')}")
    run.figures |= {"records": expected.received, "all stored after s": round(time.monotonic() - began),
                    "peak MB": round(service.peak_mb())}
    run.expect(service.code is None, f"ended with {service.code}: {service.last_words()}")
    run.expect(service.stop() == 0, f"did not stop with 0: {service.last_words()}")
    for finding in outcomes.compare(expected, store):
        run.expect(False, finding)
