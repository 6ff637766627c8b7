"""What was found in a file: lessons of blocks, and for each part of the file what came over and what did not.

Blocks are {"type", "value"} in the shape of `courses/content/`: plain lists and values, without Wagtail's ids.
A picture or file names one of the parcel's media: {"media": "3.jpg", …}.
"""

from courses.authoring.importing import blocks, limits
from courses.authoring.importing.letters import one_line
from courses.authoring.importing.problems import ImportProblem


class Part:
    """A slide, a page, a chapter or a file: `took` counts blocks by their type, `left` tells what stayed behind."""

    def __init__(self, kind, number=None, title="", lesson=None):
        self.kind, self.number, self.title, self.lesson = kind, number, one_line(title)[:120], lesson
        self.took, self.lines = {}, {}

    def add(self, kind, value):
        """A block into the lesson that this part belongs to."""
        for kind, value in blocks.fitting(kind, value, self):  # noqa: PLW2901, B020
            self.lesson.add({"type": kind, "value": value})
            self.took[kind] = self.took.get(kind, 0) + 1

    def left(self, code, **details):
        """Say that something did not come over, or needs a person: told once with how often."""
        key = (code, tuple(sorted(details.items())))
        if key in self.lines or len(self.lines) < limits.LEFT_TOLD:
            self.lines[key] = self.lines.get(key, 0) + 1

    def as_json(self):
        left = [{"code": code, "details": dict(more), "count": count} for (code, more), count in self.lines.items()]
        named = {"kind": self.kind, "number": self.number, "title": self.title}
        return named | {"took": self.took, "left": left}


class Lesson:
    def __init__(self, title):
        self.title, self.blocks = title, []

    def add(self, block):
        if len(self.blocks) >= limits.BLOCKS:
            raise ImportProblem("lesson_too_long", most=limits.BLOCKS, lesson=self.title[:60])
        self.blocks.append(block)

    def leave_title_out(self):
        """A page shows its lesson's title anyway."""
        first = self.blocks[0]
        if len(self.blocks) > 1 and first == {"type": "heading", "value": self.title}:
            del self.blocks[0]


class Book:
    def __init__(self, title, media, progress=lambda done, total: None):
        self.title, self.media, self.progress = one_line(title), media, progress
        self.lessons, self.parts = [], []
        self.whole = Part("file")

    def lesson(self, title):
        if len(self.lessons) >= limits.LESSONS:
            raise ImportProblem("too_many_lessons", most=limits.LESSONS)
        self.lessons.append(Lesson(one_line(title)[: limits.TITLE]))
        return self.lessons[-1]

    def part(self, kind, number=None, title="", lesson=None):
        self.parts.append(Part(kind, number, title, lesson))
        return self.parts[-1]

    def as_json(self, kind):
        lessons = [lesson for lesson in self.lessons if lesson.blocks]
        for lesson in lessons:
            lesson.leave_title_out()
        if not lessons:
            raise ImportProblem("nothing_found")
        if sum(_asks(lesson) for lesson in lessons) > limits.QUESTIONS:
            raise ImportProblem("too_many_questions", most=limits.QUESTIONS)
        parts = [self.whole, *self.parts[: limits.PARTS_TOLD]]
        return {
            "kind": kind,
            "title": self.title[: limits.TITLE],
            "lessons": [{"title": lesson.title, "blocks": lesson.blocks} for lesson in lessons],
            "parts": [part.as_json() for part in parts if part is not self.whole or part.lines],
        }


def _asks(lesson):
    return sum(block["type"] in blocks.QUESTIONS for block in lesson.blocks)
