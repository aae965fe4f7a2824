"""A KPI service is killed at random while it reads, stopped, superseded, and held until another one has come.

What its store holds at the end, to the last outcome and sum, is what one undisturbed pass stores, and what Python makes
of the records that count; on SQLite, and on PostgreSQL where TEST_POSTGRES_URL names one (scripts/with-postgres). One
that was superseded ends by itself and leaves the store as it is.
"""
import os, random, signal, time

import outcomes
from records import Records
from stores import new_store
from topic import fill, read_committed
from workers import Service

CLUSTERS, QUICK, PROGRAM = {"real"}, False, "kpi-service"
REASON = "the embedded one does not hide aborted transactions, and holds too little"
RUN = {"partitions": 6}
EVENTS = 500_000


class Chaos:
    """One store, and what is done to the services that write to it."""

    def __init__(self, run, store, ends):
        self.run, self.store, self.ends = run, store, ends
        self.choose = random.Random(f"acts {run.seed} {store.kind}")
        self.findings, self.services, self.acts = [], [], {}
        self.started = time.monotonic()

    def start(self, records=None):
        records = records or self.choose.choice([100, 1000, 1000, 10_000])
        name = f"{self.store.name}-{len(self.services)}"
        self.services.append(Service(self.run, name, self.store.address, self.run.attributions, records))
        return self.services[-1]

    def did(self, what, detail=""):
        self.acts[what] = self.acts.get(what, 0) + 1
        self.run.say(f"{self.store.kind} {time.monotonic() - self.started:6.2f} s, {self.store.received():>9,} read: "
                     f"{what}{detail}")

    def is_read(self):
        positions = self.store.positions()
        return all(positions.get(partition, 0) >= end for partition, end in self.ends.items())

    def until(self, condition, seconds, interval=0.02):
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                return False
            time.sleep(interval)
        return True

    def is_superseded(self, service):
        """It has to end by itself, with the exit code of what no waiting mends."""
        self.until(lambda: service.code is not None or self.is_read(), 40)
        code = service.wait(3)
        if code is None and self.is_read():
            # With nothing left to write it does not notice, and does no harm.
            service.kill()
        elif code != 1 or "another process" not in service.last_words():
            self.findings.append(f"a superseded service ended with {code}: {service.last_words()}")
            service.kill()

    def is_at_work(self, service):
        """Whether it has surely claimed the store: it took in something, and again. What was killed can do so once."""
        for _ in range(2):
            received = self.store.received()
            self.until(lambda: self.store.received() > received or self.is_read() or service.code is not None, 20)
        return service.code is None and not self.is_read()

    def has_claimed(self, before, service, seconds=20):
        """Whether the service has taken the store from the one before."""
        self.until(lambda: self.store.writer() > before or service.code is not None, seconds)
        return self.store.writer() > before

    def supersede(self, first):
        before = self.store.writer()
        self.did("superseded")
        second = self.start()
        self.has_claimed(before, second)
        self.is_superseded(first)
        return second

    def hold(self, first):
        before = self.store.writer()
        first.signal(signal.SIGSTOP)
        self.did("held")
        second = self.start()
        # One that was held in the middle of a transaction has locked the store: then the second one waits for it.
        has_claimed = self.has_claimed(before, second, 3)
        time.sleep(self.choose.uniform(0.1, 2.0))
        kills = self.choose.random() < 0.5
        if has_claimed and kills:
            second.kill()
            left = self.store.state()
            first.signal(signal.SIGCONT)
            self.is_superseded(first)
            if self.store.state() != left:
                self.findings.append("a service that had been superseded wrote to the store")
            self.did("second one killed, first one woken")
            return self.start()
        first.signal(signal.SIGCONT)
        self.did("woken", "" if has_claimed else " (it had locked the store)")
        self.has_claimed(before, second)
        self.is_superseded(first)
        return second

    def act(self, service):
        """Disturbs a service; the one that runs afterwards."""
        kind = self.choose.choices(["kill", "stop", "supersede", "hold"], [60, 10, 14, 16])[0]
        if kind in ("supersede", "hold") and not self.is_at_work(service):
            return service
        if kind == "supersede":
            return self.supersede(service)
        if kind == "hold":
            return self.hold(service)
        if kind == "kill":
            self.did("killed")
            service.kill()
        else:
            self.did("stopped")
            service.signal(signal.SIGTERM)
            if service.wait(30) != 0:
                self.findings.append(f"a stopped service ended with {service.code}: {service.last_words()}")
                service.kill()
        return self.start()

    def disturb(self):
        """Until all is read, one disturbance after another."""
        self.started = time.monotonic()
        service = self.start()
        while not self.is_read():
            time.sleep(self.choose.uniform(0.05, 0.9))
            if service.code is not None:
                self.findings.append(f"a service ended by itself with {service.code}: {service.last_words()}")
                service = self.start()
            elif not self.is_read():
                service = self.act(service)
            if time.monotonic() - self.started > 900 or len(self.findings) > 10:
                self.findings.append("not all is read")
                break
        self.seconds = time.monotonic() - self.started
        service.signal(signal.SIGTERM)
        if service.wait(30) != 0:
            self.findings.append(f"the last service ended with {service.code}: {service.last_words()}")

    def run_undisturbed(self):
        """One pass by one service: seconds and peak memory in MB."""
        self.started = time.monotonic()
        service = self.start(10_000)
        self.until(lambda: self.is_read() or service.code is not None, 600, 0.1)
        if service.code is not None or not self.is_read():
            service.kill()
            raise RuntimeError(f"not all is read: {service.last_words()}")
        seconds, peak = time.monotonic() - self.started, service.peak_mb()
        service.stop(30)
        return seconds, peak

    def waits(self):
        """How often a service gave up what it was at, and began again: another one was in the middle of something."""
        return sum(len(service.said("intake_interrupted")) for service in self.services)

    def end(self):
        for service in self.services:
            service.kill()


def differences(name, left, right):
    """Lines that only one of two has."""
    left, right = set(left), set(right)
    if left == right:
        return []
    examples = [f"{name}: only disturbed: {line}" for line in sorted(left - right)[:3]]
    examples += [f"{name}: only undisturbed: {line}" for line in sorted(right - left)[:3]]
    return [f"{name}: {len(left - right)} and {len(right - left)} lines differ"] + examples


def check(disturbed, undisturbed, expected):
    findings = []
    left, right = disturbed.contents(), undisturbed.contents()
    for table in left:
        findings += differences(table, left[table], right[table])
    for name, store in (("disturbed", disturbed), ("undisturbed", undisturbed)):
        findings += [f"{name}: {line}" for line in outcomes.compare(expected, store)]
    return findings, {table: len(left[table]) for table in left}


def run_store(run, kind, expected):
    """Both passes into one kind of store; the findings."""
    name = run.attributions.replace("-", "_").replace(".", "_")
    stores = [new_store(kind, f"{name}_{way}", run.folder) for way in ("disturbed", "undisturbed")]
    chaos, clean = (Chaos(run, store, expected.ends) for store in stores)
    try:
        seconds, peak = clean.run_undisturbed()
        rate = expected.received / seconds
        run.say(f"{kind}: undisturbed {expected.received:,} records in {seconds:.1f} s, {rate:,.0f}/s, "
                f"peak {peak:.0f} MB")
        chaos.disturb()
    finally:
        chaos.end()
        clean.end()
    findings, sizes = check(*stores, expected)
    findings = chaos.findings + findings
    acts = ", ".join(f"{count} {what}" for what, count in sorted(chaos.acts.items()))
    run.say(f"{kind}: disturbed in {chaos.seconds:.1f} s; {acts}; {len(chaos.services)} services, "
            f"{chaos.waits()} waits for another one")
    run.say(f"{kind}: " + ", ".join(f"{table} {size:,}" for table, size in sizes.items()))
    run.figures[f"disturbances, {kind}"] = sum(chaos.acts.values())
    if not findings:
        for store in stores:
            store.drop()
    return findings


def run(run):
    topic = run.attributions
    visible, aborts = fill(run.cluster.servers, topic, Records(run.seed, int(EVENTS * run.scale)),
                           random.Random(run.seed))
    expected = outcomes.Expected(read_committed(run.cluster.servers, topic, run.partitions))
    run.say(f"{visible:,} records committed, {aborts} transactions aborted; {expected.received:,} are seen")
    run.findings += expected.findings
    run.expect(expected.received == visible, f"{visible} records were committed, and {expected.received} are seen")
    run.figures["records"] = expected.received
    kinds = ["sqlite"] + (["postgres"] if os.environ.get("TEST_POSTGRES_URL") else [])
    if len(kinds) == 1:
        run.say("PostgreSQL is left out: TEST_POSTGRES_URL is not set")
    for kind in kinds:
        run.findings += run_store(run, kind, expected)
