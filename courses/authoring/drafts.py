"""Drafts that nobody but their authors sees yet: new lessons, and what is put into the newest draft of one."""

from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from courses.models import CataloguePage, CoursePage, LessonPage, Reading, Topic

LOCAL_TOPIC = "local"  # made with the first local course


@transaction.atomic
def make_draft(course, user, **fields):
    """A lesson that is not published, with a first revision by its author. `body` is a list of raw blocks."""
    body = fields.pop("body", [])
    lesson = LessonPage(live=False, owner=user, **fields)
    lesson.body = lesson.body.stream_block.to_python(body)
    course.add_child(instance=lesson)
    lesson.save_revision(user=user, clean=False)
    return lesson


@transaction.atomic
def local_course(centre, user):
    """The centre's first own course; made at need, and not shown to learners before a lesson of it is published."""
    own = CoursePage.objects.filter(centre=centre).order_by("path").first()
    if own:
        return own
    title = _("Stories of %(centre)s") % {"centre": centre.name}
    course = CoursePage(title=title, centre=centre, topic=local_topic(), live=False, owner=user)
    CataloguePage.objects.select_for_update().get().add_child(instance=course)
    course.save_revision(user=user, clean=False)
    return course


def local_topic():
    """The shelf of what villages write."""
    with_words = {"title_th": "เรื่องของบ้านเรา", "title_en": "Our village", "position": 99}
    return Topic.objects.get_or_create(slug=LOCAL_TOPIC, defaults=with_words)[0]


@contextmanager
def newest_draft(lesson, user, **saving):
    """Change the draft within it, and it is saved as its author's revision; learners see what they saw before.

    One after the other, as what two send at once must both be there. `saving` goes to save_revision.
    """
    with transaction.atomic():
        page = LessonPage.objects.select_for_update().get(pk=lesson.pk)
        draft = page.get_latest_revision_as_object()
        yield draft
        draft.save_revision(user=user, clean=False, **saving)  # the rest of the draft may not be finished yet


def put_block(draft, kind, value, block, after=None):
    """Put a block behind another, or at the end. A block that is there already is left: it was sent twice."""
    raw = draft.body.get_prep_value()
    if any(each["id"] == str(block) for each in raw):
        return
    places = [place for place, each in enumerate(raw, start=1) if each["id"] == str(after)]
    raw.insert(places[0] if places else len(raw), {"type": kind, "value": value, "id": str(block)})
    draft.body = draft.body.stream_block.to_python(raw)


def has_block(lesson, block):
    """Whether a block is in the newest draft."""
    return any(str(each.id) == str(block) for each in lesson.get_latest_revision_as_object().body)


def put_reading(draft, block, document):
    """The recording of a part (None: of the title); of each part there is one. With None for a document, none."""
    readings = [reading for reading in draft.readings.all() if reading.block != block]
    if document is not None:
        readings.append(Reading(block=block, file=document, sort_order=len(readings)))
    draft.readings.set(readings)
