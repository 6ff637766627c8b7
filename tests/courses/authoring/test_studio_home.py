"""The studio's first page: one's own lessons and how each stands, and what waits for one's word."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from courses.authoring.drafts import local_course, make_draft
from courses.authoring.review.asking import submit
from courses.models import LessonReview
from tests.counting import queries_for_one_and_for_many
from tests.courses.authoring.conftest import body_of_silk
from tests.many import many_lessons


def page_of(client, who, address="/studio/"):
    client.force_login(who)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_author_without_a_lesson_is_told_how_to_begin(client, shelf, nok):
    page = page_of(client, nok)
    assert "บทแรกของศูนย์เรา" in page
    assert 'href="/studio/new/"' in page


def test_authors_see_their_own_lessons_and_no_others(client, silk, ban_pua, kham, course, nok):
    make_draft(local_course(ban_pua, kham), kham, title="ผ้าน่าน")
    page = page_of(client, nok)
    assert "เลี้ยงไหมบ้านเรา" in page
    assert "ผ้าน่าน" not in page and course.title not in page


def test_a_lesson_of_the_nations_is_not_handed_in_and_every_way_on_from_it_leads_somewhere(client, course, prae):
    lesson = course.lessons().first()
    page = page_of(client, prae, f"/studio/lessons/{lesson.key}/")
    assert f"/studio/lessons/{lesson.key}/submit/" not in page
    ways = set(re.findall(r'href="(/studio/[^"#]*)', page))
    assert len(ways) > 5 and {way: client.get(way).status_code for way in ways} == dict.fromkeys(ways, 200)


def test_a_draft_says_that_nobody_sees_it(client, silk, nok):
    assert "ฉบับร่าง คนเรียนยังไม่เห็น" in page_of(client, nok)


def test_a_lesson_that_waits_says_for_how_long(client, silk, nok, ek):
    submit(silk, nok)
    assert "รอตรวจตั้งแต่วันนี้" in page_of(client, nok)
    LessonReview.objects.update(submitted_at=timezone.now() - timedelta(days=4))
    assert "รอตรวจมา 4 วันแล้ว" in page_of(client, nok)


def test_a_lesson_that_was_sent_back_says_so_until_it_is_handed_in_again(client, silk, nok, ek):
    submit(silk, nok).close(LessonReview.State.SENT_BACK, ek, "ขอรูปด้วย")
    assert "ส่งกลับ" in page_of(client, nok)
    submit(silk, nok)
    assert "ส่งกลับ" not in page_of(client, nok)


def test_a_published_lesson_and_what_was_changed_since(client, published_silk, edit, nok):
    assert "เผยแพร่แล้ว" in page_of(client, nok)
    edit(published_silk, nok, title="เลี้ยงไหมอีกแบบ")
    page = page_of(client, nok)
    assert "มีที่แก้ยังไม่ได้ส่ง" in page and "เลี้ยงไหมอีกแบบ" in " ".join(page.replace("</span>", "").split())


@pytest.mark.parametrize("show", ["drafts", "waiting", "sent_back", "published"])
def test_a_lesson_is_found_where_it_stands_and_nowhere_else(client, silk, nok, ek, show):
    def found():
        return {s for s in ("drafts", "waiting", "sent_back", "published") if shown(s)}

    def shown(show):
        return "เลี้ยงไหมบ้านเรา" in page_of(client, nok, f"/studio/?show={show}")

    if show == "waiting":
        submit(silk, nok)
    elif show == "sent_back":
        submit(silk, nok).close(LessonReview.State.SENT_BACK, ek, "")
    elif show == "published":
        silk.get_latest_revision().publish(user=ek, skip_permission_checks=True)
    assert show in found()
    assert found() - {show} <= {"drafts"}


@pytest.mark.parametrize("odd", ["?show=xyz", "?page=x", "?page=999", "?show=%00"])
def test_odd_questions_show_what_there_is(client, silk, nok, odd):
    client.force_login(nok)
    assert client.get(f"/studio/{odd}").status_code in (200, 404)


def test_a_core_member_is_told_what_waits_and_offered_nothing_to_write(client, silk, nok, ek):
    submit(silk, nok)
    page = page_of(client, ek)
    assert 'href="/studio/reviews/"' in page
    assert 'href="/studio/new/"' not in page.split("<main")[1]


@pytest.mark.parametrize("who", ["wipha", "somsri"])
def test_others_are_not_let_in(request, client, shelf, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get("/studio/").status_code in (302, 404)


def test_the_list_costs_the_same_queries_for_one_lesson_and_for_many(client, shelf, ban_nong_bua, nok):
    course = local_course(ban_nong_bua, nok)
    make_draft(course, nok, title="บทแรก", body=body_of_silk())
    client.force_login(nok)

    def ask():
        return client.get("/studio/").context["lessons"].paginator.count

    assert queries_for_one_and_for_many(ask, partial(many_lessons, course, body=body_of_silk())) <= 24


def test_a_lessons_page_shows_it_as_learners_will_see_it(client, silk, nok):
    page = page_of(client, nok, f"/studio/lessons/{silk.key}/")
    assert "ไหมกินอะไร" in page and "ป้าสมศรีเลี้ยงไหม" in page
    assert f'action="/studio/lessons/{silk.key}/submit/"' in page
    assert f"/studio/pages/{silk.pk}/edit/" in page


def test_a_half_written_lesson_can_be_looked_at(client, silk, edit, nok):
    half = [
        {"type": "single_choice", "id": "a" * 8, "value": {"question": "", "choices": []}},
        {"type": "picture", "id": "b" * 8, "value": {"image": None, "alt": "", "caption": ""}},
        {"type": "true_false", "id": "c" * 8, "value": {"statement": "", "answer": False, "explanation": ""}},
        {"type": "matching", "id": "d" * 8, "value": {"question": "", "pairs": [], "explanation": ""}},
        {"type": "number", "id": "e" * 8, "value": {"question": "", "answer": None, "tolerance": None, "unit": ""}},
        {"type": "table", "id": "f" * 8, "value": {"caption": "", "head": [], "rows": []}},
    ]
    edit(silk, nok, body=half)
    page = page_of(client, nok, f"/studio/lessons/{silk.key}/")
    assert "ก่อนส่งตรวจ" in page


@pytest.mark.parametrize("address", ["", "checks/", "questions/"])
def test_another_centres_author_finds_no_lesson(client, silk, kham, address):
    client.force_login(kham)
    assert client.get(f"/studio/lessons/{silk.key}/{address}").status_code == 404


def test_the_notes_can_be_asked_for_anew(client, silk, nok):
    client.force_login(nok)
    answer = client.get(f"/studio/lessons/{silk.key}/checks/")
    assert "นาที" in answer.json()["html"]


def test_the_desk_leads_to_the_studio(client, nok, ban_nong_bua):
    assert 'href="/studio/"' in page_of(client, nok, "/desk/more/")
