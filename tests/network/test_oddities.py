"""Questions about figures: the centre reads the evidence and answers, the ministry reads both and nobody's name."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.test import Client

from courses.models import Oddity
from lms.centres.models import AuditEntry
from tests.counting import queries_for_one_and_for_many

LIST, MONDAY = "/en/desk/oddities/", date(2026, 11, 23)
SPAN = {"first": "2026-11-23T09:00:00+07:00", "last": "2026-11-23T09:40:00+07:00"}
SEEN = {
    "fast": {"times": 4, "seconds": 20, "minutes": 10, "by_others": 0} | SPAN | {"last": "2026-11-26T09:40:00+07:00"},
    "fast_many": {"people": 7, "times": 9, "seconds": 150, "minutes": 30, "by_others": 5} | SPAN,
    "crowd": {"people": 43, "seconds": 58, "in_groups": 8, "by_others": 0} | SPAN,
    "closed": {"status": "paused", "people": 3, "events": 20, "at_machines": 1, "on_phones": 2} | SPAN,
    "two_places": {"at": SPAN["first"], "elsewhere_at": SPAN["last"], "km": 522, "on_phone": True},
}


def browser_of(person):
    browser = Client()
    browser.force_login(person)
    return browser


def text(answer, status=200):
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


@pytest.fixture
def desk(nok):
    return browser_of(nok)


@pytest.fixture
def ministry(wipha):
    return browser_of(wipha)


@pytest.fixture
def asked(ban_nong_bua):
    """asked("closed"): a question to Ban Nong Bua about 23 Nov 2026."""

    def make(kind="closed", learner=None, lesson=None, **more):
        about = {"learner": learner, "lesson": lesson, "subject": getattr(learner, "pk", lesson)}
        told = {name: value for name, value in about.items() if value}
        return Oddity.objects.create(
            **{"kind": kind, "centre": ban_nong_bua, "day": MONDAY, "evidence": SEEN[kind]} | told | more
        )

    return make


def test_the_centre_reads_each_kind_of_evidence_in_words(desk, asked, somsri, course, ban_pua):
    asked("fast", somsri)
    asked("fast_many")
    asked("crowd", lesson=course.lessons()[0].key)
    asked("closed")
    asked("two_places", somsri, elsewhere=ban_pua)
    html = text(desk.get(LIST))
    for said in (
        "The week from 23 Nov 2026 · ป้าสมศรี",
        "Lessons finished: 4. The quickest took 20 seconds, of 10 minutes.",
        "People: 7. Lessons finished: 9. The quickest took 2 minutes, of 30 minutes.",
        "Handed in by somebody else for them: 5",
        "People who finished this lesson: 43, within 58 seconds.",
        "1.1",  # the lesson
        "In a group round one screen: 8",
        "From 09:00 to 09:40",
        "From 23 Nov 2026 09:00 to 26 Nov 2026 09:40",  # of a week
        "The centre was: Paused. People: 3. Things they did: 20.",
        "Signed in at a machine of the centre: 1. On a phone of their own: 2.",
        "Here at 09:00, at Ban Pua at 09:40. It is 522 km away.",
        "which may have been anywhere",
    ):
        assert said in html, said
    assert "nobody is blamed" in html


def test_the_centre_answers_once(desk, asked, nok):
    oddity = asked()
    page = f"{LIST}{oddity.pk}/"
    assert "The centre was open" in text(desk.get(page))
    answer = desk.post(page, {"answer": "was_open", "words": "ลืมแก้สถานะ"})
    assert answer["Location"] == f"{LIST}?centre=TH-32-0001"
    desk.post(page, {"answer": "unknown"})
    oddity.refresh_from_db()
    assert (oddity.answer, oddity.words, oddity.answered_by) == ("was_open", "ลืมแก้สถานะ", nok)
    assert "ลืมแก้สถานะ" not in text(desk.get(LIST))
    assert "ลืมแก้สถานะ" in text(desk.get(f"{LIST}?state=answered"))
    assert 'name="answer"' not in text(desk.get(page))
    entry = AuditEntry.objects.get(action="explained")
    assert (entry.actor, entry.centre, entry.detail) == (nok.pk, oddity.centre, "closed was_open")


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"answer": "nonsense"},
        {"answer": "other"},
        {"answer": "was_open"},  # which nobody asked
        {"answer": "testing", "words": "ป้าสมศรี ลองดู"},
        {"answer": "testing", "words": "ก" * 501},
    ],
)
def test_what_is_no_answer_is_told_and_kept_nowhere(desk, asked, somsri, wrong):
    oddity = asked("fast", somsri)
    assert 'class="fix"' in text(desk.post(f"{LIST}{oddity.pk}/", wrong), 400)
    assert Oddity.objects.waiting().count() == 1


def test_a_core_member_reads_and_does_not_answer(asked, ek):
    oddity = asked()
    core = browser_of(ek)
    assert 'name="answer"' not in text(core.get(f"{LIST}{oddity.pk}/"))
    assert core.post(f"{LIST}{oddity.pk}/", {"answer": "unknown"}).status_code == 404
    assert Oddity.objects.waiting().exists()


def test_a_learner_of_another_centre_is_not_named(desk, asked, fah):
    oddity = asked("two_places", fah)
    for page in (LIST, f"{LIST}{oddity.pk}/"):
        html = text(desk.get(page))
        assert "One learner" in html and fah.name not in html


def test_the_menu_says_how_many_wait(desk, asked, nok):
    more = "/en/desk/more/"
    assert "What looked unusual, and what it was" in text(desk.get(more))
    asked()
    asked("fast_many").explain(nok, "unknown")
    assert "1 question waits for your answer" in text(desk.get(more))


def test_the_list_costs_the_same_for_many(desk, asked, somsri, ban_pua, course):
    days = iter(range(1, 1000))
    lesson = course.lessons()[0].key

    def add(number=1):
        Oddity.objects.bulk_create(
            Oddity(
                kind="two_places",
                centre=asked_once.centre,
                day=MONDAY - timedelta(days=next(days)),
                evidence=SEEN["two_places"],
                learner=somsri,
                lesson=lesson,
                elsewhere=ban_pua,
            )
            for _n in range(number)
        )

    asked_once = asked("two_places", somsri, elsewhere=ban_pua, lesson=lesson)
    queries_for_one_and_for_many(lambda: desk.get(LIST).content.decode().count("Ban Pua at"), add, shown=50)


def test_the_ministry_reads_questions_and_answers_and_nobodys_name(ministry, asked, somsri, nok):
    asked("fast", somsri).explain(nok, "testing", "ลองเครื่องใหม่")
    asked()
    html = text(ministry.get("/en/ministry/oddities/"))
    assert "One learner" in html and "ลองเครื่องใหม่" in html and "Somebody was trying the system" in html
    assert "Ban Nong Bua" in html and "Waiting for an answer" in html
    for hidden in (somsri.name, str(somsri.pk), nok.name):
        assert hidden not in html


def test_the_ministry_asks_by_place_kind_and_state(ministry, asked, ban_pua, nok):
    asked("closed", centre=ban_pua)
    asked("crowd").explain(nok, "together")
    for query, codes in {
        "region=N": {"TH-55-0001"},
        "province=32": {"TH-32-0001"},
        "centre=TH-32-0001": {"TH-32-0001"},
        "kind=closed": {"TH-55-0001"},
        "state=answered": {"TH-32-0001"},
        "state=waiting&region=NE": set(),
        "": {"TH-32-0001", "TH-55-0001"},
    }.items():
        html = text(ministry.get(f"/en/ministry/oddities/?{query}"))
        assert {code for code in ("TH-32-0001", "TH-55-0001") if f"{code}</span>" in html} == codes, query
        sheet = b"".join(ministry.get(f"/ministry/oddities.csv?{query}").streaming_content).decode("utf-8-sig")
        assert {row["centre"] for row in csv.DictReader(io.StringIO(sheet))} == codes, query


def test_the_sheet_has_the_evidence_in_columns_and_no_person(ministry, asked, somsri):
    asked("fast", somsri)
    sheet = b"".join(ministry.get("/ministry/oddities.csv").streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(sheet))
    assert (row["day"], row["kind"], row["province"], row["times"], row["seconds"]) == (
        "2026-11-23",
        "fast",
        "32",
        "4",
        "20",
    )
    assert row["answer"] == ""
    assert somsri.name not in sheet and str(somsri.pk) not in sheet


@pytest.mark.parametrize("query", ["kind=x", "state=x", "region=x", "province=99", "centre=x", "page=2", "page=x"])
def test_a_question_that_makes_no_sense_is_answered_with_what_does(ministry, asked, query):
    asked()
    html = text(ministry.get(f"/en/ministry/oddities/?{query}"), 400)
    assert "Allowed: " in html or "no such centre" in html
    if "page" not in query:
        assert ministry.get(f"/ministry/oddities.csv?{query}").status_code == 400


def test_places_of_which_one_is_not_in_the_other_are_refused(ministry, asked, ban_pua):
    asked()
    assert "32 does not lie in N." in text(ministry.get("/en/ministry/oddities/?region=N&province=32"), 400)
    assert "TH-32-0001 does not lie in 55." in text(
        ministry.get("/en/ministry/oddities/?province=55&centre=TH-32-0001"), 400
    )


def test_the_ministrys_list_costs_the_same_for_many(ministry, asked, ban_pua):
    days = iter(range(1, 1000))

    def add(number):
        for _n in range(number):
            asked("two_places", elsewhere=ban_pua, day=MONDAY - timedelta(days=next(days)))

    add(1)
    queries_for_one_and_for_many(
        lambda: ministry.get("/en/ministry/oddities/").content.decode().count("Ban Pua at"), add, shown=50
    )
