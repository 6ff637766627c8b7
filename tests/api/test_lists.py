"""Lists of the API: who sees what, page by page, and as a sheet."""

import csv
import io
import uuid
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from courses.models import Enrolment
from lms.centres.models import Membership
from tests.counting import queries_for_one_and_for_many
from tests.many import begun, many_centres, many_courses, many_lessons

LISTS = [
    *["courses/", "centres/", "learners/", "progress/?course={course}", "progress/"],
    *["progress/?course={course}&state=all", "progress/?state=all"],
]


@pytest.fixture
def address(course):
    def make(path):
        return "/api/v1/" + path.format(course=course.key)

    return make


def results(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def names(client, address):
    return [row["name"] for row in results(client, address)]


def rows_of(answer):
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


@pytest.fixture
def both_learn(somsri, thongbai, fah, course, learn):
    """ป้าสมศรี finished the course, น้องฟ้า its first lesson, ป้าทองใบ has not begun."""
    first, second = course.lessons()
    learn(somsri, first, second)
    learn(fah, first)


def test_caretakers_see_the_learners_of_their_own_centre(both_learn, api, nok, kham, ek):
    assert names(api(nok), "/api/v1/learners/") == ["ป้าทองใบ", "ป้าสมศรี"]
    assert names(api(ek), "/api/v1/learners/") == ["ป้าทองใบ", "ป้าสมศรี"]
    assert names(api(kham), "/api/v1/learners/") == ["น้องฟ้า"]


def test_caretakers_see_progress_at_their_own_centre(both_learn, api, nok, kham, course, address):
    assert names(api(nok), address("progress/?course={course}")) == ["ป้าสมศรี"]
    assert names(api(kham), address("progress/?course={course}")) == ["น้องฟ้า"]


@pytest.mark.parametrize("course_asked", ["course={course}&", ""])
@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("", ["ลุงดำ", "ป้าสมศรี"]),
        ("state=started", ["ลุงดำ"]),
        ("state=finished", ["ป้าสมศรี"]),
        ("state=stuck", ["ลุงดำ"]),
        ("state=none", ["ป้าทองใบ"]),
        ("state=all", ["ป้าทองใบ", "ป้าสมศรี", "ลุงดำ"]),
        ("state=all&q=ป้า", ["ป้าทองใบ", "ป้าสมศรี"]),
        ("state=stuck&q=ป้า", []),
        ("q=ดำ", ["ลุงดำ"]),
        ("state=all&since=2020-01-01", ["ป้าสมศรี", "ลุงดำ"]),
        ("state=none&since=2020-01-01", []),
    ],
)
def test_progress_is_narrowed_as_on_the_desk(
    both_learn, api, nok, ban_nong_bua, learner_at, did, course, address, course_asked, more, found
):
    dam = learner_at(ban_nong_bua, "ลุงดำ")
    for _ in range(3):
        did(dam, course.lessons()[0], "single_choice", 0)
    path = address(f"progress/?{course_asked}{more}")
    rows = results(api(nok), path)
    assert sorted(row["name"] for row in rows) == sorted(found)
    assert [row["name"] for row in rows_of(api(nok).get(f"{path}&format=csv"))] == [row["name"] for row in rows]
    begun = {row["name"]: (row["lessons_finished"], bool(row["started_at"]), len(row["lessons"])) for row in rows}
    assert begun.get("ป้าทองใบ", (0, False, 0)) == (0, False, 0)
    assert begun.get("ป้าสมศรี", (2, True, 2)) == (2, True, 2)


def test_a_state_that_there_is_not_is_refused_with_those_there_are(api, nok):
    answer = api(nok).get("/api/v1/progress/?state=lost")
    assert answer.status_code == 400
    assert "started, finished, stuck, none, all" in answer.json()["detail"]
    assert api(nok).get("/api/v1/progress/?q=" + "x" * 61).status_code == 400


def test_the_ministry_sees_counts_and_no_names(both_learn, api, wipha, somsri, address):
    ministry = api(wipha)
    assert results(ministry, "/api/v1/learners/") == []
    assert results(ministry, address("progress/?course={course}")) == []
    assert ministry.get(f"/api/v1/learners/{somsri.pk}/").status_code == 404
    assert len(results(ministry, "/api/v1/centres/")) == 2


def test_learners_see_themselves(both_learn, api, somsri, fah, address):
    assert names(api(somsri), "/api/v1/learners/") == ["ป้าสมศรี"]
    assert names(api(somsri), address("progress/?course={course}")) == ["ป้าสมศรี"]
    assert api(somsri).get(f"/api/v1/learners/{somsri.pk}/").json()["name"] == "ป้าสมศรี"
    assert api(somsri).get(f"/api/v1/learners/{fah.pk}/").status_code == 404


def test_someone_elses_learner_and_nobody_are_told_alike(both_learn, api, nok, fah):
    other = api(nok).get(f"/api/v1/learners/{fah.pk}/")
    nobody = api(nok).get(f"/api/v1/learners/{uuid.uuid4()}/")
    assert (other.status_code, other.json()) == (nobody.status_code, nobody.json())
    assert other.status_code == 404


def test_centres_are_those_one_may_see(api, nok, wipha, somsri, ban_nong_bua, ban_pua):
    assert [row["code"] for row in results(api(nok), "/api/v1/centres/")] == ["TH-32-0001"]
    assert [row["code"] for row in results(api(somsri), "/api/v1/centres/")] == ["TH-32-0001"]
    assert api(nok).get("/api/v1/centres/TH-55-0001/").status_code == 404
    assert api(nok).get("/api/v1/centres/TH-32-0001/").json()["province_en"] == "Surin"
    assert [row["code"] for row in results(api(wipha), "/api/v1/centres/?province=55")] == ["TH-55-0001"]
    assert results(api(wipha), "/api/v1/centres/?status=closed") == []


def test_local_courses_are_offered_at_their_own_centre(api, nok, kham, course, write_course, ban_nong_bua):
    local = write_course("ทอผ้าบ้านหนองบัว", centre=ban_nong_bua)
    assert [row["key"] for row in results(api(nok), "/api/v1/courses/")] == [str(course.key), str(local.key)]
    assert [row["key"] for row in results(api(kham), "/api/v1/courses/")] == [str(course.key)]
    assert api(kham).get(f"/api/v1/courses/{local.key}/").status_code == 404


def test_a_course_is_told_with_its_live_lessons(api, nok, course, write_course):
    write_course("อีกวิชา", lessons=1)
    first, second = course.lessons()
    second.unpublish()
    told = api(nok).get(f"/api/v1/courses/{course.key}/").json()
    assert [lesson["key"] for lesson in told["lessons"]] == [str(first.key)]
    assert results(api(nok), "/api/v1/courses/?topic=entrepreneurship")[1]["lessons"][0]["slug"] == "lesson-1"
    assert results(api(nok), "/api/v1/courses/?topic=sewing") == []


def test_a_learner_is_told_with_how_far_they_got(both_learn, api, nok, somsri, course):
    told = api(nok).get(f"/api/v1/learners/{somsri.pk}/").json()
    (progress,) = told["progress"]
    assert (progress["course"], progress["lessons_finished"], progress["lessons_total"]) == (str(course.key), 2, 2)
    assert progress["completed_at"] == told["last_active"]
    assert told["last_active"].endswith("Z")


def test_progress_tells_each_lesson_begun(both_learn, api, kham, fah, course, address, learn):
    first, second = course.lessons()
    learn(fah, second, verb="started")
    (row,) = results(api(kham), address("progress/?course={course}"))
    assert [(lesson["lesson"], lesson["state"]) for lesson in row["lessons"]] == [
        (str(first.key), "finished"),
        (str(second.key), "started"),
    ]
    assert (row["learner"], row["lessons_finished"], row["completed_at"]) == (str(fah.pk), 1, None)


def test_progress_by_state(both_learn, api, nok, kham, address):
    progress = address("progress/?course={course}&state=")
    assert names(api(nok), progress + "finished") == ["ป้าสมศรี"]
    assert names(api(nok), progress + "started") == []
    assert names(api(kham), progress + "started") == ["น้องฟ้า"]


def test_learners_by_name_state_time_and_centre(both_learn, api, nok, somsri):
    caretaker = api(nok)
    assert names(caretaker, "/api/v1/learners/?q=ใบ") == ["ป้าทองใบ"]
    assert names(caretaker, "/api/v1/learners/?state=active") == ["ป้าสมศรี"]
    assert names(caretaker, "/api/v1/learners/?state=silent") == ["ป้าทองใบ"]
    assert names(caretaker, "/api/v1/learners/?centre=TH-32-0001&since=2020-01-01") == ["ป้าสมศรี"]
    Enrolment.objects.update(last_at=timezone.now() - timedelta(days=31))
    assert names(caretaker, "/api/v1/learners/?state=active") == []
    moment = (timezone.now() - timedelta(days=30)).isoformat()
    assert names(caretaker, f"/api/v1/learners/?since={moment}") == []


@pytest.mark.parametrize("path", ["learners/?", "progress/?", "progress/?course={course}&"])
def test_what_changed_since_the_last_read_is_what_is_listed(
    both_learn, api, nok, thongbai, course, learn, path, address
):
    before = timezone.now().isoformat()
    Enrolment.objects.update(last_at=timezone.now() - timedelta(days=1))
    assert names(api(nok), f"{address(path)}since={before}") == []
    learn(thongbai, course.lessons()[0], ago=timedelta(0))
    Enrolment.objects.filter(learner=thongbai).update(last_at=timezone.now())
    assert names(api(nok), f"{address(path)}since={before}") == ["ป้าทองใบ"]
    assert names(api(nok), f"{address(path)}since=2020-01-01") == ["ป้าทองใบ", "ป้าสมศรี"]


def test_a_day_begins_at_midnight_in_thailand(both_learn, api, nok, somsri):
    Enrolment.objects.update(last_at="2026-11-21T17:30:00Z")  # half past midnight on the 22nd
    assert names(api(nok), "/api/v1/learners/?since=2026-11-22") == ["ป้าสมศรี"]
    assert names(api(nok), "/api/v1/learners/?since=2026-11-23") == []


def test_somebody_who_left_is_not_listed(both_learn, api, nok, somsri, address):
    somsri.is_active = False
    somsri.save()
    assert names(api(nok), "/api/v1/learners/") == ["ป้าทองใบ"]
    assert names(api(nok), address("progress/?course={course}")) == []


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("limit", [1, 7, 200])
def test_pages_walk_over_every_row_once_and_back(api, nok, ban_nong_bua, crowd, write_course, path, limit, address):
    crowd(ban_nong_bua, 23)
    for number in range(3):
        write_course(f"วิชา {number}", lessons=1)
    caretaker = api(nok)
    whole = results(caretaker, address(path) + ("&" if "?" in path else "?") + "limit=200")
    page = caretaker.get(address(path) + ("&" if "?" in path else "?") + f"limit={limit}").json()
    assert page["previous"] is None
    walked = page["results"]
    while page["next"]:
        page = caretaker.get(page["next"]).json()
        walked += page["results"]
    assert walked == whole
    back = page["results"]
    while page["previous"]:
        page = caretaker.get(page["previous"]).json()
        back = page["results"] + back
    assert back == whole


def test_a_learner_who_comes_between_shifts_no_page(api, nok, ban_nong_bua, crowd, learner_at):
    crowd(ban_nong_bua, 12)
    caretaker = api(nok)
    first = caretaker.get("/api/v1/learners/?limit=6").json()
    learner_at(ban_nong_bua, "กกก")
    second = caretaker.get(first["next"]).json()
    listed = [row["id"] for row in first["results"] + second["results"]]
    assert len(listed) == len(set(listed)) == 12


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("accept", ["format", "header"])
def test_a_sheet_holds_every_row_of_the_list(api, wipha, nok, ban_nong_bua, crowd, path, accept, address):
    crowd(ban_nong_bua, 7)
    caretaker = api(nok)
    whole = results(caretaker, address(path) + ("&" if "?" in path else "?") + "limit=200")
    if accept == "format":
        answer = caretaker.get(address(path) + ("&" if "?" in path else "?") + "format=csv")
    else:
        answer = caretaker.get(address(path), headers={"Accept": "text/csv"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    key = next(name for name in ["learner", "id", "code", "key"] if name in whole[0])
    assert [row[key] for row in rows_of(answer)] == [row[key] for row in whole]


def test_the_sheet_of_progress_has_a_column_for_each_lesson(both_learn, api, kham, nok, address):
    (row,) = rows_of(api(kham).get(address("progress/?course={course}&format=csv")))
    assert (row["name"], row["lesson_1"], row["lesson_2"]) == ("น้องฟ้า", "finished", "")
    (row,) = rows_of(api(nok).get(address("progress/?course={course}&format=csv")))
    assert (row["lesson_1"], row["lesson_2"], row["lessons_finished"]) == ("finished", "finished", "2")


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+66812345678", "-5", "@sum"])
def test_a_name_that_looks_like_a_formula_stays_text(api, nok, ban_nong_bua, learner_at, name):
    learner_at(ban_nong_bua, name)
    assert [row["name"] for row in rows_of(api(nok).get("/api/v1/learners/?format=csv"))] == [f"'{name}"]


@pytest.fixture
def add_rows(nok, ban_nong_bua, crowd, course):
    """More of everything that is listed: add_rows(299)."""

    def make(count):
        crowd(ban_nong_bua, count)
        many_courses(course.get_parent(), count)
        centres = many_centres(ban_nong_bua.subdistrict, count)
        Membership.objects.bulk_create(Membership(user=nok, centre=centre, role="caretaker") for centre in centres)

    return make


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("format", ["json", "csv"])
def test_a_list_costs_the_same_queries_for_one_row_and_for_300(
    api, nok, ban_nong_bua, crowd, add_rows, path, format, address
):
    caretaker = api(nok)
    where = address(path) + ("&" if "?" in path else "?") + f"limit=200&format={format}"

    def ask():
        return len(results(caretaker, where) if format == "json" else rows_of(caretaker.get(where)))

    crowd(ban_nong_bua, 1)
    queries = queries_for_one_and_for_many(ask, add_rows, shown=200 if format == "json" else 300)
    assert queries <= (10 if path.startswith("progress") else 7)


def test_a_course_costs_the_same_queries_for_one_lesson_and_for_300(api, nok, write_course):
    caretaker, course = api(nok), write_course(lessons=1)

    def ask():
        return len(caretaker.get(f"/api/v1/courses/{course.key}/").json()["lessons"])

    assert queries_for_one_and_for_many(ask, partial(many_lessons, course)) <= 5


def test_a_learner_costs_the_same_queries_for_one_course_and_for_300(api, nok, somsri, course):
    caretaker = api(nok)
    begun(somsri, [course])

    def ask():
        return len(caretaker.get(f"/api/v1/learners/{somsri.pk}/").json()["progress"])

    def add_courses(count):
        begun(somsri, many_courses(course.get_parent(), count))

    assert queries_for_one_and_for_many(ask, add_courses) <= 6


BAD = [
    "learners/?state=asleep",
    "learners/?since=2569-11-22",
    "learners/?since=yesterday",
    "learners/?since=2026-11-22T25:00:00Z",
    "learners/?since=0001-01-01",
    "learners/?q=%00",
    "learners/?centre=%00",
    "learners/?centre=TH-55-0001",
    "learners/?center=TH-32-0001",
    "learners/?limit=0",
    "learners/?limit=201",
    "learners/?limit=many",
    "learners/?limit=99999999999999999999999",
    "learners/?format=pdf",
    "learners/?cursor=abc",
    "learners/?cursor=%00",
    "learners/?cursor=a:b:c",
    "progress/?course=sewing",
    "progress/?course=00000000-0000-4000-8000-000000000000",
    "progress/?course={course}&state=lost",
    "centres/?province=Surin",
    "centres/?status=haunted",
    "courses/?topic=a%20b",
]


@pytest.mark.parametrize("path", BAD)
def test_a_question_that_makes_no_sense_is_answered_by_a_problem(api, nok, ban_pua, path, address):
    answer = api(nok).get(address(path))
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    (name,) = answer.json()["errors"]
    assert answer.json()["detail"] and name in path + "course"


def test_a_cursor_of_another_list_is_refused(api, nok, ban_nong_bua, crowd, address):
    crowd(ban_nong_bua, 3)
    link = api(nok).get("/api/v1/learners/?limit=1").json()["next"]
    cursor = link.partition("cursor=")[2]
    assert api(nok).get(address("progress/?course={course}") + f"&cursor={cursor}").status_code == 400


def test_problems_speak_the_callers_language(api, nok):
    thai = api(nok, "th").get("/api/v1/learners/?limit=0").json()
    english = api(nok, "en").get("/api/v1/learners/?limit=0").json()
    assert thai["detail"] != english["detail"]
    assert any("ก" <= letter <= "๛" for letter in thai["detail"])
