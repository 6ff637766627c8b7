"""A whole folder, read and checked before anything is written: each file, the files together, the database."""

from dataclasses import dataclass, field

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _

from courses.loading.format import COURSE, LESSON
from courses.loading.problems import LoadError, Problem
from courses.loading.reading import Unreadable, read

COURSE_FILE = "course.yaml"


@dataclass
class Source:
    """A file's checked values."""

    file: str
    entry: dict

    def __getitem__(self, name):
        return self.entry[name]

    def line(self, name):
        return self.entry.lines.get(name, 0)


@dataclass
class Course(Source):
    lessons: list[Source] = field(default_factory=list)


def read_folder(folder):
    """The courses of a folder in the order of their names; LoadError with every problem in every file."""
    problems = []
    courses = [_read_course(place, folder, problems) for place in _course_folders(folder)]
    courses = [course for course in courses if course]
    _check_together(courses, problems)
    if problems:
        raise LoadError(problems)
    return courses


def _course_folders(folder):
    if not folder.is_dir():
        raise LoadError([Problem(str(folder), 0, "", _("is not a folder"))])
    if (folder / COURSE_FILE).exists():
        return [folder]
    places = [place for place in sorted(folder.iterdir()) if place.is_dir() and _yaml_files(place)]
    if not places:
        raise LoadError([Problem(str(folder), 0, "", _("holds no course: a folder with a course.yaml"))])
    return places


def _yaml_files(folder):
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in (".yaml", ".yml"))


def _read_course(place, folder, problems):
    """A course and its lessons, or None when its own file is wrong; its lessons are looked at all the same."""
    names = [path for path in _yaml_files(place) if path.name != COURSE_FILE]
    entry = _read_file(place / COURSE_FILE, folder, COURSE, problems)
    lessons = [(path, _read_file(path, folder, LESSON, problems)) for path in names]
    if not names:
        problems.append(Problem(_name(place, folder), 0, "", _("expected at least one lesson")))
    sources = [Source(_name(path, folder), lesson) for path, lesson in lessons if lesson]
    return Course(_name(place / COURSE_FILE, folder), entry, sources) if entry else None


def _read_file(path, folder, shape, problems):
    name, found = _name(path, folder), []

    def report(line, where, message):
        found.append(Problem(name, line, where, message))

    try:
        if path.suffix != ".yaml":
            raise Unreadable(_("expected a name that ends in .yaml"))
        entry = shape(read(path), "", report)
    except Unreadable as error:
        report(error.line, "", error.message)
    problems += found
    return None if found else entry


def _name(path, folder):
    return path.relative_to(folder.parent).as_posix()


def _check_together(courses, problems):
    """What no file can know by itself: nothing is used twice, and every picture is there."""
    seen = {}

    def once(what, value, source, line, where):
        first = seen.setdefault((what, value), (source.file, line))
        if first != (source.file, line):
            used = {"file": first[0], "line": first[1]}
            message = _("is used already in %(file)s, line %(line)d") % used
            problems.append(Problem(source.file, line, where, message))

    for course in courses:
        once("key", course["key"], course, course.line("key"), "key")
        once("course", course["slug"], course, course.line("slug"), "slug")
        for lesson in course.lessons:
            once("key", lesson["key"], lesson, lesson.line("key"), "key")
            once(course["key"], lesson["slug"], lesson, lesson.line("slug"), "slug")
            for where, value in activities(lesson):
                once("id", value["id"], lesson, value.lines["id"], f"{where}.id")
        for source in (course, *course.lessons):
            for where, value in pictures(source):
                if not picture_file(value["picture"]):
                    message = _("there is no picture of this name in lms/static/pictures")
                    problems.append(Problem(source.file, value.lines["picture"], f"{where}.picture", message))


def activities(lesson):
    """The blocks that ask something: (field, value)."""
    for place, (kind, value) in enumerate(lesson["body"], 1):
        if isinstance(value, dict) and "id" in value:
            yield f"body[{place}].{kind}", value


def pictures(source):
    """The pictures of a course or a lesson: (field, value)."""
    name = "cover" if "cover" in source.entry else "picture"
    yield name, source[name]
    for place, (kind, value) in enumerate(source.entry.get("body", ()), 1):
        if kind == "picture":
            yield f"body[{place}].picture", value


def picture_file(name):
    """Where a vendored picture is on disk, or None."""
    return finders.find(f"pictures/{name}.svg")
