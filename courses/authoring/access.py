"""The lesson or review that an address names, and whether it may be changed now. What is another's is not found."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from courses.authoring import rights
from courses.models import LessonReview


def seen_lesson(user, key):
    """A lesson that one may look at: as its author or as its reviewer, the nation's too for its editors."""
    return get_object_or_404(rights.lessons_seen_by(user), key=key)


def changed_lesson(user, key):
    """A lesson that one may change."""
    return get_object_or_404(rights.lessons_changed_by(user), key=key)


def own_lesson(user, key):
    """A lesson of a centre that one writes for, which a reviewer looks at; the nation's are not handed in."""
    lesson = get_object_or_404(rights.lessons_written_by(user), key=key)
    if lesson.course.centre_id is None:
        raise Http404
    return lesson


def review_of(user, pk):
    """A review that is this person's to answer."""
    mine = LessonReview.objects.filter(lesson__in=rights.lessons_reviewed_by(user).order_by().values("pk"))
    return get_object_or_404(mine.select_related("lesson", "revision", "submitted_by", "reviewed_by"), pk=pk)


def locked_by_others(lesson, user):
    """Words that say so while somebody else works on it or looks at it; None where it is free."""
    lock = lesson.get_lock()
    if lock is None or not lock.for_user(user):
        return None
    return _("Somebody is looking at this lesson just now, so it cannot be changed. Ask them, or try again later.")
