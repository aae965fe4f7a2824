"""The registry changes all the time while events come in: a good one, one with an error, half of one, none at all.

Each event has its one record or its one dead letter, and no record names a version but a good one; the worker counts what it
took and refused, stays ready, and in the end decides by the last good one.
"""
import hashlib, json, os, signal, time

from events import REGISTRY, USUAL, Feeder

CLUSTERS, QUICK = {"embedded", "real"}, True
RUN = {"partitions": 8}


def run(run):
    count, seconds = (60_000, 60) if run.is_real else (max(4000, int(30_000 * run.scale)), max(8, 40 * run.scale))
    worker = run.worker("worker", "--registry.reload.interval", "100ms")
    run.until(worker.is_ready, 30, "not ready at first")
    feeder, good = Feeder(run, rate=count / seconds), {digest(REGISTRY)}
    feeder.begin(run.choose.choices(list(USUAL), list(USUAL.values()), k=count))
    number, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        number += 1
        text = f"note: version {number}\n{REGISTRY}"
        kind = run.choose.choice(["good", "good", "bad", "half", "none"])
        if kind == "good":
            good.add(digest(text))
        elif kind == "bad":
            text += "  - {id: another, type: club}\n"
        elif kind == "half":
            text = text[:run.choose.randrange(text.index("  -") + 8, len(text) - 20)]
        write(run.registry, None if kind == "none" else text)
        if run.choose.random() < 0.3:
            worker.signal(signal.SIGHUP)
        time.sleep(run.choose.uniform(0.02, 0.6))
    last = f"note: the last\n{REGISTRY}"
    good.add(digest(last))
    write(run.registry, last)
    name = f'city_registry_info{{version="sha256:{digest(last)}"}}'
    run.until(lambda: worker.metrics().get(name) == 1, 20, "the last registry is not in use")
    feeder.thread.join()
    run.until(lambda: sum(worker.taken().values()) >= count, 60, "not all is taken in")
    run.expect(worker.is_ready(), f"not ready: {worker.get('/readyz')}")
    found = {result: int(worker.metrics().get(f'city_registry_reloads_total{{result="{result}"}}', 0))
             for result in ("taken", "refused", "unavailable")}
    run.figures.update({f"registries {result}": value for result, value in found.items()})
    run.expect(all(found.values()), f"not each kind of change came: {found}")
    run.expect(worker.stop() == 0, "it did not stop with 0")
    run.settle(feeder, allows_repeats=False)
    used = {json.loads(message.value())["data"]["provenance"]["registry"].removeprefix("sha256:")
            for message in run.cluster.read(run.attributions, run.partitions)}
    run.figures["versions that records name"] = len(used)
    run.expect(used <= good, f"records name {len(used - good)} versions that were never whole")
    run.expect(len(used) > 1, "all records name one version")


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def write(path, text):
    """In place, so that a reader may see a part of it; nothing for none."""
    if text is None:
        os.path.exists(path) and os.remove(path)
        return
    with open(path, "w") as file:
        for start in range(0, len(text), 40):
            file.write(text[start:start + 40])
            file.flush()

