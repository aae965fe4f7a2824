"""What is read in measurements: events, registries, a secret. Made up, and the same in every run."""
import csv, io, json, os, random

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FOLDER = os.path.join(ROOT, ".build/bench")
SAMPLE_REGISTRY = os.path.join(ROOT, "Sources/SampleEvents/BuiltIn/port-meridian.yaml")
PAYLOAD_BYTES, LINES, MATCH_PERCENT, CONNECTIONS = 535, 100_000, 25, 500
CONNECTION = """  - {{id: "bench:agreement:{0:03}", type: agreement, partner: "Partner {0:03}", since: "1990",
     status: active, verified: true, source: bench, identifiers: [{{scheme: {1}, id: "{2}"}}]}}
"""
FHIR_PLACE = "Location?identifier=https://example.org/places|{:03}"
# References of the sample registry: valid, out of scope, ended, proposed or not verified, and unknown ones.
SAMPLE_REFERENCES = [
    ("programme", "TIDE-SHELTER", "funded-by"), ("grant", "TIDE-2025-114", "funded-by"),
    ("programme", "CWX-HAEWON", "trained-under"), ("grant", "CWX-2025-02", "funded-by"),
    ("venue", "AURELIAN-HALL", "delivered-at"), ("partner", "PTR-0203", "convened-by"),
    ("venue", "HAEWON-CLINIC-BUS", None), ("partner", "PTR-0601", "staffed-by"),
    ("partner", "PTR-0104", "donated-by"), ("agreement", "MOU-2018-022", "trained-under"),
    ("partner", "PTR-0108", "staffed-by"), ("work-order", "WO-4711", None), ("grant", "STATE-2026-1", "funded-by"),
]


def path(name):
    return os.path.join(FOLDER, name)


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def envelope(number, data):
    return {"specversion": "1.0", "id": f"e{number:09}", "source": "/bench/housing",
            "type": "org.city.housing.placement.made", "subject": f"r{number:09}", "time": "2026-03-04T15:04:05Z",
            "datacontenttype": "application/json", "data": data}


def canonical_event(number, grant, choose):
    """One canonical event of exactly PAYLOAD_BYTES; a note that nobody reads makes up the length."""
    data = {"outcome": {"type": "shelter-placement", "count": 1, "people": choose.randint(1, 9),
                        "occurredOn": f"2026-{choose.randint(1, 9):02}-{choose.randint(1, 28):02}",
                        "usd": choose.randint(100, 20_000), "direction": "inbound"},
            "district": f"D{choose.randint(1, 10)}", "groups": {"youth": 2, "women": 1},
            "references": [{"scheme": "grant", "id": grant, "mechanism": "funded-by"},
                           {"scheme": "venue", "id": f"CITY-{choose.randint(0, 9999):04}",
                            "mechanism": "delivered-at"}], "note": ""}
    line = compact(envelope(number, data))
    line = line[:-len('"}}')] + "x" * (PAYLOAD_BYTES - len(line)) + '"}}'
    if len(line) != PAYLOAD_BYTES:
        raise SystemExit(f"bench: event {number} has {len(line)} bytes, expected {PAYLOAD_BYTES}")
    return line


# Syllables of names of places, and what departments write, with and without a partner.
SYLLABLES = ("ka to mi ra ven dor lu sha ne gar pol ti bre zan hol wen kir osa mun da fel ora que lin bas ter vo nim".split())
SAID = ["Placement of three people after intake on the second floor; follow-up visit agreed for the coming week.",
        "Unit passed inspection, keys handed over, deposit paid from the flexible fund, utilities in the tenant's name.",
        "Household of four moved from the motel to a two-bedroom apartment near the school; transport voucher issued.",
        "Caseworker called the landlord twice; lease signed for twelve months at a rent below the area's median."]
NAMED = ["The beds are a gift of our sister city {0}. ", "Funded by a grant from the City of {0}. ",
         "Staff were trained in {0} last spring. ", "The delegation of {0} visited the shelter. "]
NAMES, NAMED_PERCENT, NARRATIVE_CHARACTERS = 2000, 35, 200


def place_names():
    """Names of places that no text has by chance."""
    choose, names = random.Random(13), set()
    while len(names) < NAMES:
        names.add("".join(choose.choice(SYLLABLES) for _ in range(choose.randint(3, 5))).capitalize())
    return sorted(names)


def narrative(choose, names):
    """A text of NARRATIVE_CHARACTERS; NAMED_PERCENT in 100 name a partner."""
    text = choose.choice(NAMED).format(choose.choice(names)) if choose.randrange(100) < NAMED_PERCENT else ""
    while len(text) < NARRATIVE_CHARACTERS:
        text += choose.choice(SAID) + " "
    return text[:NARRATIVE_CHARACTERS].strip()


def narrated_events(count):
    """Canonical events of about the same length, with a text to search in the place of the note."""
    choose, names = random.Random(17), place_names()
    for line, _ in canonical_events(count):
        event = json.loads(line)
        del event["data"]["note"]
        event["data"]["narrative"] = narrative(choose, names)
        yield compact(event)


def canonical_events(count):
    """(line, whether the registry knows its grant) of events of which exactly MATCH_PERCENT in 100 match."""
    choose = random.Random(7)
    known = set(choose.sample(range(count), count * MATCH_PERCENT // 100))
    for number in range(count):
        matches = number in known
        grant = f"G-{choose.randrange(CONNECTIONS):03}" if matches else f"LOCAL-{number:06}"
        yield canonical_event(number, grant, choose), matches


def mixed_event(number, choose):
    """One canonical event of any kind that is not refused: with much, with little, withdrawn, or no outcome."""
    kind = choose.random()
    if kind < 0.02:
        return envelope(number, {"note": "not an outcome"})
    outcome = {"type": choose.choice(["shelter-placement", "lease-signed", "tenants-meeting"]),
               "occurredOn": f"2026-{choose.randint(1, 9):02}-{choose.randint(1, 28):02}"}
    data = {"outcome": outcome}
    if kind < 0.05:
        return envelope(number, data | {"retracted": True})
    if kind < 0.15:
        return envelope(number, data)
    outcome |= {"count": choose.randint(1, 3), "people": choose.randint(0, 400), "usd": choose.randint(0, 10**7) / 100,
                "direction": choose.choice(["inbound", "inbound", "outbound"])}
    groups = choose.sample(["youth", "women", "seniors", "families", "veterans"], choose.randint(0, 5))
    references = choose.sample(SAMPLE_REFERENCES, choose.randint(0, 6))
    data |= {"district": f"D{choose.randint(1, 10)}", "groups": {group: choose.randint(0, 99) for group in groups},
             "references": [{"scheme": s, "id": i} | ({"mechanism": m} if m else {}) for s, i, m in references],
             "narrative": "Möbel, \"gift\" \\ line\nof a partner: 해원시. " * choose.randint(0, 8),
             "revision": choose.randint(1, 9)}
    event = envelope(number, data)
    event["time"] = f"2026-03-04T15:04:05.{choose.randint(0, 999):03}+02:00"
    if choose.random() < 0.3:
        del event["subject"]
    return event


def encounter(number, choose):
    """One FHIR R4 Encounter, as a hospital's server writes it, with the names that are never read."""
    place = FHIR_PLACE.format(choose.randrange(4 * CONNECTIONS))
    period = {"start": f"2026-03-{choose.randint(1, 28):02}T02:25:16-04:00",
              "end": f"2026-03-{choose.randint(1, 28):02}T06:20:16-04:00"}
    role = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "PPRF",
                        "display": "primary performer"}], "text": "primary performer"}
    return {"resourceType": "Encounter", "id": f"{choose.getrandbits(128):032x}",
            "meta": {"versionId": "1", "lastUpdated": "2026-03-29T09:30:10.113+02:00",
                     "profile": ["http://hl7.org/fhir/us/core/StructureDefinition/us-core-encounter"]},
            "identifier": [{"use": "official", "system": "https://example.org/encounters", "value": str(number)}],
            "status": choose.choice(["finished"] * 9 + ["in-progress"]),
            "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode",
                      "code": choose.choice(["AMB", "EMER", "IMP", "VR", "HH", "OTHER"])},
            "type": [{"coding": [{"system": "http://snomed.info/sct", "code": "185347001",
                                  "display": "Encounter for problem (procedure)"}], "text": "Encounter for problem"}],
            "subject": {"reference": f"Patient/{choose.getrandbits(64):016x}", "display": "Synthetic Patient"},
            "participant": [{"type": [role], "period": period,
                             "individual": {"reference": "Practitioner/1", "display": "Dr. Synthetic"}}],
            "period": period,
            "location": [{"location": {"reference": place, "display": "SYNTHETIC HOSPITAL"}}] * choose.randint(0, 3),
            "serviceProvider": {"reference": f"Organization/{choose.randint(1, 999)}", "display": "SYNTHETIC"}}


def service_request(number, choose):
    """One Open311 request, with the texts and the place that are never read."""
    follow_on = [{"datetime": "2026-03-04T09:00:00-06:00", "summary": "Follow-on created", "type": "follow_on_created"}]
    return {"service_request_id": f"26-{number:08}", "status": choose.choice(["closed"] * 9 + ["open"]),
            "status_notes": "Synthetic", "service_code": f"S-{choose.randint(1, 999)}", "service_name": "Synthetic",
            "description": "A text that nobody reads, of about the length that residents write. " * 4,
            "requested_datetime": "2026-03-01T10:00:00-06:00", "updated_datetime": "2026-03-04T16:40:00-06:00",
            "address": "1 Synthetic Street", "lat": 29.4241, "long": -98.4936,
            "extended_attributes": {"ward": str(choose.randint(1, 10)), "channel": "phone"},
            "notes": [{"datetime": "2026-03-01T10:00:00-06:00", "summary": "Request opened", "type": "opened"}]
            + follow_on * choose.randint(0, 1)}


def row_change(number, choose):
    """One change event of Debezium, with its rows before and after."""
    row = {"case_number": number, "outcome_code": "pending", "outcome_on": None, "household_size": choose.randint(1, 7),
           "council_district": f"D{choose.randint(1, 10)}", "grant_number": f"G-{choose.randint(0, 1999):03}",
           "programme_code": None, "office": "Synthetic", "updated_by": "Synthetic"}
    after = row | {"outcome_code": "legal-aid-completed", "outcome_on": 20516}
    return {"before": row, "after": after, "op": "u", "ts_ms": 1772636645500,
            "source": {"version": "2.7", "connector": "postgresql", "name": "cases", "ts_ms": 1772636645123,
                       "snapshot": "false", "db": "cases", "schema": "public", "table": "outcome", "txId": number}}


def spreadsheet_row(number, choose):
    """One row of attendance at a cultural programme, all of it texts."""
    return {"Programme ID": f"P-{number}", "Kind": choose.choice([" Festival", "concert", "Talk "]), "Status": "held",
            "First day": "03/04/2026", "Attendance": f"{choose.randint(1000, 9999):,}", "Support in USD": "$12,500.00",
            "Under 18": str(choose.randint(0, 999)), "Agreement no.": f"A-{choose.randint(0, 1999)}",
            "Venue code": f"V-{choose.randint(1, 99)}", "Partner organisation": "Synthetic", "Partner country": "Japan"}


def csv_row(number, choose):
    """The same as one row of CSV, with quotes where there have to be."""
    row = io.StringIO()
    csv.writer(row, lineterminator="").writerow(spreadsheet_row(number, choose).values())
    return row.getvalue()


def write_row_profile():
    """The profile of attendance, for messages that hold a row of CSV each."""
    with open(os.path.join(ROOT, "schemas/profiles/culture-attendance.yaml"), encoding="utf-8") as file:
        profile = file.read().replace("envelope: auto", "envelope: none\nbody: csv-row")
    columns = compact(list(spreadsheet_row(0, random.Random(11))))
    with open(path("csv-rows.yaml"), "w", encoding="utf-8") as file:
        file.write(f"{profile}\ncolumns: {columns}\n")


# What is measured of each shipped format, beside canonical events: its profile, and how an event is made.
FORMATS = {"FHIR encounters": ("fhir-r4-encounter", "encounters"), "Open311 requests": ("open311-request", "requests"),
           "Debezium changes": ("debezium-case-outcomes", "changes"), "rows of a table": ("culture-attendance", "rows"),
           f"canonical, {NARRATIVE_CHARACTERS} characters of text": ("canonical", "narrated")}
REGISTRIES = {"narrated": "names.yaml"}


def lines_of(kind, count):
    """Lines of one kind of events."""
    if kind == "canonical":
        return (line for line, _ in canonical_events(count))
    if kind == "narrated":
        return narrated_events(count)
    choose = random.Random(11)
    if kind == "csv-rows":
        return (csv_row(number, choose) for number in range(count))
    make = {"mixed": mixed_event, "encounters": encounter, "requests": service_request, "changes": row_change,
            "rows": spreadsheet_row}[kind]
    return (compact(make(number, choose)) for number in range(count))


def write_lines(name, lines):
    with open(path(name), "w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in lines)


def write_registries():
    """A registry for canonical events and for encounters each, and the secret of outcome keys."""
    os.makedirs(FOLDER, exist_ok=True)
    for name, scheme, identifier in (("registry.yaml", "grant", "G-{:03}"), ("places.yaml", "venue", FHIR_PLACE)):
        with open(path(name), "w", encoding="utf-8") as registry:
            rows = (CONNECTION.format(n, scheme, identifier.format(n)) for n in range(CONNECTIONS))
            registry.write("connections:\n" + "".join(rows))
    names = place_names()
    with open(path("names.yaml"), "w", encoding="utf-8") as registry:
        registry.write("connections:\n")
        for n in range(CONNECTIONS):
            own = names[n::CONNECTIONS]
            registry.write(CONNECTION.format(n, "grant", f"G-{n:03}").replace("type: agreement", "type: sister_city")
                           .replace(f'"Partner {n:03}"', own[0]).replace("identifiers:", f"aliases: {compact(own[1:])}, identifiers:"))
    with open(path("outcome.key"), "wb") as key:
        key.write(b"a secret of thirty-two bytes or more")
