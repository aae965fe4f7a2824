"""Memory allocations per event, in the steady state: counted by bench/allocations.c, in runs without Kafka."""
import os, re, shlex, subprocess
from inputs import FOLDER, ROOT, SAMPLE_REGISTRY, lines_of, path, write_lines, write_registries, write_row_profile

THRESHOLDS = os.path.join(ROOT, "bench/allocations.txt")
# A run over twice as many events allocates as often more as so many events need; start and end fall out.
EVENTS = 20_000
# name: (kind of events, registry, further settings).
CASES = {
    "canonical, publish all": ("canonical", path("registry.yaml"), ["--department", "housing"]),
    "canonical, publish attributed":
        ("canonical", path("registry.yaml"), ["--department", "housing", "--publish", "attributed"]),
    "mixed canonical": ("mixed", SAMPLE_REGISTRY, ["--department", "housing"]),
    "FHIR encounters":
        ("encounters", path("places.yaml"), ["--department", "health", "--profile", "fhir-r4-encounter"]),
    "canonical with texts": ("narrated", path("names.yaml"), ["--department", "housing"]),
    "rows of CSV":
        ("csv-rows", path("registry.yaml"), ["--department", "culture", "--profile", path("csv-rows.yaml")]),
}


def build(name, *flags):
    """Compiles bench/NAME.c into a library to be loaded before a program; returns its path."""
    library = path(f"{name}.so")
    subprocess.run([os.environ.get("CC", "cc"), "-O2", "-fPIC", "-shared", "-Wall", "-Wextra", "-Werror", *flags, "-o",
                    library, os.path.join(ROOT, "bench", f"{name}.c"),
                    *shlex.split(subprocess.check_output(["pkg-config", "--cflags", "rdkafka"], text=True))],
                   check=True)
    return library


def build_counter():
    # Without built-ins, or the compiler turns an allocator into calls of itself.
    return build("allocations", "-fno-builtin")


def thresholds():
    """name: the most allocations per event."""
    with open(THRESHOLDS, encoding="utf-8") as file:
        rows = (line.split("#")[0].rsplit(None, 1) for line in file if line.split("#")[0].strip())
        return {name.strip(): float(most) for name, most in rows}


def command(case, count):
    kind, registry, settings = CASES[case]
    return [os.path.join(ROOT, ".build/release/city-attribution"), "run", "--output", os.devnull, "--registry",
            registry, "--outcome.key.file", path("outcome.key"), *settings, path(f"{kind}-{count}.ndjson")]


def allocations(counter, case, count):
    """Allocations of one whole run over a number of events."""
    counts = path("allocations.counts")
    if os.path.exists(counts):
        os.remove(counts)
    run = subprocess.run(command(case, count), env={**os.environ, "LD_PRELOAD": counter, "BENCH_ALLOCATIONS": counts},
                         stderr=subprocess.PIPE, text=True)
    found = dict(re.findall(r"^ *(\S.*?) +(\d+)$", run.stderr, re.M))
    if run.returncode != 0 or int(found.get("received", 0)) != count or not os.path.exists(counts):
        raise SystemExit(f"allocations: {case}: expected a run over {count} events without dead letters, and counts in "
                         f"{counts}; got exit code {run.returncode} from\n{shlex.join(run.args)}\n{run.stderr}")
    with open(counts, encoding="utf-8") as file:
        return sum(int(count) for count in file.read().split())


def measure():
    """name: allocations per event of each case, and of start and end."""
    write_registries()
    write_row_profile()
    counter, found = build_counter(), {}
    for kind in sorted({kind for kind, _, _ in CASES.values()}):
        lines = list(lines_of(kind, 2 * EVENTS))
        for count in (EVENTS, 2 * EVENTS):
            write_lines(f"{kind}-{count}.ndjson", lines[:count])
    for case in CASES:
        once, twice = (allocations(counter, case, count) for count in (EVENTS, 2 * EVENTS))
        found[case] = {"per_event": (twice - once) / EVENTS, "around": 2 * once - twice}
    return found


def findings(measured):
    """What is above its threshold, a line each."""
    most, file = thresholds(), os.path.relpath(THRESHOLDS, ROOT)
    for case, found in measured.items():
        if case not in most:
            yield f"{case}: expected a threshold in {file}, found none"
        elif found["per_event"] > most[case]:
            yield (f"{case}: expected at most {most[case]:.2f} allocations per event ({file}), found "
                   f"{found['per_event']:.4f}. Take the new ones off the path of every event."
                   + (trace(case, found["around"]) if case in CASES else ""))


def trace(case, around):
    """How to see who allocates once the start is over."""
    gdb = ["gdb", "-batch", "-ex", "set breakpoint pending on", "-ex", "break malloc", "-ex", f"ignore 1 {around}",
           "-ex", "run", *["-ex", "bt 12", "-ex", "continue"] * 4, "--args", *command(case, 2 * EVENTS)]
    return f" This shows who makes some of them:\n    {shlex.join(gdb)}"
