"""The databases that kpi-service writes, looked at from outside."""
import collections, contextlib, hashlib, os, sqlite3, subprocess

PART = "month @department standing"
# Columns that tell rows apart (with @: numbers of names), and sums.
SUMS = {
    "cells": (PART + " aspect @value", "outcomes people outcomes_with_people exposed people_with_groups usd_cents "
                                       "outcomes_with_money domestic_basis_points"),
    "credit": (PART + " @connections @connection", "basis_points grant_cents in_kind_cents on_one_origin"),
    "people_of_groups": (PART + " @people_group", "people"),
    "days": ("@connection @department day", "outcomes"),
    "evidence": ("month @department @connection @kind", "outcomes"),
    "versions": ("month @versions", "outcomes"),
}
ATTRIBUTED = "standing IN (0, 1)"


class Store:
    """What is the same for both kinds. Values come as texts; an absent one is empty."""

    def rows(self, query):
        """None where a table is not there yet."""
        raise NotImplementedError

    def positions(self):
        return {int(p): int(n) for p, n in self.rows("SELECT topic_partition, next_offset FROM positions") or []}

    def received(self):
        rows = self.rows("SELECT value FROM counts WHERE name = 'received'")
        return int(rows[0][0]) if rows else 0

    def writer(self):
        """How many services have claimed the store."""
        rows = self.rows("SELECT value FROM facts WHERE name = 'writer'")
        return int(rows[0][0]) if rows else 0

    def state(self):
        """What every transaction changes."""
        return (self.writer(), self.positions(), sorted(self.rows("SELECT name, value FROM counts") or []),
                self.rows("SELECT max(sequence), count(*) FROM outcomes"))

    def counts(self):
        """Whether a correction was one for a while is a matter of which records came together: their sum is none."""
        counts = collections.Counter({name: int(value) for name, value in self.rows("SELECT name, value FROM counts")})
        counts["corrections"] = counts.pop("superseding", 0) + counts.pop("superseded", 0)
        return counts

    def outcomes(self):
        """Key, revision, partition, offset, and the digest of the record."""
        return self.rows(f"SELECT {self.hex('outcome_key')}, revision, topic_partition, record_offset, "
                         f"{self.digest('record')} FROM outcomes")

    def names(self):
        return {number: bytes.fromhex(text).decode(errors="replace").replace("\n", "+")
                for number, text in self.rows(f"SELECT id, {self.hex('text')} FROM names")}

    def contents(self):
        """All that can be compared, by table: lines with names in place of numbers, those of nothing left out."""
        names, contents = self.names(), {}
        for table, (keys, sums) in SUMS.items():
            keys, sums = keys.split(), sums.split()
            columns = ", ".join([key.lstrip("@") for key in keys] + sums)
            contents[table] = [
                "|".join([names[v] if k.startswith("@") else v for k, v in zip(keys, row)] + list(row[len(keys):]))
                for row in self.rows(f"SELECT {columns} FROM {table}") if any(v != "0" for v in row[len(keys):])]
        contents["outcomes"] = self.outcomes()
        contents["refusals"] = self.rows("SELECT topic_partition, record_offset, path, expectation FROM refusals")
        contents["counts"] = list(self.counts().items())
        return contents

    def indicators(self):
        """As outcomes.Expected has them, from the sums."""
        names, found = self.names(), collections.Counter()
        by_aspect = collections.defaultdict(set)
        for department, outcomes, people in self.rows(
                f"SELECT department, sum(outcomes), sum(people) FROM cells WHERE {ATTRIBUTED} "
                "GROUP BY department, aspect"):
            by_aspect[names[department]].add((int(outcomes), int(people)))
        for department, sums in by_aspect.items():
            # By type, by district and by connections they are the same outcomes.
            found["K01 " + department], found["K02 " + department] = sums.pop() if len(sums) == 1 else (sums, sums)
        for department, points, grant, kind in self.rows(
                "SELECT department, sum(basis_points), sum(grant_cents), sum(in_kind_cents) FROM credit "
                f"WHERE {ATTRIBUTED} GROUP BY department"):
            found["K04 " + names[department]] = int(points)
            found["K06 grant"] += int(grant)
            found["K06 in-kind"] += int(kind)
        return found


class SQLiteStore(Store):
    kind = "sqlite"

    def __init__(self, name, folder):
        self.name, self.address = name, os.path.join(folder, name + ".db")

    def hex(self, column):
        return f"lower(hex({column}))"

    def digest(self, column):
        return f"digest({column})"

    def rows(self, query):
        if not os.path.exists(self.address):
            return None
        # For a moment only: a connection that stays would keep the service from what it does when it is the last one.
        with contextlib.closing(sqlite3.connect(self.address, timeout=30)) as database:
            database.create_function("digest", 1, lambda record: hashlib.sha256(record).hexdigest())
            try:
                return [tuple("" if v is None else str(v) for v in row) for row in database.execute(query)]
            except sqlite3.OperationalError as error:
                if "no such table" in str(error) or "locked" in str(error):
                    return None
                raise

    def drop(self):
        for end in ("", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.remove(self.address + end)


class PostgresStore(Store):
    kind = "postgres"

    def __init__(self, name, folder):
        self.name, self.server = name, os.environ["TEST_POSTGRES_URL"]
        address, _, options = self.server.partition("?")
        self.address = address.rsplit("/", 1)[0] + "/" + name + ("?" + options if options else "")
        self.psql(self.server, f'CREATE DATABASE "{name}"')

    def hex(self, column):
        return f"encode({column}, 'hex')"

    def digest(self, column):
        return f"encode(sha256({column}), 'hex')"

    def psql(self, address, query):
        return subprocess.run(["psql", "-X", "-q", "-A", "-t", "-F", "\t", "-c", query, address], text=True,
                              capture_output=True, encoding="utf-8", check=False)

    def rows(self, query):
        answer = self.psql(self.address, query)
        if answer.returncode == 0:
            return [tuple(line.split("\t")) for line in answer.stdout.split("\n") if line]
        if "does not exist" in answer.stderr:
            return None
        raise SystemExit(f"psql: {answer.stderr}")

    def drop(self):
        self.psql(self.server, f'DROP DATABASE "{self.name}" WITH (FORCE)')


def new_store(kind, name, folder):
    return {"sqlite": SQLiteStore, "postgres": PostgresStore}[kind](name, folder)
