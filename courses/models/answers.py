"""A learner's answers in one lesson, packed: as JSON they would be a third of all that the database holds.

They go in and come out as {activity's id: entry}; courses.progress.fold says what an entry is made of (`NOTHING`), and
a `check` where somebody looked at a task. Packed they are MessagePack: the number of this form, then a list for each
activity, with ids as 16 bytes and moments as microseconds. A score that is whole is kept as a whole number.
"""

from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
from django.db import models

FORM = 1
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class PackedAnswers(models.Field):
    """A column of bytes that is a dictionary in Python. The database cannot look into it."""

    empty_strings_allowed = False

    def get_internal_type(self):
        return "BinaryField"

    def get_prep_value(self, value):
        return None if value is None else pack(value)

    def from_db_value(self, value, expression, connection):
        return None if value is None else unpack(value)

    def value_to_string(self, obj):
        return b64encode(pack(self.value_from_object(obj))).decode()

    def to_python(self, value):
        return unpack(b64decode(value)) if isinstance(value, str) else value


def pack(answers):
    """The bytes. Raises KeyError for an entry that lacks something, ValueError for an id or a moment that is none."""
    return msgspec.msgpack.encode([FORM, *(_packed(activity, entry) for activity, entry in answers.items())])


def unpack(packed):
    """What was packed. Raises ValueError for a form that this release does not know."""
    form, *entries = msgspec.msgpack.decode(packed)
    if form != FORM:
        raise ValueError(f"answers packed in the form {form}, which this release does not know")
    return dict(map(_unpacked, entries))


def _packed(activity, entry):
    at, solved = _number(entry["at"]), _number(entry["solved_at"])
    packed = [UUID(activity).bytes, at, bytes.fromhex(entry["event"]), entry["tries"], entry["answer"]]
    # The first right answer is mostly the last one too, so that 0 says it.
    packed += [entry["correct"], _short(entry["score"]), None if solved is None else at - solved]
    return [*packed, _packed_check(entry["check"])] if "check" in entry else packed


def _packed_check(check):
    by = check["by"] and UUID(check["by"]).bytes
    return [_number(check["at"]), bytes.fromhex(check["event"]), by, check["done"], check["correct"], check["note"]]


def _unpacked(packed):
    activity, at, event, tries, answer, correct, score, before, *checks = packed
    entry = {
        "tries": tries,
        "at": _text(at),
        "event": event.hex(),
        "answer": answer,
        "correct": correct,
        "score": None if score is None else float(score),
        "solved_at": None if before is None else _text(at - before),
    }
    for check in checks:
        entry["check"] = _unpacked_check(*check)
    key = activity.hex()
    return f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}", entry


def _unpacked_check(at, event, by, done, correct, note):
    who = by and by.hex()
    return {"at": _text(at), "event": event.hex(), "by": who, "done": done, "correct": correct, "note": note}


def _short(score):
    return int(score) if score is not None and score == int(score) else score


def _number(moment):
    """Microseconds since 1970; None where nothing was answered yet."""
    return (datetime.fromisoformat(moment) - EPOCH) // MICROSECOND if moment else None


def _text(number):
    return "" if number is None else (EPOCH + number * MICROSECOND).isoformat(timespec="microseconds")
