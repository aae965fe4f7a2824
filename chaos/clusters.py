"""The clusters that faults are made on: librdkafka's mock cluster in a process of its own, and a real one."""
import os, signal, subprocess, time

from confluent_kafka import OFFSET_BEGINNING, Consumer, ConsumerGroupTopicPartitions, KafkaError, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic, OffsetSpec

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.path.join(ROOT, ".build/chaos/embedded")
# Requests by API key, and error codes, of the Kafka protocol. TRANSPORT is librdkafka's: the connection is closed.
REQUESTS = {"Produce": 0, "Fetch": 1, "ListOffsets": 2, "OffsetCommit": 8, "OffsetFetch": 9, "FindCoordinator": 10,
            "JoinGroup": 11, "Heartbeat": 12, "LeaveGroup": 13, "SyncGroup": 14, "ApiVersion": 18,
            "InitProducerId": 22, "AddPartitionsToTxn": 24, "AddOffsetsToTxn": 25, "EndTxn": 26, "TxnOffsetCommit": 28}
ERRORS = {"TRANSPORT": -195, "NO_ERROR": 0, "OFFSET_OUT_OF_RANGE": 1, "CORRUPT_MESSAGE": 2, "UNKNOWN_TOPIC_OR_PARTITION": 3,
          "LEADER_NOT_AVAILABLE": 5, "NOT_LEADER_OR_FOLLOWER": 6, "REQUEST_TIMED_OUT": 7, "BROKER_NOT_AVAILABLE": 8,
          "MESSAGE_TOO_LARGE": 10, "NETWORK_EXCEPTION": 13, "COORDINATOR_LOAD_IN_PROGRESS": 14,
          "COORDINATOR_NOT_AVAILABLE": 15, "NOT_COORDINATOR": 16, "RECORD_LIST_TOO_LARGE": 18,
          "NOT_ENOUGH_REPLICAS": 19, "NOT_ENOUGH_REPLICAS_AFTER_APPEND": 20, "ILLEGAL_GENERATION": 22,
          "UNKNOWN_MEMBER_ID": 25, "REBALANCE_IN_PROGRESS": 27, "TOPIC_AUTHORIZATION_FAILED": 29,
          "GROUP_AUTHORIZATION_FAILED": 30, "CLUSTER_AUTHORIZATION_FAILED": 31, "NOT_CONTROLLER": 41,
          "OUT_OF_ORDER_SEQUENCE_NUMBER": 45, "DUPLICATE_SEQUENCE_NUMBER": 46, "INVALID_PRODUCER_EPOCH": 47,
          "INVALID_TXN_STATE": 48, "INVALID_PRODUCER_ID_MAPPING": 49, "CONCURRENT_TRANSACTIONS": 51,
          "TRANSACTION_COORDINATOR_FENCED": 52, "TRANSACTIONAL_ID_AUTHORIZATION_FAILED": 53,
          "OPERATION_NOT_ATTEMPTED": 55, "KAFKA_STORAGE_ERROR": 56, "UNKNOWN_PRODUCER_ID": 59,
          "FENCED_LEADER_EPOCH": 74, "UNKNOWN_LEADER_EPOCH": 75, "OFFSET_NOT_AVAILABLE": 78,
          "FENCED_INSTANCE_ID": 82, "UNSTABLE_OFFSET_COMMIT": 88, "PRODUCER_FENCED": 90}


def build():
    """The embedded cluster as a program, made anew where its source has changed."""
    source = os.path.join(ROOT, "bench/embedded.c")
    if not os.path.exists(PROGRAM) or os.path.getmtime(PROGRAM) < os.path.getmtime(source):
        os.makedirs(os.path.dirname(PROGRAM), exist_ok=True)
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", "rdkafka"], check=True, text=True,
                               stdout=subprocess.PIPE).stdout.split()
        subprocess.run([os.environ.get("CC", "cc"), "-O2", "-Wall", "-Wextra", "-Werror", "-o", PROGRAM, source, *flags],
                       check=True)


class Cluster:
    """What is the same on both."""

    def read(self, topic, partitions):
        """Every message that a `read_committed` reader gets, each partition in its order."""
        self.settle(topic, partitions)
        consumer = Consumer({"bootstrap.servers": self.servers, "group.id": f"{topic}-reader",
                             "enable.partition.eof": True, "isolation.level": "read_committed",
                             "enable.auto.commit": False, "log_level": 0})
        consumer.assign([TopicPartition(topic, p, OFFSET_BEGINNING) for p in range(partitions)])
        done, heard = set(), time.monotonic()
        try:
            while len(done) < partitions:
                messages = consumer.consume(10_000, 0.2)
                if messages:
                    heard = time.monotonic()
                elif time.monotonic() - heard > 60:
                    raise RuntimeError(f"{topic}: no answer in 60 s")
                for message in messages:
                    if message.error() is None:
                        yield message
                    elif message.error().code() == KafkaError._PARTITION_EOF:
                        done.add(message.partition())
                    else:
                        raise RuntimeError(f"{topic}: {message.error()}")
        finally:
            consumer.close()

    def settle(self, topic, partitions):
        pass

    def close(self):
        pass


class EmbeddedCluster(Cluster):
    """It hides no aborted transaction from readers and keeps no offset that comes in a transaction: who starts again
    reads from the beginning. So where workers abort or start again, it shows that nothing is lost; that nothing is
    there twice, the worker's own counters of what it committed show."""
    kind = "embedded"
    # A member whose session is shorter would be forgotten while it waits to join.
    session_ms = 6000

    def __init__(self, brokers=3):
        self.process = subprocess.Popen([PROGRAM, str(brokers)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        self.servers = self.process.stdout.readline().strip()
        self.brokers = brokers

    def ask(self, *words):
        self.process.stdin.write(" ".join(str(word) for word in words) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().strip()
        if not answer:
            raise RuntimeError(f"the embedded cluster has ended at: {words}")
        return answer

    def create(self, topic, partitions):
        self.ask("create", topic, partitions)

    def fail(self, request, *errors):
        self.ask("fail", REQUESTS[request], *(ERRORS[error] for error in errors))

    def forget(self, request):
        self.ask("forget", REQUESTS[request])

    def freeze(self):
        """Brokers that neither answer nor close a connection."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)

    def ends(self, topic, partitions):
        return {partition: int(pair.split(":")[1])
                for partition, pair in enumerate(self.ask("ends", topic, partitions).split())}

    def settle(self, topic, partitions):
        """What has fallen out of a partition, of which it keeps 5 MiB, would look like something lost."""
        lows = [int(pair.split(":")[0]) for pair in self.ask("ends", topic, partitions).split()]
        if any(lows):
            raise RuntimeError(f"{topic}: the embedded cluster has dropped what it had no room for: {lows}")

    def close(self):
        self.thaw()
        self.process.kill()
        self.process.wait()


class RealCluster(Cluster):
    """Topics and groups of its own on a cluster that is there already."""
    kind = "real"
    session_ms = 6000

    def __init__(self, servers):
        self.servers, self.topics = servers, []
        self.admin = AdminClient({"bootstrap.servers": servers})

    def create(self, topic, partitions):
        for future in self.admin.create_topics([NewTopic(topic, partitions, 1)]).values():
            future.result(timeout=30)
        self.topics.append(topic)

    def ends(self, topic, partitions, isolation=None):
        request = {TopicPartition(topic, p): OffsetSpec.latest() for p in range(partitions)}
        options = {"isolation_level": isolation} if isolation else {}
        return {tp.partition: future.result(timeout=30).offset
                for tp, future in self.admin.list_offsets(request, **options).items()}

    def committed(self, group, topic, partitions):
        request = ConsumerGroupTopicPartitions(group, [TopicPartition(topic, p) for p in range(partitions)])
        answer = list(self.admin.list_consumer_group_offsets([request]).values())[0].result(timeout=30)
        return {tp.partition: max(0, tp.offset) for tp in answer.topic_partitions}

    def settle(self, topic, partitions):
        """Waits for the transactions that killed workers left open: readers see nothing behind those."""
        from confluent_kafka import IsolationLevel
        deadline = time.monotonic() + 60
        while (at := self.ends(topic, partitions, IsolationLevel.READ_COMMITTED)) != (
                to := self.ends(topic, partitions, IsolationLevel.READ_UNCOMMITTED)):
            if time.monotonic() > deadline:
                raise RuntimeError(f"{topic}: a transaction is open still; stable up to {at}, written up to {to}")
            time.sleep(0.5)

    def close(self):
        for future in self.admin.delete_topics(self.topics).values() if self.topics else ():
            future.exception(timeout=30)
