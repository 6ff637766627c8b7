"""A question that gets another meaning is another question: learners' answers stay with the one that they answered.

Recorded answers name places ("the second choice"), so what counts is whether an answer that was given to the old
question says the same of the new one. When in doubt it is asked anew: to answer once more costs a learner a minute, and
an answer put in their mouth cannot be taken back.
"""

import json
import re
import uuid
from difflib import SequenceMatcher

from django.db import transaction
from wagtail.models import Revision

from courses.grading import KINDS
from courses.models import LessonOutline, LessonPage, QuestionCount
from courses.outlines import definition

ALIKE = 0.8  # a word put right; not another word
ASKS = ("question", "statement", "title")
TURNS = re.compile(r"[0-9๐-๙]+|ไม่|ห้าม|อย่า|ยกเว้น|\bnot\b|\bno\b|\bexcept\b", re.IGNORECASE)


@transaction.atomic
def ask_anew(lesson, revision):
    """Give new ids to the questions of a draft that ask something else than was published under theirs. {old: new}"""
    body = json.loads(revision.content["body"])
    changed = changed_meanings(lesson, revision.as_object().body)
    if not changed:
        return {}
    new_ids = _new_ids(lesson, revision.as_object().body, changed)
    for block in body:
        block["id"] = new_ids.get(block.get("id"), block.get("id"))
    revision.content["body"] = json.dumps(body)
    for reading in revision.content.get("readings", ()):
        reading["block"] = new_ids.get(reading.get("block"), reading.get("block"))
    Revision.objects.filter(pk=revision.pk).update(content=revision.content)
    return new_ids


def changed_meanings(lesson, body):
    """The ids of a draft's questions that were published before and asked something else then."""
    outline = LessonOutline.objects.filter(lesson=lesson.key).first()
    if outline is None:
        return set()
    asked = {str(block.id): _words(block) for block in _live_questions(lesson)}
    return {
        str(block.id)
        for block in body
        if block.block_type in KINDS
        and (old := outline.activities.get(str(block.id)))
        and _means_something_else(old, _defined(block), asked.get(str(block.id)), _words(block))
    }


def answered(lesson, activities):
    """Those of some activities that somebody has answered."""
    course = LessonOutline.objects.filter(lesson=lesson.key).values("course")
    asked = QuestionCount.objects.filter(course__in=course, lesson=lesson.key, activity__in=activities, answers__gt=0)
    return {str(activity) for activity in asked.values_list("activity", flat=True)}


def _new_ids(lesson, body, changed):
    """What learners are asked already under another id gets that one: a draft may be older than what they see."""
    here = {str(block.id) for block in body}
    live = {
        str(block.id): (_defined(block), _words(block))
        for block in _live_questions(lesson)
        if str(block.id) not in here
    }
    new = {}
    for block in body:
        if (old := str(block.id)) in changed:
            said = _defined(block), _words(block)
            known = next((key for key, asked in live.items() if asked == said), None)
            live.pop(known, None)
            new[old] = known or str(uuid.uuid4())
    return new


def _live_questions(lesson):
    """As learners have them; the page at hand may be a draft already."""
    live = LessonPage.objects.live().filter(pk=lesson.pk).only("body").first()
    return [block for block in live.body if block.block_type in KINDS] if live else []


def _defined(block):
    """As recording knows it; None of what is half written."""
    try:
        return definition(block.block_type, block.value)
    except (TypeError, ValueError, KeyError):
        return None


def _words(block):
    return next((str(block.value[name]) for name in ASKS if name in block.value), "")


def _means_something_else(old, new, old_words, new_words):
    if new is None or old["kind"] != new["kind"]:
        return True
    if old_words is not None and not _alike(old_words, new_words):
        return True
    return not _SAME[old["kind"]](old, new)


def _alike(old, new):
    """A slip of the pen was mended, or a word made clearer; no other number, and no "not" more or less."""
    old, new = " ".join(old.split()), " ".join(new.split())
    if old == new:
        return True
    return TURNS.findall(old) == TURNS.findall(new) and SequenceMatcher(None, old, new, False).ratio() >= ALIKE


def _all_alike(old, new):
    return len(old) == len(new) and all(map(_alike, old, new))


def _same_choices(old, new):
    old, new = old["choices"], new["choices"]
    return [c["correct"] for c in old] == [c["correct"] for c in new] and _all_alike(_texts(old), _texts(new))


def _texts(choices):
    return [choice["text"] for choice in choices]


def _same_pairs(old, new):
    return all(_all_alike([p[side] for p in old["pairs"]], [p[side] for p in new["pairs"]]) for side in (0, 1))


def _same_number(old, new):
    return old["answer"] == new["answer"] and old["unit"] == new["unit"] and old["tolerance"] <= new["tolerance"]


_SAME = {
    "single_choice": _same_choices,
    "multiple_choice": _same_choices,
    "true_false": lambda old, new: old["answer"] == new["answer"],
    "ordering": lambda old, new: _all_alike(old["items"], new["items"]),
    "matching": _same_pairs,
    "fill_in": lambda old, new: set(old["answers"]) <= set(new["answers"]),
    "number": _same_number,
    "reflection": lambda old, new: True,
    "task": lambda old, new: _all_alike(old["checklist"], new["checklist"]),
}
