"""A block of a lesson as its file says it."""

from decimal import Decimal

from courses.loading import files


def tidy(text):
    """Text as files hold it: line ends of one kind, and no letters that steer a machine."""
    text = (text or "").replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(letter for letter in text if letter == "\n" or not _steers(letter))
    return kept.strip()


def _steers(letter):
    return letter < " " or "\x7f" <= letter <= "\x9f" or "\ud800" <= letter <= "\udfff"


def block_told(block, carried):
    """{kind: value}, or nothing where a file that it needs is not there any more."""
    kind, value = block.block_type, block.value
    told = _TELL[kind](value, carried) if kind in _TELL else _texts(value)
    if told is None:
        return None
    if kind in _ASKS:
        told = {"id": str(block.id)} | told
    return {kind: told}


def _texts(value):
    return tidy(value)


def _picture(value, carried):
    shown = value["image"] and carried.picture(value["image"])
    if not shown:
        return None
    return shown | {"alt": tidy(value["alt"])} | _some(caption=tidy(value["caption"]))


def _with_files(kind):
    def tell(value, carried):
        told = {}
        for name, role in files.ROLES[kind].items():
            if value[name] is None:
                continue
            found = carried.document(value[name], role)
            if found is None and name == "file":
                return None
            told |= _some(**{name: found})
        if "file" not in told:
            return None
        return told | {name: tidy(value[name]) for name in ("transcript", "title") if name in value}

    return tell


def _table(value, carried):
    told = {"head": [tidy(cell) for cell in value["head"]], "rows": [[tidy(c) for c in row] for row in value["rows"]]}
    return _some(caption=tidy(value["caption"])) | told


def _fact(value, carried):
    return {name: tidy(value[name]) for name in ("text", "checked", "owner")} | {"recheck": bool(value["recheck"])}


def _choices(value, carried):
    choices = [
        {"text": tidy(choice["text"]), "correct": bool(choice["correct"])}
        | _some(explanation=tidy(choice["explanation"]))
        for choice in value["choices"]
    ]
    return {"question": tidy(value["question"]), "choices": choices}


def _true_false(value, carried):
    return {"statement": tidy(value["statement"]), "answer": bool(value["answer"]), **_why(value)}


def _why(value):
    return {"explanation": tidy(value["explanation"])}


def _ordering(value, carried):
    return {"question": tidy(value["question"]), "items": [tidy(item) for item in value["items"]], **_why(value)}


def _matching(value, carried):
    pairs = [[tidy(pair["left"]), tidy(pair["right"])] for pair in value["pairs"]]
    return {"question": tidy(value["question"]), "pairs": pairs, **_why(value)}


def _fill_in(value, carried):
    return {"question": tidy(value["question"]), "answers": [tidy(each) for each in value["answers"]], **_why(value)}


def _number(value, carried):
    told = {"question": tidy(value["question"])}
    if value["answer"] is not None:
        told["answer"] = _bare(value["answer"])
    if value["tolerance"] and Decimal(value["tolerance"]):
        told["tolerance"] = _bare(value["tolerance"])
    return told | _some(unit=tidy(value["unit"])) | _why(value)


def _bare(number):
    """11.50 as 11.5, and 1200 not as 1.2E+3."""
    return Decimal(f"{Decimal(number):f}").normalize() + 0


def _reflection(value, carried):
    return {"question": tidy(value["question"])} | _some(hint=tidy(value["hint"]))


def _task(value, carried):
    return {
        "title": tidy(value["title"]),
        "instructions": tidy(value["instructions"]),
        "checklist": [tidy(each) for each in value["checklist"]],
        "observed_by": value["observed_by"] or "",
    }


def _some(**told):
    return {name: value for name, value in told.items() if value}


_ASKS = {
    "single_choice": _choices,
    "multiple_choice": _choices,
    "true_false": _true_false,
    "ordering": _ordering,
    "matching": _matching,
    "fill_in": _fill_in,
    "number": _number,
    "reflection": _reflection,
    "task": _task,
}
_TELL = {
    "steps": lambda value, carried: [tidy(step) for step in value],
    "picture": _picture,
    "table": _table,
    "fact": _fact,
    **{kind: _with_files(kind) for kind in files.ROLES},
    **_ASKS,
}
