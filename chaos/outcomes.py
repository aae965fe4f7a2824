"""What becomes of records, computed from the messages alone: which of them count, and a few indicators of those."""
import collections, hashlib, json

GIVERS = {"funded-by", "donated-by"}


def outweighs(revision, other):
    """Of two records of one outcome, the later one and the one that counted until then (docs/events.md)."""
    return revision >= other if revision and other else True


def money(data):
    """Cents given as money and in kind: what the outcome states, shared by credit, by largest remainder."""
    total = round(data["outcome"].get("usd", 0) * 100)
    mechanisms = collections.defaultdict(set)
    for reason in data["evidence"]:
        mechanisms[reason["connection"]].add(reason.get("mechanism"))
    givers = [share for share in data["credit"] if mechanisms[share["connection"]] & GIVERS]
    weights = [share["basisPoints"] for share in givers]
    if not any(weights):
        weights = [1] * len(givers)
    parts = [divmod(total * weight, sum(weights)) for weight in weights]
    cents = [part for part, _ in parts]
    for index in sorted(range(len(parts)), key=lambda i: -parts[i][1])[:total - sum(cents) if parts else 0]:
        cents[index] += 1
    granted = sum(c for c, share in zip(cents, givers) if "funded-by" in mechanisms[share["connection"]])
    return granted, sum(cents) - granted


class Expected:
    """What a store has to hold once it has read some messages."""

    def __init__(self, messages):
        self.received = 0
        self.ends, self.counts, self.findings = {}, collections.Counter(), []
        self.winners = {}
        for partition, offset, payload, kind in messages:
            self.received += 1
            self.ends[partition] = offset + 1
            if kind == "aborted":
                self.findings.append(f"partition {partition}, offset {offset}: its transaction was aborted")
            elif payload is None:
                self.counts["tombstones"] += 1
            elif kind == "rubbish":
                self.counts["refused"] += 1
            else:
                outcome = json.loads(payload)["data"]["outcome"]
                key, revision = outcome["key"], outcome["revision"]
                known = self.winners.get(key)
                # The same record again leaves the one that was there, with its place.
                if known is None or outweighs(revision, known[0]) and payload != known[3]:
                    self.winners[key] = (revision, partition, offset, payload)
        self.counts["received"], self.counts["new"] = self.received, len(self.winners)
        self.counts["corrections"] = (
            self.received - self.counts["tombstones"] - self.counts["refused"] - len(self.winners))
        self.rows = {
            (key, str(int(revision)) if revision else "", str(partition), str(offset),
             hashlib.sha256(payload).hexdigest())
            for key, (revision, partition, offset, payload) in self.winners.items()}
        self.indicators = self.count()

    def count(self):
        """K01 and K02 by department, K04 by department in basis points, K06 in cents by form."""
        sums = collections.Counter()
        for _, _, _, payload in self.winners.values():
            data = json.loads(payload)["data"]
            outcome = data["outcome"]
            if data["decision"] not in ("enabled", "contributed") or outcome["direction"] != "inbound":
                continue
            department = outcome["department"]
            sums["K01 " + department] += 1
            sums["K02 " + department] += outcome.get("people", 0)
            sums["K04 " + department] += sum(share["basisPoints"] for share in data["credit"])
            granted, in_kind = money(data)
            sums["K06 grant"] += granted
            sums["K06 in-kind"] += in_kind
        return sums

    def told(self):
        return ", ".join(f"{name} {value:,}" for name, value in sorted(self.indicators.items()))


def compare(expected, store):
    """Lines about what a store holds otherwise."""
    findings = []
    rows = set(store.outcomes())
    if rows != expected.rows:
        findings.append(f"outcomes: {len(rows - expected.rows)} not as expected, {len(expected.rows - rows)} missing: "
                        f"{sorted(rows - expected.rows)[:2]}, {sorted(expected.rows - rows)[:2]}")
    for name, found, wanted in (("counts", store.counts(), expected.counts),
                                ("indicators", store.indicators(), expected.indicators)):
        findings += [f"{name}: {key} is {found[key]}, expected {wanted[key]}"
                     for key in sorted(set(found) | set(wanted)) if found[key] != wanted[key]]
    return findings
