"""Rows by the hundred, put straight into the database as they are once made: all that is listed, and quickly."""

import uuid

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Locale, Page

from courses.models import CourseEdition, CoursePage, Enrolment, LessonPage, LessonProgress, Topic
from lms.accounts.models import User
from lms.centres.models import Centre

PAGE_FIELDS = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]


def many_courses(shelf, count, lessons=1):
    """Live courses of so many lessons."""
    topic = Topic.objects.get_or_create(slug="entrepreneurship", defaults={"title_th": "อาชีพ", "title_en": "Work"})[0]
    courses = [CoursePage(title=f"อีกวิชา {n}", topic=topic) for n in range(count)]
    _put({shelf: courses})
    _put_lessons({course: [LessonPage(title=f"อีกบท {n}") for n in range(lessons)] for course in courses})
    return courses


def many_lessons(course, count, body=()):
    """Live lessons of a course, added to those it has."""
    _put_lessons({course: [LessonPage(title=f"อีกบท {n}", body=list(body)) for n in range(count)]})


def begun(learner, courses):
    """What is kept of a learner who finished all lessons of these courses but the last, and began that."""
    now, keys = timezone.now(), [course.key for course in courses]
    kept = {"learner_id": learner.pk, "centre_id": learner.home.centre_id, "started_at": now, "last_at": now}
    editions = CourseEdition.objects.filter(course__in=keys, until=None)
    lessons = {edition.course: edition.lessons for edition in editions}
    Enrolment.objects.bulk_create(
        Enrolment(course=key, last_lesson=lessons[key][-1], lessons_finished=len(lessons[key]) - 1, **kept)
        for key in keys
    )
    LessonProgress.objects.bulk_create(
        LessonProgress(course=key, lesson=lesson, finished_at=None if lesson == lessons[key][-1] else now, **kept)
        for key in keys
        for lesson in lessons[key]
    )


def many_centres(subdistrict, count):
    return Centre.objects.bulk_create(
        Centre(code=f"X-{n}", name_th=f"ศูนย์ {n}", name_en="Centre", subdistrict=subdistrict, host_kind="temple")
        for n in range(count)
    )


def many_staff(count):
    return User.objects.bulk_create(User(username=f"staff-{n}", name=f"ครูคนที่ {n}") for n in range(count))


def _put_lessons(lessons):
    _put(lessons)
    CourseEdition.objects.filter(course__in=[course.key for course in lessons]).delete()
    CourseEdition.objects.bulk_create(
        CourseEdition(course=course.key, lessons=[str(lesson.key) for lesson in course.lessons()]) for course in lessons
    )


def _put(pages):
    """Live pages by their parent. `add_child` takes many times as long, as it keeps a search index and a log."""
    locale = Locale.get_default()
    for parent, children in pages.items():
        there, depth = Page.objects.child_of(parent).count(), parent.depth + 1
        for place, page in enumerate(children, start=there + 1):
            page.path, page.depth = Page._get_path(parent.path, depth, place), depth
            page.slug, page.draft_title = f"more-{place}", page.title
            page.url_path = f"{parent.url_path}{page.slug}/"
            page.content_type = ContentType.objects.get_for_model(page)
            page.locale, page.translation_key = locale, uuid.uuid4()
        Page.objects.filter(pk=parent.pk).update(numchild=there + len(children))
    pages = [page for children in pages.values() for page in children]
    rows = Page.objects.bulk_create(Page(**{name: getattr(page, name) for name in PAGE_FIELDS}) for page in pages)
    for row, page in zip(rows, pages, strict=True):
        page.pk = page.id = row.pk
        page.save_base(raw=True, force_insert=True)  # its own table only: its row of Page is there
