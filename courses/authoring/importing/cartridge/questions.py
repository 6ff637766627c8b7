"""Questions in QTI 1.2, as a cartridge may have them: the profiles of choice, true or false, words and essay."""

from courses.authoring.importing import asked, limits, pages, trees
from courses.authoring.importing.letters import one_line

PROFILES = ("multiple_choice", "multiple_response", "true_false", "fib", "pattern_match", "essay")
TRUE_WORDS = {"true", "t", "yes", "จริง", "ถูก", "ใช่"}


def put_assessment(tree, part, picture):
    items = list(tree.iter("item"))
    if not items:
        part.left("empty_page")
    for item in items[: limits.QUESTIONS]:
        _put(item, part, picture)
    if len(items) > limits.QUESTIONS:
        part.left("questions_too_many", most=limits.QUESTIONS)


def _put(item, part, picture):
    profile = _profile(item)
    words = _asked(item, part, picture)
    if profile not in PROFILES:
        part.left("question_kind", name=f"{one_line(words)[:40]} ({profile[:20] or '?'})")
        return
    whys, right, wrong = _feedback(item), *_right(item)
    general = whys.get("general_fb", "") or whys.get("correct_fb", "")
    if profile in ("multiple_choice", "multiple_response"):
        several = profile == "multiple_response"
        choices = [
            (
                text,
                key in right,
                _why(item, key, whys) or (general if key in right else ""),
            )
            for key, text in _labels(item)
        ]
        asked.put(part, asked.choice, words, choices, several)
    elif profile == "true_false":
        labels = dict(_labels(item))
        answer = any(labels.get(key, key).strip().lower() in TRUE_WORDS for key in right)
        asked.put(part, asked.true_false, words, answer, general or next(iter(whys.values()), ""))
    elif profile == "essay":
        asked.put(part, asked.reflection, words)
    else:
        asked.put(part, asked.fill_in, words, [*right], general or next(iter(whys.values()), ""))
    if wrong:
        part.left("question_parts")


def _profile(item):
    """cc.multiple_choice.v0p1 is multiple_choice; told by the shape where it is not named."""
    for field in item.iter("qtimetadatafield"):
        if trees.text_of(field, "fieldlabel") == "cc_profile":
            name = trees.text_of(field, "fieldentry").split(".")
            return name[1] if len(name) > 1 else name[0]
    choices = item.find(".//response_lid")
    if choices is not None:
        return "multiple_response" if choices.get("rcardinality", "").lower() == "multiple" else "multiple_choice"
    return "fib" if item.find(".//render_fib") is not None else ""


def _asked(item, part, picture):
    presentation = item.find("presentation")
    if presentation is None:
        return ""
    said = []
    for text in presentation.iter("mattext"):
        if any(parent.tag == "response_label" for parent in text.iterancestors()):
            continue
        for kind, value in pages.Walk(picture, part).blocks_of(_html(text)):
            if kind == "picture":
                part.add(kind, value)
            else:
                said.append(pages.words_of((kind, value)))
    return "\n".join(said)


def _html(mattext):
    """As HTML: a plain text's signs are no tags."""
    words = trees.text_of(mattext)
    if mattext.get("texttype", "text/plain") == "text/html":
        return words
    return words.replace("&", "&amp;").replace("<", "&lt;")


def _labels(item):
    return [
        (label.get("ident", ""), pages.plain(" ".join(_html(text) for text in label.iter("mattext"))))
        for label in item.iter("response_label")
    ]


def _right(item):
    """(the answers that gain points, without those that must not be chosen; whether some gain only a part)"""
    right, partly = {}, False
    for condition in item.iter("respcondition"):
        gained = _gained(condition)
        if gained <= 0:
            continue
        variables = condition.find("conditionvar")
        if variables is None:
            continue
        partly = partly or gained < 100
        for test in variables.iter("varequal", "varsubstring"):
            if not any(parent.tag == "not" for parent in test.iterancestors()):
                right[trees.text_of(test)] = True
    return list(right), partly


def _gained(condition):
    best = 0.0
    for change in condition.iter("setvar"):
        try:
            best = max(best, float(trees.text_of(change, default="0")))
        except ValueError:
            continue
    return best


def _feedback(item):
    """{id: words}"""
    return {
        each.get("ident", ""): pages.plain(" ".join(_html(text) for text in each.iter("mattext")))
        for each in item.iter("itemfeedback")
    }


def _why(item, key, whys):
    """What is said to whoever chooses this: named after it, or by the condition that tests for it."""
    if f"{key}_fb" in whys:
        return whys[f"{key}_fb"]
    for condition in item.iter("respcondition"):
        tests = [test for test in condition.iter("varequal") if trees.text_of(test) == key]
        shown = condition.find("displayfeedback")
        if tests and shown is not None and not _gained(condition):
            return whys.get(shown.get("linkrefid", ""), "")
    return ""
