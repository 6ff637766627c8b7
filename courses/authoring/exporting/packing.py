"""A course as one zip, sent piece by piece: nothing of it lies in memory or on the disk as a whole."""

import zipfile
from dataclasses import dataclass, field

from courses.authoring.exporting import telling
from courses.authoring.exporting.carried import Carried
from courses.authoring.exporting.yaml_text import written
from courses.models import CoursePage, LessonPage

PIECE = 64 * 1024
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same course makes the same file, whenever it is made


@dataclass
class Parcel:
    """What a course's zip will hold. `stays` are lessons that no Sala would take yet, with why."""

    course: CoursePage
    carried: Carried
    texts: dict = field(default_factory=dict)  # name in the zip: what stands there
    goes: list = field(default_factory=list)  # (title, is a draft)
    stays: list = field(default_factory=list)  # (title, [(field, message)])

    @property
    def left_out(self):
        """Titles of files that are gone, or that no Sala would take."""
        return list(dict.fromkeys(self.carried.left_out))

    @property
    def size(self):
        return sum(file.size for file in self.carried.files.values())


def parcel(course):
    """The course as it is published; lessons that never were, as their drafts are."""
    found = Parcel(course, Carried())
    found.texts["course.yaml"] = written(telling.course_file(course, found.carried))
    for lesson in _lessons(course):
        carried = Carried()
        told = telling.lesson_file(lesson, carried)
        if problems := telling.problems(told):
            found.stays.append((lesson.title, problems))
            continue
        found.goes.append((lesson.title, not lesson.live))
        found.texts[f"{len(found.goes):02}-{lesson.slug}.yaml"] = written(told)
        found.carried.files |= carried.files
        found.carried.left_out += carried.left_out
    return found


def _lessons(course):
    for lesson in LessonPage.objects.child_of(course).order_by("path").select_related("placed_after", "picture"):
        if lesson.live:
            yield lesson
        else:
            yield lesson.get_latest_revision_as_object()


def zipped(parcel):
    """The zip's bytes, piece by piece."""
    outgoing = _Outgoing()
    with zipfile.ZipFile(outgoing, "w") as archive:
        for name, text in parcel.texts.items():
            archive.writestr(_part(parcel, name, zipfile.ZIP_DEFLATED), text)
            yield outgoing.taken()
        for name, file in sorted(parcel.carried.files.items()):
            with file.storage.open(file.name) as source, archive.open(_part(parcel, name), "w") as target:
                while piece := source.read(PIECE):
                    target.write(piece)
                    yield outgoing.taken()
    yield outgoing.taken()


def _part(parcel, name, packing=zipfile.ZIP_STORED):
    part = zipfile.ZipInfo(f"{parcel.course.slug}/{name}", LONG_AGO)
    part.compress_type, part.external_attr = packing, 0o100644 << 16
    return part


class _Outgoing:
    """A file that is only written, once from its beginning to its end."""

    def __init__(self):
        self.pieces = []

    def write(self, piece):
        self.pieces.append(bytes(piece))
        return len(piece)

    def flush(self):
        pass

    def taken(self):
        pieces, self.pieces = self.pieces, []
        return b"".join(pieces)
