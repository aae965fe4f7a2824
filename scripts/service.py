"""kpi-service over a store of the sample city, for the scripts that hold it to something."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".build" / "venv"
EVENTS = 400
# The quarter that is closed a second time, otherwise than the first.
RESTATED = "2026-Q1"
# What shutdown.grace is.
STOP_SECONDS = 20
PROGRAMS = ("kpi-service", "city-attribution")


def are_built(binaries):
    return all((binaries / name).exists() for name in PROGRAMS)


def run_in_venv(marker, *installs):
    """Goes on in the project's own environment, with what `pip install` gets; each of `installs` are its arguments."""
    script = Path(sys.argv[0]).name
    if os.environ.get("RUNS_IN_VENV") == script:
        print("a library is missing in .build/venv; remove that folder and try again", file=sys.stderr)
        sys.exit(69)
    python = VENV / "bin" / "python3"
    if not (VENV / marker).exists() and not list(VENV.glob(f"lib/*/site-packages/{marker}")):
        print(f"installing what {script} needs into {VENV.relative_to(ROOT)}", file=sys.stderr)
        try:
            if not python.exists():
                subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True, stdout=sys.stderr)
            for arguments in installs:
                pip = [str(VENV / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", *arguments]
                subprocess.run(pip, check=True)
        except (OSError, subprocess.CalledProcessError):
            # A half-made environment would be taken for a whole one the next time.
            shutil.rmtree(VENV, ignore_errors=True)
            print(
                f"{', '.join(sum(installs, []))}: cannot be installed; expected python3 with venv (Debian: "
                "python3-venv) and PyPI", file=sys.stderr)
            sys.exit(69)
    os.environ["RUNS_IN_VENV"] = script
    os.execv(python, [str(python), *sys.argv])


def make_store(binaries, folder, events=EVENTS):
    """The demonstration's store, with one quarter closed again: K07 with another rate."""
    program = str(binaries / "city-attribution")
    quiet = {"check": True, "stdout": subprocess.DEVNULL}
    subprocess.run([program, "demo", "--events", str(events), "--output", str(folder)], **quiet)
    store = folder / "kpi.db"
    registry = ["--registry", str(folder / "port-meridian.yaml"), "--staff.cents.per.hour", "7000"]
    subprocess.run([program, "kpi", "close", RESTATED, "--store", str(store), *registry], **quiet)
    return store


class Service:
    """kpi-service over a store, on a free port; ended when the block is left.

    It needs no broker. What goes wrong when it ends is told to `fault`.
    """

    def __init__(self, binaries, store, *options, fault=print):
        self.fault = fault
        # A port that is reserved and that nobody listens on: the service goes on without a broker.
        self.command = [
            str(binaries / "kpi-service"), "--store", str(store), "--http.listen", "127.0.0.1:0",
            "--kafka.bootstrap.servers", "127.0.0.1:1", "--log.format", "json", *options,
        ]  # fmt: skip
        self.log = tempfile.TemporaryFile()

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=self.log)
        self.port = self.wait_for_port()
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(timeout=STOP_SECONDS)
            if code != 0:
                self.fault(f"kpi-service ended with exit code {code}, not 0")
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.fault(f"kpi-service did not stop within {STOP_SECONDS} s of SIGTERM")
        self.log.close()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def wait_for_port(self):
        for _ in range(300):
            self.log.seek(0)
            text = self.log.read().decode()
            found = re.search(r'"address":"http://127\.0\.0\.1:(\d+)/"', text)
            if found:
                return int(found[1])
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        self.process.kill()
        sys.exit(f"kpi-service did not start:\n{text}")

    def wait_for_releases(self):
        """The ids of the releases; until they were read from the store, which takes a moment, there are none."""
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"{self.url}/v1/releases", timeout=30) as answer:
                    return [entry["id"] for entry in json.load(answer)["releases"]]
            except OSError:
                time.sleep(0.05)
        sys.exit("kpi-service did not read the releases")
