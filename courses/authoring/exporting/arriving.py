"""A course out of another Sala's zip: looked at as a whole, then written in one go, as drafts or published."""

import tempfile
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.models import CentreFiles
from courses.authoring.archives import ArchiveProblem, Limits, opened, unpacked
from courses.authoring.exporting.places import of_other_places, topic_of
from courses.loading import bodies
from courses.loading.checking import read_folder
from courses.loading.conflicts import check_database, free_address
from courses.loading.media import load_media
from courses.loading.patience import go_on
from courses.loading.problems import LoadError, Problem
from courses.loading.shelf import shelf
from courses.loading.writing import CHANGED, SAME, Writer, differs, fill
from courses.models import CoursePage, LessonPage

FOLDER = "sala-import-zip-"  # one that a killed server left is swept away with those of other imports
LARGEST = 300 * 1024 * 1024
LIMITS = Limits(parts=3_000, part=150 * 1024 * 1024, total=LARGEST)


def arrive(file, user, centre=None, publishes=False, tell=lambda per_cent: None, done=lambda outcomes: None):
    """What became of each course of a zip: [Outcome]. `centre` is whose courses they are to be; none means the nation.

    LoadError and ArchiveProblem leave everything as it was; so does whatever `done` raises, which is called while all
    can still be taken back.
    """
    with tempfile.TemporaryDirectory(prefix=FOLDER) as place:
        folder = Path(place) / "zip"
        folder.mkdir()
        with opened(file) as archive:
            unpacked(archive, folder, LIMITS)
        tell(30)
        courses = read_folder(folder, strict=False)
        if not courses:
            raise ArchiveProblem(_("There is no course in it."))
        tell(60)
        return _write(courses, user, centre, publishes, done)


def _write(courses, user, centre, publishes, done):
    media = None
    try:
        with transaction.atomic():
            if problems := list(of_other_places(courses, centre)):
                raise LoadError(problems)
            catalogue = shelf()
            for course in courses:
                free_address(course)
            check_database(courses, centre)
            collection = CentreFiles.objects.collection_of(centre)
            media = load_media(courses, user, collection)
            outcomes = Arrival(catalogue, media, user, centre, publishes).write_all(courses)
            done(outcomes)
            return outcomes
    except BaseException as error:
        if media:
            media.forget()
        if isinstance(error, ValidationError):
            raise LoadError([Problem("zip", 0, "", " ".join(error.messages))]) from error
        raise


class Arrival(Writer):
    """Writes on behalf of a person: what is there gets a new version, and nothing is taken off the shelf."""

    def __init__(self, catalogue, media, user, centre, publishes):
        super().__init__(catalogue, media, overwrite=True)
        self.user, self.centre, self.publishes = user, centre, publishes

    def _find_or_make(self, source, fields):
        course = CoursePage.objects.filter(key=source["key"]).first()
        if course:
            return course, False
        course = CoursePage(key=source["key"], live=False, centre=self.centre, owner=self.user)
        fill(course, fields)
        course = self.catalogue.add_child(instance=course)
        course.save_revision(user=self.user, clean=False)
        return course, True

    @staticmethod
    def _take_down(existing, source, outcome):
        """A lesson that is not in the zip stays: it may have been written here."""

    def _make(self, course, source, fields):
        page = LessonPage(key=source["key"], live=False, owner=self.user)
        fill(page, fields)
        course.add_child(instance=page)
        revision = page.save_revision(user=self.user, clean=False)
        if self.publishes and not source.get("draft"):
            revision.publish(user=self.user)
        return page

    def _update(self, page, fields, source=None):
        draft = page.get_latest_revision_as_object()
        publishes = self.publishes and not (source and source.get("draft"))
        if not differs(draft, fields) and (page.live and not page.has_unpublished_changes or not publishes):
            return SAME
        fill(draft, fields)
        revision = draft.save_revision(user=self.user, clean=False, log_action=True)
        if publishes:
            revision.publish(user=self.user)
        return CHANGED

    def _course_fields(self, source):
        return self._shared_fields(source, source.get("cover")) | {
            "summary": source.get("summary", {}).get("th", ""),
            "summary_en": source.get("summary", {}).get("en", ""),
            "topic_id": topic_of(source, self.user),
            "level": source["level"],
            "outcomes": bodies.outcomes(source),
            "group_activity": source.get("group_activity"),
        }

    def _lesson_fields(self, source):
        after = CoursePage.objects.filter(key=source.get("placed_after"), centre=None).first()
        go_on()
        return self._shared_fields(source, source.get("picture")) | {
            "outcome": source.get("outcome", ""),
            "body": bodies.lesson_body(source, self.media),
            "credit": source.get("credit", ""),
            "credit_consent": source.get("credit_consent", False),
            "licence": source.get("licence", LessonPage._meta.get_field("licence").default),
            "placed_after_id": after and after.pk,
            "readings": bodies.readings(source, self.media),
        }

    def _shared_fields(self, source, picture):
        return {
            "title": source["title"]["th"],
            "draft_title": source["title"]["th"],
            "title_en": source["title"].get("en", ""),
            "slug": source["slug"],
            "minutes": source["minutes"],
            "picture_id": picture and self.media.beside(source).image(picture),
            "picture_alt": picture["alt"] if picture else "",
        }
