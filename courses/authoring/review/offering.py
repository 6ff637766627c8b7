"""Lessons that go from village to village: offered by one centre, taken into another's own course with their credit.

What was taken is Wagtail's alias of its source: when that is published again, so is it, and nobody edits it. When the
offer is taken back the copies stay as they are, locked, so that no word is put in their author's mouth.
"""

import uuid

from django.db import transaction
from django.utils import timezone
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.signals import page_published

from courses.authoring import rights
from courses.authoring.drafts import local_course
from courses.models import CoursePage, LessonPage, LessonReview
from lms.centres.audit import Action, note


def offered_to(user):
    """What other centres offer: everything that this person does not write anyway."""
    offered = LessonPage.objects.live().exclude(offered_at=None).filter(adopted_from=None)
    return offered.exclude(pk__in=rights.lessons_written_by(user).order_by().values("pk")).order_by("-offered_at", "pk")


def adopted_by(centre):
    """{pk of the source: the centre's own copy of it}"""
    own = LessonPage.objects.in_courses(CoursePage.objects.filter(centre=centre))
    copies = own.filter(alias_of__isnull=False, adopted_from__isnull=False)
    return {copy.alias_of_id: copy for copy in copies.only("alias_of", "key")}


@transaction.atomic
def adopt(lesson, centre, user, placed_after=None):
    """The centre's own copy; learners see it at once, as its source was looked at. Taking it twice makes one."""
    course = local_course(centre, user)
    CoursePage.objects.select_for_update().get(pk=course.pk)  # two who press at once follow one another
    if known := adopted_by(centre).get(lesson.pk):
        return known
    copy = _copy(lesson, CoursePage.objects.get(pk=course.pk), user, placed_after)
    note(user, Action.ADOPTED, centre=centre, detail=f"written {copy.key}")
    return copy


def _copy(lesson, course, user, placed_after):
    """Wagtail copies field by field; what is to be the copy's own is put there before, and never saved."""
    source = LessonPage.objects.get(pk=lesson.pk)
    source.adopted_from = source.course.centre
    source.key, source.offered_at, source.placed_after = uuid.uuid4(), None, placed_after
    make = CreatePageAliasAction(source, parent=course, update_slug=f"lesson-{str(source.key)[:8]}", user=user)
    copy = make.execute(skip_permission_checks=True)  # who may adopt for the centre was asked by the caller
    page_published.send(sender=LessonPage, instance=copy, revision=None, alias=True)  # Wagtail tells of later ones only
    return copy


@transaction.atomic
def take_back(lesson, user):
    """Offer it no longer. Copies become pages of their own that get no corrections."""
    LessonPage.objects.filter(pk=lesson.pk).update(offered_at=None)
    for copy in LessonPage.objects.filter(alias_of=lesson.pk):
        copy.alias_of = None
        copy.locked, copy.locked_at = True, timezone.now()
        revision = copy.save_revision(clean=False)
        copy.live_revision = revision
        copy.has_unpublished_changes = False
        copy.save(clean=False)
    LessonReview.objects.waiting().to_offer().filter(lesson=lesson).update(state=LessonReview.State.WITHDRAWN)
    note(user, Action.OFFERED, centre=lesson.course.centre_id, detail=f"written {lesson.key}")
