"""What one may do with a lesson or a course besides Wagtail's own, at the head of its page in the studio."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import Button

from courses.authoring import rights
from courses.models import CoursePage, LessonPage


def of_page(page, user, view_name="", next_url=None):
    """Wagtail calls it for every page, whoever looks at it."""
    if isinstance(page := page.specific, LessonPage):
        yield from _of_lesson(page, user)
    elif isinstance(page, CoursePage) and rights.courses_written_by(user).filter(pk=page.pk).exists():
        yield _button(_("Courses as files"), "course_file", page.pk, "download", 200)


def _of_lesson(page, user):
    if rights.lessons_changed_by(user).filter(pk=page.pk).exists():
        yield _button(_("Photo, film, credit"), "lesson_media", page.key, "image", 12)
        yield _button(_("Read aloud"), "lesson_voice", page.key, "media", 13)
    yield _button(_("As PDF"), "lesson_pdf", page.pk, "download", 200)
    if page.course.centre_id and rights.written_for(user).filter(pk=page.course.centre_id).exists():
        yield _button(_("Keep questions of this lesson"), "bank_questions_of_lesson", page.pk, "help", 210)


def _button(label, address, key, icon, priority):
    return Button(label, reverse(address, args=[key]), icon_name=icon, priority=priority)
