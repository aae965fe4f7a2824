"""One run of a scenario: a cluster with topics of its own, what was found, and figures."""
import os, random, shutil, tempfile, time

from clusters import EmbeddedCluster, RealCluster
from events import REGISTRY, Account
from workers import Fleet, Worker


class Run:
    """What a scenario works with.

    `choose` is a random generator of the seed and the scenario's name; `scale` is below 1 where there is little time.
    """

    def __init__(self, name, seed, servers, scale, brokers=3, partitions=8, cluster=None):
        self.name, self.seed, self.servers, self.scale, self.partitions = name, seed, servers, scale, partitions
        self.choose = random.Random(f"{seed} {name}")
        self.findings, self.figures, self.processes = [], {}, []
        self.folder = tempfile.mkdtemp(prefix=f"chaos-{name}-")
        self.registry, self.key = os.path.join(self.folder, "registry.yaml"), os.path.join(self.folder, "outcome.key")
        with open(self.registry, "w") as file:
            file.write(REGISTRY)
        with open(self.key, "wb") as file:
            file.write(b"a secret of thirty-two bytes or more")
        self.cluster = cluster or (RealCluster(servers) if servers else EmbeddedCluster(brokers))
        self.is_real = self.cluster.kind == "real"
        self.number = 0
        self.renew()

    def renew(self):
        """Topics and a group that nothing has happened to."""
        self.number += 1
        prefix = f"chaos-{self.name}-{self.seed}-{int(time.time())}-{self.number}"
        self.events, self.attributions, self.dead, self.group = (
            f"{prefix}.{what}" for what in ("events", "attributions", "dead", "group"))
        for topic in (self.events, self.attributions, self.dead):
            self.cluster.create(topic, self.partitions)

    def worker(self, name, *settings, **options):
        self.processes.append(Worker(self, name, settings, **options))
        return self.processes[-1]

    def fleet(self, *settings):
        self.processes.append(Fleet(self, settings))
        return self.processes[-1]

    def expect(self, holds, finding):
        if not holds:
            self.findings.append(finding)
        return holds

    def until(self, condition, seconds, finding=None, interval=0.05):
        """Waits for something; a finding, or what makes one then, where it does not come to be in time."""
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                if finding:
                    self.expect(False, f"after {seconds} s: {finding() if callable(finding) else finding}")
                return False
            time.sleep(interval)
        return True

    def say(self, text):
        print(f"    {text}", flush=True)

    def stands_at_end(self):
        """Whether the group has committed all of the topic; on a real cluster only."""
        return (self.cluster.committed(self.group, self.events, self.partitions)
                == self.cluster.ends(self.events, self.partitions))

    def catch_up(self, workers, seconds, what="in the end"):
        """Waits until workers have taken in all that there is, by what they say of their lag."""
        def are_done():
            lags = [value for worker in workers() for name, value in worker.metrics().items()
                    if name.startswith("city_lag_records")]
            return len(lags) == self.partitions and not any(lags)
        for _ in range(2):
            self.until(are_done, seconds, lambda: f"{what}: not all is taken in: {[w.last_words() for w in workers()]}", 0.5)
            # A look at the lag is five seconds old at most.
            time.sleep(6)

    def settle(self, feeder, allows_repeats=None):
        """Every event against what readers see; repeats are expected of the embedded cluster alone."""
        Account(self, feeder.kinds).settle(not self.is_real if allows_repeats is None else allows_repeats)

    def close(self):
        for process in self.processes:
            for worker in process.all if isinstance(process, Fleet) else [process]:
                worker.kill()
        self.cluster.close()
        if not self.findings:
            shutil.rmtree(self.folder, ignore_errors=True)
