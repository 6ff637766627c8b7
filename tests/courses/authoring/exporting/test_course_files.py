"""Courses as files in the studio: whose they are, what stays behind, and zips that are refused as a whole."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image as Pillow
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from cms.models import CentreFiles
from courses.authoring.drafts import make_draft
from courses.authoring.importing import work
from courses.loading.patience import TookTooLongError, go_on, within
from courses.models import CoursePage, LessonImport, LessonPage
from tests.courses.authoring.exporting.conftest import photo

IMPORT, EXPORT = "/studio/import-course/", "/studio/export-course/"
COURSE = """key: 11111111-1111-4111-8111-111111111111
slug: silk
title: {th: "ผ้าไหม"}
topic: local
level: beginner
minutes: 10
"""
LESSON = """key: 22222222-2222-4222-8222-222222222222
slug: loom
title: {th: "กี่"}
minutes: 5
body:
  - text: "ทอผ้า"
"""
PICTURE = """  - picture: {file: media/a.jpg, alt: "ผ้า"}
"""


def packed(course=COURSE, lesson=LESSON, **files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("silk/course.yaml", course)
        archive.writestr("silk/01.yaml", lesson)
        for name, content in files.items():
            archive.writestr(f"silk/media/{name.replace('_', '.')}", content)
    return file.getvalue()


def send(client, data, **more):
    """The page that tells what became of it, once it was taken in; or the form, where it was refused at once."""
    answer = client.post(IMPORT, {"file": SimpleUploadedFile("course.zip", data)} | more)
    if answer.status_code != 302:
        return answer
    work.take_up(LessonImport.objects.latest("made_at").pk)
    return client.get(answer["Location"])


def state(page):
    return page.context["batch"].state


@pytest.fixture
def at_desk(client, nok, shelf):
    client.force_login(nok)
    return client


def test_a_caretaker_takes_a_course_in_as_a_draft_of_their_centre(at_desk, ban_nong_bua, nok):
    page = send(at_desk, packed(), publish="1")  # which is not theirs to say
    assert state(page) == "done"
    course, lesson = CoursePage.objects.get(), LessonPage.objects.get()
    assert (course.centre, course.live, lesson.live) == (ban_nong_bua, False, False)
    assert (course.owner, lesson.latest_revision.user) == (nok, nok)
    assert "กี่" in page.content.decode()


def test_an_editor_takes_one_in_for_the_nation_and_publishes_it(client, editor, shelf):
    client.force_login(editor)
    assert state(send(client, packed(), place="nation", publish="1")) == "done"
    assert CoursePage.objects.live().get().centre is None
    assert LessonPage.objects.live().get().title == "กี่"


@pytest.mark.parametrize("place", ["nation", "999", "x", "\0"])
def test_nobody_takes_a_course_in_where_they_do_not_write(place, at_desk, ban_pua, kham):
    place = str(ban_pua.pk) if place == "999" else place
    assert send(at_desk, packed(), place=place).status_code == 400
    assert not CoursePage.objects.exists()


def test_a_course_of_another_centre_is_refused_by_its_name_and_stays(client, kham, at_desk, ban_nong_bua):
    send(at_desk, packed())
    client.force_login(kham)
    refused = send(client, packed(course=COURSE.replace("ผ้าไหม", "ของเรา")))
    assert state(refused) == "failed"
    assert ban_nong_bua.name in refused.content.decode()
    assert CoursePage.objects.get().get_latest_revision_as_object().title == "ผ้าไหม"


def test_a_national_course_is_not_a_caretakers_to_change(at_desk, write_course):
    course = write_course()
    refused = send(at_desk, packed(course=COURSE.replace("11111111-1111-4111-8111-111111111111", str(course.key))))
    assert state(refused) == "failed"
    assert CoursePage.objects.get().title == "คิดทุนให้ครบ"


def test_activities_of_other_lessons_are_not_taken(at_desk, write_course):
    lesson = write_course().lessons().first()
    taken = f'  - reflection: {{id: {lesson.body[1].id}, question: "x"}}\n'
    assert state(send(at_desk, packed(lesson=LESSON + taken))) == "failed"
    assert CoursePage.objects.count() == 1


def test_an_address_that_is_taken_gets_another(at_desk, write_course):
    CoursePage.objects.filter(pk=write_course().pk).update(slug="silk")
    assert state(send(at_desk, packed())) == "done"
    assert CoursePage.objects.get(title="ผ้าไหม").slug == "silk-11111111"


BAD = {
    "no zip": lambda: b"x",
    "nothing": lambda: packed()[:30],
    "no course": lambda: packed(course=""),
    "a wrong field": lambda: packed(course=COURSE.replace("beginner", "expert")),
    "a file that is not there": lambda: packed(lesson=LESSON + PICTURE),
    "no picture": lambda: packed(lesson=LESSON + PICTURE, a_jpg=b"<html>"),
    "a picture under another name": lambda: packed(lesson=LESSON + PICTURE.replace("jpg", "png"), a_png=photo()),
    "a picture from elsewhere": lambda: packed(lesson=LESSON + PICTURE.replace("media/a.jpg", "media/../../a.jpg")),
    "a drawing that runs": lambda: packed(
        lesson=LESSON + PICTURE.replace("jpg", "svg"),
        a_svg='<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>',
    ),
    "a drawing that fetches": lambda: packed(
        lesson=LESSON + PICTURE.replace("jpg", "svg"),
        a_svg='<svg xmlns="http://www.w3.org/2000/svg"><image href="http://x/"/></svg>',
    ),
    "a drawing with entities": lambda: packed(
        lesson=LESSON + PICTURE.replace("jpg", "svg"),
        a_svg='<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    ),
    "a name without a yes": lambda: packed(lesson=LESSON + 'credit: "ป้าแดง"\n'),
    "a reading of nothing": lambda: packed(lesson=LESSON + "readings:\n  - {part: 9, file: media/a.ogg}\n"),
    "a web page as a document": lambda: packed(
        lesson=LESSON + "  - document: {file: media/a.html, title: x}\n", a_html="<script>"
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_not_right_is_told_and_changes_nothing(name, at_desk, settings):
    page = send(at_desk, BAD[name]())
    assert state(page) == "failed"
    assert page.context["problem"] and "/tmp" not in page.content.decode()
    assert not CoursePage.objects.exists()
    assert not get_document_model().objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_files_are_taken_away_when_the_database_refuses(at_desk, monkeypatch, settings):
    def refuse(*args):
        raise RuntimeError

    monkeypatch.setattr("courses.authoring.exporting.arriving.Arrival.write_all", refuse)
    assert state(send(at_desk, packed(lesson=LESSON + PICTURE, a_jpg=photo()))) == "failed"
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert not get_image_model().objects.exists()


STEPS = ["parsing.go_on", "checking.go_on", "media.go_on"]


@pytest.mark.parametrize("step", [f"courses.loading.{step}" for step in STEPS] + ["courses.authoring.archives.go_on"])
def test_what_takes_longer_than_a_minute_is_told_and_leaves_nothing(step, at_desk, monkeypatch, settings):
    def is_late():
        go_on()
        raise TookTooLongError

    monkeypatch.setattr(step, is_late)
    page = send(at_desk, packed(lesson=LESSON + PICTURE, a_jpg=photo()))
    assert "60 วินาที" in page.content.decode()
    assert not CoursePage.objects.exists() and not get_image_model().objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_the_time_that_there_is_runs_out_for_what_is_done_in_it_alone():
    with pytest.raises(TookTooLongError), within(-1):
        go_on()
    go_on()


def test_a_right_that_ended_while_the_file_waited_is_none(at_desk, nok):
    answer = at_desk.post(IMPORT, {"file": SimpleUploadedFile("course.zip", packed())})
    nok.memberships.update(ended_on=timezone.localdate() - timedelta(days=1))
    batch = LessonImport.objects.get()
    work.take_up(batch.pk)
    batch.refresh_from_db()
    assert batch.report["problem"]["code"] == "no_longer_allowed"
    assert not CoursePage.objects.exists()
    assert "/sign-in/" in at_desk.get(answer["Location"])["Location"]  # the studio is closed to them


def test_one_file_of_a_person_waits_at_a_time(at_desk):
    sent = {"file": SimpleUploadedFile("course.zip", packed())}
    assert at_desk.post(IMPORT, sent).status_code == 302
    again = at_desk.post(IMPORT, {"file": SimpleUploadedFile("course.zip", packed())})
    assert again.status_code == 400 and "ไฟล์ก่อนหน้า" in again.content.decode()


def test_what_came_to_the_nation_is_told_to_who_sent_it_alone(client, editor, prae, shelf, nok):
    client.force_login(editor)
    page = send(client, packed(), place="nation")
    client.force_login(prae)
    assert client.get(page.request["PATH_INFO"]).status_code == 404
    client.force_login(nok)
    assert client.get(page.request["PATH_INFO"]).status_code == 404


def test_what_somebody_sent_to_the_nation_who_was_erased_is_told_to_nobody(db):
    LessonImport.objects.create(file_name="course.zip", kind=LessonImport.COURSE)
    assert not LessonImport.objects.visible_to(AnonymousUser()).exists()


@pytest.mark.parametrize(("language", "words"), [("en", "there is no such file"), ("th", "ไม่มีไฟล์นี้")])
def test_what_is_in_the_way_is_told_in_the_senders_language(at_desk, ban_nong_bua, nok, language, words):
    file = SimpleUploadedFile("course.zip", BAD["a file that is not there"]())
    facts = {"centre": ban_nong_bua, "made_by": nok, "kind": LessonImport.COURSE, "report": {"language": language}}
    batch = LessonImport.objects.create(file=file, file_name="course.zip", **facts)
    work.take_up(batch.pk)
    [line] = at_desk.get(f"/studio/import/{batch.pk}/").context["lines"]
    assert line.startswith("silk/01.yaml") and words in line


def test_a_photograph_arrives_without_the_place_where_it_was_taken(at_desk, ban_nong_bua):
    file, picture = io.BytesIO(), Pillow.new("RGB", (40, 30), "red")
    exif = Pillow.Exif()
    exif[0x0112], exif[0x010F] = 6, "PHONE"  # lying on its side
    exif.get_ifd(0x8825)[1] = "N"
    picture.save(file, "JPEG", exif=exif)
    send(at_desk, packed(lesson=LESSON + PICTURE, a_jpg=file.getvalue()))
    kept = get_image_model().objects.get()
    assert (kept.width, kept.height) == (30, 40)
    assert b"PHONE" not in kept.file.read()
    assert kept.collection == CentreFiles.objects.collection_of(ban_nong_bua)


def test_the_page_of_a_course_says_what_goes_and_what_stays(at_desk, silk, nok):
    unfinished = [{"type": "single_choice", "value": {"question": "ถาม", "choices": []}}]
    make_draft(silk.course, nok, title="ยังไม่เสร็จ", body=unfinished)
    parcel = at_desk.get(f"{EXPORT}{silk.course.pk}/").context["parcel"]
    assert parcel.goes == [("ผ้าไหมบ้านเรา", True)]
    assert [title for title, _why in parcel.stays] == ["ยังไม่เสร็จ"]


def test_a_file_that_is_gone_stays_behind_and_is_named(silk, as_zip, at_desk):
    picture = get_image_model().objects.get(title="silk.jpg")
    picture.file.storage.delete(picture.file.name)
    assert at_desk.get(f"{EXPORT}{silk.course.pk}/").context["parcel"].left_out == ["silk.jpg"]
    with zipfile.ZipFile(io.BytesIO(as_zip(silk.course))) as archive:
        assert archive.testzip() is None


def test_a_zip_is_saved_under_the_courses_name(at_desk, silk):
    answer = at_desk.get(f"{EXPORT}{silk.course.pk}/zip/")
    assert answer["Content-Type"] == "application/zip"
    assert f"{silk.course.slug}.zip" in answer["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert f"{silk.course.slug}/course.yaml" in archive.namelist()


def test_courses_go_out_through_those_who_write_them(client, silk, kham, ek, somsri, editor, write_course):
    national = write_course()
    addresses = [f"{EXPORT}{course.pk}/{more}" for course in (silk.course, national) for more in ("", "zip/")]
    for person in (kham, ek):
        client.force_login(person)
        assert [client.get(address).status_code for address in addresses] == [404] * 4
    client.force_login(editor)
    assert [client.get(address).status_code for address in addresses] == [404, 404, 200, 200]
    client.force_login(ek)
    assert client.get(IMPORT).status_code == 404
    client.force_login(somsri)
    assert client.get(IMPORT).status_code in (302, 404)


def test_credit_travels_only_with_consent(silk, as_zip):
    draft = silk.get_latest_revision_as_object()
    draft.credit_consent = False
    draft.save_revision(clean=False)
    assert "ป้าสมศรี\n".encode() not in as_zip(silk.course)
    with zipfile.ZipFile(io.BytesIO(as_zip(silk.course))) as archive:
        texts = b"".join(archive.read(name) for name in archive.namelist() if name.endswith("yaml"))
    assert b"credit" not in texts
