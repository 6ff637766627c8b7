"""The fields of course.yaml and of a lesson. courses/content/README.md says it in words.

COURSE and LESSON are for the nation's courses as files, which want everything; OWN_COURSE and OWN_LESSON for what
centres wrote, which may leave out what the studio lets them leave out.
"""

from django.utils.translation import gettext as _

from courses.loading import shapes
from courses.loading.block_format import COVER, body_block
from courses.loading.shapes import any_slug, file_name, flag, list_of, mapping, one_of, slug, text, uuid, whole
from courses.loading.topics import TOPICS
from courses.models import CoursePage, LessonPage

RESERVED_LESSON_SLUGS = LessonPage.RESERVED_SLUGS
MINUTES = whole(1, 600)
ANY_MINUTES = whole(0, 32_767)


def _column(model, name):
    return model._meta.get_field(name).max_length


def _titles(longest, strict=True):
    if strict:
        return mapping({"th": text(longest), "en": text(longest)})
    return mapping({"th": text(longest)}, {"en": text(longest, required=False)})


def _in_order(entry, field, report):
    if entry["min"] > entry["max"]:
        report(entry.lines["min"], f"{field}.min", shapes.expected(_("a number not above max")))


def _check_lesson(entry, field, report):
    if entry["slug"] in RESERVED_LESSON_SLUGS:
        report(entry.lines["slug"], "slug", _("this address is taken by another page; choose another"))
    for place, reading in enumerate(entry.get("readings", ()), 1):
        if reading.get("part", 0) > len(entry.get("body", ())):
            message = _("there is no such part in the body; parts are counted from 1")
            report(reading.lines["part"], f"readings[{place}].part", message)
    ids = entry.get("block_ids")
    if ids is not None and len(ids) != len(entry.get("body", ())):
        report(entry.lines["block_ids"], "block_ids", _("expected one for each part of the body"))
    if entry.get("credit") and not entry.get("credit_consent"):
        message = _("without the consent of whoever is named their name stays out: credit_consent is missing")
        report(entry.lines["credit"], "credit", message)


READING = mapping({"file": file_name}, {"part": whole(1, 10_000)})
MORE_OF_LESSON = {
    "credit": text(_column(LessonPage, "credit")),
    "credit_consent": flag,
    "licence": one_of(LessonPage.Licence.values),
    "placed_after": uuid,
    "readings": list_of(READING),
    "block_ids": list_of(uuid, least=0),
    "draft": flag,
}


def _lesson(strict):
    title, wanted = _column(LessonPage, "title"), {"body": list_of(body_block, least=1 if strict else 0)}
    shown = {"outcome": text(_column(LessonPage, "outcome")), "picture": COVER}
    longest = _column(LessonPage, "slug")
    always = {
        "key": uuid,
        "slug": slug(longest) if strict else any_slug(longest),
        "title": _titles(title, strict),
        "minutes": MINUTES if strict else ANY_MINUTES,
    }
    if strict:
        return mapping(always | shown | wanted, MORE_OF_LESSON, _check_lesson)
    return mapping(always, shown | wanted | MORE_OF_LESSON, _check_lesson)


GROUP_ACTIVITY = mapping(
    {
        "title": text(200),
        "minutes": MINUTES,
        "people": mapping({"min": whole(1, 1000), "max": whole(1, 1000)}, check=_in_order),
        "steps": list_of(text(500)),
        "facilitator_note": text(3000),
    }
)

CENTRE = mapping({"code": text(20)}, {"name": text(200)})  # whose course it was where it was written


def _course(strict):
    outcome = CoursePage.outcomes.field.stream_block.child_blocks["outcome"].field.max_length
    longest = _column(CoursePage, "slug")
    always = {
        "key": uuid,
        "slug": slug(longest) if strict else any_slug(longest),
        "title": _titles(_column(CoursePage, "title"), strict),
        "topic": one_of(list(TOPICS)) if strict else any_slug(50),
        "level": one_of(CoursePage.Level.values),
        "minutes": MINUTES if strict else ANY_MINUTES,
    }
    shown = {"summary": _titles(None, strict), "outcomes": list_of(text(outcome)), "cover": COVER}
    more = {"group_activity": GROUP_ACTIVITY, "centre": CENTRE, "topic_title": _titles(80)}
    return mapping(always | shown, more) if strict else mapping(always, shown | more)


COURSE, LESSON = _course(strict=True), _lesson(strict=True)
OWN_COURSE, OWN_LESSON = _course(strict=False), _lesson(strict=False)
