"""Processes of workers and of the KPI service, and what they say of themselves."""
import json, os, re, signal, subprocess, time, urllib.error, urllib.request

from clusters import ROOT

SAMPLE = re.compile(r"^(\w+)(\{.*\})? (\S+)$")


class Process:
    """A program of the project that answers over HTTP and logs JSON."""

    def __init__(self, command, log, **options):
        self.log, self.address, self.peak = log, None, 0
        with open(log, "wb") as file:
            self.process = subprocess.Popen(command, stdout=file, stderr=file, **options)

    @property
    def pid(self):
        return self.process.pid

    @property
    def code(self):
        """Its exit code; None while it runs."""
        return self.process.poll()

    def signal(self, number):
        self.process.send_signal(number)

    def kill(self):
        if self.code is None:
            self.signal(signal.SIGKILL)
            self.process.wait()

    def stop(self, seconds=40):
        """SIGTERM; its exit code, None where it does not end."""
        self.signal(signal.SIGTERM)
        return self.wait(seconds)

    def wait(self, seconds):
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def said(self, event=None):
        """Its lines of log, as objects; of one event, where it is named."""
        lines = []
        with open(self.log, errors="replace") as log:
            for line in log:
                if line.startswith("{"):
                    try:
                        said = json.loads(line)
                    except ValueError:
                        continue  # the last line of a killed one
                    if event is None or said.get("event") == event:
                        lines.append(said)
        return lines

    def last_words(self):
        with open(self.log, errors="replace") as log:
            return (log.read().splitlines() or ["nothing"])[-1]

    def get(self, path):
        """Status and text; 0 where nobody answers."""
        if self.address is None:
            lines = self.said("http_listening")
            if not lines:
                return 0, ""
            self.address = lines[0]["address"].rstrip("/")
        try:
            with urllib.request.urlopen(self.address + path, timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def is_ready(self):
        return self.get("/readyz")[0] == 200

    def is_live(self):
        return self.get("/livez")[0] == 200

    def metrics(self):
        """Values by name and labels."""
        found = {}
        for line in self.get("/metrics")[1].splitlines():
            if match := SAMPLE.match(line):
                found[match[1] + (match[2] or "")] = float(match[3])
        return found

    def memory_mb(self, field):
        """A field of its status in proc(5), in MB; None of one that has ended."""
        try:
            with open(f"/proc/{self.pid}/status") as status:
                return next((int(line.split()[1]) / 1024 for line in status if line.startswith(f"{field}:")), None)
        except OSError:
            return None

    def resident_mb(self):
        return self.memory_mb("VmRSS")

    def peak_mb(self):
        """The most memory that it ever had resident, in MB; the last known of one that has ended."""
        self.peak = self.memory_mb("VmHWM") or self.peak
        return self.peak


class Worker(Process):
    """A housing worker."""

    def __init__(self, run, name, settings=(), environment=None, **options):
        flags = ["--log.format", "json", "--registry", run.registry, "--outcome.key.file", run.key,
                 "--http.listen", "127.0.0.1:0", "--kafka.bootstrap.servers", run.cluster.servers,
                 "--kafka.group.id", run.group, "--kafka.session.timeout.ms", str(run.cluster.session_ms),
                 "--topics.events", run.events, "--topics.attributions", run.attributions,
                 "--topics.deadletters", run.dead, *settings]
        super().__init__([os.path.join(ROOT, ".build/release/housing-worker"), *flags],
                         os.path.join(run.folder, f"{name}.log"),
                         env={**os.environ, **(environment or {})}, **options)

    def taken(self):
        """Events that are taken in and committed, by result."""
        return {re.search('result="([^"]*)"', name)[1]: int(value)
                for name, value in self.metrics().items() if name.startswith("city_events_total")}


class Fleet:
    """Workers of one group that are started, stopped and killed."""

    def __init__(self, run, settings=()):
        self.run, self.settings, self.running, self.all = run, settings, [], []
        self.killed = self.stopped = self.ended = 0

    def start(self, *settings, **options):
        worker = Worker(self.run, f"worker-{len(self.all)}", [*self.settings, *settings], **options)
        self.running.append(worker)
        self.all.append(worker)
        return worker

    def kill(self, worker):
        worker.peak_mb()
        worker.kill()
        self.running.remove(worker)
        self.killed += 1

    def stop(self, worker):
        worker.peak_mb()
        self.running.remove(worker)
        self.stopped += 1
        code = worker.stop()
        # Who was told to stop in the midst of being fenced ends with 1, and says why; and before a program has begun,
        # nobody can hear a signal.
        self.run.expect(code == 0 or code == 1 and worker.said("worker_failed")
                        or code == -signal.SIGTERM and not worker.said(),
                        f"a worker that was told to stop ended with {code}: {worker.last_words()}")
        if code is None:
            worker.kill()

    def mend(self):
        """Workers that ended by themselves are started again, as an orchestrator does; each has to have said why."""
        for worker in [w for w in self.running if w.code is not None]:
            self.running.remove(worker)
            self.ended += 1
            self.run.expect(worker.code == 1 and worker.said("worker_failed"),
                            f"a worker ended by itself with {worker.code}: {worker.last_words()}")
            self.start()

    def stop_all(self):
        for worker in list(self.running):
            self.stop(worker)

    def told(self):
        return f"{len(self.all)} workers started, {self.killed} killed, {self.stopped} stopped, {self.ended} ended alone"


class Service(Process):
    """A KPI service on a store."""

    def __init__(self, run, name, store, topic, records):
        environment = dict(os.environ, CITY_STORE=store, CITY_HTTP_LISTEN="127.0.0.1:0", CITY_LOG_FORMAT="json",
                           CITY_KAFKA_BOOTSTRAP_SERVERS=run.cluster.servers, CITY_TOPICS_ATTRIBUTIONS=topic,
                           CITY_COMMIT_RECORDS=str(records))
        super().__init__([os.path.join(ROOT, ".build/release/kpi-service")],
                         os.path.join(run.folder, f"{name}.log"), env=environment)
