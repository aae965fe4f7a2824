"""What more workers bring: 1, 2, 4 and 8 of one group over the same topic of 8 partitions, on a real cluster.

Each is held to a share of a core by the kernel (cgroups; needs root), so that a small machine shows what a larger one
would: whether workers get in each other's way. The rate is taken over the time in which all of them work: from when the
last one was assigned its partitions to when the first partition is at its end, or so many seconds later.
"""
import contextlib, os, signal, statistics, subprocess, time

from clusters import RealCluster
from inputs import path

WORKERS, PARTITIONS, SECONDS, WAIT_SECONDS = (1, 2, 4, 8), 8, 15, 120
PERIOD_MICROSECONDS = 10_000  # short, so that a worker out of its share waits shortly


class EightPartitions(RealCluster):
    PARTITIONS = PARTITIONS


class Share:
    """A group of control for each worker, which gives it a share of one core; version 2 of cgroups, or 1."""

    def __init__(self, share):
        self.folders, self.share = [], share

    def give(self, process):
        quota, modern = int(self.share * PERIOD_MICROSECONDS), os.path.exists("/sys/fs/cgroup/cgroup.controllers")
        folder = os.path.join("/sys/fs/cgroup", "" if modern else "cpu", f"bench-{process.pid}")
        os.mkdir(folder)
        self.folders.append(folder)
        limits = {"cpu.max": f"{quota} {PERIOD_MICROSECONDS}"} if modern else {
            "cpu.cfs_period_us": PERIOD_MICROSECONDS, "cpu.cfs_quota_us": quota}
        for name, value in (limits | {"cgroup.procs": process.pid}).items():
            with open(os.path.join(folder, name), "w") as file:
                file.write(str(value))

    def take_back(self):
        for folder in self.folders:
            with contextlib.suppress(OSError):
                os.rmdir(folder)


def notes(name):
    """What bench/watch.c noted: time, event and offsets by partition of each whole line."""
    with open(name, encoding="ascii") as file:
        for line in file.read().split("\n")[:-1]:
            event, nanoseconds, _, _, _, _, _, *offsets = line.split()
            yield int(nanoseconds) / 1e9, event, dict(tuple(map(int, pair.split("="))) for pair in offsets)


def window(names, ends, seconds):
    """Events, seconds and commits of the time in which all work; None where that is not over yet."""
    told = [list(notes(name)) for name in names]
    if not all(any(event == "assigned" for _, event, _ in one) for one in told):
        return None
    begin = max(at for one in told for at, event, _ in one if event == "assigned")
    committed = sorted((at, offsets) for one in told for at, event, offsets in one if event == "committed")
    next_offsets, first, last, commits = {}, None, None, 0
    for at, offsets in committed:
        next_offsets |= {p: max(offset, next_offsets.get(p, 0)) for p, offset in offsets.items()}
        if at < begin:
            continue
        done = sum(next_offsets.values())
        first = first or (at, done)
        last, commits = (at, done), commits + 1
        if at >= begin + seconds or any(next_offsets.get(p) == end for p, end in ends.items()):
            return last[1] - first[1], last[0] - first[0], commits
    return None


def run(cluster, command, watcher, count, share, number):
    name, shares = f"{cluster.prefix}.{number}.{count}", Share(share)
    cluster.begin(name)
    watches, processes = [path(f"scale-{count}-{index}.watch") for index in range(count)], []
    try:
        for index, watch in enumerate(watches):
            open(watch, "w").close()
            with open(path(f"scale-{count}-{index}.log"), "wb") as log:
                processes.append(subprocess.Popen(
                    [*command(cluster, name), "--threads", "1"],
                    stdout=log, stderr=log, env={**os.environ, "BENCH_WATCH": watch, "LD_PRELOAD": watcher}))
            shares.give(processes[-1])
        deadline = time.monotonic() + WAIT_SECONDS
        while not (found := window(watches, cluster.ends, SECONDS)):
            if time.monotonic() > deadline or any(process.poll() is not None for process in processes):
                raise SystemExit(f"bench: {count} workers did not come to read; their logs are in {path('')}")
            time.sleep(0.2)
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
        for process in processes:
            process.wait()
        shares.take_back()
    cluster.delete([f"{name}.out", f"{name}.dead"])
    events, seconds, commits = found
    return {"events_per_second": events / seconds, "commits_per_second": commits / seconds}


def measure(servers, command, watcher, share, events, rounds):
    with EightPartitions(servers, events) as cluster:
        runs = {count: [] for count in WORKERS}
        for number in range(rounds):
            for count in WORKERS:
                runs[count].append(run(cluster, command, watcher, count, share, number))
                print(f"round {number + 1}: {count} workers, {runs[count][-1]['events_per_second']:,.0f} events/s",
                      flush=True)
    return runs


def tell(runs, share, spread):
    print(f"\nEach worker has {share:.0%} of a core, over {PARTITIONS} partitions.\n\n"
          "| workers | events/s | of one worker's, by round | commits/s |\n|---|---|---|---|")
    for count, found in runs.items():
        rates = [one["events_per_second"] for one in found]
        times = [rate / one["events_per_second"] for rate, one in zip(rates, runs[1])]
        print(f"| {count} | {spread(rates)} | {spread(times, 2)} | "
              f"{statistics.median(one['commits_per_second'] for one in found):,.1f} |")
