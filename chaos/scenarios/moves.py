"""Links are slow, and leaders and coordinators move from broker to broker under the load.

Every event is counted once (or lost with its partitions, and read again), the worker runs on and is ready at the end.
"""
import time

from events import USUAL, Feeder

CLUSTERS, QUICK = {"embedded"}, False
REASON = "a cluster of one broker has nowhere to move them; the tests that have brokers to move them on are the embedded's"
RUN = {"partitions": 32}
EVENTS, MOVES = 20_000, 60


def run(run):
    identity = f"{run.group}.worker"
    worker = run.worker("worker", "--commit.records", "500", "--kafka.transactional.id", identity)
    feeder = Feeder(run, rate=1000)
    run.until(worker.is_ready, 30, "not ready at first")
    feeder.begin(run.choose.choices(list(USUAL), list(USUAL.values()), k=int(EVENTS * run.scale)))
    for _ in range(int(MOVES * run.scale)):
        broker, choice = run.choose.randint(1, run.cluster.brokers), run.choose.random()
        if choice < 0.2:
            run.cluster.ask("rtt", broker, run.choose.choice([0, 20, 100, 400]))
        elif choice < 0.5:
            topic = run.choose.choice([run.events, run.attributions, run.dead])
            for partition in run.choose.sample(range(run.partitions), 3):
                run.cluster.ask("leader", topic, partition, broker)
        elif choice < 0.75:
            run.cluster.ask("transaction", identity, broker)
        else:
            run.cluster.ask("group", run.group, broker)
        time.sleep(run.choose.uniform(0.1, 0.6))
    run.cluster.ask("rtt", -1, 0)
    feeder.thread.join()
    run.catch_up(lambda: [worker], 120)
    run.until(worker.is_ready, 30, lambda: f"not ready: {worker.get('/readyz')}")
    # A member that the group has lost meanwhile reads again: the embedded cluster keeps no offsets of transactions.
    lost = len(worker.said("partitions_lost"))
    run.figures["times the partitions were lost"] = lost
    run.expect(lost or worker.taken() == (wanted := feeder.counts(of_topic=True)),
               f"counted {worker.taken()}, expected {wanted}" if not lost else "")
    run.figures["aborts"] = int(worker.metrics().get('city_transactions_total{result="aborted"}', 0))
    run.expect(worker.stop() == 0, f"did not stop with 0: {worker.last_words()}")
    run.settle(feeder)
