"""A request is answered with an error that kills a client: it was fenced, or has no right to its transactional id.

The worker ends with exit code 1, and its log says why; another one takes in what was open, and nothing is lost. Some
such errors may be survived by an abort instead.
"""
from events import USUAL, Feeder
from scenarios.request_errors import each

CLUSTERS, QUICK = {"embedded"}, True
REASON = "a real broker makes no error on demand"
FATAL = {
    "InitProducerId": ["TRANSACTIONAL_ID_AUTHORIZATION_FAILED", "CLUSTER_AUTHORIZATION_FAILED"],
    "AddPartitionsToTxn": ["PRODUCER_FENCED", "INVALID_PRODUCER_EPOCH", "TRANSACTIONAL_ID_AUTHORIZATION_FAILED",
                           "INVALID_TXN_STATE"],
    "AddOffsetsToTxn": ["INVALID_PRODUCER_EPOCH", "INVALID_TXN_STATE"],
    "TxnOffsetCommit": ["INVALID_PRODUCER_EPOCH", "TRANSACTIONAL_ID_AUTHORIZATION_FAILED"],
    "EndTxn": ["PRODUCER_FENCED", "INVALID_PRODUCER_EPOCH", "INVALID_TXN_STATE",
               "TRANSACTIONAL_ID_AUTHORIZATION_FAILED"],
}
# Errors after which librdkafka may go on with an abort. A producer that was fenced for good has that refused as well.
EITHER = {
    "Produce": ["OUT_OF_ORDER_SEQUENCE_NUMBER", "PRODUCER_FENCED", "INVALID_PRODUCER_EPOCH"],
    "AddPartitionsToTxn": ["INVALID_PRODUCER_ID_MAPPING"], "AddOffsetsToTxn": ["PRODUCER_FENCED"],
    "TxnOffsetCommit": ["PRODUCER_FENCED"], "EndTxn": ["INVALID_PRODUCER_ID_MAPPING"],
}
EVENTS, ERRORS = 300, [1, 5]


def dies_or_lives(run, request, error):
    feeder = Feeder(run)
    feeder.send(run.choose.choices(list(USUAL), list(USUAL.values()), k=EVENTS))
    run.cluster.fail(request, *[error] * run.choose.choice(ERRORS))
    worker = run.worker("first")
    run.until(lambda: worker.code is not None or sum(worker.taken().values()) >= EVENTS, 40,
              lambda: f"{request} {error}: it neither goes on nor ends: {worker.last_words()}")
    if worker.code is not None:
        run.expect(worker.code == 1 and worker.said("worker_failed"),
                   f"{request} {error}: ended with {worker.code}: {worker.last_words()}")
        run.cluster.forget(request)
        worker = run.worker("second")
    go_on(run, feeder, worker, f"{request} {error}")


def go_on(run, feeder, worker, what):
    run.until(lambda: sum(worker.taken().values()) >= EVENTS, 40, f"{what}: the next one reads nothing")
    run.expect(worker.taken() == feeder.counts(), f"{what}: counted {worker.taken()}, expected {feeder.counts()}")
    run.expect(worker.stop() == 0, f"{what}: it did not stop with 0")
    run.settle(feeder)


def dies(run, request, error):
    feeder = Feeder(run)
    feeder.send(run.choose.choices(list(USUAL), list(USUAL.values()), k=EVENTS))
    run.cluster.fail(request, error)
    first = run.worker("first")
    run.until(lambda: first.code is not None, 40, lambda: f"{request} {error}: the worker runs on: {first.last_words()}")
    run.expect(first.code == 1, f"{request} {error}: ended with {first.code}: {first.last_words()}")
    # One that may not use its transactional id has not begun: it says so as well.
    run.expect(first.said("worker_failed") and first.said("kafka_fatal"),
               f"{request} {error}: the log does not say why it ended: {first.last_words()}")
    go_on(run, feeder, run.worker("second"), f"{request} {error}")


def run(run):
    pairs = [(request, error) for request, errors in FATAL.items() for error in errors]
    if run.scale < 1:
        pairs = run.choose.sample(pairs, 3)
    doubtful = [(request, error) for request, errors in EITHER.items() for error in errors] if run.scale == 1 else []
    each(run, [(f"{request}-{error}", dies, request, error) for request, error in pairs]
         + [(f"{request}-{error}", dies_or_lives, request, error) for request, error in doubtful])
