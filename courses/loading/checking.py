"""A whole folder, read and checked before anything is written: each file, the files together, the database."""

from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _

from courses.loading import files
from courses.loading.format import COURSE, LESSON, OWN_COURSE, OWN_LESSON
from courses.loading.patience import go_on
from courses.loading.problems import LoadError, Problem
from courses.loading.reading import Unreadable, read

COURSE_FILE = "course.yaml"


@dataclass
class Source:
    """A file's checked values."""

    file: str
    entry: dict
    folder: Path  # where what comes along with it is

    def __getitem__(self, name):
        return self.entry[name]

    def get(self, name, default=None):
        return self.entry.get(name, default)

    def line(self, name):
        return self.entry.lines.get(name, 0)


@dataclass
class Course(Source):
    lessons: list[Source] = field(default_factory=list)


def read_folder(folder, strict=True):
    """The courses of a folder in the order of their names; LoadError with every problem in every file.

    `strict` asks for all that a course of the nation's must have.
    """
    problems = []
    courses = [_read_course(place, folder, problems, strict) for place in _course_folders(folder)]
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


def _read_course(place, folder, problems, strict):
    """A course and its lessons, or None when its own file is wrong; its lessons are looked at all the same."""
    names = [path for path in _yaml_files(place) if path.name != COURSE_FILE]
    entry = _read_file(place / COURSE_FILE, folder, COURSE if strict else OWN_COURSE, problems)
    lessons = [(path, _read_file(path, folder, LESSON if strict else OWN_LESSON, problems)) for path in names]
    if not names and strict:
        problems.append(Problem(_name(place, folder), 0, "", _("expected at least one lesson")))
    sources = [Source(_name(path, folder), lesson, place) for path, lesson in lessons if lesson]
    return Course(_name(place / COURSE_FILE, folder), entry, place, sources) if entry else None


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
                if "picture" in value and not picture_file(value["picture"]):
                    message = _("there is no picture of this name in lms/static/pictures")
                    problems.append(Problem(source.file, value.lines["picture"], f"{where}.picture", message))
            for where, role, name, line in uses(source):
                go_on()
                if message := files.problem(source.folder / name, role):
                    problems.append(Problem(source.file, line, where, message))


def activities(lesson):
    """The blocks that ask something: (field, value)."""
    for place, (kind, value) in enumerate(lesson.get("body", ()), 1):
        if isinstance(value, dict) and "id" in value:
            yield f"body[{place}].{kind}", value


def pictures(source):
    """The pictures of a course or a lesson: (field, value)."""
    for name in ("cover", "picture"):
        if name in source.entry:
            yield name, source[name]
    for place, (kind, value) in enumerate(source.entry.get("body", ()), 1):
        if kind == "picture":
            yield f"body[{place}].picture", value


def uses(source):
    """The files that come along with a course or a lesson: (field, what it is used as, name, line)."""
    for where, value in pictures(source):
        if "file" in value:
            yield f"{where}.file", files.PICTURE, value["file"], value.lines["file"]
    for place, (kind, value) in enumerate(source.get("body", ()), 1):
        for name, role in files.ROLES.get(kind, {}).items():
            if name in value:
                yield f"body[{place}].{kind}.{name}", role, value[name], value.lines[name]
    for place, reading in enumerate(source.get("readings", ()), 1):
        yield f"readings[{place}].file", files.READING, reading["file"], reading.lines["file"]


def picture_file(name):
    """Where a vendored picture is on disk, or None."""
    return finders.find(f"pictures/{name}.svg")
