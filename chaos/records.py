"""Attribution records (schemas/attribution-record.schema.json), and what is none."""
import collections, hashlib, random

DEPARTMENTS = {"housing": ["placement", "repair", "advice"], "health": ["vaccination-clinic", "screening", "course"],
               "transport": ["route", "stop", "course"], "immigration": ["naturalisation", "course", "advice"]}
DISTRICTS = [None, "D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8"]
GROUPS = ["youth", "seniors", "women", "newcomers", "disabled"]
MECHANISMS = ["funded-by", "donated-by", "delivered-at", "staffed-by", "trained-under", "designed-from", "convened-by"]
CONNECTIONS = [f"port-meridian:{kind}:{place}" for kind in ("agreement", "network", "sister-city")
               for place in ("aurelia", "brno", "córdoba", "dakar", "espoo")]
DAYS = [f"{year}-{month:02}-{day:02}" for year, month in [(2025, 11), (2025, 12), (2026, 1), (2026, 2), (2026, 3)]
        for day in range(1, 29)]


def digest(text):
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


class Records:
    """Keys, payloads and kinds: `record`, `duplicate`, `tombstone` or `rubbish`. The same seed gives the same."""

    def __init__(self, seed, events):
        self.choose, self.seed, self.events = random.Random(f"records {seed}"), seed, events
        self.outcomes, self.at = 0, 0
        self.recent, self.kept = collections.deque(maxlen=3000), []

    def __iter__(self):
        for self.at in range(self.events):
            kind = self.choose.choices(["record", "duplicate", "tombstone", "rubbish"], [92, 5, 1, 2])[0]
            if kind == "tombstone":
                yield self.key(self.number()), None, kind
            elif kind == "rubbish":
                yield self.key(self.number()), self.rubbish(), kind
            elif kind == "duplicate" and self.recent:
                key, payload = self.choose.choice(self.recent if self.choose.random() < 0.7 else self.kept)
                yield key, payload, kind
            else:
                number = self.number()
                key, payload = self.key(number), self.record(number)
                self.recent.append((key, payload))
                if len(self.kept) < 1 or self.at % 50 == 0:
                    self.kept.append((key, payload))
                yield key, payload, "record"

    def key(self, number):
        return hashlib.sha256(f"{self.seed} {number}".encode()).hexdigest()[:32]

    def number(self):
        """A new outcome, or a correction of one of the last or of any."""
        chance = self.choose.random()
        if chance < 0.62 or self.outcomes == 0:
            self.outcomes += 1
            return self.outcomes - 1
        low = max(0, self.outcomes - 2000) if chance < 0.82 else 0
        return self.choose.randrange(low, self.outcomes)

    def rubbish(self):
        record = self.record(self.number(), retracts=0).encode()
        return self.choose.choice([
            b"", b"{", b"null", b"[]", b"\xff\xfe\x00", record[:len(record) // 2], record + b"}",
            record.replace(b"attribution.v1", b"attribution.v2"), record.replace(b'"retracted":', b'"taken":'),
            record.replace(b'"revision":"', b'"revision":"1'), record.replace(b'"engine":', b'"motor":')])

    def revision(self):
        """Of few values, so that corrections state higher, equal and lower ones; or a time in microseconds."""
        if self.choose.random() < 0.8:
            return f"{self.choose.randrange(1, 6):020}"
        return f"{1_770_000_000_000_000 + self.choose.randrange(3):020}"

    def record(self, number, retracts=0.07):
        choose = self.choose
        key, department = self.key(number), list(DEPARTMENTS)[number % len(DEPARTMENTS)]
        # New names go on turning up.
        step = self.at // 1000
        provenance = (
            f'"provenance":{{"topic":"city.{department}.events","partition":{number % 8},"offset":{self.at},'
            f'"eventDigest":"{digest(str(self.at))}","rules":"{digest("rules")}","registry":"{digest(str(step))}",'
            f'"profile":"{digest(department)}","engine":"0.9.0"}}')
        start = (
            f'{{"specversion":"1.0","id":"{key}-{number % 8}-{self.at}","source":"/city/port-meridian/{department}",'
            f'"type":"org.city.attribution.v1","subject":"{key}","time":"2026-03-04T15:04:05Z",'
            f'"datacontenttype":"application/json","data":{{"outcome":{{"key":"{key}","department":"{department}"')
        if choose.random() < retracts:
            revision = self.revision() if choose.random() < 0.5 else ""
            return start + f',"revision":"{revision}","retracted":true}},"decision":"retracted",{provenance}}}}}'
        kind = choose.choice(DEPARTMENTS[department])
        if choose.random() < 0.02:
            kind += f"-{self.at}"
        text = f',"type":"{kind}","occurredOn":"{choose.choice(DAYS)}","count":{choose.randrange(1, 4)}'
        if choose.random() < 0.7:
            text += f',"people":{choose.randrange(30)}'
        if choose.random() < 0.5:
            cents = choose.randrange(10_000_000)
            text += f',"usd":{cents // 100}.{cents % 100:02}'
        text += f',"direction":"{"outbound" if choose.random() < 0.1 else "inbound"}"'
        if district := choose.choice(DISTRICTS):
            text += f',"district":"{district}"'
        if choose.random() < 0.3:
            groups = ",".join(f'"{group}":{choose.randrange(20)}' for group in choose.sample(GROUPS, 2))
            text += f',"groups":{{{groups}}}'
        text += f',"revision":"{self.revision()}","retracted":false}},'
        return start + text + self.decided() + provenance + "}}"

    def decided(self):
        choose = self.choose
        decision = choose.choices(["domestic", "enabled", "contributed", "abstained"], [50, 25, 15, 10])[0]
        if decision == "domestic":
            return '"decision":"domestic","credit":[],"domesticBasisPoints":10000,'
        known = CONNECTIONS[:5 + 10 * self.at // self.events]
        connections = sorted(choose.sample(known, choose.choice([1, 1, 1, 2, 3])))
        tier = {"enabled": "T1", "contributed": "T2", "abstained": "T3"}[decision]
        reasons = []
        for connection in connections:
            for origin in range(choose.choice([1, 1, 2])):
                mechanism = choose.choice(MECHANISMS + [None])
                reasons.append(
                    f'{{"connection":"{connection}","rule":"reference/{tier}","tier":"{tier}",'
                    + (f'"mechanism":"{mechanism}",' if mechanism else "")
                    + f'"field":"$.data.references[{origin}]","strength":0.9,"origin":"grant:{choose.randrange(3)}"}}')
        left, credit = 10_000, []
        if decision != "abstained":
            for connection in connections:
                share = choose.randrange(left // 2 + 1)
                left -= share
                credit.append(f'{{"connection":"{connection}","basisPoints":{share}}}')
        return (f'"decision":"{decision}","tier":"{tier}","credit":[{",".join(credit)}],"domesticBasisPoints":{left},'
                f'"evidence":[{",".join(reasons)}],')
