"""Events of all kinds, sent to a topic, and what has to have become of each of them."""
import collections, hashlib, json, threading, time

from confluent_kafka import Producer

REGISTRY = """connections:
  - {id: "chaos:agreement:one", type: agreement, partner: One, since: "1990", status: active, verified: true,
     source: chaos, identifiers: [{scheme: grant, id: G-1}]}
"""
# Kinds that are refused, with the code of their dead letters.
POISON = {"malformed": "json.malformed", "empty": "json.empty", "not-utf8": "json.not-utf8", "deep": "json.too-deep",
          "twice": "json.duplicate-key", "no-date": "field.missing", "bad-date": "field.date",
          "many-people": "field.range", "other-department": "cloudevents.other-department",
          "unclassified": "privacy.classification"}
USUAL = {"domestic": 70, "enabled": 25, "malformed": 2, "tombstone": 1, "other": 2}


def event(number, kind):
    """Key and payload."""
    key = f"record-{number}"
    if kind == "tombstone":
        return key, None
    if kind in ("malformed", "empty", "not-utf8"):
        return key, {"malformed": b'{"specversion":"1.0", broken', "empty": b" ", "not-utf8": b'{"a":"\xff\xfe"}'}[kind]
    data = {"outcome": {"type": "placement", "occurredOn": "2026-03-04", "people": number % 9}}
    if kind == "other":
        data = {"note": "no outcome"}
    elif kind == "enabled":
        data["references"] = [{"scheme": "grant", "id": "G-1", "mechanism": "funded-by"}]
    elif kind == "no-date":
        del data["outcome"]["occurredOn"]
    elif kind == "bad-date":
        data["outcome"]["occurredOn"] = "2026-02-30"
    elif kind == "many-people":
        data["outcome"]["people"] = -1
    body = {"specversion": "1.0", "id": f"e{number}", "source": "/chaos", "subject": key,
            "type": "org.city.housing.placement.made", "time": "2026-03-04T15:04:05Z", "data": data}
    if kind == "other-department":
        body["type"] = "org.city.health.placement.made"
    elif kind == "unclassified":
        body["dataclassification"] = "whatever"
    text = json.dumps(body, separators=(",", ":"))
    if kind == "deep":
        text = text[:-1] + ',"deep":' + "[" * 2000 + "]" * 2000 + "}"
    elif kind == "twice":
        text = text[:-1] + ',"id":"again"}'
    return key, text.encode()


def fate(kind):
    """How many records and dead letters have to come of it."""
    return (0, 1) if kind in POISON else (0, 0) if kind == "other" else (1, 0)


class Feeder:
    """Sends events of the given kinds, all at once or so many a second on a thread of its own."""

    def __init__(self, run, rate=None):
        self.run, self.rate, self.kinds, self.thread = run, rate, [], None
        self.producer = Producer({"bootstrap.servers": run.cluster.servers, "enable.idempotence": True,
                                  "linger.ms": 20, "log_level": 0})

    def send(self, kinds, partition=None):
        start, place = time.monotonic(), {} if partition is None else {"partition": partition}
        for count, kind in enumerate(kinds):
            key, payload = event(len(self.kinds), kind)
            self.kinds.append(kind)
            while True:
                try:
                    self.producer.produce(self.run.events, key=key, value=payload, **place)
                    break
                except BufferError:
                    self.producer.poll(0.1)
            if count % 500 == 499:
                self.producer.poll(0)
                if self.rate:
                    time.sleep(max(0.0, start + count / self.rate - time.monotonic()))
        if self.producer.flush(60):
            raise RuntimeError("events could not be sent in 60 s")

    def begin(self, kinds):
        self.thread = threading.Thread(target=self.send, args=(kinds,), daemon=True)
        self.thread.start()

    def is_at_it(self):
        return self.thread is not None and self.thread.is_alive()

    def arrived(self):
        """How many events the topic has: the embedded cluster takes one twice that was sent again."""
        return sum(self.run.cluster.ends(self.run.events, self.run.partitions).values())

    def counts(self, of_topic=False):
        """What workers have to have counted: outcomes, withdrawn, skipped and dead letters."""
        if of_topic:
            messages = self.run.cluster.read(self.run.events, self.run.partitions)
            kinds = collections.Counter(self.kinds[int(message.key().decode().split("-")[1])] for message in messages)
        else:
            kinds = collections.Counter(self.kinds)
        dead = sum(kinds[kind] for kind in POISON)
        return {"outcome": sum(kinds.values()) - dead - kinds["other"] - kinds["tombstone"],
                "withdrawn": kinds["tombstone"], "skipped": kinds["other"], "dead-letter": dead}


class Account:
    """Every event against all that a reader sees of it."""

    def __init__(self, run, kinds):
        self.run, self.kinds = run, kinds
        self.records, self.dead, self.codes = collections.defaultdict(list), collections.Counter(), {}
        for message in run.cluster.read(run.attributions, run.partitions):
            place = json.loads(message.value())["data"]["provenance"]
            self.records[(place["partition"], place["offset"])].append(hashlib.sha256(message.value()).digest())
        for message in run.cluster.read(run.dead, run.partitions):
            headers = dict(message.headers())
            place = (int(headers["city.error.partition"]), int(headers["city.error.offset"]))
            self.dead[place] += 1
            self.codes[place] = headers["city.error.code"].decode()

    def settle(self, allows_repeats):
        """Adds a finding for everything that is missing, there twice, wrong, or of no event.

        With `allows_repeats`, what is there twice has to be the same, byte for byte.
        """
        wrong, repeats, lost = [], 0, 0
        records, dead = dict(self.records), dict(self.dead)
        for message in self.run.cluster.read(self.run.events, self.run.partitions):
            place = (message.partition(), message.offset())
            kind = self.kinds[int(message.key().decode().split("-")[1])]
            wanted, copies = fate(kind), records.pop(place, [])
            found = (len(copies), dead.pop(place, 0))
            lost += any(f < w for f, w in zip(found, wanted))
            repeats += sum(found) > sum(wanted) > 0
            if allows_repeats:
                found = (min(found[0], 1), min(found[1], 1))
            if found != wanted:
                wrong.append(f"{place} ({kind}): expected {wanted} (records, dead letters), found {found}")
            if len(set(copies)) > 1:
                wrong.append(f"{place} ({kind}): {len(set(copies))} different records of one event")
            if kind in POISON and self.codes.get(place) not in (POISON[kind], None):
                wrong.append(f"{place} ({kind}): a dead letter with the code {self.codes[place]}")
        wrong += [f"{place}: a record without an event" for place in records]
        wrong += [f"{place}: a dead letter without an event" for place in dead]
        self.run.figures["events"] = len(self.kinds)
        self.run.figures["there twice"] = repeats
        for finding in wrong[:3]:
            self.run.expect(False, finding)
        self.run.expect(not wrong, f"{len(wrong)} events are not accounted for, {lost} of them lost")
