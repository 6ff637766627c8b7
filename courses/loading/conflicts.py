"""What a folder may not do to the pages that are there already."""

from django.utils.translation import gettext as _

from courses.loading.checking import activities
from courses.loading.problems import LoadError, Problem
from courses.models import CoursePage, LessonOutline, LessonPage


def check_database(courses, centre=None):
    """LoadError if a course or lesson would take what belongs to another. `centre` is whose the courses are to be."""
    problems = [*_of_courses(courses, centre), *_of_lessons(courses), *_of_activities(courses)]
    if problems:
        raise LoadError(problems)


def _at(source, name, message, where=None):
    return Problem(source.file, source.line(name), where or name, message)


def free_address(course):
    """Where another course has its address a new one gets one that nobody has, made of its key."""
    others = CoursePage.objects.filter(slug=course["slug"]).exclude(key=course["key"])
    if others.exists():
        course.entry["slug"] = f"{course['slug'][:200]}-{str(course['key'])[:8]}"


def _of_courses(courses, centre):
    keys = {course["key"] for course in courses}
    lesson_keys = set(LessonPage.objects.filter(key__in=keys).values_list("key", flat=True))
    local = set(CoursePage.objects.filter(key__in=keys).exclude(centre=centre).values_list("key", flat=True))
    slugs = [course["slug"] for course in courses]
    taken = set(CoursePage.objects.filter(slug__in=slugs).exclude(key__in=keys).values_list("slug", flat=True))
    for course in courses:
        if course["key"] in local:
            yield _at(course, "key", _("belongs to a centre's own course; only the centre may change it"))
        if course["key"] in lesson_keys:
            yield _at(course, "key", _("is the key of a lesson"))
        if course["slug"] in taken:
            yield _at(course, "slug", _("is the address of another course"))


def _of_lessons(courses):
    sources = {lesson["key"]: (course, lesson) for course in courses for lesson in course.lessons}
    course_at = dict(CoursePage.objects.values_list("path", "key"))
    steps = LessonPage.steplen
    for key, path in LessonPage.objects.filter(key__in=sources).values_list("key", "path"):
        course, lesson = sources[key]
        if course_at.get(path[:-steps]) != course["key"]:
            yield _at(lesson, "key", _("is the key of a lesson of another course; a lesson keeps its course"))
    by_hand = LessonPage.objects.exclude(owner=None).exclude(key__in=sources).values_list("path", "slug")
    taken = {(course_at.get(path[:-steps]), slug) for path, slug in by_hand}
    for course, lesson in sources.values():
        if lesson["key"] in course_at.values():
            yield _at(lesson, "key", _("is the key of a course"))
        if (course["key"], lesson["slug"]) in taken:
            yield _at(lesson, "slug", _("is the address of a lesson written in the studio"))


def _of_activities(courses):
    """An activity's id ties answers to it: no other lesson may have it, today or in the past."""
    mine = {
        (str(value["id"]), lesson["key"]): (lesson, where, value)
        for course in courses
        for lesson in course.lessons
        for where, value in activities(lesson)
    }
    lessons = {key for _id, key in mine}
    known = {
        (activity, outline.lesson)
        for outline in LessonOutline.objects.filter(lesson__in=lessons)
        for activity in outline.activities
    }
    new = {activity: key for activity, key in mine if (activity, key) not in known}
    if not new:
        return
    for other, its_activities in LessonOutline.objects.values_list("lesson", "activities").iterator():
        for activity in new.keys() & its_activities.keys():
            if other != new[activity]:
                lesson, where, value = mine[activity, new[activity]]
                message = _("is the id of an activity of another lesson")
                yield Problem(lesson.file, value.lines["id"], f"{where}.id", message)
