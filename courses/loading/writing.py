"""From checked files to pages. What is the same stays as it is; what a person edited in the studio is theirs."""

from dataclasses import dataclass, field

from wagtail.models import PageLogEntry

from courses.loading import bodies
from courses.loading.places import free_slugs, put_in_order
from courses.models import CoursePage, LessonPage, Reading

MADE, CHANGED, SAME, KEPT = "made", "changed", "same", "kept"


@dataclass
class Outcome:
    """What became of a course: its own state, its lessons' titles by state, and those taken off the shelf."""

    slug: str
    course: str = SAME
    lessons: dict[str, list[str]] = field(default_factory=dict)
    unpublished: list[str] = field(default_factory=list)
    title: str = ""
    page: int | None = None


class Writer:
    """Writes courses under one catalogue page. `overwrite` takes the file's word over an editor's."""

    def __init__(self, catalogue, media, overwrite=False):
        self.catalogue, self.media, self.overwrite = catalogue, media, overwrite

    def write_all(self, sources):
        keys = [source["key"] for source in sources]
        free_slugs(CoursePage.objects.filter(key__in=keys), sources)
        return [self.write(source) for source in sources]

    def write(self, source):
        """Lessons are published first and the course last, so that it appears complete."""
        fields = self._course_fields(source)
        course, made = self._find_or_make(source, fields)
        outcome = Outcome(source["slug"], MADE if made else SAME, title=fields["title"], page=course.pk)
        moved = self._write_lessons(course, source, outcome)
        state = self._update(CoursePage.objects.select_related("latest_revision").get(pk=course.pk), fields)
        if not made:
            outcome.course = CHANGED if moved and state == SAME else state
        return outcome

    def _find_or_make(self, source, fields):
        course = CoursePage.objects.filter(key=source["key"]).first()
        if course:
            return course, False
        course = CoursePage(key=source["key"], live=False)
        fill(course, fields)
        return self.catalogue.add_child(instance=course), True

    def _write_lessons(self, course, source, outcome):
        """Whether any lesson changed its place."""
        lessons = LessonPage.objects.child_of(course).select_related("latest_revision")
        existing = {lesson.key: lesson for lesson in lessons}
        self._take_down(existing, source, outcome)
        free_slugs(existing.values(), source.lessons)
        order = []
        for lesson in source.lessons:
            page, fields = existing.get(lesson["key"]), self._lesson_fields(lesson)
            state = self._update(page, fields, lesson) if page else MADE
            page = page or self._make(course, lesson, fields)
            outcome.lessons.setdefault(state, []).append(page.title)
            order.append(page.pk)
        return put_in_order(course, order)

    @staticmethod
    def _take_down(existing, source, outcome):
        """A lesson without a file goes off the shelf but stays in the studio; so does what people learned."""
        wanted = {lesson["key"] for lesson in source.lessons}
        for key, page in existing.items():
            written_in_the_studio = page.owner_id is not None
            if page.live and key not in wanted and not written_in_the_studio:
                page.unpublish()
                outcome.unpublished.append(page.title)

    @staticmethod
    def _make(course, source, fields):
        page = LessonPage(key=source["key"], live=False)
        fill(page, fields)
        course.add_child(instance=page)
        page.save_revision(clean=False).publish()
        return page

    def _update(self, page, fields, source=None):
        if _is_in_an_editors_hands(page) and not self.overwrite:
            return KEPT
        if page.live and not page.has_unpublished_changes and not differs(page, fields):
            return SAME
        fill(page, fields)
        page.save_revision().publish()
        return CHANGED

    def _course_fields(self, source):
        return self._shared_fields(source, source["cover"]) | {
            "summary": source["summary"]["th"],
            "summary_en": source["summary"]["en"],
            "topic_id": source["topic"],
            "level": source["level"],
            "outcomes": bodies.outcomes(source),
            "group_activity": source.entry.get("group_activity"),
        }

    def _lesson_fields(self, source):
        """What a file does not tell, such as a recording made in the studio, stays as it is."""
        told = {name: source[name] for name in ("credit", "credit_consent", "licence") if name in source.entry}
        if "readings" in source.entry:
            told["readings"] = bodies.readings(source, self.media)
        return (
            self._shared_fields(source, source["picture"])
            | told
            | {
                "outcome": source["outcome"],
                "body": bodies.lesson_body(source, self.media),
            }
        )

    def _shared_fields(self, source, picture):
        return {
            "title": source["title"]["th"],
            "draft_title": source["title"]["th"],
            "title_en": source["title"]["en"],
            "slug": source["slug"],
            "minutes": source["minutes"],
            "picture_id": self.media.beside(source).image(picture),
            "picture_alt": picture["alt"],
        }


def _is_in_an_editors_hands(page):
    """Somebody edited it in the studio since it was loaded, or took it off the shelf there."""
    if page.latest_revision and page.latest_revision.user_id:
        return True
    if page.live:
        return False
    taken_down = PageLogEntry.objects.filter(page=page.pk, action="wagtail.unpublish").order_by("-timestamp").first()
    return taken_down is not None and taken_down.user_id is not None


def fill(page, fields):
    for name, value in fields.items():
        if name == "readings":
            page.readings = [Reading(block=block, file_id=file, sort_order=n) for n, (block, file) in enumerate(value)]
            continue
        stream = getattr(page._meta.get_field(name), "stream_block", None)
        setattr(page, name, stream.to_python(value) if stream else value)


def differs(page, fields):
    return any(_stored(page, name) != value for name, value in fields.items())


def _stored(page, name):
    if name == "readings":
        return [(reading.block, reading.file_id) for reading in page.readings.all()]
    value = getattr(page, name)
    return list(value.raw_data) if hasattr(value, "raw_data") else value
