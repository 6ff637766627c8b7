"""A live course and its lessons, for the pages that are opened most."""

from django.core.cache import cache
from django.http import Http404

from courses.models import CoursePage

KEEP_SECONDS = 10  # how long another process may go on showing what an editor has just changed

COURSE_FIELDS = "title", "title_en", "slug", "key", "path", "depth", "centre", "live_revision", "last_published_at"
LESSON_FIELDS = (
    *("title", "title_en", "slug", "key", "path", "depth", "minutes", "outcome"),
    *("live_revision", "last_published_at", "credit", "credit_consent", "licence", "adopted_from"),
)
NAMED = "adopted_from__name_th", "adopted_from__name_en"


def contents_of(course_slug):
    """The live course and its live lessons in order, without their bodies; 404 if there is none."""
    contents = cache.get(_key(course_slug))
    if contents is None:
        course = CoursePage.objects.live().only(*COURSE_FIELDS).filter(slug=course_slug).first()
        if course is None:
            raise Http404
        lessons = course.lessons().select_related("adopted_from").only(*LESSON_FIELDS, *NAMED)
        contents = course, list(lessons)
        cache.set(_key(course_slug), contents, KEEP_SECONDS)
    return contents


def forget(course):
    """Show what was just changed, at once in this process."""
    cache.delete(_key(course.slug))


def _key(course_slug):
    return f"contents:{course_slug}"
