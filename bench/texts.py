"""Finding names in texts: what bench/texts.swift measures, of names and texts that are made up here."""
import glob, json, os, random, shlex, subprocess
from inputs import FOLDER, ROOT, path, write_lines

NAMES = (2_000, 20_000)
TEXTS, TEXT_CHARACTERS, NAMED_PERCENT = 5_000, 200, 35
SYLLABLES = ("al an ar bel ber ca co da del do el en ga gwan ha ja ju ka kan ko ku la lis lo ma mar mo na ne no o per "
             "po ra ri ro sa san sen sha ta te ti to tor va ve vi wa yo za").split()
FORMS = ["{}", "{}", "City of {}", "Consulate General of {}", "University of {}", "{} Chamber of Commerce",
         "{} International School", "{} Development Agency", "Friends of {}", "{}-American Association",
         "{} Sister Cities Committee", "Port of {}", "Fundación {}", "Embassy of {}", "{} U.S. Fund"]
ENGLISH = ("the of and to in a for that was on with is by at from as it were an be are this which city center families "
           "program residents community health children school students free event new library donated clinic held "
           "support food housing people local volunteers services training partners international during received "
           "opened weekend visitors more than 2026 1,200 percent Thursday department neighborhood teachers equipment "
           "scholarship exhibition language university association foundation its their between after said will").split()
SPANISH = ("el la los las de del que y en un una por con para se a niños ciudad donó salud médicos años educación "
           "también más según vacunación próximo público españoles región programa la de el en jóvenes biblioteca "
           "comunidad apoyo clínica gratuita exposición organizó inundación agua días barrio familias será").split()
CASES = {"English, 200 characters": "english", "English, 200 characters, no names": "nameless",
         "English, 100,000 characters": "long", "Spanish, 200 characters": "spanish", "Chinese, 200 characters": "chinese",
         "double spaces": "spaces", "a name after a name": "names", "ends of names": "ends"}


def made_names(count):
    choose, names = random.Random(21), {}
    while len(names) < count:
        place = "".join(choose.choice(SYLLABLES) for _ in range(choose.randint(2, 4))).capitalize()
        names[choose.choice(FORMS).format(place)] = None
    return list(names)


def made_text(choose, words, length, name=None):
    text = ""
    while len(text) < length:
        if name and len(text) > length // 3:
            text, name = f"{text} {name}", None
        # Few words make up most of a text.
        text += f" {words[min(int(choose.expovariate(12 / len(words))), len(words) - 1)]}"
        text += choose.choice([""] * 11 + [",", "."])
    return text.strip()[:length].capitalize()


def made_texts(kind, names):
    choose = random.Random(22)
    if kind in ("english", "nameless", "spanish"):
        words, share = SPANISH if kind == "spanish" else ENGLISH, 0 if kind == "nameless" else NAMED_PERCENT
        for number in range(TEXTS):
            named = number % 100 < share
            yield made_text(choose, words, TEXT_CHARACTERS, choose.choice(names) if named else None)
    elif kind == "chinese":
        for _ in range(TEXTS):
            yield "".join(chr(choose.randint(0x4e00, 0x5fff)) for _ in range(TEXT_CHARACTERS))
    else:
        yield {"long": " ".join(made_text(choose, ENGLISH, TEXT_CHARACTERS) for _ in range(500)),
               "spaces": "a  " * 30_000, "names": " ".join(choose.choice(names) for _ in range(5000)),
               "ends": "Sister Cities Committee Development Agency " * 2500}[kind]


def build():
    """Compiles bench/texts.swift over the release build of the layers it measures."""
    objects = [name for layer in ("Text", "Primitives")
               for name in glob.glob(os.path.join(ROOT, f".build/release/{layer}.build/*.o"))]
    program = path("texts")
    subprocess.run([*shlex.split(os.environ.get("SWIFT", "swift").removesuffix("swift") + "swiftc"), "-O", "-I",
                    os.path.join(ROOT, ".build/release/Modules"), "-I", os.path.join(ROOT, "Sources/CUTF8Proc"), "-I",
                    os.path.join(ROOT, "Sources/CCrypto"), "-o", program, os.path.join(ROOT, "bench/texts.swift"),
                    *objects, "-lutf8proc", "-lcrypto"], check=True)
    return program


def measure():
    """(case, names): what one of them costs."""
    os.makedirs(FOLDER, exist_ok=True)
    program, found = build(), {}
    for count in NAMES:
        names = made_names(count)
        write_lines("names.txt", names)
        for case, kind in CASES.items():
            write_lines("texts.txt", made_texts(kind, names))
            run = subprocess.run([program, path("names.txt"), path("texts.txt")], check=True, stdout=subprocess.PIPE)
            found[f"{case}; {count:,} names"] = json.loads(run.stdout)
    return found


def tell(found, spread):
    print("\n| finding names in texts | names found | fold, MB/s | find, MB/s | both, MB/s |\n|---|---|---|---|---|")
    for case, cost in found.items():
        print(f"| {case} | {cost['names']:,.2f} | " + " | ".join(spread(cost[key]) for key in ("fold", "find", "both"))
              + " |")
