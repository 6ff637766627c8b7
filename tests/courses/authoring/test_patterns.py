"""A caretaker's new lesson: a pattern, plain questions, a draft that nobody else sees, and two questions in it."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images import get_image_model

from courses.authoring.patterns.kinds import MOST_FIELDS, PATTERNS
from courses.authoring.patterns.questions import ChoiceForm
from courses.models import CoursePage, LessonPage
from tests.photos import photo as phone_photo

MADE = {
    "title": "กล้วยตากแม่แดง",
    "story": "เก็บไว้กินได้ทั้งเดือน",
    "needs": "กล้วยน้ำว้าสุก 2 หวี\nเกลือ 1 ช้อน",
    "steps": "ปอกเปลือก\n\n  ล้างน้ำเกลือ \nตากแดด 5 วัน",
    "tip": "คลึงให้แบนในวันที่สาม",
}
TRUE_FALSE = {"tf-statement": "กล้วยตากเก็บได้ทั้งเดือน", "tf-answer": "true", "tf-why": "เพราะน้ำออกหมดแล้ว"}
CHOICE = {
    "choice-question": "ตากกี่วัน",
    "choice-choice1": "1 วัน",
    "choice-choice2": "5 วัน",
    "choice-choice3": "",
    "choice-right": "2",
    "choice-why": "จนน้ำออกหมด",
}


@pytest.fixture
def studio(shelf, nok, client, settings, tmp_path):
    """A browser in which the caretaker is signed in."""
    settings.MEDIA_ROOT = tmp_path
    client.force_login(nok)
    return client


def write(studio, pattern="make", **said):
    return studio.post(f"/studio/new/{pattern}/", MADE | said)


@pytest.fixture
def draft(studio):
    write(studio)
    return LessonPage.objects.get()


def parts(lesson):
    """[(kind, value as stored)] of the newest draft."""
    body = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object().body
    return [(block["type"], block["value"]) for block in body.get_prep_value()]


def photo(name="กล้วย.jpg"):
    return SimpleUploadedFile(name, phone_photo((400, 300)), "image/jpeg")


def asked_on(page):
    """The names of what a page asks."""
    html = page.content.decode().split("<main")[1]
    return re.findall(r"<(?:input(?![^>]*hidden)|textarea|select)[^>]* name=\"(\w+)\"", html)


@pytest.mark.parametrize("slug", PATTERNS)
def test_a_pattern_asks_at_most_eight_things_before_the_first_look(studio, slug):
    asked = asked_on(studio.get(f"/studio/new/{slug}/"))
    assert 5 <= len(asked) == len(set(asked)) <= MOST_FIELDS
    assert asked[0] == "title"


def test_the_answers_become_the_parts_of_a_draft(studio, nok, ban_nong_bua):
    answer = write(studio)
    lesson = LessonPage.objects.get()
    assert answer["Location"] == f"/studio/lessons/{lesson.key}/?made=make"
    assert [kind for kind, _value in parts(lesson)] == ["text", "heading", "text", "heading", "steps", "tip"]
    steps = dict(parts(lesson))["steps"]
    assert [step["value"] for step in steps] == ["ปอกเปลือก", "ล้างน้ำเกลือ", "ตากแดด 5 วัน"]
    assert (lesson.live, lesson.owner, lesson.minutes) == (False, nok, 1)
    assert CoursePage.objects.get().centre == ban_nong_bua


def test_what_is_missing_is_told_and_nothing_is_lost(studio):
    page = write(studio, title="", steps=" ")
    assert page.status_code == 400
    assert set(page.context["form"].errors) == {"title", "steps"}
    assert "กล้วยน้ำว้าสุก 2 หวี" in page.content.decode()
    assert not LessonPage.objects.exists()


def test_a_photo_that_has_arrived_is_not_asked_for_again(studio, nok):
    page = write(studio, photo=photo())
    assert set(page.context["form"].errors) == {"photo_words"}
    kept = get_image_model().objects.get()
    assert f'name="kept" value="{kept.pk}"' in page.content.decode()
    write(studio, kept=str(kept.pk), photo_words="กล้วยบนตะแกรง")
    lesson = LessonPage.objects.get()
    assert dict(parts(lesson))["picture"] == {"image": kept.pk, "alt": "กล้วยบนตะแกรง", "caption": ""}
    assert (lesson.picture, lesson.picture_alt) == (kept, "กล้วยบนตะแกรง")


@pytest.mark.parametrize("kept", ["0", "x", "9" * 40, "-1", "๑"])
def test_a_photo_that_is_none_is_left_out(studio, kept):
    write(studio, kept=kept)
    assert "picture" not in dict(parts(LessonPage.objects.get()))


def test_a_photo_of_somebody_else_is_not_taken(studio, kham, client):
    theirs = get_image_model().objects.create(title="x", file=photo(), uploaded_by_user=kham)
    write(studio, kept=str(theirs.pk), photo_words="ของคนอื่น")
    assert "picture" not in dict(parts(LessonPage.objects.get()))


def test_a_file_that_is_no_picture_is_told_in_words(studio):
    page = write(studio, photo=SimpleUploadedFile("a.jpg", b"<html>", "image/jpeg"), photo_words="กล้วย")
    assert set(page.context["form"].errors) == {"photo"}
    assert not LessonPage.objects.exists()


def test_a_form_that_is_sent_twice_makes_one_lesson(studio):
    key = str(uuid.uuid4())
    assert write(studio, key=key)["Location"] == write(studio, key=key)["Location"]
    assert LessonPage.objects.count() == 1


def test_two_questions_are_put_at_the_end_and_may_be_graded(studio, draft):
    answer = studio.post(f"/studio/lessons/{draft.key}/questions/", TRUE_FALSE | CHOICE)
    assert answer["Location"] == f"/studio/lessons/{draft.key}/?made=questions-{draft.key}"
    first, second = parts(draft)[-2:]
    assert first == (
        "true_false",
        {"statement": "กล้วยตากเก็บได้ทั้งเดือน", "answer": True, "explanation": "เพราะน้ำออกหมดแล้ว"},
    )
    assert [choice["value"]["correct"] for choice in second[1]["choices"]] == [False, True]
    page = studio.get(f"/studio/lessons/{draft.key}/").content.decode()
    assert "ตากกี่วัน" in page and 'type="radio"' in page


def test_a_question_that_was_begun_is_to_be_finished_and_the_other_may_stay_empty(studio, draft):
    page = studio.post(
        f"/studio/lessons/{draft.key}/questions/", {"tf-statement": "กล้วยหวาน"} | {"choice-id": str(uuid.uuid4())}
    )
    assert page.status_code == 400
    assert set(page.context["true_false"].errors) == {"answer", "why"}
    assert not page.context["choice"].errors
    assert "กล้วยหวาน" in page.content.decode()


def test_no_question_at_all_is_told(studio, draft):
    page = studio.post(f"/studio/lessons/{draft.key}/questions/", {})
    assert page.status_code == 400 and page.context["nothing"]


def test_the_right_answer_is_one_that_is_written():
    form = ChoiceForm(CHOICE | {"choice-right": "3"}, prefix="choice")
    assert set(form.errors) == {"right"}


def test_questions_that_are_sent_twice_are_there_once(studio, draft):
    sent = TRUE_FALSE | {"tf-id": str(uuid.uuid4())}
    for _press in range(2):
        studio.post(f"/studio/lessons/{draft.key}/questions/", sent)
    assert [kind for kind, _value in parts(draft)].count("true_false") == 1


def test_while_somebody_else_works_on_the_lesson_nothing_is_put_in_and_nothing_typed_is_lost(studio, draft, kham):
    LessonPage.objects.filter(pk=draft.pk).update(locked=True, locked_by=kham)
    page = studio.post(f"/studio/lessons/{draft.key}/questions/", TRUE_FALSE)
    assert page.status_code == 400
    assert "ตอนนี้มีคนกำลังตรวจบทนี้" in page.content.decode() and TRUE_FALSE["tf-statement"] in page.content.decode()
    assert "true_false" not in dict(parts(draft))


@pytest.mark.parametrize("who", ["kham", "ek", "wipha", "somsri"])
def test_nobody_else_asks_questions_in_it_or_changes_it(request, studio, draft, who):
    studio.force_login(request.getfixturevalue(who))
    before = draft.latest_revision_id
    assert studio.post(f"/studio/lessons/{draft.key}/questions/", TRUE_FALSE).status_code in (302, 404)
    draft.refresh_from_db()
    assert draft.latest_revision_id == before


@pytest.mark.parametrize("who", ["ek", "wipha", "somsri"])
def test_whoever_writes_nothing_finds_no_patterns(request, shelf, client, who):
    client.force_login(request.getfixturevalue(who))
    for address in ("/studio/new/", "/studio/new/make/"):
        assert client.get(address).status_code in (302, 404)


def test_there_is_no_sixth_pattern(studio):
    assert studio.get("/studio/new/sixth/").status_code == 404


def test_a_caretaker_of_two_centres_says_for_which(studio, nok, ban_pua, ban_nong_bua):
    ban_pua.appoint_caretaker(nok)
    assert set(write(studio).context["form"].errors) == {"place"}
    write(studio, place=ban_pua.code)
    assert CoursePage.objects.get().centre == ban_pua
    assert set(write(studio, place="TH-00-0000").context["form"].errors) == {"place"}


@pytest.mark.parametrize("slug", PATTERNS)
def test_who_writes_for_two_centres_says_so_before_and_is_asked_no_more_than_others(studio, nok, ban_pua, slug):
    alone = asked_on(studio.get(f"/studio/new/{slug}/"))
    ban_pua.appoint_caretaker(nok)
    assert studio.get(f"/studio/new/{slug}/")["Location"] == "/studio/new/"
    assert f"/studio/new/{slug}/" not in studio.get("/studio/new/").content.decode()
    place = f"?place={ban_pua.code}"
    assert f'href="{place}"' in studio.get("/studio/new/").content.decode()
    assert f'href="/studio/new/{slug}/{place}"' in studio.get(f"/studio/new/{place}").content.decode()
    page = studio.get(f"/studio/new/{slug}/{place}")
    assert asked_on(page) == alone
    assert len(alone) <= MOST_FIELDS
    assert f'<input type="hidden" name="place" value="{ban_pua.code}"' in page.content.decode()


def test_a_place_that_is_none_any_more_is_asked_for_again_beside_what_was_typed(studio, nok, ban_pua):
    ban_pua.appoint_caretaker(nok)
    page = write(studio, place="TH-00-0000")
    assert "place" in asked_on(page)
    assert MADE["story"] in page.content.decode()
