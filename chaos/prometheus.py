"""A Prometheus that scrapes the processes of a run, with the project's own alert rules."""
import json, os, shutil, socket, subprocess, time, urllib.parse, urllib.request

from clusters import ROOT

RULES = os.path.join(ROOT, "compose/prometheus/alerts.yaml")


class Prometheus:
    """Scrapes every second what `watch` was given; asked in PromQL."""

    def __init__(self, run):
        self.run, self.watched = run, os.path.join(run.folder, "watched.json")
        self.groups = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        configuration = os.path.join(run.folder, "prometheus.json")
        with open(configuration, "w") as file:
            json.dump({"global": {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"},
                       "rule_files": [RULES],
                       "scrape_configs": [{"job_name": job, "file_sd_configs": [
                           {"files": [self.watched], "refresh_interval": "1s"}],
                           "relabel_configs": [{"source_labels": ["job_name"], "regex": job, "action": "keep"}]}
                                          for job in ("workers", "kpi-service")]}, file)
        self.log = os.path.join(run.folder, "prometheus.log")
        with open(self.log, "wb") as file:
            self.process = subprocess.Popen(
                ["prometheus", f"--config.file={configuration}", f"--web.listen-address={self.address}",
                 f"--storage.tsdb.path={os.path.join(run.folder, 'prometheus')}"], stdout=file, stderr=file)

    def watch(self, process, job, service):
        """From now on; it has answered before."""
        self.groups.append({"targets": [process.address.removeprefix("http://")],
                            "labels": {"job_name": job, "service": service}})
        self.write()

    def forget(self, process):
        """As discovery does with one that has gone."""
        address = process.address.removeprefix("http://")
        self.groups = [group for group in self.groups if group["targets"] != [address]]
        self.write()

    def write(self):
        """In place of the old file at once: half of one would be read."""
        with open(self.watched + ".new", "w") as file:
            json.dump(self.groups, file)
        os.replace(self.watched + ".new", self.watched)

    def get(self, path, **query):
        """The data of an answer; None while there is none."""
        try:
            with urllib.request.urlopen(f"http://{self.address}/api/v1/{path}?{urllib.parse.urlencode(query)}",
                                        timeout=5) as answer:
                return json.load(answer)["data"]
        except OSError:
            return None

    def ask(self, expression):
        """The values of an instant query, by labels; those of a time that has passed are not taken for today's."""
        data = self.get("query", query=expression, time=time.time()) or {"result": []}
        return {tuple(sorted(series["metric"].items())): float(series["value"][1]) for series in data["result"]}

    def number(self, expression):
        """The one value of a query; None where it has none."""
        values = list(self.ask(expression).values())
        return values[0] if len(values) == 1 else None

    def faults(self):
        """What Prometheus says against its targets and rules."""
        targets, rules = self.get("targets") or {"activeTargets": []}, self.get("rules") or {"groups": []}
        return [f"{target['scrapeUrl']}: {target['lastError'] or target['health']}"
                for target in targets["activeTargets"] if target["health"] != "up"] + [
                    f"{rule['name']}: {rule.get('lastError') or rule['health']}"
                    for group in rules["groups"] for rule in group["rules"] if rule["health"] != "ok"]

    def kill(self):
        self.process.kill()
        self.process.wait()
