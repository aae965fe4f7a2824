"""The clusters that are measured on: one topic of events, filled before it is read, and topics for what is written."""
import subprocess, time
from inputs import path

EVENTS_TOPIC = "events"


def fill(servers, topic, events):
    subprocess.run([path("fill"), "--bootstrap", servers, "--topic", topic, "--file", path("events.ndjson"),
                    "--events", str(events), "--key-prefix", "placement-"], check=True, stdout=subprocess.DEVNULL)


class EmbeddedCluster:
    """librdkafka's mock cluster, in a process of its own, for one run: it can delete nothing.

    A partition keeps 5 MiB, and drops its oldest events beyond that. Many partitions make a slice of events large
    enough to be measured; nine tenths of what they hold leave room for keys that do not fall on them evenly.
    """
    PARTITIONS, PARTITION_BYTES, OUTPUT_PARTITIONS = 64, 5 << 20, 4
    EVENT_BYTES_MAX = 600  # with key and framing
    # Where a member joins again right after joining, as happens now and then, it waits for this less a second.
    PROPERTIES = {"session.timeout.ms": "6000"}
    SLICE_EVENTS_MAX = PARTITIONS * (PARTITION_BYTES // EVENT_BYTES_MAX) * 9 // 10

    def __init__(self, events):
        self.process = subprocess.Popen([path("embedded")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        stderr=subprocess.DEVNULL)
        self.servers = self.process.stdout.readline().strip()
        self.topic, self.events, self.partitions = EVENTS_TOPIC, events, self.PARTITIONS
        self.ask(f"create {self.topic} {self.PARTITIONS}")
        fill(self.servers, self.topic, events)
        ranges = self.ranges(self.topic, self.PARTITIONS)
        self.ends = {partition: high for partition, (_, high) in enumerate(ranges) if high > 0}
        if any(low > 0 for low, _ in ranges) or sum(self.ends.values()) != events:
            raise SystemExit(f"bench: the embedded cluster does not hold the {events} events of a slice: {ranges}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().strip()
        if not answer:
            raise SystemExit(f"bench: the embedded cluster has ended at: {line}")
        return answer

    def ranges(self, topic, partitions):
        return [tuple(int(offset) for offset in pair.split(":"))
                for pair in self.ask(f"ends {topic} {partitions}").split()]

    def begin(self, name):
        """Topics for a run."""
        for topic in (f"{name}.out", f"{name}.dead"):
            self.ask(f"create {topic} {self.OUTPUT_PARTITIONS}")
        self.cpu_start = self.cpu_seconds()

    def end(self, name, records):
        """Checks what the run has left: the offsets of transactions are not kept here, its messages are."""
        self.cpu = self.cpu_seconds() - self.cpu_start
        for topic, expected in ((f"{name}.out", records), (f"{name}.dead", 0)):
            found = sum(high for _, high in self.ranges(topic, self.OUTPUT_PARTITIONS))
            if found != expected:
                raise SystemExit(f"bench: {topic} has {found} messages, expected {expected}")

    def cpu_seconds(self):
        # Linux's clock of the CPU time of another process, as clock_getcpuclockid(3) makes it.
        return time.clock_gettime((~self.process.pid << 3) | 2)


class RealCluster:
    """The topics of one benchmark on a cluster that is there already."""
    PARTITIONS, PROPERTIES = 4, {}

    def __init__(self, servers, events):
        # Only here, so that the embedded cluster can be measured without the package.
        from confluent_kafka.admin import AdminClient
        self.admin, self.servers, self.events = AdminClient({"bootstrap.servers": servers}), servers, events
        self.prefix, self.topics, self.groups, self.cpu = f"bench-{int(time.time())}", [], [], None
        self.topic = f"{self.prefix}.{EVENTS_TOPIC}"

    def __enter__(self):
        try:
            self.create(self.topic)
            fill(self.servers, self.topic, self.events)
            from confluent_kafka import TopicPartition
            from confluent_kafka.admin import OffsetSpec
            request = {TopicPartition(self.topic, p): OffsetSpec.latest() for p in range(self.PARTITIONS)}
            ends = {tp.partition: f.result(timeout=30).offset for tp, f in self.admin.list_offsets(request).items()}
            self.ends = {partition: end for partition, end in ends.items() if end != 0}
            if sum(ends.values()) != self.events:
                raise SystemExit(f"bench: {self.topic} has the offsets {ends}, expected {self.events} events")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.delete(list(self.topics))
        for future in self.admin.delete_consumer_groups(self.groups).values() if self.groups else ():
            # A member that was killed keeps its group for the session's time.
            future.exception(timeout=30)

    def create(self, *names):
        from confluent_kafka.admin import NewTopic
        for future in self.admin.create_topics([NewTopic(n, self.PARTITIONS, 1) for n in names]).values():
            future.result(timeout=30)
        self.topics += names

    def delete(self, names):
        for future in self.admin.delete_topics(names).values() if names else ():
            future.result(timeout=30)
        self.topics = [name for name in self.topics if name not in names]

    def begin(self, name):
        """Topics for a run, whose group has the same name."""
        self.create(f"{name}.out", f"{name}.dead")
        self.groups.append(name)

    def end(self, name, records):
        """Checks that the group stands at the end; markers of transactions hide how many records there are."""
        from confluent_kafka import ConsumerGroupTopicPartitions, TopicPartition
        request = ConsumerGroupTopicPartitions(name, [TopicPartition(self.topic, p) for p in self.ends])
        answer = list(self.admin.list_consumer_group_offsets([request]).values())[0].result(timeout=20)
        found = {tp.partition: tp.offset for tp in answer.topic_partitions}
        if found != self.ends:
            raise SystemExit(f"bench: the group {name} has committed {found}, expected {self.ends}")
        self.delete([f"{name}.out", f"{name}.dead"])
