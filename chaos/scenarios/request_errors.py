"""Every request of a worker is answered with every error that passes, one after another.

Of each request and error: the worker takes in what came meanwhile, counts every event once, says that it is ready again,
and runs on. Where an error asks for an abort, what was open is read again. (Requests for metadata are not among them:
the embedded cluster makes no errors of those.)
"""
import signal, threading, time

from clusters import EmbeddedCluster
from events import USUAL, Feeder
from runs import Run

CLUSTERS, QUICK = {"embedded"}, True
REASON = "a real broker makes no error on demand"
BROKEN = ["TRANSPORT", "NETWORK_EXCEPTION", "REQUEST_TIMED_OUT"]
COORDINATOR = [*BROKEN, "COORDINATOR_LOAD_IN_PROGRESS", "COORDINATOR_NOT_AVAILABLE", "NOT_COORDINATOR"]
MEMBER = ["REBALANCE_IN_PROGRESS", "ILLEGAL_GENERATION", "UNKNOWN_MEMBER_ID"]
LEADER = [*BROKEN, "NOT_LEADER_OR_FOLLOWER", "LEADER_NOT_AVAILABLE", "UNKNOWN_TOPIC_OR_PARTITION",
          "KAFKA_STORAGE_ERROR"]
# Errors that meet a worker at its work.
AT_WORK = {
    "Produce": [*LEADER, "NOT_ENOUGH_REPLICAS", "NOT_ENOUGH_REPLICAS_AFTER_APPEND", "CORRUPT_MESSAGE",
                "MESSAGE_TOO_LARGE", "TOPIC_AUTHORIZATION_FAILED",
                "UNKNOWN_PRODUCER_ID", "INVALID_PRODUCER_ID_MAPPING"],
    "Fetch": [*LEADER, "OFFSET_NOT_AVAILABLE", "FENCED_LEADER_EPOCH", "UNKNOWN_LEADER_EPOCH", "CORRUPT_MESSAGE",
              "TOPIC_AUTHORIZATION_FAILED", "OFFSET_OUT_OF_RANGE"],
    "ListOffsets": [*LEADER, "TOPIC_AUTHORIZATION_FAILED"],
    "Heartbeat": [*COORDINATOR, *MEMBER, "GROUP_AUTHORIZATION_FAILED"],
    "AddPartitionsToTxn": [*COORDINATOR, "CONCURRENT_TRANSACTIONS", "UNKNOWN_TOPIC_OR_PARTITION",
                           "TOPIC_AUTHORIZATION_FAILED", "OPERATION_NOT_ATTEMPTED"],
    "AddOffsetsToTxn": [*COORDINATOR, "CONCURRENT_TRANSACTIONS", "GROUP_AUTHORIZATION_FAILED"],
    "TxnOffsetCommit": [*COORDINATOR, *MEMBER, "CONCURRENT_TRANSACTIONS", "UNKNOWN_TOPIC_OR_PARTITION",
                        "TOPIC_AUTHORIZATION_FAILED", "GROUP_AUTHORIZATION_FAILED"],
    "EndTxn": [*COORDINATOR, "CONCURRENT_TRANSACTIONS"],
    "OffsetCommit": [*COORDINATOR, *MEMBER, "GROUP_AUTHORIZATION_FAILED", "TOPIC_AUTHORIZATION_FAILED"],
}
# Offsets are committed so without transactions only.
SETTINGS = {"OffsetCommit": ["--delivery", "at-least-once"]}
# Errors that meet it while it starts.
AT_START = {
    "InitProducerId": [*COORDINATOR, "CONCURRENT_TRANSACTIONS"],
    "FindCoordinator": [*BROKEN, "COORDINATOR_NOT_AVAILABLE", "GROUP_AUTHORIZATION_FAILED"],
    "JoinGroup": [*COORDINATOR, *MEMBER, "GROUP_AUTHORIZATION_FAILED"],
    "SyncGroup": [*COORDINATOR, *MEMBER, "GROUP_AUTHORIZATION_FAILED"],
    "OffsetFetch": [*COORDINATOR, *MEMBER, "UNSTABLE_OFFSET_COMMIT", "GROUP_AUTHORIZATION_FAILED"],
    "ListOffsets": [*LEADER], "ApiVersion": [*BROKEN],
}
# A member that has lost its partitions reads them from the beginning again, since the embedded cluster keeps no offsets
# that come in transactions: of it, events are counted by what stands in the topics.
LOSES_PARTITIONS = {"Heartbeat"}
# Events of each step: as many as make a transaction of more than one batch. Seconds: a worker that is told five times that
# it is no member joins again each time, in up to 13.
EVENTS, SECONDS, TOGETHER = 300, 120, 6


def take(run, worker, feeder, what, fail=lambda: None, is_exact=True):
    """Sends events, and waits until all that were ever sent are counted and the worker is ready."""
    # The errors are for the worker, and not for who sends the events.
    before = sum(worker.taken().values())
    worker.signal(signal.SIGSTOP)
    feeder.send(run.choose.choices(list(USUAL), list(USUAL.values()), k=EVENTS))
    fail()
    worker.signal(signal.SIGCONT)
    wanted = feeder.counts()
    enough = len(feeder.kinds) if is_exact else before + EVENTS
    run.until(lambda: sum(worker.taken().values()) >= enough or worker.code is not None, SECONDS,
              lambda: f"{what}: only {worker.taken()} of {len(feeder.kinds)} are taken in: {worker.last_words()}", 0.1)
    run.until(worker.is_ready, 30, lambda: f"{what}: not ready: {worker.get('/readyz')[1]}", 0.1)
    run.expect(worker.taken() == wanted or not is_exact, f"{what}: counted {worker.taken()}, expected {wanted}")
    return run.expect(worker.code is None, f"{what}: ended with {worker.code}: {worker.last_words()}")


def at_work(run, request, errors):
    """One worker, which meets all errors of a request."""
    worker, feeder = run.worker(request, "--commit.records", "200", *SETTINGS.get(request, [])), Feeder(run)
    if take(run, worker, feeder, "before any error"):
        for error in errors:
            count = run.choose.choice([1, 2, 5])
            if not take(run, worker, feeder, f"{request} {error} ×{count}",
                        lambda: run.cluster.fail(request, *[error] * count), request not in LOSES_PARTITIONS):
                return
            run.cluster.forget(request)
    if request in LOSES_PARTITIONS:
        run.until(lambda: not any(value for name, value in worker.metrics().items()
                                  if name.startswith("city_lag_records")), 30, f"{request}: it does not catch up")
        time.sleep(6)
    run.figures["aborts"] = worker.metrics().get('city_transactions_total{result="aborted"}', 0)
    run.expect(worker.stop() == 0, f"{request}: did not stop with 0: {worker.last_words()}")
    run.settle(feeder)


def at_start(run, request, error):
    count, feeder = run.choose.choice([1, 2, 5]), Feeder(run)
    feeder.send(run.choose.choices(list(USUAL), list(USUAL.values()), k=EVENTS))
    run.cluster.fail(request, *[error] * count)
    worker = run.worker(f"{request}-{error}")
    take(run, worker, feeder, f"{request} {error} ×{count} at the start")
    run.expect(worker.stop() == 0, f"{request} {error}: did not stop with 0: {worker.last_words()}")
    run.settle(feeder)


def steps(run):
    """What to do, each on a cluster of its own; of all of it a part, where there is little time."""
    def part(errors):
        return errors if run.scale == 1 else run.choose.sample(errors, min(2, len(errors)))
    yield from ((f"{request}", at_work, request, part(errors)) for request, errors in AT_WORK.items())
    yield from ((f"{request}-{error}", at_start, request, error)
                for request, errors in AT_START.items() for error in part(errors)[:None if run.scale == 1 else 1])


def run(run):
    each(run, list(steps(run)))


def each(run, steps):
    """Steps on clusters of their own, several at a time: most of what they do is to wait."""
    waiting, lock, parts = list(reversed(steps)), threading.Lock(), []

    def work():
        while True:
            with lock:
                if not waiting:
                    return
                name, body, *arguments = waiting.pop()
            part = Run(f"{run.name}-{name}", run.seed, None, run.scale, cluster=EmbeddedCluster())
            try:
                body(part, *arguments)
            except Exception as error:
                part.expect(False, f"{name}: {error!r}")
            finally:
                part.close()
            with lock:
                parts.append(part)
                if part.findings:
                    run.say(f"{name}: {part.findings[0][:200]} (logs in {part.folder})")

    threads = [threading.Thread(target=work) for _ in range(TOGETHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run.figures["workers"] = len(parts)
    for figure in ("events", "aborts", "there twice"):
        run.figures[figure] = int(sum(part.figures.get(figure, 0) for part in parts))
    for part in parts:
        run.findings += part.findings
