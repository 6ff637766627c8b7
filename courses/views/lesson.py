"""The lesson page: what it says and what it asks, for a learner, for a visitor, and for its author."""

import time
from dataclasses import dataclass

from django.http import Http404, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from courses.activities import is_open
from courses.contents import contents_of
from courses.groups import may_lead
from courses.models import CoursePage, LessonPage, LessonProgress
from courses.progress import Event, record
from courses.readers import reader_of
from courses.rendering import activities_in, draw_lesson, draw_parts, parts_of, version_of
from courses.views.together.start import ahead_at_home
from lms.accounts.ids import uuid7

MIXES = 3  # ways to shuffle, so that neighbours help each other with words and not with places


@dataclass(frozen=True)
class Place:
    """A lesson among the others of its course."""

    course: CoursePage
    lessons: list
    lesson: LessonPage

    @property
    def number(self):
        return self.lessons.index(self.lesson) + 1

    @property
    def url(self):
        return reverse("lesson", args=[self.course.slug, self.lesson.slug])

    @property
    def next_url(self):
        """The lesson that follows, or the course's page after the last: where one goes on without a line."""
        following = self.lessons[self.number : self.number + 1]
        return reverse("lesson" if following else "course", args=[self.course.slug, *[page.slug for page in following]])


@require_safe
def lesson(request, course, lesson):
    """A learner who opens a lesson has started it: the first time is recorded."""
    reader = reader_of(request)
    place = find_lesson(reader, course, lesson)
    progress = progress_of(reader, place.lesson)
    if reader.is_learner and progress is None:
        note(reader, place.lesson, "started")
    return lesson_page(request, reader, place, progress)


def preview(request, page):
    """The draft that an editor holds, as a learner will see it. Nothing is recorded or kept."""
    course = page.get_parent().specific
    place = Place(course, [*course.lessons().exclude(pk=page.pk), page], page)
    reader = reader_of(request)
    return lesson_page(request, reader, place, None, parts=draw_parts(page), is_preview=True)


def find_lesson(reader, course_slug, lesson_slug):
    """The live lesson of a course that this person may open, or 404."""
    course, lessons = contents_of(course_slug)
    if not reader.may_open(course):
        raise Http404
    for lesson in lessons:
        if lesson.slug == lesson_slug:
            return Place(course, lessons, lesson)
    raise Http404


def progress_of(reader, lesson):
    """The learner's own state of a lesson, or None."""
    if not reader.is_learner:
        return None
    return LessonProgress.objects.of(reader.user).filter(lesson=lesson.key).first()


def note(reader, lesson, verb, **facts):
    """Record that the learner did something here and now; the verdict."""
    event = Event(
        **{"id": uuid7(), "occurred_at": timezone.now()} | facts,
        learner=reader.user.pk,
        lesson=lesson.key,
        verb=verb,
    )
    return record([event], by=reader.user, centre=reader.seat)[0]


def lesson_page(request, reader, place, progress, *, parts=None, shown=None, is_preview=False, status=200):
    parts = parts_of(place.lesson) if parts is None else parts
    answers = progress.answers if progress else {}
    context = {
        "place": place,
        "body": draw_lesson(parts, answers, frame(request, reader, place, is_preview), shown),
        "left": sum(is_open(activity, answers.get(activity.id)) for activity in activities_in(parts)),
        "is_kept": reader.is_learner,
        "may_lead": not is_preview and may_lead(reader),
        "ahead": "" if is_preview else ahead_at_home(request, reader, place.course, place.lesson),
        "is_finished": bool(progress and progress.is_finished),
        "is_preview": is_preview,
        "event": uuid7(),
        "opened": int(time.time()),
    }
    return render(request, "courses/lesson.html", context, status=status)


def frame(request, reader, place, is_preview=False):
    """What every form on a lesson's page shares."""
    return {
        "lesson_url": place.url,
        "csrf_token": get_token(request),
        "opened": int(time.time()),
        "version": version_of(place.lesson),
        "mix": reader.user.pk.int % MIXES if reader.is_learner else 0,
        "is_kept": reader.is_learner,
        "is_preview": is_preview,
        "is_english": get_language() == "en",
    }


def see_other(url):
    """Go on by GET, so that reloading sends nothing again."""
    return HttpResponseRedirect(url, status=303)
