"""Prometheus scrapes workers while events wait, and workers join, leave and are killed.

After each change of the group the sum of the lags is what waits, to the event, and each partition is counted once; no lag
is ever negative; every target is up, every alert rule can be evaluated, and none calls for anybody. In the end no event
waits, and the KPI service has every record.
"""
import os, shutil, time

from events import USUAL, Feeder
from prometheus import RULES, Prometheus
from workers import Service

CLUSTERS, QUICK = {"embedded"}, True
REASON = "a backlog that stands still needs requests that fail on demand"
EVENTS = 30_000


def lacks():
    return None if shutil.which("prometheus") else "needs the Debian package prometheus"


def run(run):
    count = int(EVENTS * run.scale)
    feeder = Feeder(run)
    feeder.send(run.choose.choices(list(USUAL), list(USUAL.values()), k=count))
    # As long as nothing can be fetched all of the topic waits, whoever owns it.
    for _ in range(50):
        run.cluster.fail("Fetch", *["KAFKA_STORAGE_ERROR"] * 100)
    prometheus = Prometheus(run)
    run.processes.append(prometheus)
    service = Service(run, "service", f"sqlite:{os.path.join(run.folder, 'kpi.db')}", run.attributions, 1000)
    run.processes.append(service)
    fleet = run.fleet("--commit.records", "500")

    def waits(workers):
        """That the workers' own lags are all that waits."""
        run.until(lambda: prometheus.number("sum(city_lag_records)") == count
                  and prometheus.number("count(city_lag_records)") == run.partitions
                  and prometheus.number("count(count by (partition) (city_lag_records))") == run.partitions
                  and prometheus.number("count(count by (instance) (city_lag_records))") == workers,
                  45, lambda: f"{count} wait in {run.partitions} partitions of {workers} workers; Prometheus has, by worker: "
                              f"{list(prometheus.ask('sum by (instance) (city_lag_records)').values())} in "
                              f"{list(prometheus.ask('count by (instance) (city_lag_records)').values())}", 0.25)
        run.say(f"{workers} workers: {prometheus.number('sum(city_lag_records)')} wait")

    def watch(process, job, name):
        run.until(lambda: process.get("/livez")[0], 30, lambda: f"{name} does not answer: {process.last_words()}")
        prometheus.watch(process, job, name)

    watch(service, "kpi-service", "kpi-service")
    for workers in (1, 2, 3):
        watch(fleet.start(), "workers", "housing-worker")
        waits(workers)
    gone = run.choose.choice(fleet.running)
    fleet.kill(gone)
    prometheus.forget(gone)
    waits(2)
    run.cluster.forget("Fetch")
    records = feeder.counts()["outcome"] + feeder.counts()["withdrawn"]
    run.until(lambda: prometheus.number("sum(city_lag_records)") == 0
              and prometheus.number("sum(city_kpi_lag_records)") == 0
              and (prometheus.number("sum(city_kpi_records_total)") or 0) >= records,
              60, lambda: f"not all is taken in: {prometheus.ask('city_lag_records')} {prometheus.ask('city_kpi_records_total')}", 0.25)
    lowest = prometheus.number("min(min_over_time(city_lag_records[10m]))")
    run.expect(lowest == 0, f"the lowest lag that was scraped is {lowest}")
    run.expect(not prometheus.faults(), f"{prometheus.faults()}")
    loaded = sum(len(group["rules"]) for group in (prometheus.get("rules") or {"groups": []})["groups"])
    with open(RULES) as rules:
        written = sum("- alert:" in line for line in rules)
    run.expect(loaded == written, f"{loaded} of {written} alert rules are loaded")
    called = prometheus.ask('ALERTS{alertstate="firing"}')
    run.expect(not called, f"somebody is called: {called}")
    run.expect(prometheus.number('sum(up{job=~"workers|kpi-service"})') == 3, f"not up: {prometheus.ask('up')}")
    run.figures |= {"events": count, "alert rules": loaded,
                    "scrapes": int(sum(prometheus.ask("count_over_time(up[10m])").values()))}
    fleet.stop_all()
    run.settle(feeder)
