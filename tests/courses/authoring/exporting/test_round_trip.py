"""What leaves one Sala as a file arrives in another as it was, and leaves that one as the same file."""

import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from courses.authoring.exporting.arriving import arrive
from courses.loading import load
from courses.models import CoursePage, LessonOutline, LessonPage
from lms.centres.models import Centre

CONTENT = Path(settings.BASE_DIR) / "courses" / "content"


def empty():
    """As on a machine that has never seen a course."""
    for page in Page.objects.filter(depth=2):
        Page.objects.get(pk=page.pk).delete()
    LessonOutline.objects.all().delete()
    get_image_model().objects.all().delete()
    get_document_model().objects.all().delete()


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.slow
def test_the_nations_courses_come_back_as_they_were(editor, as_zip):
    load(CONTENT)
    courses = list(CoursePage.objects.order_by("path"))
    sent = {course.slug: as_zip(course) for course in courses}
    keys = set(LessonPage.objects.values_list("key", flat=True))
    asked = {key for activities in LessonOutline.objects.values_list("activities", flat=True) for key in activities}
    assert len(sent) == 6
    empty()
    for data in sent.values():
        arrive(io.BytesIO(data), editor, publishes=True)
    assert set(LessonPage.objects.live().values_list("key", flat=True)) == keys
    there = {key for activities in LessonOutline.objects.values_list("activities", flat=True) for key in activities}
    assert there == asked
    for course in CoursePage.objects.live():
        assert parts(as_zip(course)) == parts(sent[course.slug])
    assert {course.slug: as_zip(course) for course in CoursePage.objects.live()} == sent


@pytest.mark.slow
def test_a_zip_of_the_nations_says_what_its_files_said(db, as_zip, tmp_path):
    """What was exported can be loaded as files, and changes nothing."""
    load(CONTENT)
    for course in CoursePage.objects.all():
        with zipfile.ZipFile(io.BytesIO(as_zip(course))) as archive:
            archive.extractall(tmp_path / "content")
    outcomes = load(tmp_path / "content")
    assert [(outcome.course, set(outcome.lessons)) for outcome in outcomes] == [("same", {"same"})] * 6


def test_a_villages_lesson_comes_back_with_all_that_belongs_to_it(silk, as_zip, nok, ban_nong_bua):
    sent = as_zip(silk.course)
    key, ids = silk.key, [block.id for block in silk.get_latest_revision_as_object().body]
    names = set(parts(sent))
    assert len([name for name in names if "/media/" in name]) == 6
    empty()
    [outcome] = arrive(io.BytesIO(sent), nok, ban_nong_bua)
    assert outcome.course == "made"
    lesson = LessonPage.objects.get(key=key)
    draft = lesson.get_latest_revision_as_object()
    assert not lesson.live
    assert [block.id for block in draft.body] == ids
    assert (draft.credit, draft.credit_consent, draft.licence) == ("ป้าสมศรี", True, "cc-by-4.0")
    assert [str(reading.block or "") for reading in draft.readings.all()] == ["", ids[0]]
    assert draft.body[0].value == "ป้าสมศรีทอผ้า\n\nมาตั้งแต่สาว ๆ"
    assert draft.body[3].value["captions"].file.read() == b"WEBVTT\n\n"
    assert lesson.course.centre == ban_nong_bua
    assert parts(as_zip(lesson.course)) == parts(sent)


def test_a_published_lesson_is_published_again_by_who_may(silk, as_zip, editor, ban_nong_bua):
    silk.get_latest_revision().publish()
    silk.course.save_revision().publish()
    sent = as_zip(CoursePage.objects.get())
    assert b"draft: true" not in b"".join(parts(sent).values())
    empty()
    arrive(io.BytesIO(sent), editor, ban_nong_bua, publishes=True)
    assert LessonPage.objects.live().count() == CoursePage.objects.live().count() == 1
    assert as_zip(CoursePage.objects.get()) == sent


def test_taking_the_same_in_twice_changes_nothing(silk, as_zip, nok, ban_nong_bua):
    sent = as_zip(silk.course)
    empty()
    arrive(io.BytesIO(sent), nok, ban_nong_bua)
    files = get_document_model().objects.count(), get_image_model().objects.count()
    revision = LessonPage.objects.get().latest_revision_id
    [outcome] = arrive(io.BytesIO(sent), nok, ban_nong_bua)
    assert (outcome.course, list(outcome.lessons)) == ("same", ["same"])
    assert LessonPage.objects.get().latest_revision_id == revision
    assert (get_document_model().objects.count(), get_image_model().objects.count()) == files


def test_a_published_lesson_stays_as_it_is_until_the_new_version_is_published(silk, as_zip, nok, ban_nong_bua):
    sent = as_zip(silk.course)
    lesson = LessonPage.objects.get(pk=silk.pk).get_latest_revision_as_object()
    lesson.title = "ชื่อใหม่"
    lesson.save_revision().publish()
    [outcome] = arrive(io.BytesIO(sent), nok, ban_nong_bua)
    assert list(outcome.lessons) == ["changed"]
    there = LessonPage.objects.get(pk=silk.pk)
    assert there.title == "ชื่อใหม่"
    assert there.get_latest_revision_as_object().title == "ผ้าไหมบ้านเรา"


def test_a_course_goes_to_a_centre_with_another_code(silk, as_zip, kham, ban_pua, ban_nong_bua):
    sent = as_zip(silk.course)
    empty()
    arrive(io.BytesIO(sent), kham, ban_pua)
    assert CoursePage.objects.get().centre == ban_pua
    assert Centre.objects.filter(files__isnull=False).count() == 2
