"""Questions of every kind and what people might answer, by chance but the same each time."""

from decimal import Decimal
from random import Random

KINDS = [
    *("single_choice", "multiple_choice", "true_false", "ordering", "matching"),
    *("number", "fill_in", "reflection", "task"),
]
WORDS = [
    "น้ำปลา",
    "ต้นทุน",
    "ค่าแรง",
    "ศูนย์ดิจิทัล ICT 191",
    "แกง 3 ถ้วย",
    "Straße",
    "ΟΔΟΣ",
    "ILI ı İ",
    "ที่นี่",
    "เปิด",
    "e\u0301",
    "กํ้า",
]
UNITS = [None, "", "บาท", "น้ำ ๑", "kg", "%", "5", "-"]
NUMBERS = [0, 120, 120.0, 0.1, 0.3, 12.5, -5, 1e-7, 1e21, 1200000.5, 99.999, 123456789.123456789, 1e22]
TOLERANCES = [None, 0, 0.0, 0.1, 0.5, 1, 1e-7, 5]

THAI = "กนทา\u0e33\u0e4d\u0e32\u0e30\u0e34\u0e35\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4eเแโ๐๑๒๙ๆฯ฿"
LATIN = "aZzßẞıİIςΣé\u0301\u0323\u0334\u0345\u0307ﬁ"
UNSEEN = "\0\x07\x7f\xad\u200b\u200c\u200d\u200e\u2060\ufeff\u180e\ud83d\udc00"
SPACES = " \t\n\r\v\f\x1c\x1f\x85\xa0\u2003\u2028\u2029\u202f\u3000"
SIGNS = "0123456789.,+-−–eE/"
BEYOND = "😀👩‍🌾𝟙𐐀\U0001e944\U0001d165"
LETTERS = THAI * 3 + LATIN + UNSEEN + SPACES + SIGNS + BEYOND


def cases(seed, each):
    """[definition, fields or None, answer]: `each` forms and as many bare answers of each kind."""
    random = Random(seed)
    for kind in KINDS:
        for _ in range(each):
            definition = question(random, kind)
            yield definition, form(random, definition), None
            yield definition, None, bare(random, definition)


def text(random, longest=12):
    return "".join(random.choices(LETTERS, k=random.randrange(longest)))


def rewritten(random, words):
    """The same words as somebody else types them, or nearly."""
    ways = [
        lambda it: it.replace("ำ", "\u0e4d\u0e32"),
        lambda it: it.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")),
        lambda it: it.translate(str.maketrans("-", random.choice("−–"))),
        str.upper,
        str.lower,
        lambda it: f"{random.choice(SPACES)}{it}{random.choice(SPACES)}",
        lambda it: _with(random, it, random.choice(UNSEEN)),
        lambda it: _with(random, it, random.choice(SPACES)),
        lambda it: _with(random, it, random.choice(LETTERS)),
        lambda it: _two_swapped(random, it),
        lambda it: it.replace("แ", "เเ"),
    ]
    for way in random.sample(ways, random.randrange(4)):
        words = way(words)
    return words


def question(random, kind):
    """A definition as courses.outlines.definition gives them."""
    more = {"explanation": random.choice(["", "เพราะ\nแรงเป็นทุน"])}
    count = random.randint(2, 6)
    if kind in ("single_choice", "multiple_choice"):
        one = {"text": "ข้อ", "correct": False}
        return {
            "kind": kind,
            "choices": [
                one | {"correct": random.random() < 0.5, "explanation": f"{n}" * (n % 3)} for n in range(count)
            ],
        }
    if kind == "true_false":
        return {"kind": kind, "answer": random.random() < 0.5} | more
    if kind == "ordering":
        return {"kind": kind, "items": random.choices(WORDS, k=count)} | more
    if kind == "matching":
        return {"kind": kind, "pairs": [[word, random.choice(WORDS)] for word in WORDS[:count]]} | more
    if kind == "number":
        numbers = {"answer": random.choice(NUMBERS), "tolerance": random.choice(TOLERANCES)}
        return {"kind": kind, "unit": random.choice(UNITS)} | numbers | more
    if kind == "fill_in":
        return {"kind": kind, "answers": random.sample(WORDS, 2)} | more
    if kind == "task":
        return {"kind": kind, "checklist": WORDS[:count], "observed_by": "caretaker"}
    return {"kind": kind}


def form(random, definition):
    """The fields as they may come: mostly what a browser sends, sometimes anything at all."""
    kind, count = definition["kind"], _count(definition)
    if kind == "ordering":
        places = random.sample(range(1, count + 1), count)
        return _fields(random, {f"place-{item}": [_number(random, place)] for item, place in enumerate(places)})
    if kind == "matching":
        rights = range(count) if random.random() < 0.5 else random.choices(range(count), k=count)
        return _fields(random, {f"match-{left}": [_number(random, right)] for left, right in enumerate(rights)})
    if kind in ("multiple_choice", "task"):
        name = "done" if kind == "task" else "answer"
        right = [place for place, choice in enumerate(definition.get("choices", [])) if choice["correct"]]
        ticked = right if random.random() < 0.4 else random.sample(range(count), random.randint(0, count))
        return _fields(random, {name: [_number(random, index) for index in ticked]})
    return _fields(random, {"answer": [typed(random, definition)]})


def typed(random, definition):
    kind = definition["kind"]
    if kind == "number":
        return rewritten(random, _near(random, definition))
    if kind == "fill_in":
        return rewritten(random, random.choice(definition["answers"]))
    if kind == "reflection":
        return random.choice([text(random, 60), "ก" * random.randint(1998, 2002), "😀" * random.randint(1999, 2001)])
    if kind == "true_false":
        return rewritten(random, random.choice(["true", "false", "", "True", "constructor"]))
    return _number(random, random.randrange(_count(definition)))


def bare(random, definition):
    """An answer in its wire form, such as another program sends, and much that is none."""
    count = _count(definition)
    index = lambda: random.choice([*range(-1, count + 1), None, True, False, 0.5, "0", [], {}])  # noqa: E731
    return random.choice(
        [
            *(None, True, False, 0, 1, 0.5, -3, "", "0", {}, [], [[]], {"answer": 1}),
            *(typed(random, definition), _written(random), random.choice(NUMBERS[:7])),
            *(random.sample(range(count), count), list(range(count)), random.choices(range(count), k=count)),
            *([index() for _ in range(count)], random.sample(range(count), random.randint(0, count))),
            [*range(count), 0],
        ]
    )


def _fields(random, fields):
    """Sometimes one field is missing, empty, doubled, or holds what no browser sends."""
    for name in fields:
        if random.random() < 0.1:
            fields[name] = random.choice(
                [[], [""], [*fields[name], "1"], ["1", *fields[name]], [text(random)], ["99999"], ["-1"]]
            )
    return {name: values for name, values in fields.items() if random.random() < 0.97}


def _number(random, number):
    return rewritten(random, str(number)) if random.random() < 0.15 else str(number)


def _near(random, definition):
    """The right number, the edge of what is still right, or the last digit beyond it, as people write numbers."""
    off = Decimal(repr(definition["tolerance"] or 0)) * random.choice([0, 1, -1])
    tiny = random.choice([0, 0, 0, Decimal("1e-9"), Decimal("-1e-9"), Decimal("1e-33"), 1])
    exact = Decimal(repr(definition["answer"]))
    digits = f"{exact + off + tiny:f}" if random.random() < 0.9 else _written(random)
    if random.random() < 0.3 and "." not in digits:
        digits = f"{int(digits):,}"
    return digits + random.choice(["", "", " ", "."]) + random.choice(["", definition["unit"] or "", "บาท"])


def _written(random):
    return "".join(random.choices("0123456789", k=random.randint(1, 42)))


def _count(definition):
    for name in ("choices", "items", "pairs", "checklist"):
        if name in definition:
            return len(definition[name])
    return 2


def _with(random, words, char):
    place = random.randint(0, len(words))
    return words[:place] + char + words[place:]


def _two_swapped(random, words):
    place = random.randrange(max(len(words) - 1, 1))
    return words[:place] + words[place : place + 2][::-1] + words[place + 2 :]
