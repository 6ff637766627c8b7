"""A photo goes from a phone into a lesson's draft."""

import uuid

import pytest
from wagtail.images import get_image_model

from cms.models import CentreFiles
from courses.authoring.media import views
from courses.models import LessonPage
from tests.photos import photo, sent, tells

JSON = {"Accept": "application/json"}


def address(lesson, more=""):
    return f"/studio/media/{lesson.key}/{more}"


def fields(**more):
    return {"block": uuid.uuid4(), "taken": sent(photo()), "alt": "ป้าแดงพลิกกล้วย", "caption": "", "after": ""} | more


def test_a_photo_becomes_the_drafts_last_part(author, lesson, draft, ban_nong_bua, nok, uploads):
    answer = author.post(address(lesson, "photo/"), fields(caption="แดดเดียว"))
    assert (answer.status_code, answer["Location"]) == (302, address(lesson))
    picture = draft().body[2]
    assert (picture.block_type, picture.value["alt"], picture.value["caption"]) == (
        "picture",
        "ป้าแดงพลิกกล้วย",
        "แดดเดียว",
    )
    image = picture.value["image"]
    assert image.collection == CentreFiles.objects.collection_of(ban_nong_bua)
    assert image.uploaded_by_user == nok
    assert [tells(file.read_bytes()) for file in uploads()] == [{}]
    assert "ภาพอยู่ในร่างแล้ว" in author.get(address(lesson)).content.decode()


def test_learners_see_nothing_of_it_before_it_is_published(author, lesson, draft):
    lesson.get_latest_revision().publish()
    author.post(address(lesson, "photo/"), fields())
    live = LessonPage.objects.get(pk=lesson.pk)
    assert [block.block_type for block in live.body] == ["text", "tip"]
    assert live.has_unpublished_changes
    assert len(draft().body) == 3


def test_a_photo_goes_behind_the_part_that_was_chosen(author, lesson, draft):
    first = str(lesson.body[0].id)
    author.post(address(lesson, "photo/"), fields(after=first))
    assert [block.block_type for block in draft().body] == ["text", "picture", "tip"]
    assert draft().body[0].id == first


def test_a_photo_from_the_phones_album_will_do(author, lesson, draft):
    sent_fields = fields(file=sent(photo()))
    sent_fields.pop("taken")
    assert author.post(address(lesson, "photo/"), sent_fields).status_code == 302
    assert len(draft().body) == 3


def test_what_is_sent_twice_is_there_once(author, lesson, draft, uploads):
    block = uuid.uuid4()
    for _time in range(2):
        answer = author.post(address(lesson, "photo/"), fields(block=block), headers=JSON)
        assert answer.json() == {"next": address(lesson)}
    assert len(draft().body) == 3
    assert get_image_model().objects.count() == len(uploads()) == 1


def test_a_photo_without_words_waits_for_them_and_keeps_what_was_typed(author, lesson, draft, uploads):
    answer = author.post(address(lesson, "photo/"), fields(alt="", caption="แดดเดียวที่บ้านป้า"))
    assert answer.status_code == 400
    assert "แดดเดียวที่บ้านป้า" in answer.content.decode()
    assert len(draft().body) == 2 and uploads() == []


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"%PDF-1.7", "ไม่ใช่ภาพที่เปิดได้"), (b"<svg/>", "SVG"), (b"\0\0\0\x18ftypheic" + bytes(30), "HEIC")],
)
def test_what_is_no_photo_is_refused_where_it_was_chosen(author, lesson, draft, uploads, content, said):
    wrong = fields(taken=sent(content))
    answer = author.post(address(lesson, "photo/"), wrong, headers=JSON)
    assert answer.status_code == 400
    assert said in answer.json()["errors"]["file"][0]
    wrong = fields(taken=sent(content))
    assert said in author.post(address(lesson, "photo/"), wrong).content.decode()
    assert len(draft().body) == 2 and uploads() == []


def test_no_photo_at_all_is_asked_for(author, lesson):
    answer = author.post(address(lesson, "photo/"), fields(taken=""), headers=JSON)
    assert answer.json() == {"errors": {"file": ["เลือกไฟล์ก่อน"]}}


@pytest.mark.parametrize("headers", [{}, JSON])
def test_what_is_too_large_is_refused_before_it_is_read(author, lesson, headers):
    answer = author.generic(
        "POST",
        address(lesson, "photo/"),
        b"x",
        content_type="multipart/form-data; boundary=x",
        headers=headers | {"Content-Length": str(50 * 1024 * 1024)},
    )
    assert answer.status_code == 413
    said = answer.json()["errors"]["file"][0] if headers else answer.content.decode()
    assert "20 MB" in said


def test_a_form_of_another_site_puts_nothing_in(client, nok, lesson, draft):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(nok)
    assert browser.post(address(lesson, "photo/"), fields()).status_code == 403
    assert len(draft().body) == 2


@pytest.mark.parametrize("odd", [{"block": "x"}, {"after": str(uuid.uuid4())}, {"after": "x"}, {"block": ""}])
def test_odd_fields_are_no_fault_of_ours(author, lesson, draft, odd):
    assert author.post(address(lesson, "photo/"), fields(**odd)).status_code == 400
    assert len(draft().body) == 2


def test_nothing_stays_where_the_draft_cannot_be_saved(author, lesson, uploads, monkeypatch):
    def refuse(*_args):
        raise RuntimeError("the database is gone")

    monkeypatch.setattr(views, "put_block", refuse)
    with pytest.raises(RuntimeError):
        author.post(address(lesson, "photo/"), fields())
    assert uploads() == [] and not get_image_model().objects.exists()


def test_two_who_send_at_once_are_both_there(author, lesson, draft):
    """Each puts its own into the newest draft, not into the one that its page was made from."""
    for _person in range(2):
        author.post(address(lesson, "photo/"), fields())
    assert [block.block_type for block in draft().body] == ["text", "tip", "picture", "picture"]


def test_a_lesson_that_somebody_looks_at_is_left_alone(author, lesson, draft, ek):
    lesson.locked, lesson.locked_by = True, ek
    lesson.save()
    answer = author.post(address(lesson, "photo/"), fields())
    assert answer.status_code == 400
    assert "มีคนกำลังตรวจบทนี้" in answer.content.decode()
    assert len(draft().body) == 2
